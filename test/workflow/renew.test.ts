import Fastify, { type FastifyInstance } from 'fastify';
import formbody from '@fastify/formbody';
import { NodeConnectionTypes, type ICredentialType, type IExecuteFunctions } from 'n8n-workflow';
import { describe as describeNode } from '../../nodes/engine/describe/describe';
import { succeeded, textOf } from '../../nodes/engine/call/errors';
import { field } from '../../nodes/engine/describe/fields';
import type { Account, Problem, Resource, Service } from '../../nodes/engine/operation';
import { run } from '../../nodes/engine/call/run';
import { CredentialStore, runNode, scaleTime } from './support';

/** A refusal in the services' own form, unless it has another text. */
interface Refusal {
	status: number;
	text: string;
}
const refusalOf = (statusCode: number, more = {}): Refusal => ({
	status: statusCode,
	text: JSON.stringify({ statusCode, message: 'Not now', ...more }),
});
const JSON_TYPE = 'application/json';

/** A service that rotates its refresh token, and says 401 for a missing scope too. */
class RotatingService {
	readonly refreshes: string[] = [];
	readonly done: string[] = [];
	calls = 0;
	accessToken = 'access-1';
	refreshToken = 'refresh-1';
	/** Comes between: another process that renews at the same time and is a little faster. */
	faster?: (tokens: { access_token: string; refresh_token: string }) => void;
	/** What the token service answers in place of tokens, one after the other. */
	readonly tokenRefusals: Refusal[] = [];
	/** What the calls from this one on meet, one after the other. */
	refuseFrom = Infinity;
	readonly refusals: Refusal[] = [];
	/** When the calls came (epoch ms). */
	readonly times: number[] = [];
	/** Told of each call as it comes; its answer waits for it. */
	onCall?: (number: number) => Promise<void> | undefined;
	private app?: FastifyInstance;

	async start(): Promise<string> {
		const app = Fastify();
		this.app = app;
		await app.register(formbody);
		app.post<{ Body: { refresh_token: string } }>('/token', async (request, reply) => {
			const refusal = this.tokenRefusals.shift();
			if (refusal) return await reply.code(refusal.status).type(JSON_TYPE).send(refusal.text);
			this.refreshes.push(request.body.refresh_token);
			if (this.faster) {
				this.accessToken = 'access-other';
				this.refreshToken = 'refresh-other';
				this.faster({ access_token: this.accessToken, refresh_token: this.refreshToken });
			}
			if (request.body.refresh_token !== this.refreshToken) {
				return await reply.code(400).send({ error: 'invalid_grant' });
			}
			const n = this.refreshes.length + 1;
			this.accessToken = `access-${n}`;
			this.refreshToken = `refresh-${n}`;
			return { access_token: this.accessToken, refresh_token: this.refreshToken, expires_in: 60 };
		});
		app.post<{ Params: { id: string } }>('/things/:id', async (request, reply) => {
			this.times.push(Date.now());
			const number = ++this.calls;
			await this.onCall?.(number);
			const refusal = number >= this.refuseFrom ? this.refusals.shift() : undefined;
			if (refusal) return await reply.code(refusal.status).type(JSON_TYPE).send(refusal.text);
			const { authorization } = request.headers;
			const late = request.params.id === 'late' && authorization !== `Bearer ${this.accessToken}`;
			await new Promise((resolve) => setTimeout(resolve, late ? 300 : 20));
			if (late || authorization !== `Bearer ${this.accessToken}`) {
				return await reply.code(401).send({ message: 'Invalid token' });
			}
			if (request.params.id === 'scope') return await reply.code(401).send({ message: 'scope' });
			this.done.push(request.params.id);
			return { id: request.params.id };
		});
		return await app.listen({ port: 0, host: '127.0.0.1' });
	}

	async stop(): Promise<void> {
		await this.app?.close();
	}
}

class RotatingOAuth2Api implements ICredentialType {
	name = 'rotatingOAuth2Api';
	extends = ['oAuth2Api'];
	displayName = 'Rotating OAuth2 API';
	properties = [];
}

