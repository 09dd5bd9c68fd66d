import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SANDBOX } from '../../sandbox';
import { columns } from '../examples/values';
import { withSandbox } from '../support/useSandbox';
import { faultRig } from './faults/rig';
import { byId, callsOf, runGhl } from './ghl';
import { heyReachCalls, runHeyReach } from './heyReach';

const rig = faultRig('highlevel');
beforeEach(() => rig.bench.clean());

const onError = 'continueRegularOutput' as const;
const contactIds = () => [...rig.sandbox.state.contacts.keys()];
const notes = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ text: `Note no ${n}` }));
const noteOn = (id: string, more: INodeParameters = {}): INodeParameters => ({
	contactId: byId(id),
	body: '={{ $json.text }}',
	...more,
});
const warnings = (hints: Array<{ message: string; type?: string }>) =>
	hints.filter(({ type }) => type === 'warning').map(({ message }) => message);

/** For one item of many: n8n cannot resolve it. */
const broken = (at: number, otherwise: string) =>
	`={{ $itemIndex === ${at} ? $('No Such Node').item.json.id : ${otherwise} }}`;

it('ends when the day is used up while calls wait for their part of the limit', async () => {
	const { json } = await withSandbox({ dailyQuota: 5 }, (sandbox) => {
		const [id] = sandbox.state.contacts.keys();
		const parameters = noteOn(id, { options: { rateLimitShare: 50 } });
		return runGhl(sandbox, 'contactNote:create', parameters, { items: notes(60), onError });
	});
	expect(json).toHaveLength(60);
	expect(json.filter(({ error }) => error === undefined)).toHaveLength(5);
	expect(
		json.filter(({ error }) => String(error).includes('accepts no more calls from this account')),
	).toHaveLength(55);
});

describe('A read that many items share', () => {
	const create = (count: number) =>
		runGhl(
			rig.sandbox,
			'contact:create',
			{ contactFields: columns({ email: '={{ $json.email }}', 'contact.job_title': 'Boss' }) },
			{
				items: Array.from({ length: count }, (_, n) => ({ email: `shared.read.${n}@example.com` })),
				onError,
			},
		);
	const isRead = (call: string) => /^GET .*\/customFields$/.test(call);
	const fields = { method: 'GET', path: '/customFields$' };

	it('that failed is read again: nobody else fails with it', async () => {
		rig.sandbox.faults.add({ kind: 'status', status: 500, ...fields });
		const { json } = await create(50);
		expect(json.filter(({ error }) => error !== undefined).length).toBeLessThanOrEqual(1);
		expect(callsOf(rig.sandbox).filter(isRead)).toHaveLength(2);
	});

	it('that answers without its list is read again', async () => {
		rig.sandbox.faults.add({ kind: 'keyless', ...fields });
		const { json } = await create(10);
		expect(json.filter(({ error }) => error !== undefined)).toEqual([]);
	});

	it('is read once where it works', async () => {
		await create(50);
		expect(callsOf(rig.sandbox).filter(isRead)).toHaveLength(1);
	});
});

it('reads a list once for items that ask for it together, and keeps none of its pages', async () => {
	const list = { textQuery: '', returnAll: true };
	const { json } = await runGhl(rig.sandbox, 'contact:list', list, { items: notes(5) });
	const own = [...rig.sandbox.state.contacts.values()].filter(
		({ locationId }) => locationId === SANDBOX.locationId,
	).length;
	expect(json).toHaveLength(5 * own);
	const pages = callsOf(rig.sandbox).filter((call) => call === 'GET /contacts/');
	expect(pages).toHaveLength(Math.floor(own / 100) + 1);
});

