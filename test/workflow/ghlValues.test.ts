import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node';
import { columns } from '../examples/values';
import type { CustomField } from '../../sandbox/ghl/records';
import { useSandbox } from '../support/useSandbox';
import { byId, byName, callsOf, ghlCredentials, runGhl, type GhlRun } from './ghl';
import { loadOptionsFunctions } from './support';

const sandbox = useSandbox();

const customField = (name: string) =>
	[...sandbox.state.customFields.values()].find((field) => field.name === name);
const idOf = (name: string) => customField(name)?.id ?? '';

/** A second custom field, made like the one of contacts that is there. */
function addField(
	id: string,
	name: string,
	fieldKey: string,
	more: Partial<CustomField> = {},
): void {
	const like = customField('Job title');
	if (like) sandbox.state.customFields.set(id, { ...like, id, name, fieldKey, ...more });
}

const aContact = () => [...sandbox.state.contacts.values()][0];
const aCalendar = () => [...sandbox.state.calendars.values()][0];
const bodies = (method = 'POST') =>
	sandbox.requests
		.list({ service: 'highlevel' })
		.filter((request) => request.method === method)
		.map(({ body }) => body as IDataObject);

/** Table columns as HighLevel's own, mapped from the item. */
const automatic = (...ids: string[]): INodeParameters => ({
	mappingMode: 'autoMapInputData',
	value: null,
	matchingColumns: [],
	schema: ids.map((id) => ({ id, displayName: id, required: false, type: 'string' })),
});

const inNewYork: GhlRun = { timezone: 'America/New_York' };

describe('A day', () => {
	const renewal = 'contact.renewal_date';

	it('that is a number is epoch milliseconds, before 1973 as well', async () => {
		const { error } = await runGhl(
			sandbox,
			'contact:create',
			{ contactFields: automatic('firstName', 'dateOfBirth', renewal) },
			{
				...inNewYork,
				items: [1_209_600_000, 43_200_000_000, -47_433_600_000].map((dateOfBirth) => ({
					firstName: 'Nan',
					dateOfBirth,
					[renewal]: dateOfBirth,
				})),
			},
		);
		expect(error).toBeUndefined();
		const sent = ['1970-01-15', '1971-05-16', '1968-07-01'];
		expect(bodies()).toMatchObject(
			sent.map((day) => ({ dateOfBirth: day, customFields: [{ field_value: day }] })),
		);
	});

	/** A DATE as Postgres gives it: midnight in the time zone of the process. */
	const days = {
		midnight: new Date('1990-05-17T00:00:00Z'),
		local: new Date('1990-05-17T00:00:00-04:00'),
	} as unknown as IDataObject;

	it.each([
		642_902_400_000,
		'={{ $json.midnight }}',
		'={{ $json.local }}',
		"={{ new Date('1990-05-17') }}",
		"={{ DateTime.fromISO('1990-05-17') }}",
		"={{ '1990-05-17T00:00:00.000Z'.toDateTime() }}",
		'1990-05-17T00:00:00.000Z',
		'1990-05-17T23:30:00-07:00',
		'05/17/1990',
	])('is moved by no time zone: %s', async (dateOfBirth) => {
		const { error } = await runGhl(
			sandbox,
			'contact:update',
			{
				contactId: byId(aContact().id),
				contactFields: columns({ dateOfBirth, [renewal]: dateOfBirth }),
			},
			{ ...inNewYork, items: [days] },
		);
		expect(error).toBeUndefined();
		expect(bodies('PUT')).toMatchObject([
			{ dateOfBirth: '1990-05-17', customFields: [{ field_value: '1990-05-17' }] },
		]);
	});

	it.each(['2027-02-30', '31/12/1990', 'in May'])('%s is refused', async (dateOfBirth) => {
		const { error } = await runGhl(sandbox, 'contact:update', {
			contactId: byId(aContact().id),
			contactFields: columns({ dateOfBirth }),
		});
		expect(error?.message).toBe(`“Date of Birth”: “${dateOfBirth}” is not a date`);
		expect(callsOf(sandbox)).toEqual([]);
	});
});

