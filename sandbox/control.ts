import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { AccessToken } from './accounts';
import { stateView } from './controlState';
import type { StateQuery } from './controlState';
import { count, flag, object, share, text, textsByName } from './controlSchemas';
import { FAULT_KINDS } from './faults';
import type { FaultRequest } from './faults';
import { controlWebhooks } from './controlWebhooks';
import { controlSenders } from './controlSenders';
import { controlSubAccounts } from './controlSubAccounts';
import type { Sandbox } from './sandbox';
import { APP } from './oauth/app';
import type { Service } from './requestLog';
import type { Settings } from './settings';

const PAGE = join(__dirname, 'page');
/** The files of the page, by their type; nothing else is served. */
const PAGE_FILES: Record<string, string> = {
	'style.css': 'text/css',
	...Object.fromEntries(
		[
			'main.js',
			'dom.js',
			'people.js',
			'conversations.js',
			'events.js',
			'locations.js',
			'senders.js',
			'traffic.js',
		].map((name) => [name, 'text/javascript']),
	),
};

const service = { enum: ['highlevel', 'heyreach', 'marketplace'] };

const fault = object(
	{
		kind: { enum: FAULT_KINDS },
		service,
		method: text,
		path: text,
		contains: text,
		status: count,
		body: {},
		headers: textsByName,
		delayMs: count,
		after: flag,
		times: count,
		skip: count,
		probability: share,
		seed: count,
	},
	['kind'],
);
const settings = object({
	indexLagMs: count,
	burst: object({ max: count, intervalMs: count }, ['max', 'intervalMs']),
	dailyQuota: count,
	latencyMs: count,
	heyReachPerMinute: count,
	heyReachWindowMs: count,
	trackAllConversations: flag,
	chatroomLagMs: count,
	listLagMs: count,
	campaignStatusLagMs: count,
	retryDelaysMs: { type: 'array', items: count },
	ghlRetryDelaysMs: { type: 'array', items: count },
	providerLagMs: count,
	webhookJitter: { type: 'number', minimum: 0, maximum: 1 },
	webhookTimeoutMs: count,
	allowDuplicateContact: flag,
	allowDuplicateOpportunity: flag,
	accessTokenLifeMs: count,
	locationTokenLifeMs: count,
	refreshGraceMs: count,
	mintNeedsScope: flag,
	codeLifeMs: count,
	requireVersionId: flag,
});

/** The app and what it was given; of each token only its last characters. */
function oauthView({ oauth }: Sandbox): object {
	const { exchanges, refreshes, refusals, mints } = oauth;
	const { clientId, versionId, scopes } = APP;
	return {
		app: { clientId, versionId, scopes },
		exchanges,
		refreshes,
		refusals,
		tokens: oauth.list(),
		mints: { calls: mints.list(), mostAtOnce: mints.mostAtOnce() },
	};
}

/** The control API and the page: for people and tests on this machine, so without credentials. */
export async function control(
	app: FastifyInstance,
	{ sandbox }: { sandbox: Sandbox },
): Promise<void> {
	app.setErrorHandler((error, _request, reply) => {
		const { message, statusCode = 400 } = error as Error & { statusCode?: number };
		return reply.code(statusCode).send({ error: message });
	});
	app.get('/', (_request, reply) =>
		reply.type('text/html').send(readFileSync(join(PAGE, 'index.html'), 'utf8')),
	);
	app.get<{ Params: { file: string } }>('/page/:file', ({ params: { file } }, reply) => {
		const type = PAGE_FILES[file];
		if (type === undefined) return reply.code(404).send({ error: `No file ${file}` });
		return reply.type(`${type}; charset=utf-8`).send(readFileSync(join(PAGE, file), 'utf8'));
	});
	app.get('/control/tour', () => ({ steps: sandbox.tour, shownFirst: sandbox.shownFirst }));
	app.post('/control/reset', () => {
		sandbox.reset();
		return { reset: true };
	});

	app.get('/control/settings', () => sandbox.settings);
	app.patch<{ Body: Partial<Settings> }>(
		'/control/settings',
		{ schema: { body: settings } },
		({ body }) => Object.assign(sandbox.settings, body),
	);

	app.get<{ Querystring: { service?: Service; since?: number } }>(
		'/control/requests',
		{ schema: { querystring: object({ service, since: count }) } },
		({ query }) => ({ requests: sandbox.requests.list(query) }),
	);
	app.delete('/control/requests', () => {
		sandbox.requests.clear();
		return { requests: [] };
	});

	app.get<{ Querystring: StateQuery }>(
		'/control/state',
		{
			schema: { querystring: object({ q: text, limit: count, workspace: count, location: text }) },
		},
		({ query }) => stateView(sandbox, query),
	);

	app.post<{ Body: FaultRequest }>(
		'/control/faults',
		{ schema: { body: fault } },
		({ body }, reply) => reply.code(201).send(sandbox.faults.add(body)),
	);
	app.get('/control/faults', () => ({
		faults: sandbox.faults.list(),
		counts: sandbox.faults.counts(),
	}));
	app.delete('/control/faults', () => {
		sandbox.faults.clear();
		return { faults: [] };
	});

	app.get('/control/counters', () => sandbox.counters());

	app.get('/control/oauth', () => oauthView(sandbox));
	app.post<{ Querystring: { level?: AccessToken['level'] } }>(
		'/control/oauth/expire',
		{ schema: { querystring: object({ level: { enum: ['Company', 'Location'] } }) } },
		({ query }) => {
			sandbox.oauth.expireAll(query.level);
			return oauthView(sandbox);
		},
	);
	app.post('/control/oauth/revoke', () => {
		sandbox.oauth.revokeAll();
		return oauthView(sandbox);
	});

	await app.register(controlWebhooks, { sandbox });
	await app.register(controlSenders, { sandbox });
	await app.register(controlSubAccounts, { sandbox });
}
