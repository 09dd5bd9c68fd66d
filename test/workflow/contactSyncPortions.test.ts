import type { IDataObject } from 'n8n-workflow';
import { byId } from './ghl';
import { syncList } from '../examples/heyReach';
import { bothCredentials, runApply, runPlan } from './contactSync';
import { AT_ONCE, contactSyncRig } from './contactSyncRig';
import { customOf, setCustom } from './contactSyncTrouble';

// What stands between Plan and Apply may change the portions. Apply looks at them before it writes anything.
const { sandbox, tables, linked } = contactSyncRig();
let list: number;
beforeEach(() => {
	list = syncList(sandbox);
});

const planned = async () => {
	const parameters = { createInGhl: true, options: AT_ONCE };
	const plan = await runPlan(
		[[...tables.rows(), {}]],
		{ authentication: 'privateIntegration', lists: [2001, list], ...parameters },
		bothCredentials(sandbox),
	);
	if (plan.error) throw plan.error;
	return plan;
};
const apply = async (portions: object[]) =>
	await runApply(sandbox, portions as IDataObject[], { listId: byId(String(list)) });

const carriedOut = async () => {
	const plan = await planned();
	tables.store(plan);
	const done = await apply(plan.portions);
	tables.store(done);
	return plan;
};

const writes = () =>
	sandbox.requests
		.list()
		.filter(({ method, path }) => method === 'PUT' || /contacts\/$|AddLeads/.test(path)).length;

/** What Apply goes on without: nothing that it writes depends on it. */
const OPTIONAL = ['account', 'plan', 'runRow', 'sourceId', 'stored'];

const without = (json: object, key: string): IDataObject =>
	Object.fromEntries(Object.entries(json).filter(([name]) => name !== key)) as IDataObject;

it('refuses a portion that lacks a part, before it writes anything', async () => {
	const { portions } = await planned();
	const [portion] = portions;
	const [first, ...others] = portion.items;
	const damaged: Array<[part: string, portion: object]> = [
		...Object.keys(portion).map((key): [string, object] => [key, without(portion, key)]),
		...Object.keys(first).flatMap(
			(key): Array<[string, object]> => [
				[key, { ...portion, items: [...others, without(first, key)] }],
				[key, { ...portion, items: [...others, { ...first, [key]: null }] }],
			],
		),
	].filter(([part]) => !OPTIONAL.includes(part));
	expect(damaged.length).toBeGreaterThan(30);
	sandbox.requests.clear();
	for (const [part, json] of damaged) {
		const { error } = await apply([json]);
		expect([part, error?.message]).toEqual([part, 'Item 0 was not planned by Contact Sync']);
	}
	expect(writes()).toBe(0);
});

it.each(['delete', '', 'CREATE'])('creates nobody where the action is “%s”', async (action) => {
	const { portions } = await planned();
	const [portion] = portions;
	sandbox.requests.clear();
	const items = portion.items.map((item) => ({ ...item, action }));
	const { error } = await apply([{ ...portion, items }]);
	expect(error?.message).toBe('Item 0 was not planned by Contact Sync');
	expect(writes()).toBe(0);
});

/** A linked pair in step. */
async function aPair() {
	await carriedOut();
	const link = linked().find(({ bId }) =>
		sandbox.state.lists.get(2001)?.members.some((one) => one.linkedinId === bId),
	);
	const contact = sandbox.state.contacts.get(String(link?.aId));
	const lead = sandbox.state.leads.get(String(link?.bId));
	if (!link || !contact || !lead) throw new Error('Nobody is linked');
	const title = () => customOf(sandbox, sandbox.state.contacts.get(contact.id)!, 'Job title');
	return { contact, lead, title, pairId: link.pairId };
}

/** The pair is in use: the next run finds no two rows of it that contradict each other, and carries an edit. */
async function expectInUse({ lead, title, pairId }: Awaited<ReturnType<typeof aPair>>) {
	const { review } = await carriedOut();
	expect(
		review.filter((row) => row.pairId === pairId && row.kind === 'mappingNotOneToOne'),
	).toEqual([]);
	expect(tables.links.get(pairId)?.state).toBe('linked');
	const before = title();
	lead.position = `${String(before)} and more`;
	await carriedOut();
	expect(title()).toBe(lead.position);
}

it('carries out a portion a second time, with an edit in between, and loses neither the edit nor the pair', async () => {
	const pair = await aPair();
	pair.lead.position = 'From HeyReach';
	const plan = await planned();
	tables.store(plan);
	tables.store(await apply(plan.portions));
	expect(pair.title()).toBe('From HeyReach');
	setCustom(sandbox, pair.contact, 'Job title', 'By a person');
	const again = await apply(plan.portions);
	expect(again.summary).toMatchObject({ written: 0, stale: 1 });
	tables.store(again);
	expect(pair.title()).toBe('By a person');
	await expectInUse(pair);
});

it('carries out a portion after one of a later plan, which stays as it is', async () => {
	const pair = await aPair();
	pair.lead.position = 'Older';
	const older = await planned();
	tables.store(older);
	pair.lead.position = 'Newer';
	tables.store(await apply((await planned()).portions));
	const late = await apply(older.portions);
	expect(late.summary).toMatchObject({ written: 0, stale: 1 });
	tables.store(late);
	expect(pair.title()).toBe('Newer');
	await expectInUse(pair);
});
