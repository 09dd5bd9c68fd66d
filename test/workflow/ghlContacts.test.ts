import { SANDBOX } from '../../sandbox';
import { columns } from '../examples/values';
import { useSandbox } from '../support/useSandbox';
import { byId, byName, callsOf, connectedGhl, runGhl } from './ghl';

const sandbox = useSandbox();

const contacts = () => [...sandbox.state.contacts.values()];
const aContact = () => contacts()[0];

describe('Contact: Create', () => {
	it('creates a contact with every field it was given, in the form HighLevel wants', async () => {
		const { json, error } = await runGhl(sandbox, 'contact:create', {
			contactFields: columns({
				email: 'jane@example.com',
				firstName: 'Jane',
				lastName: '',
				dateOfBirth: '1990-05-04T00:00:00',
				'job TITLE': 'Engineer',
				deal_size: '1200',
				Interests: 'Golf, Chess',
				'Renewal date': '',
			}),
			additionalFields: {
				tags: 'One, two',
				dndSettings: { values: [{ channel: 'Email', status: 'active', message: '', code: '' }] },
			},
		});
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({
			email: 'jane@example.com',
			firstName: 'Jane',
			tags: ['one', 'two'],
		});
		const sent = sandbox.requests.list().find(({ path }) => path === '/contacts/');
		expect(sent?.body).toMatchObject({
			locationId: SANDBOX.locationId,
			tags: ['One', 'two'],
			dateOfBirth: '1990-05-04',
			dndSettings: { Email: { status: 'active' } },
		});
		const fields = (sent?.body as { customFields: Array<{ field_value: unknown }> }).customFields;
		expect(fields.map((field) => field.field_value)).toEqual(['Engineer', 1200, ['Golf', 'Chess']]);
		expect(sent?.headers).toMatchObject({ version: '2021-07-28' });
	});

	it('gives the id of the contact that has the email already', async () => {
		const { email, id } = contacts().find((contact) => contact.email) ?? aContact();
		const run = await runGhl(sandbox, 'contact:create', {
			contactFields: columns({ email: email ?? '' }),
		});
		expect(run.error?.message).toBe(`A contact with this email already exists: ${id}`);
		const goesOn = await runGhl(
			sandbox,
			'contact:create',
			{ contactFields: columns({ email: email ?? '' }) },
			{ onError: 'continueRegularOutput' },
		);
		expect(goesOn.json[0].details).toMatchObject({ contactId: id, matchingField: 'email' });
	});

	describe('whose fields HighLevel refused', () => {
		const create = (more = {}) =>
			runGhl(
				sandbox,
				'contact:create',
				{ contactFields: columns({ email: 'new@example.com', firstName: 'Ada' }) },
				more,
			);
		const refused = { kind: 'fieldsRefused', method: 'POST', path: '^/contacts/$' } as const;

		it('is put out where it was made all the same with everything that was sent', async () => {
			const before = contacts().length;
			sandbox.faults.add({ ...refused, after: true });
			const { json, error } = await create();
			expect(error).toBeUndefined();
			expect(contacts()).toHaveLength(before + 1);
			expect(contacts().find(({ id }) => id === json[0].id)?.email).toBe('new@example.com');
			expect(callsOf(sandbox)).toEqual(['POST /contacts/', 'GET /contacts/search/duplicate']);
		});

		it('is named where it was made and lacks some of it', async () => {
			sandbox.faults.add({ ...refused });
			sandbox.edits.newContact({ email: 'new@example.com' });
			const { json } = await create({ onError: 'continueRegularOutput' });
			const made = contacts().find(({ email }) => email === 'new@example.com');
			expect(json[0]).toMatchObject({
				error: `HighLevel does not accept these fields: property x should not exist. A contact was created anyway: ${made?.id}`,
				details: { contactId: made?.id, httpCode: '422' },
			});
			expect(callsOf(sandbox).filter((call) => call.startsWith('POST'))).toHaveLength(1);
		});

		it('is an error where none was made, and is not sent again', async () => {
			sandbox.faults.add({ ...refused });
			const before = contacts().length;
			const { error } = await create();
			expect(error?.message).toBe(
				'HighLevel does not accept these fields: property x should not exist',
			);
			expect(contacts()).toHaveLength(before);
			expect(callsOf(sandbox).filter((call) => call.startsWith('POST'))).toHaveLength(1);
		});
	});

	it('tells a later node that a contact is not there, where other failures say nothing of it', async () => {
		const get = async () =>
			await runGhl(
				sandbox,
				'contact:get',
				{ contactId: { __rl: true, mode: 'id', value: 'gone00000000000000gh' } },
				{ onError: 'continueRegularOutput' },
			);
		expect((await get()).json[0].details).toMatchObject({ missing: true });
		sandbox.faults.add({ kind: 'locationForbidden' });
		expect((await get()).json[0].details).not.toHaveProperty('missing');
	});

	it('refuses a contact with nothing in it before it is sent', async () => {
		const { error } = await runGhl(sandbox, 'contact:create', {
			contactFields: columns({ email: '={{ $json.missing }}' }),
		});
		expect(error?.message).toBe('The contact has no field set');
		expect(callsOf(sandbox)).toEqual([]);
	});

	it('names a custom field that is not there', async () => {
		const { error } = await runGhl(sandbox, 'contact:create', {
			contactFields: columns({ email: 'jane@example.com', Nope: 'x' }),
		});
		expect(error?.message).toBe('HighLevel has no custom field “Nope”');
		expect(callsOf(sandbox)).not.toContain('POST /contacts/');
	});

	it('reads the custom fields once for many items', async () => {
		const items = Array.from({ length: 20 }, (_, i) => ({ email: `p${i}@example.com` }));
		const { json } = await runGhl(
			sandbox,
			'contact:create',
			{ contactFields: columns({ email: '={{ $json.email }}', 'Job title': 'Engineer' }) },
			{ items },
		);
		expect(json.map((contact) => contact.email)).toEqual(items.map(({ email }) => email));
		expect(callsOf(sandbox).filter((call) => call.includes('customFields'))).toHaveLength(1);
	});
});

