import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { columns } from '../examples/values';
import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, runGhl } from './ghl';

const sandbox = useSandbox();

const contacts = () => [...sandbox.state.contacts.values()];
const aContact = () => contacts()[0];
const aUser = () => [...sandbox.state.users.values()][0];
const emailOf = ({ email }: { email?: string }) => String(email);
const by = (value: string) => ({ __rl: true, mode: 'identity', value });
const writes = () => callsOf(sandbox).filter((call) => !/^GET|search/.test(call));
const bodies = () =>
	sandbox.requests
		.list()
		.filter(({ method, path }) => method !== 'GET' && !path.includes('search'))
		.map(({ body }) => body as IDataObject);

const create = async (fields: INodeParameters, additionalFields: INodeParameters = {}) =>
	await runGhl(sandbox, 'contact:create', {
		contactFields: columns({ email: 'new@example.com', ...fields }),
		additionalFields,
	});

describe('The table of a contact’s fields', () => {
	it.each<[string, INodeParameters, () => IDataObject]>([
		[
			'an owner by name',
			{ assignedTo: '={{ " ugo ABARA " }}' },
			() => ({ assignedTo: aUser().id }),
		],
		[
			'an owner by email',
			{ 'Assigned To': 'ugo@team.example.com' },
			() => ({ assignedTo: aUser().id }),
		],
		['columns by their labels', { Tags: 'a', DND: 'true' }, () => ({ tags: ['a'], dnd: true })],
		['a country by its name', { country: 'Germany' }, () => ({ country: 'DE' })],
		['a country in lower case', { country: 'de' }, () => ({ country: 'DE' })],
		[
			'a time zone in lower case',
			{ timezone: 'europe/berlin' },
			() => ({ timezone: 'Europe/Berlin' }),
		],
		['a gender as its label', { gender: 'Female' }, () => ({ gender: 'female' })],
	])('takes %s', async (_, fields, sent) => {
		const { error } = await create(fields);
		expect(error).toBeUndefined();
		expect(bodies()).toMatchObject([sent()]);
	});

	it('writes an option of a drop-down as the field has it', async () => {
		const like = [...sandbox.state.customFields.values()].find(({ name }) => name === 'Job title');
		const tier = { id: 'f-tier', name: 'Tier', fieldKey: 'contact.tier' };
		const choices = { dataType: 'SINGLE_OPTIONS', picklistOptions: ['Gold', 'Silver'] };
		if (like) sandbox.state.customFields.set(tier.id, { ...like, ...tier, ...choices });
		await create({ 'contact.tier': ' gold ' });
		expect(bodies()).toMatchObject([{ customFields: [{ id: 'f-tier', field_value: 'Gold' }] }]);
	});

	it.each<[INodeParameters, string]>([
		[{ assignedTo: 'Nobody' }, '“Assigned To”: HighLevel has no user “Nobody”'],
		[{ tags: '={{ [null] }}' }, '“Tags”: A list has null in it, but needs texts'],
		[{ tags: '"Berlin, Germany, vip' }, '“Tags”: A quote is not closed: "Berlin'],
		[{ Interests: '={{ [null] }}' }, '“Interests”: A list has null in it, but needs texts'],
		[{ country: 'Narnia' }, '“Narnia” is not a country that HighLevel knows'],
		[{ timezone: 'Mars/Base' }, '“Timezone” is not a time zone: “Mars/Base”'],
	])(
		'%j is refused before anything is sent, by the label of the column',
		async (fields, message) => {
			const { error } = await create(fields);
			expect(error?.message).toBe(message);
			expect(error?.description).toBeTruthy();
			expect(writes()).toEqual([]);
		},
	);

	it('refuses an owner whose name several users have, and names them', async () => {
		sandbox.state.users.set('twin', { ...aUser(), id: 'twin' });
		const { error } = await create({ assignedTo: aUser().name });
		expect(error?.message).toMatch('“Assigned To”: HighLevel has 2 records named');
		expect(error?.description).toContain('twin');
	});

	it('tells a refusal of HighLevel by the label of the column', async () => {
		const { error } = await runGhl(sandbox, 'contact:update', {
			contactId: byId(aContact().id),
			contactFields: columns({ gender: 'male' }),
		});
		expect(error?.message).toContain('property “Gender” should not exist');
		expect((await create({ email: 'no email' })).error?.message).toContain('“Email” must be');
	});

	it('adds its tags to those of the field beside it', async () => {
		await create({ tags: 'one, two' }, { tags: 'two, three' });
		expect(bodies()).toMatchObject([{ tags: ['one', 'two', 'three'] }]);
	});

	it('never replaces the tags of a contact in an update', async () => {
		const { id, tags } =
			structuredClone(contacts().find((one) => one.tags.length > 1)) ?? aContact();
		const { error } = await runGhl(sandbox, 'contact:update', {
			contactId: byId(id),
			contactFields: columns({ city: 'Newtown', tags: 'only this' }),
		});
		expect(error?.message).toBe('“Tags” in the table would replace all tags of the contact');
		expect(sandbox.state.contacts.get(id)?.tags).toEqual(tags);
	});
});