describe('An expression that n8n cannot resolve for one item', () => {
	const others = (count: number, at: number) =>
		Array.from({ length: count }, (_, n) => n).filter((n) => n !== at);

	it.each<[string, INodeParameters]>([
		['in a field', { body: broken(7, '$json.text') }],
		['in the ID', { contactId: byId(broken(7, '$json.id')) }],
		[
			'in the ID, with an audit row',
			{
				contactId: byId(broken(7, '$json.id')),
				options: { includeAuditRow: true },
			},
		],
		['in the switch of the audit row', { options: { includeAuditRow: broken(7, 'true') } }],
		[
			'beside the audit row',
			{ options: { includeAuditRow: true, rateLimitShare: broken(7, '50') } },
		],
	])('%s: is the error of that item, and the others are done', async (_where, more) => {
		const [id] = contactIds();
		const items = notes(60).map((item) => ({ ...item, id }));
		const parameters = noteOn(id, { contactId: byId('={{ $json.id }}'), ...more });
		for (const mode of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			rig.bench.clean();
			const { outputs, error } = await runGhl(rig.sandbox, 'contactNote:create', parameters, {
				items,
				onError: mode,
			});
			expect(error).toBeUndefined();
			const sent = callsOf(rig.sandbox).length;
			expect(sent).toBe(59);
			const [good, bad = []] = mode === 'continueErrorOutput' ? outputs : [outputs[0]];
			const failed = mode === 'continueErrorOutput' ? bad : good.filter(({ json }) => json.error);
			expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 7 }]);
			expect(good.filter(({ json }) => !json.error).map(({ pairedItem }) => pairedItem)).toEqual(
				others(60, 7).map((item) => ({ item })),
			);
			const audits = [...good, ...failed].filter(({ json }) => json.audit !== undefined);
			if (!JSON.stringify(more).includes('includeAuditRow')) expect(audits).toEqual([]);
			else expect(audits.length).toBeGreaterThanOrEqual(59);
			expect(good.filter(({ json }) => json.text !== undefined)).toEqual([]); // no input item
			await new Promise((resolve) => setTimeout(resolve, 50));
			expect(callsOf(rig.sandbox)).toHaveLength(sent); // nothing goes on behind the run
		}
	});

	it('of a folded call is the error of that item, and the others share their call', async () => {
		const ids = contactIds().slice(0, 20);
		const { json } = await runGhl(
			rig.sandbox,
			'contactTag:add',
			{
				contactId: byId(broken(3, '$json.id')),
				tags: 'whole',
				options: { includeAuditRow: true },
			},
			{ items: ids.map((id) => ({ id })), onError },
		);
		expect(json.flatMap(({ error }, n) => (error === undefined ? [] : [n]))).toEqual([3]);
		expect(json[3].audit).toMatchObject({ status: 'failed', recordId: null });
		expect(callsOf(rig.sandbox)).toHaveLength(1);
	});

	it('without Continue On Fail ends the run, when nothing is under way any more', async () => {
		const [id] = contactIds();
		const parameters = noteOn(id, { body: broken(7, '$json.text') });
		const { error } = await runGhl(rig.sandbox, 'contactNote:create', parameters, {
			items: notes(60),
		});
		expect(error).toMatchObject({ context: { itemIndex: 7 } });
		const sent = callsOf(rig.sandbox).length;
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(callsOf(rig.sandbox)).toHaveLength(sent);
	});

	it('in what the whole run needs is the error of every item', async () => {
		const { json, error } = await runGhl(
			rig.sandbox,
			'contact:get',
			{ resource: "={{ $('No Such Node').item.json.id }}", contactId: byId('x') },
			{ items: notes(3), onError },
		);
		expect(error).toBeUndefined();
		expect(json.map((item) => Object.keys(item))).toEqual([['error'], ['error'], ['error']]);
	});
});

describe('A refusal that is about the account', () => {
	it('for a missing scope: 200 items, few calls, one reason', async () => {
		const [id] = contactIds();
		rig.sandbox.faults.add({ kind: 'scopeRemoved', method: 'POST', times: 999 });
		const { json, hints } = await runGhl(rig.sandbox, 'contactNote:create', noteOn(id), {
			items: notes(200),
			onError,
		});
		expect(json.map(({ error }) => error)).toEqual(
			Array(200).fill('The token lacks the scope contacts.write'),
		);
		expect(callsOf(rig.sandbox).length).toBeLessThanOrEqual(20);
		expect(warnings(hints)).toEqual([
			expect.stringMatching(
				/^200 of 200 items failed for a reason that is not about them: The token lacks the scope contacts\.write\. /,
			),
		]);
	});

	it('for a token that is not accepted any more', async () => {
		const [id] = contactIds();
		const { json } = await runGhl(rig.sandbox, 'contactNote:create', noteOn(id), {
			items: notes(200),
			onError,
			token: 'pit-old',
		});
		expect(new Set(json.map(({ error }) => error))).toEqual(
			new Set(['HighLevel does not accept the token']),
		);
		expect(json).toHaveLength(200);
		expect(callsOf(rig.sandbox).length).toBeLessThanOrEqual(20);
	});

	it('that comes in the middle of the run', async () => {
		const [id] = contactIds();
		rig.sandbox.faults.add({ kind: 'tokenRejected', skip: 50, times: 999 });
		const { json } = await runGhl(rig.sandbox, 'contactNote:create', noteOn(id), {
			items: notes(200),
			onError,
		});
		expect(json.filter(({ error }) => error === undefined)).toHaveLength(50);
		expect(callsOf(rig.sandbox).length).toBeLessThanOrEqual(50 + 20 + 1);
	});

	it('for a key of HeyReach', async () => {
		const items = Array.from({ length: 200 }, (_, n) => ({
			url: `https://www.linkedin.com/in/nobody-${n}/`,
		}));
		const { json, hints } = await runHeyReach(
			rig.sandbox,
			'lead:get',
			{ profileUrl: '={{ $json.url }}' },
			{ items, onError, apiKey: 'revoked' },
		);
		expect(json.map(({ error }) => error)).toEqual(
			Array(200).fill('HeyReach does not accept the API key'),
		);
		expect(heyReachCalls(rig.sandbox).length).toBeLessThanOrEqual(10);
		expect(warnings(hints)).toHaveLength(1);
	});

	it.each([
		['locationForbidden', {}],
		['status', { status: 401, body: { statusCode: 401, message: 'This note is not yours' } }],
		['status', { status: 403, body: { statusCode: 403, message: 'Forbidden' } }],
	] as const)('is not one that is about a record: %s %o', async (kind, more) => {
		const [id] = contactIds();
		for (const n of [3, 30, 31, 32]) {
			rig.sandbox.faults.add({ kind, contains: `Note no ${n}"`, ...more });
		}
		const { json } = await runGhl(rig.sandbox, 'contactNote:create', noteOn(id), {
			items: notes(60),
			onError,
		});
		expect(json.flatMap(({ error }, n) => (error === undefined ? [] : [n]))).toEqual([
			3, 30, 31, 32,
		]);
	});
});

