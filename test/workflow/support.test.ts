import fastify, { type FastifyInstance } from 'fastify';
import {
	NodeConnectionTypes,
	sleep,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type INodeProperties,
	type INodeType,
	type IPollFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import {
	CredentialStore,
	hookFunctions,
	loadOptionsFunctions,
	pollFunctions,
	runNode,
	scaleTime,
	webhookFunctions,
} from './support';

const property = (name: string, fallback: string, type: INodeProperties['type'] = 'string') => ({
	displayName: name,
	name,
	type,
	default: fallback,
});

class KeyApi implements ICredentialType {
	name = 'keyApi';

	displayName = 'Key API';

	properties: INodeProperties[] = [property('key', ''), property('prefix', 'Bearer')];

	authenticate = {
		type: 'generic' as const,
		properties: { headers: { Authorization: '={{$credentials.prefix}} {{$credentials.key}}' } },
	};
}

class RotatingApi implements ICredentialType {
	name = 'rotatingApi';

	extends = ['oAuth2Api'];

	displayName = 'Rotating API';

	properties: INodeProperties[] = [
		property('baseUrl', ''),
		property('accessTokenUrl', '={{$self["baseUrl"]}}/token', 'hidden'),
		property('authentication', 'body', 'hidden'),
	];
}

const description: INodeType['description'] = {
	displayName: 'Probe',
	name: 'probe',
	group: ['transform'],
	version: 1,
	description: 'Asks a server about each item',
	defaults: { name: 'Probe' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [
		{ name: 'keyApi', displayOptions: { show: { authentication: ['keyApi'] } } },
		{ name: 'rotatingApi', displayOptions: { show: { authentication: ['rotatingApi'] } } },
	],
	webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'probe' }],
	properties: [
		property('authentication', 'keyApi'),
		property('url', ''),
		property('flags', 'none'),
	],
};

class Probe implements INodeType {
	description = description;

	methods = {
		listSearch: {
			async things(this: ILoadOptionsFunctions, filter?: string) {
				const url = this.getCurrentNodeParameter('url') as string;
				await this.helpers.httpRequestWithAuthentication.call(this, 'keyApi', { url });
				return { results: [{ name: filter ?? 'all', value: url }] };
			},
		},
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return this.getWorkflowStaticData('node').remoteId !== undefined;
			},
			async create(this: IHookFunctions) {
				this.getWorkflowStaticData('node').remoteId = this.getNodeWebhookUrl('default');
				return true;
			},
			async delete(this: IHookFunctions) {
				delete this.getWorkflowStaticData('node').remoteId;
				return true;
			},
		},
	};

	async execute(this: IExecuteFunctions) {
		const type = this.getNodeParameter('authentication', 0) as string;
		const items = await Promise.all(
			this.getInputData().map(async (_, index) => {
				const request: IHttpRequestOptions = {
					url: this.getNodeParameter('url', index) as string,
					json: true,
				};
				if (this.getNodeParameter('flags', index) === 'answer') {
					Object.assign(request, { ignoreHttpStatusErrors: true, returnFullResponse: true });
				}
				const answer = (await this.helpers.httpRequestWithAuthentication.call(
					this,
					type,
					request,
				)) as IDataObject;
				this.logger.debug('asked', { index });
				return { json: answer, pairedItem: index };
			}),
		);
		this.addExecutionHints({ message: `asked ${items.length} times`, location: 'outputPane' });
		return [items];
	}

	async poll(this: IPollFunctions) {
		const state = this.getWorkflowStaticData('node');
		state.polls = Number(state.polls ?? 0) + 1;
		return [[{ json: { polls: state.polls, mode: this.getMode() } }]];
	}

	async webhook(this: IWebhookFunctions) {
		const request = this.getRequestObject();
		this.getResponseObject().status(401).json({ bytes: request.rawBody.length });
		return { noWebhookResponse: true, workflowData: [[{ json: this.getBodyData() }]] };
	}
}

