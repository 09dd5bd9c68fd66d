import type { IDataObject } from 'n8n-workflow';
import { ACCESS_PRESETS } from '../../nodes/Ghl/accessPresets';
import { SANDBOX } from '../../sandbox';
import { allContacts, bothCredentials, leadsOfLists, runPlan, type Planned } from './contactSync';
import { AT_ONCE, contactSyncRig } from './contactSyncRig';
import { byId } from './ghl';

// Plan that reads both accounts by itself: the same plan as from items, with the fewest calls.
const { sandbox, contacts } = contactSyncRig();

const listsOfLeads = () =>
	[...sandbox.state.lists.values()]
		.filter(({ listType }) => listType === 'USER_LIST')
		.map(({ id }) => id);

const presetScopes = ACCESS_PRESETS.find(({ value }) => value === 'readEverything')?.scopes ?? [];

const both = {
	authentication: 'privateIntegration',
	createInGhl: true,
	createInHeyReach: true,
	options: AT_ONCE,
};

const fromAccounts = async (lists: unknown, state: IDataObject[] = [{}]) =>
	await runPlan([state], { ...both, lists: lists as number[] }, bothCredentials(sandbox));

/** Without the times, the run and the keys that follow from them. */
const timeless = (rows: object[]) =>
	JSON.parse(
		JSON.stringify(rows, (key, value: unknown) =>
			['runId', 'at', 'changedAt', 'link'].includes(key) ? undefined : value,
		),
	) as object[];

const planOf = ({ applyInGhl, applyInHeyReach, review, summary }: Planned) => ({
	applyInGhl: timeless(applyInGhl),
	applyInHeyReach: timeless(applyInHeyReach),
	review: timeless(review),
	sides: summary.sides,
	pairs: summary.pairs,
});

it('plans what it plans from the items of GHL Contacts and HeyReach', async () => {
	const lists = listsOfLeads();
	const items = [await allContacts(sandbox), await leadsOfLists(sandbox, lists), []];
	const expected = await runPlan(items, { ...both, authentication: 'none' });
	const planned = await fromAccounts(lists);
	expect(planned.error).toBeUndefined();
	expect(planned.applyInGhl.length).toBeGreaterThan(0);
	expect(planOf(planned)).toEqual(planOf(expected));
});

it('reads 500 contacts and 1,000 leads a call', async () => {
	const lists = listsOfLeads();
	sandbox.requests.clear();
	await fromAccounts(lists);
	const calls = (service: 'highlevel' | 'heyreach') =>
		sandbox.requests.list({ service }).map(({ path }) => path.split('?')[0]);
	const pages = Math.ceil(contacts().length / 500);
	expect(calls('highlevel').filter((path) => path === '/contacts/search')).toHaveLength(pages);
	expect(calls('highlevel')).toHaveLength(pages + 1);
	expect(calls('heyreach')).toEqual(lists.map(() => '/list/GetLeadsFromList'));
});

it('reads the location that it names with the connection of an agency, and no other', async () => {
	const lists = listsOfLeads();
	const token = sandbox.oauth.issue({ level: 'Company', scopes: presetScopes });
	const store = bothCredentials(sandbox, { ...token });
	for (const locationId of [SANDBOX.locationId, SANDBOX.otherLocationId]) {
		const { error, summary } = await runPlan(
			[[{}]],
			{ ...both, lists, authentication: 'oAuth2', location: byId(locationId) },
			store,
		);
		expect(error).toBeUndefined();
		const own = contacts().filter((contact) => contact.locationId === locationId);
		const { records } = summary.sides.A;
		expect(Object.values(records).reduce((sum, count) => sum + count, 0)).toBe(own.length);
	}
});

it('says that no list is chosen, before anything is read', async () => {
	sandbox.requests.clear();
	const { error } = await fromAccounts('={{ [] }}');
	expect(error?.message).toBe('No HeyReach list is chosen');
	expect(sandbox.requests.list({})).toEqual([]);
});

it('takes lists by name, and all lists of leads, with a call for their names alone', async () => {
	const all = listsOfLeads();
	const [first, second] = [...sandbox.state.lists.values()].filter(({ id }) => all.includes(id));
	const ways: Array<[unknown, number[]]> = [
		[` ${first.name.toUpperCase()} `, [first.id]],
		[
			[second.name, String(first.id)],
			[second.id, first.id],
		],
		[`${first.id}, ${first.name}`, [first.id]],
		['*', all],
	];
	for (const [lists, read] of ways) {
		sandbox.requests.clear();
		const planned = await fromAccounts(lists);
		expect(planned.error).toBeUndefined();
		expect([...planned.portions[0].lists].sort()).toEqual([...read].sort());
		const names = sandbox.requests.list().filter(({ path }) => path === '/list/GetAll');
		expect(names).toHaveLength(1);
	}
});

it('names a list that is not there, or twice, and plans nothing', async () => {
	const [id, other] = listsOfLeads();
	const missing = await fromAccounts('Nobody’s list');
	expect(missing.error?.message).toBe('HeyReach has no list of leads called “Nobody’s list”');
	const lists = [...sandbox.state.lists.values()];
	const twin = lists.find((list) => list.id === other)!;
	const { name } = twin;
	twin.name = lists.find((list) => list.id === id)!.name;
	const twice = await fromAccounts(twin.name);
	expect(twice.error?.message).toBe(`HeyReach has 2 lists of leads called “${twin.name}”`);
	expect(twice.error).toMatchObject({
		description: expect.stringContaining(`${id}, ${other}`) as string,
	});
	twin.name = name;
});

it('plans nothing where a side cannot be read to its end', async () => {
	const [listId] = listsOfLeads();
	for (const path of ['/contacts/search', '/list/GetLeadsFromList']) {
		sandbox.faults.clear();
		sandbox.faults.add({ path, kind: 'status', status: 500, times: 99 });
		const planned = await fromAccounts([listId]);
		expect(planned.error?.message).toMatch(/had an internal error \(500\)/);
		expect([planned.rows, planned.portions]).toEqual([[], []]);
	}
});

it('takes nobody for gone when a list gets shorter while its pages are read', async () => {
	const [list] = [...sandbox.state.lists.values()].filter(({ id }) => id === listsOfLeads()[0]);
	const [first] = sandbox.state.leads.values();
	for (let number = 0; number < 1_100; number++) {
		const linkedinId = String(900_000_000 + number);
		const profileUrl = `https://www.linkedin.com/in/moves-up-${number}/`;
		sandbox.state.leads.set(linkedinId, { ...first, linkedinId, profileUrl });
		list.members.push({ linkedinId, addedAt: new Date().toISOString() });
	}
	const halves = ({ review }: Planned) => review.filter(({ kind }) => kind === 'halfReadSide');
	expect(halves(await fromAccounts([list.id]))).toEqual([]);
	const { requests } = sandbox;
	const open = requests.open.bind(requests);
	let pages = 0;
	const watch = jest.spyOn(requests, 'open').mockImplementation((request) => {
		if (request.path.startsWith('/list/GetLeadsFromList') && ++pages === 2) list.members.shift();
		return open(request);
	});
	const planned = await fromAccounts([list.id]);
	watch.mockRestore();
	expect(pages).toBe(2);
	expect(planned.error).toBeUndefined();
	expect(halves(planned)).toHaveLength(1);
});
