import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { webhookFunctions } from './contexts';
import type { NodeSetup } from './setup';

export interface WebhookServer {
	url: string;
	/** What the node has logged, over all requests. */
	logs: string[];
	close(): Promise<void>;
}

/**
 * A server that takes deliveries as n8n does with “Respond: When Last Node Finishes”: the node sees
 * the real answer of a real connection, and the sender hears 200 when the run has ended and 500 when
 * it has failed.
 *
 * @param run the workflow, for the items that the trigger puts out
 */
export async function webhookServer(
	setup: NodeSetup,
	run: (items: IDataObject[]) => Promise<void>,
): Promise<WebhookServer> {
	const logs: string[] = [];
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
		const call = webhookFunctions({
			...setup,
			mode: 'webhook',
			headers: request.headers,
			query: Object.fromEntries(searchParams),
			rawBody: Buffer.concat(chunks),
			response: withExpress(response),
			isOpen: true,
		});
		const { result } = await call.deliver();
		logs.push(...call.logs);
		if (result.noWebhookResponse) return;
		const items = (result.workflowData ?? []).flat().map(({ json }) => json);
		const failed = await run(items).then(
			() => false,
			() => true,
		);
		response.statusCode = failed ? 500 : 200;
		response.end(JSON.stringify(result.webhookResponse ?? {}));
	};
	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/`,
		logs,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The two calls of Express that the triggers use. */
function withExpress(response: ServerResponse) {
	return Object.assign(response, {
		status(code: number) {
			response.statusCode = code;
			return response;
		},
		send: (body: unknown) => response.end(String(body)),
	});
}
