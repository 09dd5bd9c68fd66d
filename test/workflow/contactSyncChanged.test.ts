import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { bothCredentials, runPlan, type Planned } from './contactSync';
import { AT_ONCE, contactSyncRig } from './contactSyncRig';
import { edit } from './contactSyncTrouble';
import { rowsAfter } from './contactSync';

// A partial run with both accounts: it reads the records that changed and their counterparts, and no others.
const { sandbox, contacts } = contactSyncRig({ indexLagMs: 60_000 });

const parameters = (lists: number[]): INodeParameters => ({
	authentication: 'privateIntegration',
	lists,
	options: AT_ONCE,
});

/** The stored rows of all pairs, as a full run leaves them. */
async function linkedRows(lists: number[]): Promise<IDataObject[]> {
	const plan = await runPlan([[{}]], parameters(lists), bothCredentials(sandbox));
	expect(plan.error).toBeUndefined();
	const rows = rowsAfter(plan);
	expect(rows.filter(({ state }) => state === 'linked').length).toBeGreaterThan(10);
	sandbox.requests.clear();
	return rows;
}

const PARTIAL = { authentication: 'privateIntegration', mode: 'partial' };

/** The row of the full run, from which a partial run has its settings. */
const runRow = (rows: IDataObject[]) => rows.filter(({ state }) => state === 'run');

const partial = async (changed: IDataObject[], links: IDataObject[]): Promise<Planned> => {
	const plan = await runPlan([changed, links], PARTIAL, bothCredentials(sandbox));
	expect(plan.error).toBeUndefined();
	return plan;
};

const linkOf = (rows: IDataObject[], number: number) =>
	rows.filter(({ state }) => state === 'linked')[number] as IDataObject & {
		aId: string;
		bId: string;
	};

const calls = (service: 'highlevel' | 'heyreach') =>
	sandbox.requests.list({ service }).map(({ path }) => path.split('?')[0]);

const LISTS = [2001, 2002, 2003];

it('reads the contact and its lead, named by either, once', async () => {
	const rows = await linkedRows([2003]);
	const { aId, bId } = linkOf(rows, 0);
	const lead = sandbox.state.leads.get(bId);
	if (lead) lead.position = 'Captain';
	for (const recordId of [aId, bId]) {
		sandbox.requests.clear();
		const changed = [{ recordId }, { recordId }, { recordId: 'nobody' }, {}];
		const plan = await partial(changed, rows);
		expect(plan.applyInGhl).toEqual([expect.objectContaining({ id: aId, action: 'update' })]);
		expect(plan.applyInGhl[0].set).toMatchObject({ 'Job title': 'Captain' });
		expect(calls('highlevel').sort()).toEqual(
			[`/contacts/${aId}`, `/locations/${contacts()[0].locationId}/customFields`].sort(),
		);
		expect(calls('heyreach')).toEqual(['/list/GetLeadsFromList']);
	}
});

it.each([{ recordId: null }, { recordId: '' }, { contactId: 'x' }, { error: 'HighLevel is away' }])(
	'reads nothing for an item that names no record: %j',
	async (item) => {
		const rows = await linkedRows([2003]);
		const plan = await partial([item], rows);
		expect([...calls('highlevel'), ...calls('heyreach')]).toEqual([]);
		expect(plan.applyInGhl).toEqual([]);
		expect(plan.hints.join()).toContain('1 of the 1 items of the input Changed Records');
		const both = await partial([item, { recordId: linkOf(rows, 0).aId }], rows);
		expect(both.summary.pairs.linked).toBe(1);
	},
);

it('sees an edit that the search does not show yet', async () => {
	const rows = await linkedRows(LISTS);
	const { aId, bId } = linkOf(rows, 0);
	const contact = contacts().find(({ id }) => id === aId);
	if (!contact) throw new Error('The contact is gone');
	edit(sandbox, contact, { firstName: 'Renamed' });
	const plan = await partial([{ recordId: bId }], rows);
	expect(plan.summary.pairs.linked).toBe(1);
	// The name goes from HeyReach to GHL, and a change in GHL is kept.
	expect(plan.audit).toContainEqual(
		expect.objectContaining({ kind: 'directionBlocked', other: 'Renamed' }),
	);
});

it('asks for the lists of a lead first where there are many', async () => {
	const rows = await linkedRows(LISTS);
	const { bId } = linkOf(rows, 0);
	await partial([{ recordId: bId }], rows);
	const holding = [...sandbox.state.lists.values()].filter(
		({ id, members }) => LISTS.includes(id) && members.some(({ linkedinId }) => linkedinId === bId),
	);
	expect(calls('heyreach')).toEqual([
		'/list/GetListsForLead',
		...holding.map(() => '/list/GetLeadsFromList'),
	]);
});

it('reads the lists whole where that takes fewer calls', async () => {
	const rows = await linkedRows(LISTS);
	const changed = rows.filter(({ state }) => state === 'linked').map(({ aId }) => aId);
	const plan = await partial(
		changed.map((recordId) => ({ recordId })),
		rows,
	);
	expect(plan.summary.pairs.linked).toBe(changed.length);
	expect(calls('heyreach')).toEqual(['/list/GetAll', ...LISTS.map(() => '/list/GetLeadsFromList')]);
	expect(calls('highlevel')).toHaveLength(changed.length + 1);
});