describe('Contact Fields mapped automatically', () => {
	it('take the columns that the item has, custom fields by key, and nothing else', async () => {
		const column = (id: string) => ({ id, displayName: id, required: false, type: 'string' });
		const { error } = await runGhl(
			sandbox,
			'contact:create',
			{
				contactFields: {
					mappingMode: 'autoMapInputData',
					value: null,
					matchingColumns: [],
					schema: [column('email'), column('firstName'), column('contact.job_title')],
				},
			},
			{
				items: [
					{ email: 'jane@example.com', firstName: '', 'contact.job_title': 'Engineer', id: 7 },
				],
			},
		);
		expect(error).toBeUndefined();
		expect(sandbox.requests.list().at(-1)?.body).toEqual({
			locationId: SANDBOX.locationId,
			email: 'jane@example.com',
			customFields: [{ id: expect.any(String), field_value: 'Engineer' }],
		});
	});
});

describe('Contact: Create or Update', () => {
	it('says whether it made the contact, and keeps the tags of one that was there', async () => {
		const made = await runGhl(sandbox, 'contact:upsert', {
			contactFields: columns({ email: 'new@example.com' }),
		});
		expect(made.json[0]).toMatchObject({ new: true, email: 'new@example.com' });
		const tagged = contacts().find((contact) => contact.email && contact.tags.length > 0);
		const { json } = await runGhl(sandbox, 'contact:upsert', {
			contactFields: columns({ email: tagged?.email ?? '', firstName: 'Changed' }),
			additionalFields: { addTags: 'extra' },
		});
		expect(json[0]).toMatchObject({ new: false, id: tagged?.id, firstName: 'Changed' });
		expect(sandbox.state.contacts.get(tagged?.id ?? '')?.tags).toEqual([
			...(tagged?.tags ?? []),
			'extra',
		]);
	});

	it('wants an email or a phone', async () => {
		const { error } = await runGhl(sandbox, 'contact:upsert', {
			contactFields: columns({ firstName: 'Jane' }),
		});
		expect(error?.message).toBe('“Email” and “Phone” are both empty');
		expect(callsOf(sandbox)).toEqual([]);
	});
});

describe('Contact: Find Duplicate', () => {
	it('finds who has an email, and says so when nobody has', async () => {
		const known = contacts().find((contact) => contact.email);
		const { json } = await runGhl(
			sandbox,
			'contact:findDuplicate',
			{ duplicateEmail: '={{ $json.email }}' },
			{ items: [{ email: known?.email }, { email: 'nobody@example.com' }] },
		);
		expect(json[0]).toMatchObject({ found: true, contact: { id: known?.id } });
		expect(json[1]).toEqual({ found: false });
	});

	it('does not take an empty email for a search', async () => {
		const { error } = await runGhl(sandbox, 'contact:findDuplicate', { duplicateEmail: '' });
		expect(error?.message).toBe('“Email” and “Phone” are both empty');
	});

	it('sends a plus sign as a plus sign', async () => {
		await runGhl(sandbox, 'contact:findDuplicate', { duplicatePhone: '+15555550123' });
		expect(sandbox.requests.list()[0].query).toMatchObject({ number: '+15555550123' });
	});
});

