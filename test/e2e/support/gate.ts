import fastify from 'fastify';

/** A reverse proxy in front of an n8n. */
export interface Gate {
	url: string;
	/** Where n8n is; until it is said, everything is answered with 503. */
	target?: string;
	close(): Promise<void>;
}

/** What goes through: all that the services send. */
const HEADERS = ['content-type', 'x-ghl-signature'];

/**
 * Passes on only what a ready n8n will take, and answers 503 else, as the proxy in front of a real n8n
 * should: while it starts, n8n answers 200 “n8n is starting up” to everything, webhooks included.
 */
export async function startGate(): Promise<Gate> {
	const app = fastify({ forceCloseConnections: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	const gate: Gate = { url: '', close: async () => await app.close() };

	const isReady = async (target: string) =>
		await fetch(`${target}/healthz/readiness`).then(
			({ ok }) => ok,
			() => false,
		);

	app.post('/*', async ({ url, headers, body }, reply) => {
		const { target } = gate;
		if (target === undefined || !(await isReady(target))) return await reply.code(503).send();
		const kept = HEADERS.flatMap((name) => {
			const value = headers[name];
			return typeof value === 'string' ? [[name, value] as [string, string]] : [];
		});
		// When the service hangs up, so does the proxy.
		const left = new AbortController();
		reply.raw.once('close', () => left.abort());
		const { signal } = left;
		const sent = { method: 'POST', headers: kept, body: new Uint8Array(body as Buffer), signal };
		const answer = await fetch(target + url, sent).catch(() => undefined);
		return await reply.code(answer?.status ?? 502).send(await answer?.text());
	});

	gate.url = await app.listen({ port: 0, host: '127.0.0.1' });
	return gate;
}
