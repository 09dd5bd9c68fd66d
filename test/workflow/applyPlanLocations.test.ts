import { SANDBOX } from '../../sandbox';
import { updateOf } from '../examples/planItems';
import { contactSyncRig } from './contactSyncRig';
import { byId, connectedGhl, runGhl } from './ghl';

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
	const { json } = await runGhl(
		sandbox,
		'sync:applyPlanItem',
		{ authentication: 'oAuth2', location: byId('={{ $json.where }}') },
		{
			credentials: connectedGhl(sandbox, { level: 'Company', locationId: undefined }),
			items: [locationId, otherLocationId, locationId].map((where) => ({ ...person, where })),
		},
	);
	const made = contacts().filter(({ email }) => email === 'ada@two.example');
	expect(made.map((contact) => contact.locationId).sort()).toEqual([locationId, otherLocationId]);
	const idIn = new Map(made.map((contact) => [contact.locationId, contact.id]));
	expect(json.map(({ result }) => (result as { id: string }).id)).toEqual(
		[locationId, otherLocationId, locationId].map((where) => idIn.get(where)),
	);
});
