import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { fromGhl } from '../../nodes/ContactSync/accounts/fromGhl';
import { readTable } from '../../nodes/ContactSync/fieldTable';
import { normalised } from '../../nodes/ContactSync/reconcile/values/normalise';
import { syncList } from '../examples/heyReach';
import { allContacts } from './contactSync';
import { AT_ONCE, contactSyncRig } from './contactSyncRig';
import { byId, runGhl } from './ghl';
import { runHeyReach } from './heyReach';

// HighLevel gives one contact in three forms: a row of a search, the contact itself, and the payload of
// an event. Contact Sync reads the same values from all of them, or none.
const { sandbox, tables, sync } = contactSyncRig();

const PROFILE = 'https://www.linkedin.com/in/three-reads/';

/** Creates a contact through the node, and waits until the search shows it. */
async function created(value: Record<string, string>): Promise<IDataObject> {
	const contactFields = { mappingMode: 'defineBelow', value };
	const { json, error } = await runGhl(sandbox, 'contact:create', { contactFields });
	expect(error).toBeUndefined();
	for (;;) {
		const rows = await allContacts(sandbox);
		const row = rows.find(({ id }) => id === json[0].id);
		if (row) return row;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

const FIELDS = ['firstName', 'lastName', 'email', 'phone', 'address1', 'city', 'state', 'country'];
FIELDS.push('postalCode', 'website', 'source', 'timezone', 'dateOfBirth');

describe('one contact in three forms', () => {
	const table = readTable(
		FIELDS.map((ghlField) => ({
			...{ ghlField, heyReachField: 'custom', heyReachCustomField: ghlField },
			...{ direction: 'both', rule: 'A' },
		})),
	);
	const how = new Map(table.fields.map(({ A, normalise = 'text' }) => [A, normalise]));
	const name = fc.stringMatching(/^[A-Z][a-z]{1,8}$/);
	const day = fc
		.date({ min: new Date('1930-01-01'), max: new Date('2012-12-31'), noInvalidDate: true })
		.map((date) => date.toISOString().slice(0, 10));
	const person = fc.record(
		{
			firstName: name,
			lastName: name,
			address1: name.map((street) => `${street} 1`),
			city: name,
			state: name,
			country: fc.constantFrom('DE', 'US', 'GB'),
			postalCode: fc.stringMatching(/^[1-9]\d{4}$/),
			website: name.map((host) => `https://${host.toLowerCase()}.example`),
			source: name,
			timezone: fc.constantFrom('America/Chicago', 'Europe/Berlin', 'Pacific/Apia'),
			dateOfBirth: day,
		},
		{ requiredKeys: ['firstName', 'lastName'] },
	);

	it('has the same values in Contact Sync, or was not read', async () => {
		let number = 0;
		const law = fc.asyncProperty(person, async (values) => {
			const given = { ...values, email: `reads${++number}@example.com` };
			const row = await created(given);
			const whole = (
				await runGhl(sandbox, 'contact:get', { contactId: byId(String(row.id)), simplify: false })
			).json[0];
			const event = { event: 'ContactUpdate', contactId: row.id, payload: { ...whole } };
			const forms = [row, whole, event].map((json) => fromGhl(json, table).record.fields);
			for (const field of FIELDS) {
				const seen = forms
					.map((fields) => fields[field])
					.filter((value) => value !== undefined)
					.map((value) => normalised(value, how.get(field) ?? 'text'));
				expect([field, new Set(seen).size]).toEqual([field, seen.length > 0 ? 1 : 0]);
				const sent = (given as Record<string, string>)[field];
				if (sent !== undefined) {
					expect([field, seen[0]]).toEqual([
						field,
						normalised(String(sent), how.get(field) ?? 'text'),
					]);
				}
			}
		});
		await fc.assert(law, { numRuns: 25 });
	});
});

describe('a field that the search gives otherwise than the contact itself', () => {
	const rows = (ghlField: string, rule: string): INodeParameters => ({
		rows: [
			{ ghlField, heyReachField: 'custom', heyReachCustomField: 'x', direction: 'BtoA', rule },
			{
				...{ ghlField: 'custom', ghlCustomField: 'LinkedIn profile' },
				...{ heyReachField: 'profileUrl', direction: 'BtoA', rule: 'B' },
			},
		],
	});

	it.each([
		[
			'a birthday is written in the first run',
			'dateOfBirth',
			'B',
			'1985-03-02',
			'1990-05-17',
			true,
		],
		[
			'a time zone is not read, and stays',
			'timezone',
			'fillBlank',
			'America/Chicago',
			'Europe/Berlin',
			false,
		],
	])('%s', async (_what, field, rule, before, x, isWritten) => {
		const { id } = await created({
			...{ email: 'three@example.com', firstName: 'Ann', lastName: 'Reads' },
			...{ 'LinkedIn profile': PROFILE, [field]: before },
		});
		const list = syncList(sandbox);
		const added = await runHeyReach(sandbox, 'list:addLead', {
			listId: byId(String(list)),
			leadFields: {
				mappingMode: 'defineBelow',
				value: { profileUrl: PROFILE, firstName: 'Ann', lastName: 'Reads' },
			},
			customFields: { values: [{ name: 'x', value: x }] },
		});
		expect(added.error).toBeUndefined();
		const parameters: INodeParameters = {
			fieldMapping: rows(field, rule),
			initial: 'B',
			options: AT_ONCE,
		};
		const writes: number[] = [];
		for (let run = 0; run < 3; run++) {
			const plan = await sync([list], parameters);
			writes.push(plan.applyInGhl.filter((item) => item.id === id).length);
		}
		expect(writes).toEqual(isWritten ? [1, 0, 0] : [0, 0, 0]);
		expect([...tables.links.values()].filter(({ aId }) => aId === id)).toMatchObject([
			{ state: 'linked' },
		]);
		const { json } = await runGhl(sandbox, 'contact:get', {
			contactId: byId(String(id)),
			simplify: false,
		});
		expect(String(json[0][field]).slice(0, x.length)).toBe(
			isWritten ? x : before.slice(0, x.length),
		);
	});
});
