import type { IDataObject } from 'n8n-workflow';
import type { Lead } from '../../sandbox/heyreach/records';
import { leadUpdateOf } from '../examples/planItems';
import { syncList } from '../examples/heyReach';
import { applyLeadPortion } from './applyLeads';
import { contactSyncRig } from './contactSyncRig';
import { heyReachCalls } from './heyReach';

// How many calls a portion takes, and that each of its leads is written all the same.
const { sandbox, lead } = contactSyncRig();

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
const addressOf = (number: number) => `https://www.linkedin.com/in/somebody-${number}/`;

/** Leads in a list of their own, of which `provisional` are not looked up yet. */
function fillList(listId: number, count: number): Lead[] {
	const { leads, lists } = sandbox.state;
	const made = numbers(count).map((number): Lead => {
		const linkedinId = number % 50 === 0 ? `imp_many_${number}` : String(500_000_000 + number);
		return {
			...structuredClone(lead()),
			linkedinId,
			profileUrl: addressOf(number),
			firstName: `First${number}`,
			lastName: `Last${number}`,
			position: 'Before',
			tags: [],
			customFields: [],
		};
	});
	for (const one of made) leads.set(one.linkedinId, one);
	const addedAt = '2026-01-01T00:00:00.000Z';
	lists.set(listId, {
		...{ id: listId, name: 'Many', listType: 'USER_LIST', creationTime: addedAt },
		members: made.map(({ linkedinId }) => ({ linkedinId, addedAt })),
	});
	return made;
}

const createOf = (number: number, more: IDataObject = {}): IDataObject =>
	leadUpdateOf(lead(), {
		action: 'create',
		id: '',
		keys: { linkedIn: [addressOf(number)] },
		set: {
			profileUrl: addressOf(number),
			firstName: `First${number}`,
			lastName: `Last${number}`,
			position: `Position ${number}`,
			first_topic: `topic ${number}`,
		},
		expect: {},
		addTags: [],
		removeTags: [],
		opKey: `create ${number}`,
		...more,
	});

const updateOf = (one: Lead, number: number, more: IDataObject = {}): IDataObject =>
	leadUpdateOf(one, {
		set: { position: `Position ${number}`, first_topic: `topic ${number}` },
		addTags: [],
		removeTags: [],
		...more,
	});

/** @returns the calls for each lead */
async function ratio(items: IDataObject[], listId: number, lists: number[]) {
	const before = heyReachCalls(sandbox).length;
	const { json } = await applyLeadPortion(sandbox, items, { listId, lists });
	return { json, calls: (heyReachCalls(sandbox).length - before) / items.length };
}

const resultOf = ({ result }: IDataObject) => result as IDataObject;

it('adds 10,000 new leads in two portions with 0.03 calls a lead', async () => {
	const listId = syncList(sandbox);
	for (const part of [0, 1]) {
		const items = numbers(5_000).map((number) => createOf(part * 5_000 + number));
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
	const made = fillList(2950, 10_000);
	// The order of the rows is not published.
	sandbox.state.lists.get(2950)?.members.reverse();
	for (const part of [0, 1]) {
		const some = made.slice(part * 5_000, (part + 1) * 5_000);
		const { json, calls } = await ratio(some.map((one, number) => updateOf(one, number)), listId, [2950]);
		expect(calls).toBeLessThanOrEqual(0.03);
		expect(json.filter(({ error }) => error)).toEqual([]);
		for (const [number, { linkedinId }] of some.entries()) {
			const { position, customFields, firstName } = sandbox.state.leads.get(linkedinId) as Lead;
			expect([position, customFields]).toEqual([
				`Position ${number}`,
				[{ name: 'first_topic', value: `topic ${number}` }],
			]);
			expect(firstName).toBe(some[number].firstName);
			expect(resultOf(json[number])).toMatchObject({ id: linkedinId, fields: { position } });
		}
	}
});

it('reads few leads of a long list one by one', async () => {
	const made = fillList(2950, 10_000);
	const some = [made[4_000], made[9_000]].map((one, number) => updateOf(one, number));
	const { json } = await ratio(some, syncList(sandbox), [2950]);
	expect(json.map((one) => resultOf(one).id)).toEqual(some.map(({ id }) => id));
	expect(heyReachCalls(sandbox).length).toBeLessThanOrEqual(12);
});

it('makes no call for tags that are as they are wanted', async () => {
	const made = fillList(2950, 30);
	for (const one of made) one.tags = ['li-new', 'other'];
	const items = made.map((one, number) =>
		updateOf(one, number, { addTags: ['LI-new'], removeTags: ['li-old'] }),
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
