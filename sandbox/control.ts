import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { count, flag, object, share, text, textsByName } from './controlSchemas';
import { FAULT_KINDS } from './faults';
import type { FaultRequest } from './faults';
import { matchesText } from './ghl/contactSearch';
import { profileView } from './heyreach/views';
import { controlWebhooks } from './controlWebhooks';
import { EVENT_TYPES } from './heyreach/webhooks';
import type { Sandbox } from './index';
import { APP } from './oauth/app';
import { redact } from './redact';
import type { Service } from './requestLog';
import type { Settings } from './settings';

const PAGE = join(__dirname, 'page', 'index.html');

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
	retryDelaysMs: { type: 'array', items: count },
	ghlRetryDelaysMs: { type: 'array', items: count },
	webhookJitter: { type: 'number', minimum: 0, maximum: 1 },
	webhookTimeoutMs: count,
	allowDuplicateContact: flag,
	allowDuplicateOpportunity: flag,
	accessTokenLifeMs: count,
	codeLifeMs: count,
	requireVersionId: flag,
});
interface StateQuery {
	q?: string;
	limit?: number;
}

/**
 * What the page shows: all records, or those that match `q`, at most `limit` of each kind; notes and
 * tasks of the contacts that are shown.
 */
function stateView({ state }: Sandbox, { q = '', limit = Infinity }: StateQuery): object {
	const contacts = [...state.contacts.values()].filter((contact) => matchesText(contact, q));
	const leads = [...state.leads.values()].filter((lead) =>
		[lead.firstName, lead.lastName, lead.emailAddress, lead.companyName]
			.join(' ')
			.toLowerCase()
			.includes(q.toLowerCase()),
	);
	const shown = contacts.sort((a, b) => b.dateUpdated.localeCompare(a.dateUpdated)).slice(0, limit);
	const ids = new Set(shown.map(({ id }) => id));
	return {
		eventTypes: EVENT_TYPES,
		totals: { contacts: state.contacts.size, leads: state.leads.size },
		contacts: shown,
		notes: [...state.notes.values()].filter(({ contactId }) => ids.has(contactId)),
		tasks: [...state.tasks.values()].filter(({ contactId }) => ids.has(contactId)),
		leads: leads.slice(0, limit).map((lead) => ({
			...profileView(lead),
			campaignIds: [...state.campaigns.values()]
				.filter((campaign) => campaign.leads.some((row) => row.linkedinId === lead.linkedinId))
				.map(({ id }) => id),
		})),
		campaigns: [...state.campaigns.values()].map(({ leads: rows, ...campaign }) => ({
			...campaign,
			leadCount: rows.length,
		})),
		lists: [...state.lists.values()].map(({ members, ...list }) => ({
			...list,
			leadCount: members.length,
		})),
		customFields: [...state.customFields.values()],
		businesses: [...state.businesses.values()],
		users: [...state.users.values()],
		webhooks: [...state.webhooks.values()].map(({ customHeaders, ...webhook }) => ({
			...webhook,
			customHeaders: Object.keys(customHeaders),
			webhookUrl: redact(webhook.webhookUrl),
		})),
		deliveries: state.deliveries.slice(-Math.min(limit, 10_000)),
	};
}

/** The app and what it was given; of each token only its last characters. */
function oauthView({ oauth }: Sandbox): object {
	const { exchanges, refreshes, refusals } = oauth;
	const { clientId, versionId, scopes } = APP;
	return {
		app: { clientId, versionId, scopes },
		exchanges,
		refreshes,
		refusals,
		tokens: oauth.list(),
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
	app.get('/', (_request, reply) => reply.type('text/html').send(readFileSync(PAGE, 'utf8')));
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
		{ schema: { querystring: object({ q: text, limit: count }) } },
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
	app.post('/control/oauth/expire', () => {
		sandbox.oauth.expireAll();
		return oauthView(sandbox);
	});
	app.post('/control/oauth/revoke', () => {
		sandbox.oauth.revokeAll();
		return oauthView(sandbox);
	});

	await app.register(controlWebhooks, { sandbox });
}
