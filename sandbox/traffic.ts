import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, Faults } from './faults';
import type { RequestLog, Service } from './requestLog';

/**
 * Watches one service's requests: each is logged before it is answered, and meets the fault that
 * waits for it.
 */
export function watch(
	app: FastifyInstance,
	{ service, log, faults }: { service: Service; log: RequestLog; faults: Faults },
): void {
	const seqs = new WeakMap<FastifyRequest, number>();
	const lost = new WeakSet<FastifyRequest>();
	const pathOf = (request: FastifyRequest): string =>
		request.url.slice(app.prefix.length).replace(/\?.*$/, '');
	const seqOf = (request: FastifyRequest): number => seqs.get(request) ?? 0;

	app.addHook('onRequest', async (request) => {
		const { method, query, headers } = request;
		seqs.set(request, log.open({ service, method, path: pathOf(request), query, headers }));
	});

	// After the body was read, so that the log has it.
	app.addHook('preValidation', async (request, reply) => {
		const fault = faults.take(service, request.method, pathOf(request));
		log.note(seqOf(request), { body: request.body ?? null, fault: fault?.kind });
		if (fault === undefined) return undefined;
		if (fault.kind === 'lostAnswer') lost.add(request);
		return EFFECTS[fault.kind]?.(fault, request, reply);
	});

	app.addHook('onSend', async (request, reply, payload) => {
		log.close(seqOf(request), reply.statusCode, typeof payload === 'string' ? payload : '');
		if (lost.has(request)) request.raw.socket.destroy();
		return payload;
	});
}

type Effect = (
	fault: Fault,
	request: FastifyRequest,
	reply: FastifyReply,
) => FastifyReply | Promise<undefined>;

/** What happens before the work. A reply that comes back ends the request there. */
const EFFECTS: Partial<Record<Fault['kind'], Effect>> = {
	status: ({ status = 500, body, headers = {} }, _request, reply) =>
		reply
			.code(status)
			.headers(headers)
			.send(body ?? { statusCode: status, message: 'Injected fault' }),
	reset: (_fault, request, reply) => {
		request.raw.socket.destroy();
		return reply.hijack();
	},
	timeout: (_fault, _request, reply) => reply.hijack(),
	delay: async ({ delayMs = 1000 }) => {
		await wait(delayMs);
		return undefined;
	},
};
