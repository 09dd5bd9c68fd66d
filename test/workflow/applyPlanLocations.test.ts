import { SANDBOX } from '../../sandbox';
import { updateOf } from '../examples/planItems';
import { contactSyncRig } from './contactSyncRig';
import { applyPortion } from './applyContacts';
import { connectedGhl } from './ghl';

const { sandbox, contacts } = contactSyncRig();

it('makes a contact in each location, also where both plans name the write alike', async () => {
	const { locationId, otherLocationId } = SANDBOX;
	const person = updateOf(
		{ id: '' },
		{
			...{ action: 'create', set: { firstName: 'Ada', email: 'ada@two.example' }, expect: {} },
			...{ addTags: [], removeTags: [], keys: { emails: ['ada@two.example'] } },
		},
	);
	const made = new Map<string, string>();
	for (const location of [locationId, otherLocationId, locationId]) {
		const credentials = connectedGhl(sandbox, { level: 'Company', locationId: undefined });
		const { json } = await applyPortion(sandbox, [person], { credentials, location });
		const { id } = json[0].result as { id: string };
		expect(made.get(location) ?? id).toBe(id);
		made.set(location, id);
	}
	const people = contacts().filter(({ email }) => email === 'ada@two.example');
	expect(people.map((contact) => [contact.locationId, contact.id]).sort()).toEqual(
		[...made].sort(),
	);
});
