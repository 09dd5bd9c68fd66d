import { createConnection, createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject);
		server.listen(0, LOOPBACK, () => {
			const address = server.address();
			const port = typeof address === 'object' && address ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}

/** Throws, naming the port, what wants it and how to choose another one, when it is taken. */
export async function requireFreePort(port: number, what: string, advice: string): Promise<void> {
	if ((await answers(port)) || !(await canListen(port)))
		throw new Error(`Port ${port} is in use, so ${what} cannot start there. ${advice}`);
}

/** Finds a listener on all addresses too, which some systems let us listen beside. */
async function answers(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection({ port, host: LOOPBACK });
		const end = (result: boolean) => {
			socket.destroy();
			resolve(result);
		};
		socket.once('connect', () => end(true));
		socket.once('error', () => end(false));
		socket.setTimeout(1000, () => end(false));
	});
}

async function canListen(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, LOOPBACK, () => server.close(() => resolve(true)));
	});
}
