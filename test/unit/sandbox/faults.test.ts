import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox';
import type { FaultRequest } from '../../../sandbox';
import { useClient } from './client';

const client = useClient();
const { locationId } = SANDBOX;

const fault = (request: FaultRequest) => client.sandbox.faults.add(request);
const create = (body: object = {}): Promise<AxiosResponse> =>
	client.ghl('POST', '/contacts/', { locationId, firstName: 'New', ...body });
const read = (): Promise<AxiosResponse> => client.ghl('GET', `/locations/${locationId}`);
const contactCount = (): number => client.sandbox.state.contacts.size;

describe('an answer that goes wrong after the work', () => {
	it('is cut off in the middle', async () => {
		fault({ kind: 'cutOff', method: 'POST' });
		const before = contactCount();
		await expect(create()).rejects.toThrow(/aborted|ECONNRESET|socket hang up/);
		expect(contactCount()).toBe(before + 1);
		expect(client.sandbox.requests.list().at(-1)).toMatchObject({ fault: 'cutOff', status: 201 });
		expect((await read()).status).toBe(200);
	});

	it.each([
		['status', { status: 502 }, 502, 'object'],
		['htmlPage', {}, 502, 'string'],
		['rateLimited', {}, 429, 'object'],
	] as const)('is replaced: %s', async (kind, more, status, type) => {
		fault({ kind, after: true, ...more });
		const before = contactCount();
		const answer = await create();
		expect([answer.status, typeof answer.data]).toEqual([status, type]);
		expect(contactCount()).toBe(before + 1);
	});

	it('is JSON that ends in the middle', async () => {
		fault({ kind: 'malformed', after: true });
		const { status, data, headers } = await create();
		expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('json')]);
		expect(data).toMatch(/^\{"contact":\{/);
		expect(() => JSON.parse(data)).toThrow();
	});
});

describe('a list whose answer goes wrong', () => {
	const search = (): Promise<AxiosResponse> =>
		client.ghl('POST', '/contacts/search', { locationId, pageLimit: 20 });

	it('comes without its records, and still says how many there are', async () => {
		const { total } = (await search()).data;
		fault({ kind: 'emptyPage' });
		const { status, data } = await search();
		expect([status, data.contacts, data.total]).toEqual([200, [], total]);
		fault({ kind: 'emptyPage', service: 'heyreach' });
		const lists = await client.heyReach('POST', '/list/GetAll', { offset: 0, limit: 10 });
		expect(lists.data.items).toEqual([]);
		expect(Number(lists.data.totalCount)).toBeGreaterThan(0);
	});

	it.each([
		['an empty object', {}, {}],
		['null', { body: null }, null],
		['nothing', { body: '' }, ''],
		['a text', { body: 'No content' }, 'No content'],
	])('is %s', async (_name, more, body) => {
		fault({ kind: 'keyless', ...more });
		const { status, data } = await search();
		expect([status, data]).toEqual([200, body]);
		expect((await search()).data.contacts.length).toBeGreaterThan(0);
	});
});

describe('an answer that takes the place of the work', () => {
	it.each([
		['rateLimited', 429, /Too Many/],
		['quotaUsedUp', 429, /Too Many/],
		['tokenRejected', 401, /^Invalid token/],
		['scopeRemoved', 401, /not authorized for this scope/],
		['locationForbidden', 403, /not have access to this location/],
	] as const)("is HighLevel's own: %s", async (kind, status, message) => {
		fault({ kind });
		const before = contactCount();
		const answer = await create();
		expect([answer.status, contactCount()]).toEqual([status, before]);
		expect(answer.data.message).toMatch(message);
	});

	it('has the rate headers that tell a full window from a used-up day', async () => {
		fault({ kind: 'rateLimited' });
		fault({ kind: 'quotaUsedUp' });
		fault({ kind: 'rateLimited', headers: {} });
		const [window, day, bare] = [await read(), await read(), await read()].map(
			({ headers }) => headers,
		);
		expect(window['x-ratelimit-remaining']).toBe('0');
		expect(Number(window['x-ratelimit-daily-remaining'])).toBeGreaterThan(0);
		expect(day['x-ratelimit-daily-remaining']).toBe('0');
		expect(Object.keys(bare).join()).not.toContain('ratelimit');
	});

	it("is HeyReach's own", async () => {
		const check = (): Promise<AxiosResponse> => client.heyReach('GET', '/auth/CheckApiKey');
		fault({ kind: 'rateLimited', service: 'heyreach' });
		fault({ kind: 'tokenRejected', service: 'heyreach' });
		fault({ kind: 'htmlPage', service: 'heyreach', status: 503 });
		const limited = await check();
		expect([limited.status, limited.data]).toEqual([429, '']);
		expect((await check()).data).toBe('Invalid API key');
		const page = await check();
		expect([page.status, page.headers['content-type']]).toEqual([503, 'text/html']);
	});
});

describe('which request a fault hits', () => {
	const statuses = async (calls: number): Promise<number[]> => {
		const all = [];
		for (let call = 0; call < calls; call += 1) all.push((await read()).status);
		return all;
	};

	it('can be the third', async () => {
		fault({ kind: 'status', skip: 2 });
		expect(await statuses(4)).toEqual([200, 200, 500, 200]);
	});

	it('can be the one that names a record', async () => {
		fault({ kind: 'status', contains: 'ben@example.com' });
		expect((await create({ email: 'ann@example.com' })).status).toBe(201);
		expect((await create({ email: 'ben@example.com' })).status).toBe(500);
	});

	it('can be left to chance, the same for the same seed', async () => {
		const drawn = async (seed: number): Promise<number[]> => {
			client.sandbox.faults.clear();
			fault({ kind: 'status', probability: 0.3, seed });
			return statuses(40);
		};
		const first = await drawn(5);
		const hit = first.filter((status) => status === 500).length;
		expect(hit).toBeGreaterThan(4);
		expect(hit).toBeLessThan(22);
		expect(client.sandbox.faults.counts()).toEqual({ status: hit });
		expect(await drawn(5)).toEqual(first);
		expect(await drawn(6)).not.toEqual(first);
	});
});

describe('the counters', () => {
	it('count calls, refusals and the fullest window, of each service', async () => {
		const { settings } = client.sandbox;
		settings.burst = { max: 3, intervalMs: 3_000 };
		for (let call = 0; call < 5; call += 1) await read();
		await new Promise((resolve) => setTimeout(resolve, 3_020));
		await read();
		const { highlevel, heyreach } = client.sandbox.counters();
		expect(highlevel).toMatchObject({ calls: 6, refused: 2, mostInWindow: 5 });
		expect(heyreach.calls).toBe(0);
		client.sandbox.reset();
		expect(client.sandbox.counters().highlevel.calls).toBe(0);
	});
});

describe('latency', () => {
	it('holds every call for as long, in parallel too', async () => {
		client.sandbox.settings.latencyMs = 1_000;
		const began = Date.now();
		await Promise.all([read(), read(), client.heyReach('GET', '/auth/CheckApiKey')]);
		const took = Date.now() - began;
		expect(took).toBeGreaterThanOrEqual(990);
		// One after the other they would take three seconds.
		expect(took).toBeLessThan(2_900);
	});
});