describe('A moment', () => {
	const appointment = (startTime: string) => ({
		calendarId: byId(aCalendar().id),
		contactId: byId(aContact().id),
		startTime,
		additionalFields: { ignoreFreeSlotValidation: true },
	});

	it('in the gap of a clock change goes forward', async () => {
		await runGhl(sandbox, 'appointment:create', appointment('2027-03-14T02:30'), inNewYork);
		await runGhl(
			sandbox,
			'contactTask:create',
			{ contactId: byId(aContact().id), title: 'Call', dueDate: '2027-03-14T02:30' },
			inNewYork,
		);
		expect(bodies()).toMatchObject([
			{ startTime: '2027-03-14T03:30:00-04:00' },
			{ dueDate: '2027-03-14T07:30:00Z' },
		]);
	});

	it.each(['2027-02-30', '2027-02-29T10:00', '2027-02-29T10:00:00Z'])(
		'on a day that no month has is refused: %s',
		async (startTime) => {
			const { error } = await runGhl(sandbox, 'appointment:create', appointment(startTime));
			expect(error?.message).toBe(`“Start”: “${startTime}” is not a date`);
			expect(callsOf(sandbox)).toEqual([]);
		},
	);
});

describe('A year of free slots across a clock change', () => {
	it('loses no day and doubles none', async () => {
		// Half an hour a day, every day. It is in Chicago, whose clock goes back on 2027-11-07.
		const calendar = aCalendar();
		sandbox.state.calendars.set(calendar.id, {
			...calendar,
			openHours: [
				{
					daysOfTheWeek: [0, 1, 2, 3, 4, 5, 6],
					hours: [{ openHour: 0, openMinute: 0, closeHour: 0, closeMinute: 30 }],
				},
			],
		});
		const { json, error } = await runGhl(
			sandbox,
			'freeSlot:getMany',
			{
				calendarId: byId(calendar.id),
				startDate: '2027-11-07T00:00:00',
				endDate: '2028-11-07T00:00:00',
				returnAll: true,
			},
			{ timezone: 'America/Chicago' },
		);
		expect(error).toBeUndefined();
		const days = Array.from({ length: 367 }, (_, day) =>
			new Date(Date.UTC(2027, 10, 7 + day)).toISOString().slice(0, 10),
		);
		expect(json.map(({ date }) => date)).toEqual(days);
	});
});

describe('Data without a value', () => {
	const filled = () => {
		const contact = aContact();
		const values = [
			{ id: idOf('Job title'), value: 'Engineer' },
			{ id: idOf('Interests'), value: ['Golf'] },
		];
		const { id } = contact;
		const full = { ...contact, phone: '+15550100999', city: 'Springfield', customFields: values };
		sandbox.state.contacts.set(id, full);
		return full;
	};

	it('leaves a contact alone, mapped automatically', async () => {
		const { id, phone, city, customFields, email } = filled();
		const { error } = await runGhl(
			sandbox,
			'contact:upsert',
			{
				contactFields: automatic(
					...['email', 'phone', 'city', 'contact.job_title', 'contact.interests', 'dateOfBirth'],
				),
			},
			{
				items: [
					{
						email,
						phone: null,
						city: '',
						'contact.job_title': null,
						'contact.interests': [],
						dateOfBirth: null,
					},
				],
			},
		);
		expect(error).toBeUndefined();
		expect(bodies()).toEqual([{ locationId: expect.any(String), email }]);
		expect(sandbox.state.contacts.get(id)).toMatchObject({ phone, city, customFields });
	});

	it('leaves a contact alone, by an expression that finds nothing', async () => {
		const { id, email, tags } = filled();
		const none = '={{ $json.emailAddress }}';
		const { error } = await runGhl(
			sandbox,
			'contact:update',
			{
				contactId: byId(id),
				contactFields: columns({
					email: none,
					city: '={{ $json.city ?? null }}',
					Interests: '={{ $json.list }}',
				}),
				additionalFields: { tags: '={{ $json.list }}', assignedTo: byId(none), dnd: none },
			},
			{ items: [{ emailAddress: null, list: [] }] },
		);
		expect(error?.message).toBe('There is nothing to update');
		expect(callsOf(sandbox)).toEqual([]);
		expect(sandbox.state.contacts.get(id)).toMatchObject({ email, tags });
	});

	it('is told from {{ null }}, which clears the field that it stands in', async () => {
		const { id } = filled();
		const nothing = '={{ null }}';
		const { error } = await runGhl(sandbox, 'contact:update', {
			contactId: byId(id),
			contactFields: columns({
				phone: nothing,
				postalCode: nothing,
				dateOfBirth: nothing,
				'contact.job_title': nothing,
				Interests: nothing,
			}),
			additionalFields: { tags: nothing, assignedTo: byId(nothing) },
		});
		expect(error).toBeUndefined();
		expect(bodies('PUT')).toEqual([
			{
				phone: null,
				postalCode: '',
				dateOfBirth: null,
				tags: [],
				assignedTo: null,
				customFields: [
					{ id: idOf('Job title'), field_value: '' },
					{ id: idOf('Interests'), field_value: '' },
				],
			},
		]);
		expect(sandbox.state.contacts.get(id)).toMatchObject({ tags: [], customFields: [] });
	});

	it('is no value of a custom field of an opportunity', async () => {
		const [{ id }] = sandbox.state.opportunities.values();
		const { error } = await runGhl(
			sandbox,
			'opportunity:update',
			{
				opportunityId: byId(id),
				customFields: automatic('opportunity.competitor', 'opportunity.seats'),
			},
			{ items: [{ 'opportunity.competitor': null, 'opportunity.seats': 25 }] },
		);
		expect(error).toBeUndefined();
		expect(bodies('PUT')).toEqual([{ customFields: [{ id: idOf('Seats'), field_value: '25' }] }]);
	});
});

