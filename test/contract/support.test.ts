import { resolve } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { describeOfficial, officialSdk } from './support';

const headers = { Version: '2021-07-28', 'Content-Type': 'application/json' };

describeOfficial('requests against the official files', (api) => {
	const check = (method: string, path: string, rest: { body?: unknown; query?: string } = {}) =>
		api.validateRequest({ method, path, headers, ...rest });

	it('finds the template of a path, a fixed part before a parameter', () => {
		const path = (method: string, concrete: string) => api.operation(method, concrete)?.path;
		expect(path('post', '/contacts/abc/tags')).toBe('/contacts/{contactId}/tags');
		expect(path('GET', '/contacts/search/duplicate?locationId=L')).toBe(
			'/contacts/search/duplicate',
		);
		expect(path('DELETE', '/contacts/abc/campaigns/removeAll')).toBe(
			'/contacts/{contactId}/campaigns/removeAll',
		);
		expect(path('GET', '/contacts/')).toBe('/contacts/');
		expect(path('PUT', '/contacts/')).toBeUndefined();
		expect(path('POST', '/contacts')).toBeUndefined();
	});

	it('takes a complete contact', () => {
		const body = {
			locationId: 'L',
			firstName: 'Ann',
			email: null,
			dateOfBirth: '1990-09-25',
			tags: ['vip'],
			dndSettings: { Call: { status: 'active', message: '', code: '' } },
			inboundDndSettings: { all: { status: 'inactive' } },
			customFields: [
				{ id: 'f1', field_value: 'text' },
				{ id: 'f2', field_value: ['a', 'b'] },
				{ id: 'f3', field_value: 12 },
			],
		};
		expect(check('POST', '/contacts/', { body })).toEqual([]);
		expect(check('POST', '/contacts/', { body: JSON.stringify(body) })).toEqual([]);
	});

	it('refuses unknown keys at any depth', () => {
		expect(check('PUT', '/contacts/abc', { body: { locationId: 'L' } })).toEqual([
			'body: unknown key "locationId"',
		]);
		const body = {
			locationId: 'L',
			additionalEmails: [],
			dndSettings: { Fax: { status: 'active' } },
			customFields: [{ id: 'f1', value: 'x' }],
		};
		expect(check('POST', '/contacts/', { body }).sort()).toEqual([
			'body/customFields/0: unknown key "value"',
			'body/dndSettings: unknown key "Fax"',
			'body: unknown key "additionalEmails"',
		]);
	});

	it('refuses wrong types and missing keys', () => {
		expect(check('POST', '/contacts/', { body: { tags: 'vip' } })).toEqual([
			"body: must have required property 'locationId'",
			'body/tags: must be array',
		]);
		expect(check('POST', '/contacts/abc/tags')).toEqual([
			"body: must have required property 'tags'",
		]);
	});

	it('knows which DELETE takes a body', () => {
		expect(check('DELETE', '/contacts/abc/tags', { body: { tags: ['vip'] } })).toEqual([]);
		expect(check('DELETE', '/contacts/abc', { body: { sure: true } })).toEqual([
			'body: none is documented',
		]);
		expect(check('POST', '/contacts/abc/campaigns/c1')).toEqual([]);
	});

	it('checks the query: complete, known names, types as text', () => {
		const list = (query: string) => check('GET', '/contacts/', { query });
		expect(list('locationId=L&limit=20&startAfter=1603870249758')).toEqual([]);
		expect(list('limit=many&page=2').sort()).toEqual([
			'query limit: must be number',
			'query: "locationId" is missing',
			'query: unknown name "page"',
		]);
	});

	it('wants the documented Version', () => {
		const path = '/contacts/abc';
		expect(api.validateRequest({ method: 'GET', path })).toEqual(['Version header is missing']);
		const version = '2021-04-15';
		expect(api.validateRequest({ method: 'GET', path, headers: { version } })).toEqual([
			'Version header: 2021-04-15 is sent, 2021-07-28 is documented',
		]);
	});

	it('checks a search against our own schema, since the official one is empty', () => {
		const filters = [
			{ field: 'dateUpdated', operator: 'range', value: { gte: 1 } },
			{ group: 'OR', filters: [{ field: 'email', operator: 'exists' }] },
		];
		const body = { locationId: 'L', pageLimit: 500, filters };
		expect(check('POST', '/contacts/search', { body })).toEqual([]);
		expect(
			check('POST', '/contacts/search', { body: { ...body, pageLimit: 501, skip: 1 } }),
		).toEqual(['body/pageLimit: must be <= 500', 'body: unknown key "skip"']);
	});

	it('compiles every schema of every endpoint', () => {
		for (const { method, path, raw } of api.operations) {
			api.validateRequest({ method, path, headers, body: {} });
			for (const status of Object.keys(raw.responses)) {
				api.validateResponse({ method, path, status: Number(status), body: {} });
			}
		}
	});
});