describe('A run that stops', () => {
	it('says how many items were done, and which', async () => {
		const [id] = contactIds();
		const refusal = { kind: 'status', status: 500, contains: 'Note no 70"' } as const;
		rig.sandbox.faults.add(refusal);
		const { error } = await runGhl(rig.sandbox, 'contactNote:create', noteOn(id), {
			items: notes(200),
		});
		const created = [...rig.sandbox.state.notes.values()].flatMap(({ body }) =>
			/^Note no (\d+)$/.exec(body)?.[1] ? [Number(/\d+/.exec(body)?.[0])] : [],
		);
		expect(error?.message).toContain('(500)');
		expect(error?.description).toContain(
			`${created.length} of 200 items were done before the run stopped: 0 to 69, 71`,
		);
		const last = Math.max(...created);
		expect(error?.description).toContain(`71 to ${last}`.replace('71 to 71', '71'));
		expect(error?.description).toContain(
			`Item 70 failed, items ${last + 1} to 199 were not begun (counted from 0).`,
		);
	});

	it('says so of calls for many items', async () => {
		const ids = contactIds().slice(0, 30);
		rig.sandbox.faults.add({ kind: 'status', status: 500, contains: 'blue', times: 9 });
		const { error } = await runGhl(
			rig.sandbox,
			'contactTag:add',
			{ contactId: byId('={{ $json.id }}'), tags: '={{ $json.tag }}' },
			{ items: ids.map((id, n) => ({ id, tag: n === 4 ? 'blue' : 'red' })) },
		);
		expect(error?.description).toContain('29 of 30 items were done');
		expect(error?.description).toContain('0 to 3, 5 to 29. Item 4 failed (counted from 0).');
	});

	it('says nothing of it where there is one item', async () => {
		const [id] = contactIds();
		rig.sandbox.faults.add({ kind: 'status', status: 422, method: 'POST' });
		const { error } = await runGhl(rig.sandbox, 'contactNote:create', noteOn(id), {
			items: notes(1),
		});
		expect(error?.description).not.toContain('carried out');
	});
});

describe('Limit', () => {
	it.each([["={{ 'many' }}"], ['={{ null }}'], [0], [-3], [2.5], ["={{ '' }}"]])(
		'%j is refused before anything is sent',
		async (limit) => {
			const { error } = await runGhl(rig.sandbox, 'contact:getMany', { limit });
			expect(error?.message).toMatch(/^“Limit” must be a whole number of at least 1/);
			expect(callsOf(rig.sandbox)).toEqual([]);
		},
	);

	it('may be the text of a number, and Return All the text of a switch', async () => {
		const three = await runGhl(rig.sandbox, 'contact:getMany', { limit: "={{ '3' }}" });
		expect(three.json).toHaveLength(3);
		const all = await runGhl(rig.sandbox, 'contact:getMany', { returnAll: "={{ 'true' }}" });
		expect(all.json.length).toBeGreaterThan(50);
	});
});
