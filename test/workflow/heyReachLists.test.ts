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
		'HeyReach did not give all that was asked for: 2000 of 2500 records, and then a page without any',
	);
});