describe('Contact: Get', () => {
	it('gets one contact, and custom fields by name when asked', async () => {
		const { id } = aContact();
		const { json } = await runGhl(sandbox, 'contact:get', {
			contactId: byId(id),
			options: { customFieldsByName: true },
		});
		expect(json[0]).toMatchObject({ id, customFieldValues: expect.any(Object) });
		const plain = await runGhl(sandbox, 'contact:get', {
			contactId: byId(id),
			options: { customFieldsByName: false },
		});
		expect(plain.json[0]).not.toHaveProperty('customFieldValues');
	});

	it('shows custom fields by name when it is simplified, for one more call in a run', async () => {
		const some = contacts().filter(({ customFields }) => customFields.length > 0);
		const { json } = await runGhl(
			sandbox,
			'contact:get',
			{ contactId: byId('={{ $json.id }}') },
			{ items: some.slice(0, 3).map(({ id }) => ({ id })) },
		);
		for (const [at, contact] of json.entries()) {
			expect(contact.customFields).toEqual(some[at].customFields);
			expect(Object.keys(contact.customFieldValues as object)).toContain('LinkedIn profile');
		}
		expect(callsOf(sandbox).filter((call) => call.includes('customFields'))).toHaveLength(1);
	});

	it('comes without names, and says so, where the token may not read custom fields', async () => {
		const scopes = ['contacts.readonly'];
		const some = contacts().filter(({ customFields }) => customFields.length > 0);
		const run = await runGhl(
			sandbox,
			'contact:get',
			{ contactId: byId(some[0].id), authentication: 'oAuth2' },
			{ credentials: connectedGhl(sandbox, { scopes }) },
		);
		expect(run.error).toBeUndefined();
		expect(run.json[0]).toMatchObject({ customFields: some[0].customFields });
		expect(run.json[0]).not.toHaveProperty('customFieldValues');
	});

	it('takes the address of a contact in the HighLevel app', async () => {
		const { id } = aContact();
		const value = `https://app.gohighlevel.com/v2/location/x/contacts/detail/${id}`;
		const { json } = await runGhl(sandbox, 'contact:get', {
			contactId: { __rl: true, mode: 'url', value },
		});
		expect(json[0]).toMatchObject({ id });
	});
});

describe('Contact: Get Many', () => {
	it('reads every page with the query kept, each contact once', async () => {
		for (let i = 0; i < 1_100; i++) {
			const id = `bulk${String(i).padStart(16, '0')}`;
			sandbox.state.saveContact({
				...aContact(),
				id,
				city: 'Bulkton',
				email: undefined,
				phone: undefined,
			});
		}
		const { json } = await runGhl(sandbox, 'contact:getMany', {
			filters: { values: [{ field: 'city', operator: 'eq', value: 'Bulkton' }] },
			sort: { values: [{ field: 'dateAdded', direction: 'asc' }] },
			returnAll: true,
		});
		expect(json).toHaveLength(1_100);
		expect(new Set(json.map((contact) => contact.id)).size).toBe(1_100);
		expect(json[0]).not.toHaveProperty('searchAfter');
		const searches = sandbox.requests.list().filter(({ method }) => method === 'POST');
		const bodies = searches.map((entry) => entry.body);
		expect(bodies).toHaveLength(3);
		for (const body of bodies) {
			expect(body).toMatchObject({
				locationId: SANDBOX.locationId,
				pageLimit: 500,
				filters: [{ field: 'city', operator: 'eq', value: 'Bulkton' }],
				sort: [{ field: 'dateAdded', direction: 'asc' }],
			});
		}
	});

	it('searches and sorts by its options, and as older workflows have it', async () => {
		const sort = { values: [{ field: 'dateAdded', direction: 'asc' }] };
		const asked = { query: 'jane', sort };
		for (const parameters of [{ options: asked }, asked, { ...asked, options: asked }])
			await runGhl(sandbox, 'contact:getMany', parameters);
		const older = { query: 'joe', sort: {}, options: { query: 'jane', sort } };
		await runGhl(sandbox, 'contact:getMany', older);
		const searches = sandbox.requests.list().filter(({ method }) => method === 'POST');
		expect(searches).toHaveLength(4);
		for (const { body } of searches)
			expect(body).toMatchObject({ query: 'jane', sort: sort.values });
	});

	it('stops at the limit and asks for no more than that', async () => {
		const { json } = await runGhl(sandbox, 'contact:getMany', { returnAll: false, limit: 7 });
		expect(json).toHaveLength(7);
		const searches = sandbox.requests.list().filter(({ method }) => method === 'POST');
		expect(searches.map((entry) => entry.body)).toEqual([
			expect.objectContaining({ pageLimit: 7 }),
		]);
	});

	it('gives nothing for no results', async () => {
		const { json, error } = await runGhl(sandbox, 'contact:getMany', {
			filters: { values: [{ field: 'email', operator: 'eq', value: 'nobody@example.com' }] },
			returnAll: true,
		});
		expect(error).toBeUndefined();
		expect(json).toEqual([]);
	});

	it('finds by a custom field named by its name, one of several filters being enough', async () => {
		const profile = [...sandbox.state.customFields.values()].find(
			(field) => field.name === 'LinkedIn profile',
		);
		const valueOf = (contact: ReturnType<typeof aContact>) =>
			contact.customFields.find((field) => field.id === profile?.id)?.value;
		const wanted = contacts().find((contact) => valueOf(contact));
		const { json } = await runGhl(sandbox, 'contact:getMany', {
			combine: 'OR',
			filters: {
				values: [
					{
						field: 'customField',
						customField: byName('LinkedIn profile'),
						operator: 'eq',
						value: valueOf(wanted ?? aContact()) as string,
					},
					{ field: 'email', operator: 'eq', value: 'nobody@example.com' },
				],
			},
			returnAll: true,
		});
		expect(json.map((contact) => contact.id)).toEqual([wanted?.id]);
	});

	it('refuses a filter whose value is empty, which would return everybody', async () => {
		const { error } = await runGhl(sandbox, 'contact:getMany', {
			filters: { values: [{ field: 'email', operator: 'eq', value: '={{ $json.none }}' }] },
			returnAll: true,
		});
		expect(error?.message).toBe('Filter 1 has no value');
		expect(callsOf(sandbox)).toEqual([]);
	});

	it('reads dates in a range as moments of the workflow’s time zone', async () => {
		await runGhl(sandbox, 'contact:getMany', {
			filters: {
				values: [{ field: 'dateAdded', operator: 'range', from: '2026-01-01', to: '' }],
			},
			returnAll: true,
		});
		expect(sandbox.requests.list()[0].body).toMatchObject({
			filters: [{ field: 'dateAdded', operator: 'range', value: { gte: Date.UTC(2026, 0) } }],
		});
	});
});