describe('A list', () => {
	const asText = '["Hot","Warm"]';

	it('is read from JSON text, wherever one goes', async () => {
		const { id } = aContact();
		await runGhl(sandbox, 'contactTag:add', { contactId: byId(id), tags: asText });
		await runGhl(sandbox, 'contactTag:bulkUpdate', {
			contactIds: JSON.stringify([id]),
			change: 'add',
			tags: asText,
		});
		await runGhl(sandbox, 'contact:getMany', {
			filters: { values: [{ field: 'tags', operator: 'contains_set', value: asText }] },
		});
		await runGhl(sandbox, 'contact:update', {
			contactId: byId(id),
			contactFields: columns({ Interests: asText }),
		});
		expect(bodies()).toMatchObject([
			{ tags: ['Hot', 'Warm'] },
			{ tags: ['Hot', 'Warm'], contacts: [id] },
			{ filters: [{ value: ['Hot', 'Warm'] }] },
		]);
		expect(bodies('PUT')).toEqual([
			{ customFields: [{ id: idOf('Interests'), field_value: ['Hot', 'Warm'] }] },
		]);
	});

	it('of objects gives their names, and with null in it is an error of its item', async () => {
		const { json } = await runGhl(
			sandbox,
			'contactTag:add',
			{ contactId: byId(aContact().id), tags: '={{ $json.tags }}' },
			{
				items: [
					{ tags: [{ name: 'Interested', campaignId: 1 }] },
					{ tags: [null] },
					{ tags: [{}] },
				],
				onError: 'continueRegularOutput',
			},
		);
		expect(bodies()).toEqual([{ tags: ['Interested'] }]);
		expect(json.map(({ error }) => error)).toEqual([
			undefined,
			'“Tags”: A list has null in it, but needs texts',
			'“Tags”: A list has an object without “name” in it, but needs texts',
		]);
	});

	it('of addresses keeps the commas that stand in one', async () => {
		const file = 'https://res.example.com/image/upload/w_400,h_300,c_fill/offer.jpg';
		await runGhl(sandbox, 'message:send', {
			type: 'Email',
			contactId: byId(aContact().id),
			message: 'Hello',
			additionalFields: {
				attachments: file,
				emailCc: '"Doe, Jane" <jane@example.com>, karl@example.com',
			},
		});
		expect(bodies()).toMatchObject([
			{
				attachments: [file],
				emailCc: ['"Doe, Jane" <jane@example.com>', 'karl@example.com'],
			},
		]);
	});

	it('of choices keeps the commas of the options', async () => {
		addField('f-size', 'Size', 'contact.size', {
			dataType: 'MULTIPLE_OPTIONS',
			picklistOptions: ['Small, under 10', 'Medium, 10 to 50, or so', 'Large'],
		});
		for (const Size of [
			'Small, under 10',
			'large, small, under 10,Medium, 10 to 50, or so',
			'Large, Huge',
			['Small, under 10', 'Large'],
		])
			await runGhl(sandbox, 'contact:update', {
				contactId: byId(aContact().id),
				contactFields: columns({ Size }),
			});
		expect(
			bodies('PUT').map((body) => (body.customFields as IDataObject[])[0].field_value),
		).toEqual([
			['Small, under 10'],
			['Large', 'Small, under 10', 'Medium, 10 to 50, or so'],
			['Large', 'Huge'],
			['Small, under 10', 'Large'],
		]);
	});
});

