import { detectPort } from 'detect-port';

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
	return await detectPort({ port: 0, hostname: '127.0.0.1' });
}

/** Throws, naming the port, what wants it and how to choose another one, when it is taken. */
export async function requireFreePort(port: number, what: string, advice: string): Promise<void> {
	// It asks for the next free port, on all addresses: some systems let us listen beside those.
	if ((await detectPort(port)) !== port)
		throw new Error(`Port ${port} is in use, so ${what} cannot start there. ${advice}`);
}