describe('Contact: Update', () => {
	it('changes what it was given and leaves the rest, tags too', async () => {
		const before = structuredClone(
			contacts().find((contact) => contact.tags.length > 0) ?? aContact(),
		);
		const { json } = await runGhl(sandbox, 'contact:update', {
			contactId: byId(before.id),
			contactFields: columns({ city: 'Newtown', lastName: '' }),
		});
		expect(json[0]).toMatchObject({ id: before.id, city: 'Newtown' });
		const after = sandbox.state.contacts.get(before.id);
		expect(after).toMatchObject({ tags: before.tags, lastName: before.lastName });
		expect(sandbox.requests.list()[0].body).toEqual({ city: 'Newtown' });
	});

	it('clears a field with null', async () => {
		const { id } = aContact();
		await runGhl(sandbox, 'contact:update', {
			contactId: byId(id),
			contactFields: columns({ city: '={{ null }}' }),
		});
		expect(sandbox.requests.list()[0].body).toEqual({ city: null });
	});

	it('says so when there is nothing to update', async () => {
		const { error } = await runGhl(sandbox, 'contact:update', { contactId: byId(aContact().id) });
		expect(error?.message).toBe('There is nothing to update');
	});
});

describe('Contact Tag', () => {
	it('adds tags to the ones that are there, and removes some', async () => {
		const before = contacts().find((contact) => contact.tags.length > 0) ?? aContact();
		const old = [...before.tags];
		const add = await runGhl(sandbox, 'contactTag:add', {
			contactId: byId(before.id),
			tags: 'Fresh, new one',
		});
		expect(add.json[0]).toEqual({ contactId: before.id, tags: [...old, 'fresh', 'new one'] });
		const remove = await runGhl(sandbox, 'contactTag:remove', {
			contactId: byId(before.id),
			tags: 'Fresh',
		});
		expect(remove.json[0]).toEqual({ contactId: before.id, tags: [...old, 'new one'] });
	});

	it('puts out an audit row without a personal value when asked', async () => {
		const { id } = aContact();
		const { json } = await runGhl(sandbox, 'contactTag:add', {
			contactId: byId(id),
			tags: 'x',
			options: { includeAuditRow: true },
		});
		expect(json[0].audit).toEqual({
			operation: 'contactTag:add',
			recordId: id,
			status: 'done',
			at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			executionId: expect.any(String),
		});
	});
});

describe('Custom Field', () => {
	it('creates one that is then in the list', async () => {
		const made = await runGhl(sandbox, 'customField:create', { fieldName: 'Shoe size' });
		expect(made.json[0]).toMatchObject({ name: 'Shoe size', dataType: 'TEXT' });
		const { json } = await runGhl(sandbox, 'customField:getMany', {});
		expect(json.map((field) => field.name)).toContain('Shoe size');
	});
});