const resources: Resource[] = [
	{
		value: 'thing',
		name: 'Thing',
		operations: [
			{
				value: 'create',
				name: 'Create',
				action: 'Create a thing',
				description: '',
				request: { method: 'POST', path: '/things/{id}' },
				scope: 'things.write',
				writes: true,
				fields: [
					field(
						{ displayName: 'ID', name: 'thingId', type: 'string', default: '' },
						{ in: 'path', key: 'id' },
					),
				],
			},
		],
	},
];

const KINDS: Record<number, Problem['kind']> = {
	403: 'refused',
	408: 'temporary',
	425: 'temporary',
	429: 'rate',
	503: 'temporary',
};

const AMPLE = { max: 1_000, intervalMs: 1_000, concurrency: 10 };

function nodeFor(baseUrl: string, refreshable = true, limit = AMPLE) {
	const owner: Account = {
		credentialType: 'rotatingOAuth2Api',
		baseUrl,
		budgetKey: baseUrl,
		refreshable,
		values: {},
	};
	const service: Service = {
		name: 'Rotating',
		limit,
		connect: async () => ({ owner, accountOf: () => owner }),
		headers: () => ({}),
		readLimits: () => ({}),
		listFormat: 'brackets',
		timeoutMs: 60_000,
		problemOf: (answer) => {
			if (succeeded(answer)) return undefined;
			const scope = textOf(answer.body) === 'scope';
			const kind = scope ? 'refused' : (KINDS[answer.statusCode] ?? 'expired');
			return { kind, message: scope ? 'No scope' : `It is ${kind}` };
		},
	};
	return {
		description: {
			displayName: 'Rotating',
			name: 'rotating',
			group: ['transform' as const],
			version: 1,
			description: '',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'rotatingOAuth2Api', required: true }],
			properties: describeNode(resources, 'thing'),
		},
		async execute(this: IExecuteFunctions) {
			return await run(this, service, resources);
		},
	};
}

function credentialsFor(url: string, tokens: { access_token: string; refresh_token: string }) {
	return new CredentialStore([new RotatingOAuth2Api()], {
		rotatingOAuth2Api: {
			accessTokenUrl: `${url}/token`,
			clientId: 'id',
			clientSecret: 'secret',
			grantType: 'authorizationCode',
			authentication: 'body',
			oauthTokenData: tokens,
		},
	});
}

const expired = { access_token: 'access-0', refresh_token: 'refresh-1' };
const parameters = { resource: 'thing', operation: 'create', thingId: '={{ $json.id }}' };
const ids = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `t${i}` }));

let service: RotatingService;
let url: string;
beforeEach(async () => {
	service = new RotatingService();
	url = await service.start();
});
afterEach(async () => await service.stop());

it('renews once when ten calls meet an expired token, loses none and sends none twice', async () => {
	const credentials = credentialsFor(url, expired);
	const result = await runNode({ node: nodeFor(url), parameters, items: ids(10), credentials });
	expect(result.error).toBeUndefined();
	expect(result.outputs[0].map((item) => item.json.id)).toEqual(ids(10).map(({ id }) => id));
	expect(service.refreshes).toEqual(['refresh-1']);
	expect([...service.done].sort()).toEqual(
		ids(10)
			.map(({ id }) => id)
			.sort(),
	);
	expect(credentials.renewals).toHaveLength(1);
	// Ten that met the expired token, one that made n8n renew it (401, then done), nine again.
	expect(service.calls).toBe(10 + 2 + 9);
	expect(JSON.stringify(credentials.data('rotatingOAuth2Api'))).toContain('refresh-2');
});

it('only sends again when the 401 comes after the renewal', async () => {
	const credentials = credentialsFor(url, expired);
	const items = [{ id: 't0' }, { id: 'late' }];
	const result = await runNode({ node: nodeFor(url), parameters, items, credentials });
	expect(result.error).toBeUndefined();
	expect(service.refreshes).toEqual(['refresh-1']);
	expect(service.calls).toBe(2 + 2 + 1);
});