describe('A text', () => {
	it('has no blanks around it, and is no object', async () => {
		const of = { contactId: byId(aContact().id) };
		await runGhl(sandbox, 'contact:update', {
			...of,
			contactFields: columns({ email: ' jane@example.com\n', firstName: ' Jane ' }),
		});
		expect(bodies('PUT')).toEqual([{ email: 'jane@example.com', firstName: 'Jane' }]);
		const { error } = await runGhl(
			sandbox,
			'contact:update',
			{ ...of, contactFields: columns({ city: '={{ $json.city }}' }) },
			{ items: [{ city: { name: 'Springfield' } }] },
		);
		expect(error?.message).toBe('“City” is an object instead of a text');
	});

	it('that is no number is refused for a number', async () => {
		const { error } = await runGhl(sandbox, 'contact:update', {
			contactId: byId(aContact().id),
			contactFields: columns({ 'Deal size': '1,200 €' }),
		});
		expect(error?.message).toBe('“Deal size” is not a number: “1,200 €”');
	});

	it('“true” in a filter is sent as the type of the field has it', async () => {
		addField('f-paid', 'Paid', 'contact.paid');
		const filter = (field: string, more: IDataObject = {}) => ({
			field,
			operator: 'eq',
			value: 'true',
			...more,
		});
		const { error } = await runGhl(sandbox, 'contact:getMany', {
			filters: {
				values: [
					filter('tags'),
					filter('dnd'),
					filter('source'),
					filter('isValidWhatsapp', { value: 'False' }),
					filter('customField', { customField: byName('Paid') }),
					filter('customField', { customField: byName('Deal size'), value: '1200' }),
				],
			} as unknown as INodeParameters,
		});
		expect(error).toBeUndefined();
		const [{ filters }] = bodies() as unknown as [{ filters: Array<{ value: unknown }> }];
		expect(filters.map(({ value }) => value)).toEqual(['true', true, 'true', false, 'true', 1200]);
	});

	it('a day of a custom field is looked for from its beginning to its end', async () => {
		await runGhl(
			sandbox,
			'contact:getMany',
			{
				filters: {
					values: [
						{
							field: 'customField',
							customField: byName('Renewal date'),
							operator: 'range',
							from: '2026-01-01T00:00:00',
							to: '2026-01-31T00:00:00',
						},
					],
				},
			},
			inNewYork,
		);
		expect(bodies()).toMatchObject([
			{ filters: [{ value: { gte: Date.UTC(2026, 0), lte: Date.UTC(2026, 1) - 1 } }] },
		]);
	});
});