describeOfficial('answers against the official files', (api) => {
	const answer = (status: number, body: unknown, unknownKeys = false) =>
		api.validateResponse({ method: 'POST', path: '/contacts/', status, body }, { unknownKeys });

	it('takes what is documented and refuses other types', () => {
		expect(answer(201, { contact: { id: 'c', tags: ['vip'], traceId: 'x' } })).toEqual([]);
		expect(answer(201, { contact: { id: 'c', tags: 'vip' } })).toEqual([
			'response/contact/tags: must be array',
		]);
		expect(answer(201, '')).toEqual(['response: must be object']);
	});

	it('takes what the official files get wrong (undocumented.ts)', () => {
		const customFields = ['text', 12, ['a', 'b'], { uuid: {} }].map((value) => ({
			id: 'f',
			value,
		}));
		expect(answer(201, { contact: { id: 'c', customFields } })).toEqual([]);
		expect(answer(201, { contact: { customFields: [{ id: 'f', value: true }] } })).not.toEqual([]);
		const path = '/contacts/bulk/tags/update/add';
		const responses = [{ contactId: 'c', message: 'Tags updated', type: 'success' }];
		const body = { succeded: true, errorCount: 0, responses };
		expect(api.validateResponse({ method: 'POST', path, status: 201, body })).toEqual([]);
	});

	it('reports unknown top-level keys when asked to, traceId never', () => {
		const body = { contact: { id: 'c' }, traceId: 't', extra: 1 };
		expect(answer(201, body)).toEqual([]);
		expect(answer(201, body, true)).toEqual(['response: unknown key "extra"']);
	});

	it('knows the documented statuses and the errors that any call may meet', () => {
		expect(answer(202, {})).toEqual(['status 202: only 201, 400, 401, 422 are documented']);
		expect(answer(429, { message: 'Too many requests' })).toEqual([]);
		expect(answer(422, { message: 'one text' })).toEqual(['response/message: must be array']);
	});
});

describe('without a source', () => {
	it('one skipped test says which, and what to do, and so does a line', () => {
		const printed: string[] = [];
		const skipped: string[] = [];
		jest
			.spyOn(process.stdout, 'write')
			.mockImplementation((text) => printed.push(String(text)) > 0);
		jest.spyOn(describe, 'skip').mockImplementation((name, tests) => {
			jest.spyOn(globalThis, 'it').mockImplementation((needs) => skipped.push(`${name} ${needs}`));
			tests();
		});
		const absent = { HIGHLEVEL_OPENAPI_DIR: '/nowhere/apps', HEYREACH_PAYLOADS_DIR: '/nowhere' };
		jest.replaceProperty(process, 'env', { ...process.env, ...absent });
		jest.isolateModules(() => {
			const support = jest.requireActual<typeof import('./support')>('./support');
			support.describeOfficial('One', () => {});
			support.describeEvents('Two', () => {});
			support.describeDeliveries('Three', () => {});
		});
		jest.restoreAllMocks();
		expect(skipped).toEqual([
			'One needs HighLevel’s OpenAPI files: npm run fetch:openapi fetches them',
			`Two needs the events of HighLevel’s pages: put webhook-payloads.json into ${resolve('/nowhere')}`,
			'Three needs recorded deliveries of HeyReach: HEYREACH_PAYLOADS_DIR names their folder',
		]);
		expect(printed.map((line) => line.replace(/^Skipped: |[“”\n]/g, ''))).toEqual(skipped);
	});
});

describe('the official SDK', () => {
	let server: FastifyInstance;
	let base: string;

	beforeAll(async () => {
		server = fastify();
		server.all('/ghl/*', async (request, reply) => {
			const { method, url, headers: sent, body } = request;
			const refused = sent.authorization === 'Bearer refused';
			return await reply.code(refused ? 422 : 200).send({ method, url, headers: sent, body });
		});
		base = `${await server.listen({ port: 0, host: '127.0.0.1' })}/ghl`;
	});

	afterAll(async () => await server.close());

	it('calls our base address, and what it sent is what is recorded', async () => {
		const { sdk, last } = officialSdk(base, 'pit-1');
		const echo: unknown = await sdk.contacts.getDuplicateContact({
			locationId: 'L',
			email: 'a+b@c.io',
		});
		expect(echo).toMatchObject({
			method: 'GET',
			url: `/ghl${last().path}?${last().query}`,
			headers: { version: '2021-07-28', authorization: 'Bearer pit-1' },
		});
		expect(last()).toMatchObject({
			method: 'GET',
			path: '/contacts/search/duplicate',
			query: 'locationId=L&email=a%2Bb%40c.io',
			status: 200,
		});
		expect(last().body).toBeUndefined();
	});

	it('encodes path parts and sends a body with DELETE', async () => {
		const { sdk, calls } = officialSdk(`${base}/`, 'pit-1', { apiVersion: '2021-04-15' });
		const echo: unknown = await sdk.contacts.removeTags({ contactId: 'a/b' }, { tags: ['vip'] });
		expect(echo).toMatchObject({
			method: 'DELETE',
			url: '/ghl/contacts/a%2Fb/tags',
			headers: { version: '2021-04-15' },
			body: { tags: ['vip'] },
		});
		expect(calls).toMatchObject([{ path: '/contacts/a%2Fb/tags', body: { tags: ['vip'] } }]);
	});

	it('records the status of a refusal too', async () => {
		const { sdk, last } = officialSdk(base, 'refused');
		await expect(sdk.contacts.getContact({ contactId: 'c' })).rejects.toThrow();
		expect(last().status).toBe(422);
	});
});