it('renews once for ten executions that share the credential', async () => {
	const credentials = credentialsFor(url, expired);
	const node = nodeFor(url);
	const runs = ids(10).map(
		async (item) => await runNode({ node, parameters, items: [item], credentials }),
	);
	for (const result of await Promise.all(runs)) expect(result.error).toBeUndefined();
	expect(service.refreshes).toEqual(['refresh-1']);
	expect(service.done).toHaveLength(10);
});

it('renews again when the renewed token expires in its turn', async () => {
	const credentials = credentialsFor(url, expired);
	const node = nodeFor(url);
	await runNode({ node, parameters, items: ids(3), credentials });
	service.accessToken = 'access-9';
	const second = await runNode({ node, parameters, items: ids(3), credentials });
	expect(second.error).toBeUndefined();
	expect(service.refreshes).toEqual(['refresh-1', 'refresh-2']);
	expect(service.done).toHaveLength(6);
});

it('does not renew for a 401 that speaks of a scope', async () => {
	const credentials = credentialsFor(url, { access_token: 'access-1', refresh_token: 'refresh-1' });
	const items = [{ id: 'scope' }, { id: 't1' }];
	const onError = 'continueRegularOutput' as const;
	const result = await runNode({ node: nodeFor(url), parameters, items, credentials, onError });
	expect(result.outputs[0][0].json.error).toBe('No scope');
	expect(result.outputs[0][1].json).toEqual({ id: 't1' });
	expect(service.refreshes).toEqual([]);
	expect(service.calls).toBe(2);
});

it('says once and clearly that the connection is lost, and asks no second time', async () => {
	const credentials = credentialsFor(url, { access_token: 'access-0', refresh_token: 'used' });
	const onError = 'continueRegularOutput' as const;
	const node = nodeFor(url);
	const result = await runNode({ node, parameters, items: ids(10), credentials, onError });
	expect(new Set(result.outputs[0].map((item) => item.json.error))).toEqual(
		new Set(['The connection to Rotating has expired and could not be renewed']),
	);
	expect(service.refreshes).toHaveLength(1);
	expect(service.done).toEqual([]);
	expect(JSON.stringify(result.outputs) + result.logs.join()).not.toMatch(/access-0|used"|secret"/);
});

it.each([
	['has stored', 0],
	['is about to store', 400],
])('goes on with the tokens that another process %s', async (_label, ms) => {
	const credentials = credentialsFor(url, expired);
	service.faster = (oauthTokenData) => {
		setTimeout(() => credentials.change('rotatingOAuth2Api', { oauthTokenData }), ms);
	};
	const result = await runNode({ node: nodeFor(url), parameters, items: ids(10), credentials });
	expect(result.error).toBeUndefined();
	expect(service.done).toHaveLength(10);
	expect(service.refreshes).toHaveLength(1);
	expect(JSON.stringify(credentials.data('rotatingOAuth2Api'))).toContain('refresh-other');
});

it('does not try to renew a token that cannot be', async () => {
	const time = scaleTime(100);
	const credentials = credentialsFor(url, expired);
	const node = nodeFor(url, false);
	const result = await runNode({ node, parameters, items: ids(1), credentials });
	expect(result.error?.message).toBe('It is expired');
	expect(service.refreshes).toEqual([]);
	time.restore();
});

