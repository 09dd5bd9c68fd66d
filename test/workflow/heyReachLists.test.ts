import { createList } from '../../sandbox/heyreach/lists';
import { heyReachExamples, SEEDED } from '../examples/heyReach';
import { everyList } from './faults/everyList';
import { faultRig } from './faults/rig';
import { byId } from './ghl';
import { runHeyReach } from './heyReach';

const rig = faultRig('heyreach');

everyList('heyreach', heyReachExamples, () => rig.bench);

it('a page deep in a long list comes again, or the list is an error', async () => {
	rig.bench.clean();
	const { state, faults } = rig.sandbox;
	const list = state.lists.get(SEEDED.list);
	const [lead] = state.leads.values();
	for (let n = 0; n < 2_500; n++) {
		const linkedinId = `bulk${n}`;
		const profileUrl = `https://www.linkedin.com/in/bulk-lead-${n}/`;
		state.leads.set(linkedinId, { ...lead, linkedinId, profileUrl, firstName: 'Bulk' });
		list?.members.push({ linkedinId, addedAt: '2026-01-01T00:00:00.000Z' });
	}
	const read = async () =>
		await runHeyReach(rig.sandbox, 'list:getLeads', {
			listId: byId(String(SEEDED.list)),
			filters: { keyword: 'bulk' },
			returnAll: true,
		});
	const fault = { kind: 'emptyPage', path: 'GetLeadsFromList', skip: 2 } as const;
	faults.add(fault);
	const { json, error } = await read();
	expect(error).toBeUndefined();
	expect(json).toHaveLength(2_500);
	faults.add({ ...fault, times: 99 });
	const broken = await read();
	expect(broken.error?.message).toBe(
		'HeyReach did not return everything: 2000 of 2500 records, and then a page without any',
	);
});

describe('Create with Use Existing List', () => {
	const create = async (listName: string, listType: string, useExisting: boolean) =>
		await runHeyReach(rig.sandbox, 'list:create', { listName, listType, options: { useExisting } });
	const named = (name: string) =>
		[...rig.sandbox.state.lists.values()].filter((list) => list.name.trim() === name);

	it('makes the list once for each type, whatever other lists have the name in theirs', async () => {
		rig.bench.clean();
		const name = 'From HighLevel';
		for (let n = 0; n < 120; n++) createList(rig.sandbox.state, `${name} ${n}`);
		const first = await create(name, 'USER_LIST', true);
		const again = await create(' from highlevel ', 'USER_LIST', true);
		expect(again.error).toBeUndefined();
		expect(again.json).toMatchObject([{ id: first.json[0].id, campaignIds: [] }]);
		const companies = await create(name, 'COMPANY_LIST', true);
		expect(named(name).map(({ id }) => id)).toEqual([first.json[0].id, companies.json[0].id]);
	});

	it('makes a second one without it', async () => {
		rig.bench.clean();
		await create('Twice', 'USER_LIST', false);
		await create('Twice', 'USER_LIST', false);
		expect(named('Twice')).toHaveLength(2);
	});
});
