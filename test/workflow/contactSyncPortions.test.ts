import type { IDataObject } from 'n8n-workflow';
import { byId } from './ghl';
import { syncList } from '../examples/heyReach';
import { bothCredentials, runApply, runPlan } from './contactSync';
import { AT_ONCE, contactSyncRig } from './contactSyncRig';

// What stands between Plan and Apply may change the portions. Apply looks at them before it writes anything.
const { sandbox, tables } = contactSyncRig();
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

const writes = () =>
	sandbox.requests
		.list()
		.filter(({ method, path }) => method === 'PUT' || /contacts\/$|AddLeads/.test(path)).length;

/** What Apply goes on without: nothing that it writes depends on it. */
const OPTIONAL = ['account', 'plan', 'runRow', 'sourceId'];

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
