import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../settings';
import type { SandboxState } from '../state';
import { businesses } from './businesses';
import { contactLists } from './contactLists';
import { contacts } from './contacts';
import { GhlError } from './errors';
import { bearerToken, checkAccess, checkVersion } from './gate';
import type { RateLimits } from './gate';
import { locations } from './locations';
import type { Route } from './route';
import { users } from './users';

const ROUTES: Route[] = [...contacts, ...contactLists, ...locations, ...users, ...businesses];

export interface HighLevelOptions {
	state: SandboxState;
	settings: Settings;
	limits: RateLimits;
	baseUrl: () => string;
}

/** HighLevel's public API, mounted on the plugin's prefix. */
export async function highLevel(app: FastifyInstance, options: HighLevelOptions): Promise<void> {
	app.setErrorHandler((error, _request, reply) => sendError(reply, error));
	app.setNotFoundHandler((request, reply) => {
		const message = `Cannot ${request.method} ${request.url}`;
		return sendError(reply, new GhlError(404, { statusCode: 404, message, error: 'Not Found' }));
	});
	for (const route of ROUTES) {
		app.route({
			method: route.method,
			url: route.path,
			handler: (request, reply) => serve(route, options, request, reply),
		});
	}
}

function serve(
	route: Route,
	{ state, settings, limits, baseUrl }: HighLevelOptions,
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	const params = request.params as Record<string, string>;
	const query = request.query as Record<string, unknown>;
	const body = (request.body ?? {}) as Record<string, unknown>;

	checkVersion(request.headers.version);
	const token = bearerToken(state.accessTokens, request.headers.authorization);
	const { headers, refusal } = limits.take(token);
	reply.headers(headers);
	if (refusal !== undefined) throw refusal;
	checkAccess(token, route, params.locationId ?? query.locationId ?? body.locationId);

	const call = { state, settings, token, params, query, body, baseUrl: baseUrl() };
	route.check(call);
	return send(reply, route.status ?? 200, route.handle(call));
}

function sendError(reply: FastifyReply, error: unknown): FastifyReply {
	if (error instanceof GhlError) return send(reply, error.status, error.body);
	const { statusCode = 500, message = 'Internal server error' } = error as {
		statusCode?: number;
		message?: string;
	};
	return send(reply, statusCode, { statusCode, message });
}

/** Every answer carries a traceId; a key without a value is left out. */
const send = (reply: FastifyReply, status: number, body: object): FastifyReply =>
	reply.code(status).send({ ...body, traceId: randomUUID() });
