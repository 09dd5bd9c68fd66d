import Fastify, { type FastifyInstance } from 'fastify';
import formbody from '@fastify/formbody';
import { NodeConnectionTypes, type ICredentialType, type IExecuteFunctions } from 'n8n-workflow';
import { describe as describeNode } from '../../nodes/engine/describe/describe';
import { succeeded, textOf } from '../../nodes/engine/call/errors';
import { field } from '../../nodes/engine/describe/fields';
import type { Account, Resource, Service } from '../../nodes/engine/operation';
import { run } from '../../nodes/engine/call/run';
import { CredentialStore, runNode, scaleTime } from './support';

/** A service that rotates its refresh token, and says 401 for a missing scope too. */
class RotatingService {
	readonly refreshes: string[] = [];
	readonly done: string[] = [];
	calls = 0;
	accessToken = 'access-1';
	refreshToken = 'refresh-1';
	/** Comes between: another process that renews at the same time and is a little faster. */
	faster?: (tokens: { access_token: string; refresh_token: string }) => void;
	private app?: FastifyInstance;

	async start(): Promise<string> {
		const app = Fastify();
		this.app = app;
		await app.register(formbody);
		app.post<{ Body: { refresh_token: string } }>('/token', async (request, reply) => {
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
			this.calls++;
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

function nodeFor(baseUrl: string, refreshable = true) {
	const owner: Account = {
		credentialType: 'rotatingOAuth2Api',
		baseUrl,
		budgetKey: baseUrl,
		refreshable,
		values: {},
	};
	const service: Service = {
		name: 'Rotating',
		limit: { max: 1_000, intervalMs: 1_000, concurrency: 10 },
		connect: async () => ({ owner, accountOf: () => owner }),
		headers: () => ({}),
		readLimits: () => ({}),
		listFormat: 'brackets',
		timeoutMs: 60_000,
		problemOf: (answer) => {
			if (succeeded(answer)) return undefined;
			const scope = textOf(answer.body) === 'scope';
			return { kind: scope ? 'refused' : 'expired', message: scope ? 'No scope' : 'Expired' };
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
	expect(result.error?.message).toBe('Expired');
	expect(service.refreshes).toEqual([]);
	time.restore();
});