describe('A contact by LinkedIn or email', () => {
	const inApp = (id: string) =>
		`https://app.gohighlevel.com/v2/location/x/contacts/detail/${id}?tab=1`;

	it.each<[string, (email: string, id: string) => string]>([
		['an email with its name', (email) => `Jane <${email}>`],
		['an email with a comma in its name', (email) => `"Doe, Jane" <${email}>`],
		['a link to an email', (email) => `mailto:${email}`],
		['the address in the HighLevel app', (_, id) => inApp(id)],
		['a LinkedIn address with an email in it', () => 'linkedin.com/in/ADA-abara-0?u=a@b.c'],
	])('is found by %s', async (_, value) => {
		const { id, email } = aContact();
		const { json, error } = await runGhl(sandbox, 'contact:get', {
			contactId: by(value(String(email), id)),
		});
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ id }]);
	});

	it('is looked up by the two parts of a Sales Navigator address, and by nothing behind its commas', async () => {
		const address = 'https://www.linkedin.com/sales/lead/ACwAAAxyz123';
		await runGhl(sandbox, 'contact:get', { contactId: by(`${address},NAME_SEARCH,abcd`) });
		const search = sandbox.requests.list().find(({ path }) => path === '/contacts/search');
		const [{ filters }] = (search?.body as { filters: [{ filters: Array<{ value: string }> }] })
			.filters;
		expect(filters.map(({ value }) => value)).toEqual([`${address},NAME_SEARCH,abcd`, address]);
	});

	it('is found by an address whose letters are encoded or not, and that is too long to search in one form', async () => {
		const field = [...sandbox.state.customFields.values()].find(
			({ name }) => name === 'LinkedIn profile',
		);
		const contact = aContact();
		const value = 'https://www.linkedin.com/in/константин-петров/';
		const customFields = [{ id: String(field?.id), value }];
		sandbox.state.saveContact({ ...contact, customFields });
		const { json, error } = await runGhl(sandbox, 'contact:get', {
			contactId: by(encodeURI(value)),
		});
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ id: contact.id }]);
	});

	it.each([
		'https://linkedin.com/in/grace-lane',
		'http://www.linkedin.com/in/grace-lane/',
		'http://linkedin.com/in/grace-lane',
		'www.linkedin.com/in/grace-lane',
		'linkedin.com/in/grace-lane/',
	])('is found where HighLevel has its address as %s, and is not created again', async (value) => {
		const field = [...sandbox.state.customFields.values()].find(
			({ name }) => name === 'LinkedIn profile',
		);
		const contact = aContact();
		sandbox.state.saveContact({ ...contact, customFields: [{ id: String(field?.id), value }] });
		const { json } = await runGhl(sandbox, 'contact:getOrCreate', {
			contactFields: columns({
				'LinkedIn profile': 'https://www.linkedin.com/in/Grace-Lane/?trk=x',
				firstName: 'Grace',
			}),
		});
		expect(json).toMatchObject([{ id: contact.id, new: false }]);
	});

	it('cannot be found by an address that is too long in every form, which is said', async () => {
		const profile = `https://www.linkedin.com/in/${'x'.repeat(60)}/`;
		const { error } = await runGhl(sandbox, 'contact:get', { contactId: by(profile) });
		expect(error?.message).toMatch(/^“Contact”: HighLevel cannot search for .* longer than 75/);
		const getOrCreate = async (more: INodeParameters) =>
			await runGhl(sandbox, 'contact:getOrCreate', {
				contactFields: columns({ 'LinkedIn profile': profile, ...more }),
			});
		expect((await getOrCreate({ firstName: 'Ann' })).error?.message).toMatch('longer than 75');
		expect(writes()).toEqual([]);
		const known = emailOf(aContact());
		expect((await getOrCreate({ email: known })).json).toMatchObject([
			{ id: aContact().id, new: false },
		]);
	});

	it('is no object', async () => {
		const contactId = by('={{ { id: 1 } }}');
		const { error } = await runGhl(sandbox, 'contact:get', { contactId });
		expect(error?.message).toBe('“Contact” is an object instead of a text');
	});

	it.each<[string, INodeParameters]>([
		['contactTag:add', { tags: 'x' }],
		['contactTag:remove', { tags: 'x' }],
		['contactTag:removeAll', {}],
		['contactFollower:add', { followers: byId('user') }],
		['contact:setBusiness', { businessId: byId('business') }],
		['contact:removeFromBusiness', {}],
	])('is put out by its ID: %s', async (operation, parameters) => {
		const ids: Record<string, string> = {
			user: aUser().id,
			business: [...sandbox.state.businesses.keys()][0],
		};
		const ready = Object.entries(parameters).map(([name, value]) => {
			const id = (value as IDataObject)?.value;
			return [name, typeof id === 'string' ? byId(ids[id]) : value];
		});
		const { json, error } = await runGhl(sandbox, operation, {
			...(Object.fromEntries(ready) as INodeParameters),
			contactId: by(emailOf(aContact())),
			options: { includeAuditRow: '={{ "true" }}' },
		});
		expect(error).toBeUndefined();
		expect(json).toMatchObject([
			{ contactId: aContact().id, audit: { recordId: aContact().id, status: 'done' } },
		]);
	});

	it('is in no audit row of an item that failed', async () => {
		const { json } = await runGhl(
			sandbox,
			'contact:delete',
			{ contactId: by('nobody@example.com'), options: { includeAuditRow: true } },
			{ onError: 'continueRegularOutput' },
		);
		expect(json).toMatchObject([{ audit: { recordId: null, status: 'failed' } }]);
	});

	it('narrows the tasks of a location', async () => {
		const { json } = await runGhl(sandbox, 'contactTask:getManyOfLocation', {
			filters: { contactId: byId(emailOf(aContact())), assignedTo: byId(aUser().name) },
		});
		expect(json.length).toBeGreaterThan(0);
		expect(json.every(({ contactId }) => contactId === aContact().id)).toBe(true);
	});
});

