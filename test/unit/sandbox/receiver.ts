import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	url: string;
	headers: IncomingHttpHeaders;
	/** As it came over the wire. */
	raw: string;
	body: Record<string, unknown>;
}

export interface Receiver {
	url: string;
	received: Received[];
	/** The statuses it answers, in turn; then 200. 0: it hangs up. */
	answers: number[];
	/** The most requests it had open at once. */
	mostAtOnce: number;
}

/** Something that webhooks are sent to; every test begins with it as new. */
export function useReceiver(): Receiver {
	const receiver: Receiver = { url: '', received: [], answers: [], mostAtOnce: 0 };
	let open = 0;
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		open += 1;
		receiver.mostAtOnce = Math.max(receiver.mostAtOnce, open);
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		response.on('close', () => (open -= 1));
		request.on('end', () => {
			const raw = Buffer.concat(chunks).toString();
			const { url = '', headers } = request;
			receiver.received.push({ url, headers, raw, body: JSON.parse(raw) });
			const status = receiver.answers.shift() ?? 200;
			if (status === 0) request.socket.destroy();
			// Long enough for others to come meanwhile.
			else setTimeout(() => response.writeHead(status).end(), 2);
		});
	});
	beforeAll(async () => {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
	});
	beforeEach(() => Object.assign(receiver, { received: [], answers: [], mostAtOnce: 0 }));
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});
	return receiver;
}

export async function until(done: () => boolean): Promise<void> {
	for (let wait = 0; wait < 400 && !done(); wait += 1) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
