import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { faultAnswer } from './faultAnswers';
import type { FaultAnswer } from './faultAnswers';
import type { Fault, Faults } from './faults';
import type { RequestLog, Service } from './requestLog';
import type { Settings } from './settings';

export interface Watch {
	service: Service;
	settings: Settings;
	log: RequestLog;
	faults: Faults;
}

/**
 * Watches one service's requests: each is logged before it is answered, takes its time, and meets
 * the fault that waits for it.
 */
export function watch(app: FastifyInstance, { service, settings, log, faults }: Watch): void {
	const seqs = new WeakMap<FastifyRequest, number>();
	const struck = new WeakMap<FastifyRequest, Fault>();
	const pathOf = (request: FastifyRequest): string =>
		request.url.slice(app.prefix.length).replace(/\?.*$/, '');
	const seqOf = (request: FastifyRequest): number => seqs.get(request) ?? 0;

	app.addHook('onRequest', async (request) => {
		const { method, query, headers } = request;
		seqs.set(request, log.open({ service, method, path: pathOf(request), query, headers }));
	});

	// After the body was read, so that the log has it.
	app.addHook('preValidation', async (request, reply) => {
		if (settings.latencyMs > 0) await wait(settings.latencyMs);
		const { method, url, body } = request;
		const text = (): string => `${url} ${JSON.stringify(body ?? null)}`;
		const fault = faults.take({ service, method, path: pathOf(request), text });
		log.note(seqOf(request), { body: body ?? null, fault: fault?.kind });
		if (fault === undefined) return undefined;
		if (fault.after === true || AFTERWARDS.includes(fault.kind)) {
			struck.set(request, fault);
			return undefined;
		}
		const answer = faultAnswer(fault, service, settings);
		if (answer !== undefined) return answered(reply, answer).send(textOf(answer));
		return BEFORE[fault.kind]?.(fault, request, reply);
	});

	app.addHook('onSend', async (request, reply, payload) => {
		const fault = struck.get(request);
		const whole = typeof payload === 'string' ? payload : '';
		if (fault === undefined) {
			log.close(seqOf(request), reply.statusCode, whole);
			return payload;
		}
		const { sent, logged } = distorted(fault, whole, request, reply);
		log.close(seqOf(request), reply.statusCode, logged);
		return sent;
	});

	/** The answer to work that was done, as the fault lets it through. */
	function distorted(
		fault: Fault,
		whole: string,
		request: FastifyRequest,
		reply: FastifyReply,
	): { sent: string | Readable; logged: string } {
		if (fault.kind === 'lostAnswer') {
			request.raw.socket.destroy();
			return { sent: whole, logged: whole };
		}
		if (fault.kind === 'cutOff') {
			// More is announced than comes.
			reply.header('content-length', Buffer.byteLength(whole) + 1);
			const half = halfOf(whole);
			return { sent: Readable.from(brokenOff(half)), logged: half };
		}
		const answer = faultAnswer(fault, service, settings);
		if (answer === undefined) return { sent: whole, logged: whole };
		const body = DISTORTED[fault.kind]?.(whole) ?? textOf(answer);
		answered(reply, answer).header('content-length', Buffer.byteLength(body));
		return { sent: body, logged: body };
	}
}

const AFTERWARDS: Array<Fault['kind']> = ['lostAnswer', 'cutOff', 'emptyPage', 'keyless'];

const halfOf = (whole: string): string => whole.slice(0, Math.ceil(whole.length / 2));

/** What is left of the true answer. */
const DISTORTED: Partial<Record<Fault['kind'], (whole: string) => string>> = {
	malformed: halfOf,
	emptyPage: (whole) => JSON.stringify(emptied(JSON.parse(whole) as Record<string, unknown>)),
};

function emptied(answer: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(answer).map(([key, value]) => {
			if (Array.isArray(value)) return [key, []];
			const isObject = typeof value === 'object' && value !== null;
			return [key, isObject ? emptied(value as Record<string, unknown>) : value];
		}),
	);
}

const textOf = ({ body }: FaultAnswer): string =>
	typeof body === 'string' ? body : JSON.stringify(body);

function answered(reply: FastifyReply, { status, headers, body }: FaultAnswer): FastifyReply {
	if (typeof body !== 'string') reply.type('application/json; charset=utf-8');
	return reply.code(status).headers(headers);
}

/** The part goes out, then the connection breaks. */
async function* brokenOff(part: string): AsyncGenerator<string> {
	yield part;
	await wait(5);
	throw new Error('The answer was cut off');
}

type Effect = (
	fault: Fault,
	request: FastifyRequest,
	reply: FastifyReply,
) => FastifyReply | Promise<undefined>;

/** What happens before the work, and is no answer. A reply that comes back ends the request there. */
const BEFORE: Partial<Record<Fault['kind'], Effect>> = {
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