describe('A check that a create makes first', () => {
	const task = async (more: INodeParameters) =>
		await runGhl(sandbox, 'contactTask:create', {
			contactId: byId(aContact().id),
			title: 'Call',
			dueDate: '2026-12-01',
			additionalFields: more,
		});

	it.each<[INodeParameters, string]>([
		[{ unlessOneContains: '={{ $json.gone }}' }, '“Skip If One Contains” is empty'],
		[{ unlessOneContains: '={{ {} }}' }, '“Skip If One Contains” is an object instead of a text'],
		[{ unlessOneExists: '={{ $json.gone }}' }, '“Skip If One Exists” is neither true nor false'],
	])('is not left out where its expression finds nothing: %j', async (more, message) => {
		const { error } = await task(more);
		expect(error?.message).toMatch(message);
		expect(writes()).toEqual([]);
	});

	it('is left out where its field is empty', async () => {
		expect((await task({ unlessOneContains: '', unlessOneExists: false })).error).toBeUndefined();
		expect(writes()).toHaveLength(1);
	});

	it('is made where an expression gives “true” as a text', async () => {
		const comment = async () =>
			await runGhl(sandbox, 'message:send', {
				type: 'InternalComment',
				contactId: byId(aContact().id),
				message: 'Replied on LinkedIn',
				additionalFields: { unlessThere: '={{ "true" }}' },
			});
		await comment();
		expect((await comment()).json).toMatchObject([{ added: false }]);
		expect(writes()).toHaveLength(1);
	});
});

it('a bad item in the middle names its label and lets the others go on, each paired with its own', async () => {
	const { id } = aContact();
	const { outputs } = await runGhl(
		sandbox,
		'contactTag:add',
		{ contactId: byId('={{ $json.id }}'), tags: '={{ $json.tags }}' },
		{
			items: [
				{ id, tags: 'a' },
				{ id, tags: { x: 1 } },
				{ id: ' ', tags: 'b' },
				{ id, tags: 'c' },
			],
			onError: 'continueRegularOutput',
		},
	);
	expect(
		outputs[0].map(({ json, pairedItem }) => [json.error ?? json.contactId, pairedItem]),
	).toEqual([
		[id, { item: 0 }],
		['“Tags”: A list has an object without “name” in it, but needs texts', { item: 1 }],
		['“Contact” is empty', { item: 2 }],
		[id, { item: 3 }],
	]);
});