describe('What says “not now”', () => {
	const LOST = 'The connection to Rotating has expired and could not be renewed';
	const tenItems = async (credentials = credentialsFor(url, expired)) => {
		const time = scaleTime(100);
		const node = nodeFor(url);
		const onError = 'continueRegularOutput' as const;
		const result = await runNode({ node, parameters, items: ids(10), credentials, onError });
		time.restore();
		return result.outputs[0].map(({ json: { error, details } }) => ({ error, details }));
	};
	const expectAllDone = (outcomes: Array<{ error: unknown }>) => {
		expect(outcomes.filter(({ error }) => error !== undefined)).toEqual([]);
		expect([...service.done].sort()).toEqual(ids(10).map(({ id }) => id));
		expect(service.refreshes).toEqual(['refresh-1']);
	};

	it.each<[string, Refusal]>([
		['408', refusalOf(408)],
		['425', refusalOf(425)],
		['429', refusalOf(429)],
		['429 in the form of an OAuth2 error', refusalOf(429, { error: 'Too Many Requests' })],
		['503', refusalOf(503)],
		['a token that is cut off', { status: 200, text: '{"access_token":"' }],
	])('is no lost connection where the token service says it: %s', async (_what, refusal) => {
		service.tokenRefusals.push(refusal, refusal);
		expectAllDone(await tenItems());
	});

	it.each([403, 408, 425, 429, 503])(
		'is no lost connection where the call of the renewal meets it: %i',
		async (status) => {
			// The first ten meet the expired token.
			service.refuseFrom = 11;
			service.refusals.push(refusalOf(status));
			expectAllDone(await tenItems());
		},
	);

	it.each([
		[200, 'Rotating gave an answer that cannot be read'],
		[408, 'Rotating is not available at the moment (408)'],
		[429, 'Rotating asks to slow down, even after several waits'],
		[503, 'Rotating is not available at the moment (503)'],
	])(
		'is told as it is where it does not pass (%i), and not remembered',
		async (status, because) => {
			service.tokenRefusals.push(
				...Array<Refusal>(10_000).fill({ status, text: '{"message":"Not' }),
			);
			const credentials = credentialsFor(url, expired);
			const outcomes = await tenItems(credentials);
			expect(new Set(outcomes.map(({ error }) => error))).toEqual(
				new Set([
					`The connection to Rotating has expired and could not be renewed yet: ${because}`,
				]),
			);
			expect(outcomes[0].details).toMatchObject({
				description: expect.stringContaining('do not connect it again'),
				httpCode: String(status),
			});
			service.tokenRefusals.length = 0;
			expectAllDone(await tenItems(credentials));
		},
	);

	it('is not what a token service says that refuses for good', async () => {
		service.tokenRefusals.push(refusalOf(401, { error: 'UnAuthorized!' }));
		const outcomes = await tenItems();
		expect(new Set(outcomes.map(({ error }) => error))).toEqual(new Set([LOST]));
		expect(service.refreshes).toEqual([]);
	});
});

it('leaves the renewal to the others when the execution that had begun it is cancelled', async () => {
	const credentials = credentialsFor(url, expired);
	const node = nodeFor(url);
	let cancel = () => {};
	const abortWhen = new Promise<void>((resolve) => (cancel = resolve));
	let others: Array<ReturnType<typeof runNode>> = [];
	service.onCall = async (number) => {
		if (number !== 2) return;
		// The call of the renewal is under way.
		others = ids(3).map(
			async (item) => await runNode({ node, parameters, items: [item], credentials }),
		);
		await new Promise((resolve) => setTimeout(resolve, 200));
		cancel();
		await new Promise((resolve) => setTimeout(resolve, 200));
	};
	const items = [{ id: 'cancelled' }];
	await runNode({ node, parameters, items, credentials, abortWhen });
	for (const { error } of await Promise.all(others)) expect(error).toBeUndefined();
	expect([...service.done].sort()).toEqual(['t0', 't1', 't2']);
	expect(service.refreshes).toEqual(['refresh-1']);
});

it('waits for a place in the rate limit like every other call', async () => {
	const intervalMs = 1_500;
	const node = nodeFor(url, true, { max: 10, intervalMs, concurrency: 10 });
	const credentials = credentialsFor(url, expired);
	const result = await runNode({ node, parameters, items: ids(10), credentials });
	expect(result.error).toBeUndefined();
	expect(service.done).toHaveLength(10);
	expect(service.refreshes).toEqual(['refresh-1']);
	// The ten that met the expired token fill the limit.
	expect(service.times[10] - service.times[0]).toBeGreaterThan(intervalMs * 0.9);
});
