import { SANDBOX } from '../../sandbox';
import { ghlExamples } from '../examples/ghlContacts';
import { everyList } from './faults/everyList';
import { faultRig } from './faults/rig';
import { callsOf, runGhl } from './ghl';

const rig = faultRig('highlevel');

everyList('highlevel', ghlExamples, () => rig.bench);

describe('A page deep in a long list', () => {
	/** 1,700 contacts of the location. */
	const fill = () => {
		const { state } = rig.sandbox;
		const [contact] = [...state.contacts.values()].filter(
			({ locationId }) => locationId === SANDBOX.locationId,
		);
		const own = () =>
			[...state.contacts.values()].filter(({ locationId }) => locationId === SANDBOX.locationId);
		for (let n = own().length; n < 1_700; n++) {
			const id = `bulk${String(n).padStart(16, '0')}`;
			const email = `bulk.${n}@example.com`;
			const dateAdded = new Date(Date.parse(contact.dateAdded) - n * 1_000).toISOString();
			state.saveContact({ ...contact, id, email, phone: undefined, dateAdded }, 0);
		}
		return own().length;
	};
	const read = async (operation: string) =>
		await runGhl(rig.sandbox, operation, { returnAll: true, simplify: true });

	it.each([
		['contact:getMany', 'contacts/search$', 2],
		['contact:list', 'contacts/$', 9],
	])('%s: comes again, or the list is an error', async (operation, path, skip) => {
		rig.bench.clean();
		const count = fill();
		const fault = { kind: 'emptyPage', path, skip } as const;
		rig.sandbox.faults.add(fault);
		const { json, error } = await read(operation);
		expect(error).toBeUndefined();
		expect(new Set(json.map(({ id }) => id)).size).toBe(count);
		const calls = callsOf(rig.sandbox).length;

		rig.sandbox.faults.add({ ...fault, times: 99 });
		const broken = await read(operation);
		expect(broken.error?.message).toMatch(
			new RegExp(`^HighLevel did not return everything: (1000|900) of ${count} records, and then`),
		);
		expect(broken.json).toEqual([]);
		expect(calls).toBeLessThan(25);
	});
});