it('reads all pairs of Links where nothing stands in Changed Records', async () => {
	const rows = await linkedRows(LISTS);
	const some = [linkOf(rows, 0), linkOf(rows, 1)];
	const plan = await partial([{}], [...some, ...runRow(rows)]);
	expect(plan.summary.pairs.linked).toBe(2);
	expect(calls('highlevel')).toHaveLength(3);
});

it('reads nothing of a record without a link', async () => {
	const rows = await linkedRows(LISTS);
	const plan = await partial([{ recordId: 'nobody' }, { recordId: '999' }], rows);
	expect(plan.summary.pairs.linked).toBe(0);
	expect(sandbox.requests.list({})).toEqual([]);
});

it('goes on where a contact is gone, and leaves the unlinking to the next full run', async () => {
	const rows = await linkedRows(LISTS);
	const { aId, bId } = linkOf(rows, 0);
	sandbox.state.deleteContact(aId);
	sandbox.state.contactIndex.write(aId, undefined, 0);
	const plan = await partial([{ recordId: aId }, { recordId: linkOf(rows, 1).aId }], rows);
	expect(plan.rows).toEqual([]);
	expect(plan.summary.pairs.linked).toBe(1);
	expect(plan.summary.skipped).toEqual([
		expect.objectContaining({ id: bId, reason: 'counterpartUnseen' }),
	]);
	const full = await runPlan([rows], parameters(LISTS), bothCredentials(sandbox));
	expect(full.rows).toContainEqual(expect.objectContaining({ state: 'tombstone', aId, bId }));
});

it('leaves out a record that the service refuses, and says so', async () => {
	const rows = await linkedRows(LISTS);
	const { aId } = linkOf(rows, 0);
	sandbox.faults.add({ path: `/contacts/${aId}`, kind: 'status', status: 400, times: 99 });
	const plan = await partial([{ recordId: aId }, { recordId: linkOf(rows, 1).aId }], rows);
	expect(plan.summary.pairs.linked).toBe(1);
	expect(plan.summary.text).toMatch(
		new RegExp(`1 of the changed records could not be read in HighLevel .* such as ${aId}: `),
	);
	expect(plan.hints.some((hint) => hint.includes(aId))).toBe(true);
});

it('fails where the account is refused', async () => {
	const rows = await linkedRows(LISTS);
	sandbox.faults.add({ path: '/list/GetLeadsFromList', kind: 'status', status: 401, times: 99 });
	const plan = await runPlan(
		[[{ recordId: linkOf(rows, 0).aId }], rows],
		PARTIAL,
		bothCredentials(sandbox),
	);
	expect(plan.error?.message).toBe('HeyReach does not accept the API key');
});

it('refuses to read more pairs one by one than a full run would take', async () => {
	const rows = await linkedRows(LISTS);
	const row = linkOf(rows, 0);
	const many = Array.from({ length: 1_001 }, (_, number) => ({
		...row,
		...{ pairId: `pair${number}`, aId: `contact${number}`, bId: `${number}` },
	}));
	const plan = await runPlan([[{}], [...many, ...runRow(rows)]], PARTIAL, bothCredentials(sandbox));
	expect(plan.error?.message).toContain('1001 linked pairs must be read');
	expect(sandbox.requests.list({})).toEqual([]);
});

it('has the settings of the last full run, whatever stands in the node', async () => {
	const rows = await linkedRows(LISTS);
	const { aId, bId } = linkOf(rows, 0);
	const lead = sandbox.state.leads.get(bId);
	if (lead) lead.position = 'Captain';
	const other = { rows: [{ ghlField: 'city', heyReachField: 'position', direction: 'BtoA' }] };
	const plan = await runPlan(
		[[{ recordId: aId }], rows],
		{ ...PARTIAL, lists: [2001], fieldMapping: other },
		bothCredentials(sandbox),
	);
	expect(plan.applyInGhl.map(({ set }) => set)).toEqual([{ 'Job title': 'Captain' }]);
});

it('does nothing before a full run of these accounts, and says so', async () => {
	const rows = await linkedRows(LISTS);
	const torn = runRow(rows).map((row) => ({ ...row, keys: 'not what Plan wrote' }));
	const linked = rows.filter(({ state }) => state === 'linked');
	for (const row of [[], torn]) {
		sandbox.requests.clear();
		const plan = await runPlan(
			[[{ recordId: linkOf(rows, 0).aId }], [...linked, ...row]],
			PARTIAL,
			bothCredentials(sandbox),
		);
		expect(plan.error?.message).toBe('No full run has been made with these settings');
		expect(plan.portions).toEqual([]);
	}
});

it('takes rows of the links for their pairs, as Keep in step gives them', async () => {
	const rows = await linkedRows(LISTS);
	const some = [linkOf(rows, 0), ...runRow(rows)];
	const plan = await partial(some, some);
	expect(plan.summary.pairs.linked).toBe(1);
	expect(plan.hints.join()).not.toContain('Changed Records');
	sandbox.requests.clear();
	const nobody = await partial(runRow(rows), runRow(rows));
	expect(nobody.summary.pairs.linked).toBe(0);
	expect(sandbox.requests.list({})).toEqual([]);
});
