import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SANDBOX } from '../accounts';
import type { Settings } from '../settings';
import type { SlidingWindow } from '../slidingWindow';
import type { SandboxState } from '../state';
import { campaigns } from './campaigns';
import { HeyReachError, invalidModel } from './errors';
import { leads, senders } from './leads';
import { leadLists } from './lists';
import { route } from './route';
import type { Route } from './route';
import { webhooks } from './webhooks';

const checkApiKey = route({ method: 'GET', path: '/auth/CheckApiKey', handle: () => undefined });
const ROUTES: Route[] = [
	checkApiKey,
	...campaigns,
	...leadLists,
	...leads,
	...senders,
	...webhooks,
];

export interface HeyReachOptions {
	state: SandboxState;
	settings: Settings;
	window: SlidingWindow;
}

/** HeyReach's public API, mounted on the plugin's prefix. */
export async function heyReach(app: FastifyInstance, options: HeyReachOptions): Promise<void> {
	app.setErrorHandler((error, _request, reply) => sendError(reply, error));
	app.setNotFoundHandler((_request, reply) => send(reply, 404, undefined));
	// Its plain texts and empty answers carry no content type.
	app.addHook('onSend', async (_request, reply, payload) => {
		const type = String(reply.getHeader('content-type') ?? '');
		if (type.startsWith('text/plain')) reply.removeHeader('content-type');
		return payload;
	});
	for (const entry of ROUTES) {
		app.route({
			method: entry.method,
			url: entry.path,
			handler: (request, reply) => serve(entry, options, request, reply),
		});
	}
}

function serve(
	{ check, handle }: Route,
	{ state, settings, window }: HeyReachOptions,
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	const key = request.headers['x-api-key'];
	if (key === undefined || key === '') throw new HeyReachError(401, 'Missing API key');
	if (key !== SANDBOX.heyReachKey && key !== SANDBOX.heyReachOrganizationKey) {
		throw new HeyReachError(401, 'Invalid API key');
	}
	const { heyReachPerMinute, heyReachWindowMs } = settings;
	// 429 comes with no rate-limit headers and no Retry-After.
	if (!window.take(key, heyReachPerMinute, heyReachWindowMs).allowed) throw new HeyReachError(429);
	if (key === SANDBOX.heyReachOrganizationKey) {
		return send(reply, 200, 'The provided API key is not a workspace-level API key.');
	}
	const call = { state, settings, query: request.query, body: request.body ?? {} };
	check(call);
	return send(reply, 200, handle(call) ?? undefined);
}

function sendError(reply: FastifyReply, error: unknown): FastifyReply {
	if (error instanceof HeyReachError) return send(reply, error.status, error.body);
	const { statusCode = 500, message = 'error' } = error as {
		statusCode?: number;
		message?: string;
	};
	if (statusCode === 400) return sendError(reply, invalidModel({ $: [message] }));
	return send(reply, statusCode, { errorMessage: message });
}

const send = (
	reply: FastifyReply,
	status: number,
	body: string | object | undefined,
): FastifyReply => reply.code(status).send(body ?? '');