describe('Two custom fields of one name', () => {
	beforeEach(() => {
		addField('f1', 'Region', 'contact.region');
		addField('f2', 'Region', 'contact.region_2');
		const contact = aContact();
		const customFields = [
			{ id: 'f1', value: 'North' },
			{ id: 'f2', value: 'South' },
			{ id: idOf('Job title'), value: 'Engineer' },
		];
		sandbox.state.contacts.set(contact.id, { ...contact, customFields });
	});

	it('are told apart by their keys when they are read', async () => {
		const { json } = await runGhl(sandbox, 'contact:get', {
			contactId: byId(aContact().id),
			options: { customFieldsByName: true },
		});
		expect(json[0].customFieldValues).toEqual({
			'contact.region': 'North',
			'contact.region_2': 'South',
			'Job title': 'Engineer',
		});
	});

	it('show their keys in the pickers and among the columns', async () => {
		const node = new GhlContacts();
		const { call } = loadOptionsFunctions({
			node,
			parameters: { resource: 'contact', operation: 'create' },
			credentials: ghlCredentials(sandbox),
		});
		const names = ['Region (contact.region)', 'Region (contact.region_2)'];
		const { results } = await call(node.methods.listSearch.searchCustomFields, 'region');
		expect(new Set(results.map(({ name }) => name))).toEqual(new Set(names));
		const { fields } = await call(node.methods.resourceMapping.getContactColumns);
		const shown = fields.map(({ displayName }) => displayName);
		expect(shown.filter((name) => name.startsWith('Region'))).toEqual(names);
		expect(shown).toContain('Job title');
	});

	it.each(['Region', 'region'])('are not written by %s, which can mean both', async (name) => {
		const { error } = await runGhl(sandbox, 'contact:update', {
			contactId: byId(aContact().id),
			contactFields: columns({ [name]: 'East' }),
		});
		expect(error?.message).toBe(`HighLevel has 2 custom fields that “${name}” can mean`);
		expect(error?.description).toContain('contact.region (f1), contact.region_2 (f2)');
		expect(bodies('PUT')).toEqual([]);
	});

	it.each([
		['contact.region', 'f1'],
		['contact.region_2', 'f2'],
		['region_2', 'f2'],
		['f2', 'f2'],
	])('are written by %s', async (name, id) => {
		await runGhl(sandbox, 'contact:update', {
			contactId: byId(aContact().id),
			contactFields: columns({ [name]: 'East' }),
		});
		expect(bodies('PUT')).toEqual([{ customFields: [{ id, field_value: 'East' }] }]);
	});
});

describe('A custom field that is called like a field of the contact', () => {
	beforeEach(() => addField('f-site', 'Website', 'contact.website'));

	it('never takes its place, nor the other way round', async () => {
		const { error } = await runGhl(sandbox, 'contact:update', {
			contactId: byId(aContact().id),
			contactFields: columns({
				website: 'https://own.example.com',
				'contact.website': 'https://custom.example.com',
				'first name': 'Jo',
			}),
		});
		expect(error).toBeUndefined();
		expect(bodies('PUT')).toEqual([
			{
				website: 'https://own.example.com',
				firstName: 'Jo',
				customFields: [{ id: 'f-site', field_value: 'https://custom.example.com' }],
			},
		]);
	});

	it('is not written by a name that can mean both', async () => {
		const { error } = await runGhl(sandbox, 'contact:update', {
			contactId: byId(aContact().id),
			contactFields: columns({ Website: 'https://example.com' }),
		});
		expect(error?.message).toBe('“Website” can mean the contact’s own field or a custom field');
		expect(error?.description).toContain('contact.website');
		expect(bodies('PUT')).toEqual([]);
	});
});

describe('A row of Contact: Get Many as the input of Create', () => {
	it('is read under the names that it has, and what is left out is told', async () => {
		const { json, error, hints } = await runGhl(
			sandbox,
			'contact:create',
			{
				contactFields: automatic(
					...['email', 'firstName', 'address1', 'dateOfBirth', 'city', 'contact.job_title'],
				),
			},
			{
				items: [
					{
						id: 'abc',
						email: 'copy@example.com',
						firstName: 'Jo',
						address: '1 Main St',
						dateOfBirth: 43_200_000_000,
						tags: ['a'],
						followers: [],
						phone: null,
					},
				],
			},
		);
		expect(error).toBeUndefined();
		expect(bodies()).toEqual([
			{
				locationId: expect.any(String),
				email: 'copy@example.com',
				firstName: 'Jo',
				address1: '1 Main St',
				dateOfBirth: '1971-05-16',
			},
		]);
		expect(json[0].address1).toBe('1 Main St');
		expect(hints).toMatchObject([
			{ message: 'Mapped automatically, so these fields of the items were not sent: id, tags' },
		]);
	});
});

