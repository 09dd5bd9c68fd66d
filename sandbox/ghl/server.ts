import { randomUUID } from 'node:crypto';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OAuth } from '../oauth/oauth';
import { tokenAnswer } from '../oauth/token';
import type { Settings } from '../settings';
import type { SandboxState } from '../state';
import { appointmentNotes } from './appointmentNotes';
import { appointments } from './appointments';
import { associations } from './associations';
import { automation } from './automation';
import { blockSlots } from './blockSlots';
import { businesses } from './businesses';
import { calendars } from './calendars';
import { contactBulk } from './contactBulk';
import { contactLists } from './contactLists';
import { contacts } from './contacts';
import { conversationRecords } from './conversationRecords';
import { conversations } from './conversations';
import { customValues } from './customValues';
import { links } from './links';
import { badRequest, GhlError } from './errors';
import { FileAnswer } from './fileAnswer';
import { contactFollowers } from './followers';
import { bearerToken, checkAccess, checkLocation, checkVersion, checkVersionIfSent } from './gate';
import type { RateLimits } from './gate';
import { installations } from './installations';
import { locationTags } from './locationTags';
import { locations } from './locations';
import { acceptMultipart } from './multipart';
import { messageExtras } from './messageExtras';
import { notes } from './notes';
import { objectRecords } from './objectRecords';
import { objects } from './objects';
import { opportunities } from './opportunities';
import { opportunitySearch } from './opportunitySearch';
import { pipelines } from './pipelines';
import { providerMessages } from './providerMessages';
import type { Route } from './route';
import { submissions } from './submissions';
import { preferences } from './preferences';
import { tasks } from './tasks';
import { users } from './users';
import type { GhlWebhooks } from './webhooks/sender';

const ROUTES: Route[] = [
	...contacts,
	...contactLists,
	...locations,
	...users,
	...businesses,
	...notes,
	...tasks,
	...contactFollowers,
	...contactBulk,
	...automation,
	...locationTags,
	...customValues,
	...links,
	...calendars,
	...appointments,
	...blockSlots,
	...appointmentNotes,
	...opportunitySearch,
	...opportunities,
	...pipelines,
	...submissions,
	...conversations,
	...conversationRecords,
	...providerMessages,
	...messageExtras,
	...preferences,
	...objects,
	...objectRecords,
	...associations,
	...installations,
];

export interface HighLevelOptions {
	state: SandboxState;
	settings: Settings;
	oauth: OAuth;
	limits: RateLimits;
	webhooks: GhlWebhooks;
	baseUrl: () => string;
}

/** HighLevel's public API, mounted on the plugin's prefix. */
export async function highLevel(app: FastifyInstance, options: HighLevelOptions): Promise<void> {
	app.setErrorHandler((error, _request, reply) => sendError(reply, error));
	app.setNotFoundHandler((request, reply) => {
		const message = `Cannot ${request.method} ${request.url}`;
		return sendError(reply, new GhlError(404, { statusCode: 404, message, error: 'Not Found' }));
	});
	const add = (scope: FastifyInstance, encoding?: Route['encoding']): void => {
		for (const route of ROUTES.filter((candidate) => candidate.encoding === encoding)) {
			scope.route({
				method: route.method,
				url: route.path,
				handler: (request, reply) => serve(route, options, request, reply),
			});
		}
	};
	add(app);
	app.post('/oauth/reconnect', () => {
		throw badRequest('API endpoint has been removed'); // highlevel-api-docs issue 333
	});
	await app.register(async (forms) => {
		forms.removeContentTypeParser('application/json');
		await forms.register(formbody);
		options.oauth.mints.watch(forms);
		add(forms, 'form');
		forms.post('/oauth/token', (request, reply) => {
			checkVersionIfSent(request.headers.version);
			return send(reply, 200, tokenAnswer(options.oauth, request.body ?? {}));
		});
	});
	await app.register(async (uploads) => {
		uploads.removeContentTypeParser('application/json');
		acceptMultipart(uploads);
		add(uploads, 'multipart');
	});
}

function serve(
	route: Route,
	{ state, settings, oauth, limits, webhooks, baseUrl }: HighLevelOptions,
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	const params = request.params as Record<string, string>;
	const query = request.query as Record<string, unknown>;
	const body = (request.body ?? {}) as Record<string, unknown>;

	checkVersion(request.headers.version, route.versions);
	const token = bearerToken(state.accessTokens, request.headers.authorization);
	const { headers, refusal } = limits.take(token);
	reply.headers(headers);
	if (refusal !== undefined) throw refusal;
	checkAccess(token, route, {
		asked: params.locationId ?? query.locationId ?? query.location_id ?? body.locationId,
		needsScope: route.needsScope?.(settings) ?? true,
	});
	checkLocation(state, token.locationId ?? params.locationId);

	const call = { state, settings, oauth, token, params, query, body, baseUrl: baseUrl() };
	route.check(call);
	const { result, changes } = state.changes.during(() => route.handle(call));
	webhooks.tell(changes);
	if (result instanceof FileAnswer) {
		const { content, contentType, fileName } = result;
		reply.header('content-disposition', `attachment; filename="${fileName}"`);
		return reply.code(200).type(contentType).send(content);
	}
	const { status = 200 } = route;
	return send(reply, typeof status === 'number' ? status : status({ ...result }), result);
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
