import type { IDataObject } from 'n8n-workflow';
import { ghlResources } from '../../nodes/Ghl/resources';
import { SANDBOX, startSandbox, type FaultRequest, type Sandbox } from '../../sandbox';
import { ghlExamples } from '../examples/ghlContacts';
import { columns } from '../examples/values';
import { byId, callsOf, runGhl } from './ghl';
import { scaleTime, type ScaledTime } from './support';

let sandbox: Sandbox;
let time: ScaledTime;
beforeAll(async () => {
	time = scaleTime(200);
	sandbox = await startSandbox({ burst: { max: 100_000, intervalMs: 10_000 } });
});
afterAll(async () => {
	await sandbox.close();
	time.restore();
});
beforeEach(() => sandbox.reset());

const operations = ghlResources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		key: `${resource.value}:${operation.value}`,
		operation,
		// The operation's own call, not the look-ups on the way to it.
		path: `^${operation.request.path.replace(/\{\w+\}/g, '[^/]+')}$`,
	})),
);

it('has an example for every operation', () => {
	expect(Object.keys(ghlExamples).sort()).toEqual(operations.map(({ key }) => key).sort());
});

/** They name no location: HighLevel answers what the token may see. */
const OF_NO_LOCATION = ['location:getMany', 'user:get'];

const status = (code: number, message: unknown, headers = {}): Partial<FaultRequest> => ({
	kind: 'status',
	status: code,
	headers,
	body: { statusCode: code, message, traceId: 'trace-1' },
});

describe.each(operations)('$key', ({ key, operation, path }) => {
	const { method } = operation.request;
	const run = async (fault?: Partial<FaultRequest>, more = {}) => {
		const parameters = ghlExamples[key](sandbox);
		if (fault) sandbox.faults.add({ kind: 'status', method, path, ...fault });
		return await runGhl(sandbox, key, parameters, more);
	};
	const sent = () =>
		callsOf(sandbox).filter((call) => new RegExp(`^${method} ${path.slice(1)}`).test(call));

	it('works', async () => {
		const { error, outputs } = await run();
		expect(error).toBeUndefined();
		for (const item of outputs[0]) expect(item.pairedItem).toEqual({ item: 0 });
		expect(sent()).toHaveLength(1);
	});

	it('names the scope that the token lacks, and asks once', async () => {
		const fault = status(401, 'The token is not authorized for this scope.');
		const { error } = await run(fault);
		expect(error?.message).toBe(`The token lacks the scope ${operation.scope}`);
		expect(sent()).toHaveLength(1);
	});

	it('names the location that the token does not belong to', async () => {
		const { error } = await run(undefined, { token: SANDBOX.otherLocationToken });
		if (OF_NO_LOCATION.includes(key)) return expect(error).toBeUndefined();
		expect(error?.message).toBe(
			`HighLevel refuses this token access to location “${SANDBOX.locationId}”`,
		);
	});

	it('says what to do about a token that is not accepted', async () => {
		const { error } = await run(undefined, { token: 'pit-old' });
		expect(error?.message).toBe('HighLevel does not accept the token');
		expect(error?.description).toContain('Private Integrations');
		expect(JSON.stringify(error)).not.toContain('pit-old');
	});

	it('passes on what a 404 and a 422 say', async () => {
		const missing = await run(status(404, 'Not here'));
		expect(missing.error?.message).toBe('HighLevel found nothing there: Not here');
		sandbox.reset();
		const refused = await run(status(422, ['property x should not exist', 'y must be an email']));
		expect(refused.error?.message).toBe(
			'HighLevel does not accept these fields: property x should not exist; y must be an email',
		);
	});

	it('waits and goes on after 429', async () => {
		const headers = { 'x-ratelimit-interval-milliseconds': '10000' };
		const { error } = await run({ ...status(429, 'Too Many Requests', headers), times: 2 });
		expect(error).toBeUndefined();
		expect(sent()).toHaveLength(3);
		expect(Math.max(...time.sleeps)).toBeGreaterThan(9_000);
	});

	it('does not repeat after a 500', async () => {
		const { error } = await run(status(500, 'Internal'));
		expect(error?.message).toBe(
			`HighLevel refused ${method} ${operation.request.path} (500): Internal`,
		);
		expect(sent()).toHaveLength(1);
	});

	it('meets 503 and a lost answer by a second try only where that is safe', async () => {
		for (const fault of [status(503, 'Unavailable'), { kind: 'lostAnswer' as const }]) {
			sandbox.reset();
			const { error } = await run(fault);
			const safe = method !== 'POST' || operation.request.repeatable === true;
			const again = safe || (operation.recover && fault.kind === 'status');
			expect(sent()).toHaveLength(again ? 2 : 1);
			if (safe || operation.recover) expect(error).toBeUndefined();
			else expect(error?.message).toContain('may have been carried out');
		}
	});

	it('gives up in the end, with a sentence about the network', async () => {
		if (operation.recover || !(method !== 'POST' || operation.request.repeatable)) return;
		const { error } = await run({ kind: 'reset', times: 9 });
		expect(error?.message).toBe(
			'HighLevel could not be reached: the connection was closed before an answer came',
		);
		expect(sent()).toHaveLength(4);
	});
});