describe('a node in n8n-core’s own contexts', () => {
	let server: FastifyInstance;
	let base: string;
	let refreshes = 0;
	let valid = 'token-1';

	beforeAll(async () => {
		server = fastify();
		server.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload, done) => {
			payload.resume();
			payload.on('end', () => done(null, {}));
		});
		server.get('/who/:id', async (request) => ({
			id: (request.params as { id: string }).id,
			authorization: request.headers.authorization,
		}));
		server.get('/broken', async () => ({ error: 'broken' }));
		server.get('/slow', async (_request, reply) => {
			await new Promise((resolve) => setTimeout(resolve, 3_000).unref());
			return await reply.send({});
		});
		server.get('/private', async (request, reply) => {
			if (request.headers.authorization === `Bearer ${valid}`) return { welcome: true };
			return await reply.code(401).send({ message: 'Invalid token' });
		});
		server.post('/token', async () => {
			refreshes++;
			valid = `token-${refreshes + 1}`;
			return { access_token: valid, refresh_token: `refresh-${refreshes + 1}`, expires_in: 86399 };
		});
		base = await server.listen({ port: 0, host: '127.0.0.1' });
	});

	afterAll(async () => {
		server.server.closeAllConnections();
		await server.close();
	});

	const key = { credentials: { keyApi: { key: 'k' } }, credentialTypes: [new KeyApi()] };

	const rotating = () => {
		valid = 'token-live';
		const oauthTokenData = {
			access_token: 'token-expired',
			refresh_token: 'refresh-0',
			locationId: 'L',
		};
		return new CredentialStore([new RotatingApi()], {
			rotatingApi: { baseUrl: base, clientId: 'c', clientSecret: 's', oauthTokenData },
		});
	};

	it('resolves expressions for each item and signs with the credential’s own expressions', async () => {
		const result = await runNode({
			node: new Probe(),
			...key,
			parameters: { url: `=${base}/who/{{ $json.id }}` },
			items: [{ id: 'a' }, { id: 'b' }],
		});
		expect(result.error).toBeUndefined();
		expect(result.outputs).toEqual([
			[
				{ json: { id: 'a', authorization: 'Bearer k' }, pairedItem: 0 },
				{ json: { id: 'b', authorization: 'Bearer k' }, pairedItem: 1 },
			],
		]);
		expect(result.hints).toEqual([{ message: 'asked 2 times', location: 'outputPane' }]);
		expect(result.logs).toContain('debug asked {"index":1}');
	});

	it('reports the error that stopped the run, and with On Error goes on', async () => {
		const setup = { node: new Probe(), ...key, parameters: { url: `${base}/private` } };
		const stopped = await runNode(setup);
		expect(stopped).toMatchObject({ status: 'error', outputs: [], error: { httpCode: '401' } });
		const wentOn = await runNode({ ...setup, items: [{ a: 1 }], onError: 'continueRegularOutput' });
		expect(wentOn).toMatchObject({ status: 'success', error: { httpCode: '401' } });
		expect(wentOn.outputs).toMatchObject([[{ json: { a: 1 } }]]);
	});

	it('sends an item that carries an error to the error output', async () => {
		const result = await runNode({
			node: new Probe(),
			...key,
			parameters: { url: `=${base}/{{ $json.path }}` },
			items: [{ path: 'who/a' }, { path: 'broken' }],
			onError: 'continueErrorOutput',
		});
		expect(result.outputs).toMatchObject([
			[{ json: { id: 'a' } }],
			[{ json: { error: 'broken' } }],
		]);
	});

	it('says what is missing when n8n would not start the workflow', async () => {
		const node = new Probe();
		node.description = {
			...description,
			properties: [{ ...property('Contact', ''), required: true }, ...description.properties],
		};
		await expect(runNode({ node, ...key })).rejects.toThrow('Parameter "Contact" is required');
	});

	it('refreshes an expired OAuth2 token when the call throws, and stores the rotated one', async () => {
		const credentials = rotating();
		refreshes = 0;
		const result = await runNode({
			node: new Probe(),
			credentials,
			parameters: { authentication: 'rotatingApi', url: `${base}/private` },
		});
		expect(result.outputs[0].map((item) => item.json)).toEqual([{ welcome: true }]);
		expect(refreshes).toBe(1);
		expect(credentials.renewals).toHaveLength(1);
		expect(credentials.data('rotatingApi').oauthTokenData).toMatchObject({
			access_token: 'token-2',
			refresh_token: 'refresh-2',
			locationId: 'L',
		});
	});

	it('hands a 401 back as data, without a refresh, when the call is flagged', async () => {
		const credentials = rotating();
		refreshes = 0;
		const result = await runNode({
			node: new Probe(),
			credentials,
			parameters: { authentication: 'rotatingApi', url: `${base}/private`, flags: 'answer' },
		});
		expect(result.outputs[0][0].json).toMatchObject({
			statusCode: 401,
			body: { message: 'Invalid token' },
		});
		expect(refreshes).toBe(0);
		expect(credentials.renewals).toEqual([]);
	});

	it('aborts a request that is under way when the execution is cancelled', async () => {
		const startedAt = Date.now();
		const result = await runNode({
			node: new Probe(),
			...key,
			parameters: { url: `${base}/slow` },
			abortAfterMs: 50,
		});
		expect(result.status).toBe('canceled');
		expect(Date.now() - startedAt).toBeLessThan(2_900);
	});

	it('gives trigger nodes their hook, poll, webhook and list contexts', async () => {
		const node = new Probe();
		const staticData: IDataObject = {};
		const hook = hookFunctions({ node, staticData, webhookBaseUrl: 'http://n8n/webhook' });
		const { checkExists, create } = node.webhookMethods.default;
		expect(await hook.call(checkExists)).toBe(false);
		await hook.call(create);
		expect(await hook.call(checkExists)).toBe(true);
		expect(staticData.remoteId).toBe('http://n8n/webhook/webhook-of-node-under-test/probe');

		const poll = pollFunctions({ node, staticData, mode: 'manual' });
		await poll.call(node.poll);
		expect(await poll.call(node.poll)).toEqual([[{ json: { polls: 2, mode: 'manual' } }]]);

		const webhook = webhookFunctions({ node, staticData, rawBody: '{"a": 1}' });
		const { result, sent } = await webhook.deliver();
		expect(result.workflowData).toEqual([[{ json: { a: 1 } }]]);
		expect(sent).toMatchObject({ statusCode: 401, body: { bytes: 8 }, ended: true });

		const list = loadOptionsFunctions({ node, ...key, parameters: { url: `${base}/who/me` } });
		const found = await list.call(node.methods.listSearch.things, 'ann');
		expect(found).toEqual({ results: [{ name: 'ann', value: `${base}/who/me` }] });
	});

	it('makes sleep and the clock run faster together', async () => {
		const realStart = performance.now();
		const time = scaleTime(100);
		try {
			const before = Date.now();
			await sleep(10_000);
			expect(Date.now() - before).toBeGreaterThanOrEqual(9_900);
			expect(new Date().getTime() - before).toBeLessThan(60_000);
			expect(time.sleeps).toEqual([10_000]);
		} finally {
			time.restore();
		}
		expect(performance.now() - realStart).toBeLessThan(9_000);
		expect(new Date() instanceof Date).toBe(true);
	});
});
