import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SANDBOX } from '../accounts';
import type { Settings } from '../settings';
import type { SlidingWindow } from '../slidingWindow';
import type { SandboxState } from '../state';
import { blacklist } from './blacklist';
import { campaigns } from './campaigns';
import { campaignSetup } from './campaignSetup';
import { enrichment } from './enrichment';
import { HeyReachError, invalidModel } from './errors';
import { inbox } from './inbox';
import { leads, leadTags, senders } from './leads';
import { leadLists } from './lists';
import { network } from './network';
import { management } from './organization';
import { route } from './route';
import type { Route } from './route';
import { stats } from './stats';
import { webhooks } from './webhooks';

const checkApiKey = route({ method: 'GET', path: '/auth/CheckApiKey', handle: () => undefined });
const ROUTES: Route[] = [
	checkApiKey,
	...campaigns,
	...campaignSetup,
	...leadLists,
	...leads,
	...leadTags,
	...inbox,
	...senders,
	...stats,
	...network,
	...webhooks,
	...blacklist,
	...enrichment,
	...management,
];
const PATHS = new Set(ROUTES.map(({ path }) => path.toLowerCase()));

export interface HeyReachOptions {
	state: SandboxState;
	settings: Settings;
	window: SlidingWindow;
}

/** HeyReach's public API, mounted on the plugin's prefix. */
export async function heyReach(app: FastifyInstance, options: HeyReachOptions): Promise<void> {
	app.setErrorHandler((error, _request, reply) => sendError(reply, error));
	// Another method on a path there is: 405.
	app.setNotFoundHandler((request, reply) => {
		const path = request.url.slice(app.prefix.length).replace(/\?.*$/, '');
		return send(reply, PATHS.has(path.toLowerCase()) ? 405 : 404, undefined);
	});
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
	{ check, handle, key: kind = 'workspace' }: Route,
	{ state, settings, window }: HeyReachOptions,
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	const key = request.headers['x-api-key'];
	if (key === undefined || key === '') throw new HeyReachError(401, 'Missing API key');
	const workspace = [...state.workspaces.values()].find(({ keys }) => keys.PUBLIC === key);
	const isOrganization = key === SANDBOX.heyReachOrganizationKey;
	if (typeof key !== 'string' || (workspace === undefined && !isOrganization)) {
		throw new HeyReachError(401, 'Invalid API key');
	}
	const { heyReachPerMinute, heyReachWindowMs } = settings;
	// 429 comes with no rate-limit headers and no Retry-After.
	if (!window.take(key, heyReachPerMinute, heyReachWindowMs).allowed) throw new HeyReachError(429);
	if (kind === 'workspace' && isOrganization) {
		return send(reply, 200, 'The provided API key is not a workspace-level API key.');
	}
	if (kind === 'organization' && !isOrganization) throw forbidden('Not allowed with this key.');
	if (workspace?.isSubscribed === false) {
		throw forbidden('The workspace has no active subscription.');
	}
	const query = { ...(request.query as object), ...(request.params as object) };
	const call = {
		state: workspace === undefined ? state : state.workspace(workspace.id),
		organization: state,
		settings,
		query,
		body: request.body ?? {},
	};
	check(call);
	return send(reply, 200, handle(call) ?? undefined);
}

const forbidden = (errorMessage: string): HeyReachError => new HeyReachError(403, { errorMessage });

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
	body: string | object | number | undefined,
): FastifyReply =>
	typeof body === 'number'
		? reply.code(status).type('application/json; charset=utf-8').send(String(body))
		: reply.code(status).send(body ?? '');