describe('Continue On Fail', () => {
	it('turns the bad items into errors, in place, and loses no other', async () => {
		const ids = [...sandbox.state.contacts.keys()].slice(0, 4);
		const items: IDataObject[] = [ids[0], '', ids[1], 'a/b', ids[2], '..', ids[3]].map((id) => ({
			id,
		}));
		const { json, outputs } = await runGhl(
			sandbox,
			'contactNote:create',
			{ contactId: byId('={{ $json.id }}'), body: 'x' },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(json.map((item) => item.contactId ?? item.error)).toEqual([
			ids[0],
			'“Contact” is empty',
			ids[1],
			expect.stringContaining('HighLevel'),
			ids[2],
			'“Contact” is not an ID: “..”',
			ids[3],
		]);
		expect(outputs[0].map((item) => item.pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(callsOf(sandbox)).toContain('POST /contacts/a%2Fb/notes');
		expect(callsOf(sandbox)).toHaveLength(5);
	});

	it('sends them to the error output when that is chosen', async () => {
		const [id] = sandbox.state.contacts.keys();
		const { outputs } = await runGhl(
			sandbox,
			'contactNote:create',
			{ contactId: byId('={{ $json.id }}'), body: 'x' },
			{ items: [{ id }, { id: '' }], onError: 'continueErrorOutput' },
		);
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[1]).toHaveLength(1);
	});

	it('without it, the first failure stops the run and names its item', async () => {
		const [id] = sandbox.state.contacts.keys();
		const items = [{ id }, { id: '' }, ...Array<IDataObject>(200).fill({ id })];
		const { error } = await runGhl(
			sandbox,
			'contactNote:create',
			{ contactId: byId('={{ $json.id }}'), body: 'x' },
			{ items },
		);
		expect(error?.message).toBe('“Contact” is empty');
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		expect(callsOf(sandbox).length).toBeLessThan(30);
	});
});

describe('A create whose answer was lost', () => {
	const parameters = {
		contactFields: columns({ email: 'lost@example.com', firstName: 'Lost' }),
	};
	const withEmail = () =>
		[...sandbox.state.contacts.values()].filter(({ email }) => email === 'lost@example.com');

	it('is found by its email and not made twice', async () => {
		sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '^/contacts/$' });
		const { json } = await runGhl(sandbox, 'contact:create', parameters);
		expect(json[0]).toMatchObject({ id: withEmail()[0].id });
		expect(withEmail()).toHaveLength(1);
	});

	it('is made when it was not', async () => {
		sandbox.faults.add({ kind: 'reset', method: 'POST', path: '^/contacts/$' });
		const { error } = await runGhl(sandbox, 'contact:create', parameters);
		expect(error).toBeUndefined();
		expect(withEmail()).toHaveLength(1);
	});

	it('without email and phone is not sent again, and the error says so', async () => {
		sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '^/contacts/$' });
		const { error } = await runGhl(sandbox, 'contact:create', {
			contactFields: columns({ firstName: 'Lost' }),
		});
		expect(error?.message).toContain('may have been carried out');
		expect(callsOf(sandbox)).toEqual(['POST /contacts/']);
	});
});

it('ends a wait at once when the execution is cancelled', async () => {
	const headers = { 'x-ratelimit-interval-milliseconds': '60000' };
	sandbox.faults.add({ ...status(429, 'Too Many', headers), kind: 'status', times: 99 });
	const startedAt = process.hrtime.bigint();
	const seen = new Promise((resolve) => {
		const poll = () => (callsOf(sandbox).length > 0 ? resolve(0) : setTimeout(poll, 5));
		poll();
	});
	const run = await runGhl(sandbox, 'contact:getMany', {}, { abortWhen: seen });
	expect(run.status).toBe('canceled');
	expect(Number(process.hrtime.bigint() - startedAt) / 1e6).toBeLessThan(200);
});