it('A row that Contact: Get Many puts out makes the same contact again, by the columns of the editor', async () => {
	const source = {
		...aContact(),
		address1: '1 Main St',
		city: 'Springfield',
		postalCode: '01234',
		dateOfBirth: '1971-05-16T00:00:00.000Z',
	};
	sandbox.state.saveContact(source, 0);
	const node = new GhlContacts();
	const { call } = loadOptionsFunctions({
		node,
		parameters: { resource: 'contact', operation: 'create' },
		credentials: ghlCredentials(sandbox),
	});
	const { fields } = await call(node.methods.resourceMapping.getContactColumns);
	const { json } = await runGhl(sandbox, 'contact:getMany', {
		filters: { values: [{ field: 'id', operator: 'eq', value: source.id }] },
		simplify: false,
	});
	const made = await runGhl(
		sandbox,
		'contact:create',
		{
			contactFields: { ...(automatic() as object), schema: fields as unknown as INodeParameters[] },
		},
		{
			items: [{ ...json[0], email: 'again@example.com', phone: null }],
			timezone: 'America/New_York',
		},
	);
	expect(made.error).toBeUndefined();
	const copy = sandbox.state.contacts.get(String(made.json[0].id));
	expect(copy).toMatchObject({
		address1: '1 Main St',
		city: 'Springfield',
		postalCode: '01234',
		dateOfBirth: '1971-05-16T00:00:00.000Z',
	});
	expect(made.hints[0].message).toContain('customFields');
});

describe('Contact: Create or Update with one contact’s email and another’s phone', () => {
	/** Two contacts with an email and a phone each; the first has another email as well. */
	function twoContacts() {
		const [one, two] = [...sandbox.state.contacts.values()].slice(0, 2).map((contact, index) => ({
			...contact,
			email: `first${index}@example.com`,
			phone: `+1555010098${index}`,
			additionalEmails: index === 0 ? ['second0@example.com'] : [],
		}));
		for (const contact of [one, two]) sandbox.state.contacts.set(contact.id, contact);
		return [one, two];
	}

	const upsert = (fields: Record<string, string>, identityCheck?: string, more: GhlRun = {}) =>
		runGhl(
			sandbox,
			'contact:upsert',
			{ contactFields: columns(fields), ...(identityCheck && { options: { identityCheck } }) },
			more,
		);
	const messages = (hints: Array<{ message: string }>) => hints.map(({ message }) => message);

	it('tells which phone HighLevel did not take', async () => {
		const [one, two] = twoContacts();
		const { json, hints } = await upsert({
			email: ' FIRST0@example.com ',
			phone: '(555) 010-0981',
		});
		expect(json[0]).toMatchObject({ id: one.id, phone: one.phone, notTaken: ['phone'] });
		expect(messages(hints)).toContain(
			`HighLevel did not take the phone that was sent for these contacts; another contact may have it: ${one.id}`,
		);
		expect(sandbox.state.contacts.get(two.id)?.phone).toBe(two.phone);
		expect(callsOf(sandbox)).toEqual(['POST /contacts/upsert']);
	});

	it('says nothing of a phone that HighLevel wrote in its own form', async () => {
		twoContacts();
		const { json, hints } = await upsert({ email: 'first0@example.com', phone: '555 010 0980' });
		expect(json[0]).not.toHaveProperty('notTaken');
		expect(messages(hints).filter((message) => message.includes('did not take'))).toEqual([]);
	});

	it('tells which first email an additional one replaced', async () => {
		const [one] = twoContacts();
		const { json, hints } = await upsert({ email: 'second0@example.com' }, 'look');
		expect(json[0]).toMatchObject({
			id: one.id,
			email: 'second0@example.com',
			replaced: { email: 'first0@example.com' },
		});
		expect(messages(hints)).toContain(
			`An additional email replaced the first one, which is lost, of these contacts: ${one.id}`,
		);
	});

	it('refuses what would be lost, where that is wanted, and nothing else', async () => {
		const [one, two] = twoContacts();
		const refused = async (fields: Record<string, string>) =>
			(await upsert(fields, 'refuse')).error?.message;
		expect(await refused({ email: 'first0@example.com', phone: two.phone })).toBe(
			`The email belongs to contact ${one.id} and the phone to contact ${two.id}`,
		);
		expect(await refused({ email: 'second0@example.com' })).toBe(
			`The email is an additional one of contact ${one.id}, and would replace its first one`,
		);
		expect(callsOf(sandbox)).not.toContain('POST /contacts/upsert');
		expect(await refused({ email: 'first0@example.com', phone: one.phone })).toBeUndefined();
		expect(await refused({ email: 'new@example.com' })).toBeUndefined();
	});
});
