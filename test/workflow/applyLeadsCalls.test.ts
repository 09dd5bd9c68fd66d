import type { IDataObject } from 'n8n-workflow';
import { syncList } from '../examples/heyReach';
import { applyLeadPortion } from './applyLeads';
import { contactSyncRig } from './contactSyncRig';
import { heyReachCalls } from './heyReach';
import { addLead, fillList, leadCreate, leadUpdate, numbers } from './leadCrowd';

// Many thousand records: a busy machine takes long for them.
jest.setTimeout(180_000);

// How many calls a portion takes, and that each of its leads is written all the same.
const { sandbox } = contactSyncRig();

/** @returns the calls for each lead */
async function ratio(items: IDataObject[], listId: number, lists: number[]) {
	const before = heyReachCalls(sandbox).length;
	const { json } = await applyLeadPortion(sandbox, items, { listId, lists });
	return { json, calls: (heyReachCalls(sandbox).length - before) / items.length };
}

/** Leads in a list of their own. */
function many(count: number) {
	const leads = numbers(count).map((number) => addLead(sandbox, number));
	fillList(sandbox, 2950, leads);
	return leads;
}

const resultOf = ({ result }: IDataObject) => result as IDataObject;

it('adds 10,000 new leads in two portions with 0.03 calls a lead', async () => {
	const listId = syncList(sandbox);
	for (const part of [0, 1]) {
		const items = numbers(5_000).map((number) => leadCreate(part * 5_000 + number));
		const { json, calls } = await ratio(items, listId, [2001, 2002]);
		expect(calls).toBeLessThanOrEqual(0.03);
		expect(json.filter(({ error }) => error)).toEqual([]);
		for (const [index, item] of items.entries()) {
			const { fields, id } = resultOf(json[index]);
			expect(fields).toEqual(item.set);
			expect(id).toMatch(/^imp_/);
		}
		expect(new Set(json.map((one) => resultOf(one).id)).size).toBe(5_000);
	}
});

it('changes 10,000 leads in two portions with 0.03 calls a lead', async () => {
	const listId = syncList(sandbox);
	const made = many(10_000);
	// The order of the rows is not published.
	sandbox.state.lists.get(2950)?.members.reverse();
	for (const part of [0, 1]) {
		const some = made.slice(part * 5_000, (part + 1) * 5_000);
		const { json, calls } = await ratio(
			some.map((one, number) => leadUpdate(one, number)),
			listId,
			[2950],
		);
		expect(calls).toBeLessThanOrEqual(0.03);
		expect(json.filter(({ error }) => error)).toEqual([]);
		for (const [number, { linkedinId }] of some.entries()) {
			const { firstName, lastName } = some[number];
			expect(sandbox.state.leads.get(linkedinId)).toMatchObject({
				...{ firstName, lastName, position: `Position ${number}` },
				customFields: [{ name: 'first_topic', value: `topic ${number}` }],
			});
			expect(resultOf(json[number])).toMatchObject({
				id: linkedinId,
				fields: { position: `Position ${number}`, first_topic: `topic ${number}` },
			});
		}
	}
});

it('reads few leads of a long list one by one', async () => {
	const made = many(10_000);
	const some = [made[4_000], made[9_000]].map((one, number) => leadUpdate(one, number));
	const { json } = await ratio(some, syncList(sandbox), [2950]);
	expect(json.map((one) => resultOf(one).id)).toEqual(some.map(({ id }) => id));
	expect(heyReachCalls(sandbox).length).toBeLessThanOrEqual(12);
});

it('makes no call for tags that are as they are wanted', async () => {
	const made = many(30);
	for (const one of made) one.tags = ['li-new', 'other'];
	const items = made.map((one, number) =>
		leadUpdate(one, number, { addTags: ['LI-new'], removeTags: ['li-old'] }),
	);
	made[3].tags = ['li-old', 'other'];
	const { json } = await ratio(items, syncList(sandbox), [2950]);
	expect(heyReachCalls(sandbox).filter((call) => call.includes('Tags'))).toEqual([
		'POST /lead/GetTags',
		'POST /lead/ReplaceTags',
	]);
	expect(resultOf(json[3]).tags).toEqual(['other', 'LI-new']);
	expect(resultOf(json[4]).tags).toEqual(['li-new', 'other']);
});
