import { columns } from '../examples/values';
import { useSandbox } from '../support/useSandbox';
import { byId, byName, callsOf, runGhl } from './ghl';

const sandbox = useSandbox();

const contacts = () => [...sandbox.state.contacts.values()];
const leads = () => [...sandbox.state.leads.values()];
const verbsOf = () => callsOf(sandbox).map((call) => call.split(' ').slice(0, 2).join(' '));

/** The contacts that have the profile of a lead. */
function having(profileUrl: string) {
	const profile = profileUrl.replace(/\/*$/, '/');
	return contacts().filter(({ customFields }) =>
		customFields.some(({ value }) => value === profile),
	);
}

const getOrCreate = async (fields: Record<string, string>, more = {}) =>
	await runGhl(sandbox, 'contact:getOrCreate', {
		contactFields: columns(fields),
		additionalFields: { addTags: 'VIP, linkedin-replied', ...more },
	});

describe('Contact: Get or Create', () => {
	it('gives the contact that has the LinkedIn profile, which keeps its tags and all else', async () => {
		const [lead] = leads();
		const [known] = having(lead.profileUrl);
		known.tags = ['customer'];
		const before = structuredClone(known);
		const fields = { 'LinkedIn profile': lead.profileUrl, firstName: 'Other' };
		const { json, error } = await getOrCreate({ ...fields, email: 'other@example.com' });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([
			{ id: known.id, new: false, tags: ['customer', 'vip', 'linkedin-replied'] },
		]);
		expect(sandbox.state.contacts.get(known.id)).toMatchObject({
			firstName: before.firstName,
			email: before.email,
			customFields: before.customFields,
		});
		// A second run finds nothing to add.
		sandbox.requests.clear();
		await getOrCreate({ ...fields, email: 'other@example.com' });
		expect(verbsOf().filter((call) => /^(PUT|DELETE|POST \S*tags)/.test(call))).toEqual([]);
	});

	it('gives the contact that has the email, where none has the LinkedIn profile', async () => {
		const known = contacts().find(({ email }) => email);
		const count = contacts().length;
		const { json } = await getOrCreate({
			email: known?.email?.toUpperCase() ?? '',
			'LinkedIn profile': 'https://www.linkedin.com/in/not-yet-known/',
		});
		expect(json).toMatchObject([{ id: known?.id, new: false }]);
		expect(contacts()).toHaveLength(count);
	});

	it('creates the contact with its tags and its owner where nobody is found', async () => {
		const [user] = sandbox.state.users.values();
		const profile = 'https://www.linkedin.com/in/not-yet-known/';
		const { json } = await getOrCreate(
			{ 'LinkedIn profile': profile, firstName: 'Ann', tags: 'From the table' },
			{ assignedTo: byName(user.email) },
		);
		expect(json).toMatchObject([{ firstName: 'Ann', new: true, assigned: true }]);
		expect(having(profile)).toMatchObject([
			{ assignedTo: user.id, tags: ['vip', 'linkedin-replied', 'from the table'] },
		]);
	});

	it('gives an owner to a contact that has none, and never another', async () => {
		const [one, other] = sandbox.state.users.values();
		const known = contacts().find(({ email }) => email);
		if (!known) throw new Error('The seed has no contact with an email.');
		sandbox.state.saveContact({ ...known, assignedTo: undefined });
		const owner = () => sandbox.state.contacts.get(known.id)?.assignedTo;
		for (const user of [one, other]) {
			const { json } = await getOrCreate(
				{ email: String(known.email) },
				{ assignedTo: byName(user.name) },
			);
			expect(json).toMatchObject([{ id: known.id, assignedTo: one.id, assigned: user === one }]);
			expect(owner()).toBe(one.id);
		}
	});

	it('refuses where several contacts have the LinkedIn profile, and writes nothing', async () => {
		const [lead] = leads();
		const [known] = having(lead.profileUrl);
		const twin = {
			...structuredClone(known),
			id: 'twinContact000000001',
			email: 'twin@example.com',
		};
		sandbox.state.saveContact(twin);
		const { error } = await getOrCreate({ 'LinkedIn profile': lead.profileUrl });
		expect(error?.message).toContain('2 contacts have one of');
		expect(verbsOf().filter((call) => !/^GET|POST \/contacts\/search/.test(call))).toEqual([]);
	});
});

describe('A create, unless one exists', () => {
	const once = { additionalFields: { unlessOneExists: true } };

	it('leaves one custom field of a name', async () => {
		const before = sandbox.state.customFields.size;
		const field = { fieldName: 'Referred by', dataType: 'TEXT', model: 'contact' };
		const first = await runGhl(sandbox, 'customField:create', { ...field, ...once });
		const again = await runGhl(sandbox, 'customField:create', {
			...{ ...field, fieldName: ' referred BY ' },
			...once,
		});
		expect(again.json[0].id).toBe(first.json[0].id);
		const other = { ...field, model: 'opportunity', ...once };
		await runGhl(sandbox, 'customField:create', other);
		expect(sandbox.state.customFields.size).toBe(before + 2);
	});

	it('leaves one task of a title, and not one that only begins so', async () => {
		const contactId = byId(contacts()[0].id);
		const before = sandbox.state.tasks.size;
		for (const title of ['Call Ann back', 'Call Ann', 'Call Ann'])
			await runGhl(sandbox, 'contactTask:create', {
				...{ contactId, title, dueDate: '2027-01-31T09:30:00Z' },
				...once,
			});
		expect(sandbox.state.tasks.size).toBe(before + 2);
	});

	it('leaves one open opportunity of the contact in the pipeline', async () => {
		const [pipeline] = sandbox.state.pipelines.values();
		const create = async (email: string) => {
			const contact = contacts().find((one) => one.email === email);
			const { json, error } = await runGhl(sandbox, 'opportunity:create', {
				...{ contactId: byId(contact?.id ?? ''), name: 'Website', status: 'open' },
				...{ pipelineId: byName(pipeline.name), pipelineStageId: byName('') },
				...once,
			});
			expect(error).toBeUndefined();
			return json[0].id;
		};
		const emails = contacts()
			.filter(({ id, email }) => email && !hasOpportunity(id))
			.map(({ email }) => String(email));
		const first = await create(emails[0]);
		expect(await create(emails[0])).toBe(first);
		expect(await create(emails[1])).not.toBe(first);
	});

	const hasOpportunity = (contactId: string) =>
		[...sandbox.state.opportunities.values()].some((one) => one.contactId === contactId);
});

describe('A user by name or email', () => {
	it('is looked up in the location', async () => {
		const [contact] = contacts();
		const [, user] = sandbox.state.users.values();
		const assign = async (value: string) =>
			await runGhl(sandbox, 'contact:update', {
				...{ contactId: byId(contact.id), contactFields: columns({}) },
				additionalFields: { assignedTo: byName(value) },
			});
		for (const value of [user.id, user.name.toUpperCase(), ` ${user.email}`]) {
			sandbox.state.contacts.set(contact.id, { ...contact, assignedTo: undefined });
			expect((await assign(value)).error).toBeUndefined();
			expect(sandbox.state.contacts.get(contact.id)?.assignedTo).toBe(user.id);
		}
		expect((await assign('Jane Nobody')).error?.message).toBe(
			'“Assigned To”: HighLevel has no user “Jane Nobody”',
		);
	});
});
