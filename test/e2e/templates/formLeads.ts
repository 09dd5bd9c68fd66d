import { SANDBOX } from '../../../sandbox';
import { errorOf } from '../../../tools/n8n/executions';
import { setField, type Imported, type Rig } from './rig';

const NAME = 'form-to-outreach';
const START = 'Every 10 minutes';

export function formTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;
	const { locationId, otherLocationId } = SANDBOX;

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		rig.sandbox.state.formSubmissions.clear();
		for (const [id, name] of [
			[list, 'Form leads'],
			[other, 'Form leads of a client'],
		] as const) {
			const creationTime = new Date().toISOString();
			const made = {
				id,
				name,
				listType: 'USER_LIST',
				creationTime,
				members: [],
			} as const;
			rig.sandbox.state.lists.set(id, { ...made, members: [] });
		}
		imported = await rig.template(NAME, (file) => {
			setField(file, 'Your settings', 'heyReachListId', String(list));
			setField(file, 'Your settings', 'forms', 'Contact us, BOOK a demo ');
		});
		await rig.tables.empty('Form leads').catch(() => 'not there yet');
		await rig.tables.empty('Clients').catch(() => 'not there yet');
	}, 60_000);

	/** The lists of the settings and of a client. */
	const list = 2901;
	const other = 2902;
	const run = async () => await rig.runFrom(imported.workflow, START);
	const contacts = () => [...rig.sandbox.state.contacts.values()];
	const form = (name: string) =>
		[...rig.sandbox.state.forms.values()].find((one) => one.name === name)?.id ?? '';
	const members = (id: number = list) =>
		rig.sandbox.state.lists.get(id)?.members.map(({ linkedinId }) => linkedinId) ?? [];
	const urls = () =>
		members().map((id) => rig.sandbox.state.leads.get(id)?.profileUrl.replace(/\/*$/, '/'));
	const tasks = () =>
		[...rig.sandbox.state.tasks.values()].filter(({ title }) => title.startsWith('Find the'));
	/** Somebody whose contact has no LinkedIn profile. */
	const stranger = (number: number) =>
		contacts().filter(({ customFields }) => customFields.length === 0)[number];

	/** A contact fills in a form. */
	function submit(contactId: string, formName: string, others: Record<string, unknown> = {}): void {
		const id = rig.sandbox.state.ids.next('submission');
		const createdAt = new Date().toISOString();
		const { firstName = '', lastName = '' } = rig.sandbox.state.contacts.get(contactId) ?? {};
		const filled = {
			formId: form(formName),
			name: `${firstName} ${lastName}`,
			others,
		};
		rig.sandbox.state.formSubmissions.set(id, {
			id,
			locationId,
			contactId,
			createdAt,
			...filled,
		});
	}

	it('takes the profile from the form or the contact, once for each person and form of your choice', async () => {
		const [known] = contacts();
		const profile = String(known.customFields[0].value);
		const { id } = stranger(0);
		submit(known.id, 'Book a demo');
		submit(id, 'Book a demo');
		submit(id, 'Contact us', {
			website: 'see linkedin.com/in/nina-of-the-form?x=1',
			eventData: {},
		});
		submit(stranger(1).id, 'Newsletter', {
			profile: 'https://www.linkedin.com/in/not-asked-for/',
		});
		const before = members();
		await run();
		const added = urls().slice(before.length);
		expect(added.sort()).toEqual([profile, 'https://www.linkedin.com/in/nina-of-the-form/'].sort());
		submit(id, 'Contact us', {
			profile: 'linkedin.com/in/another-of-the-same-person',
		});
		await run();
		expect(members()).toHaveLength(before.length + 2);
		expect(tasks()).toEqual([]);
	}, 60_000);

	it('asks for a profile once, and goes on when it is there, also where the table has lost its row', async () => {
		rig.sandbox.state.formSubmissions.clear();
		const { id } = stranger(2);
		const before = members();
		submit(id, 'Contact us');
		await run();
		await run();
		expect(tasks()).toMatchObject([{ contactId: id, completed: false }]);
		expect(members()).toEqual(before);
		const contact = rig.sandbox.state.contacts.get(id);
		const field = [...rig.sandbox.state.customFields.values()].find(
			({ name }) => name === 'LinkedIn profile',
		);
		const value = 'https://www.linkedin.com/in/found-by-a-colleague/';
		if (contact && field)
			rig.sandbox.state.saveContact({
				...contact,
				customFields: [{ id: field.id, value }],
			});
		await run();
		expect(urls().slice(before.length)).toEqual([value]);
		await rig.tables.empty('Form leads');
		await run();
		expect(members()).toHaveLength(before.length + 1);
		expect(await rig.tables.rows('Form leads')).toEqual(
			expect.arrayContaining([expect.objectContaining({ person: id, state: 'lead' })]),
		);
		expect(tasks()).toHaveLength(1);
	}, 60_000);

	it('serves each client by its own list, and does not stop at one that fails', async () => {
		await rig.tables.add('Clients', [
			{ client: 'Acme', location_id: otherLocationId },
			{
				client: 'Ourselves',
				location_id: locationId,
				sync_list_id: String(other),
			},
		]);
		try {
			const before = { own: members(), other: members(other) };
			submit(stranger(3).id, 'Contact us', {
				profile: 'linkedin.com/in/of-the-client',
			});
			const { id } = imported.workflow;
			const execution = await rig.client.waitForExecution(await rig.client.run(id, START));
			expect(errorOf(execution)?.message).toMatch(
				new RegExp(`^Not everybody became a lead: .*${otherLocationId}`),
			);
			expect(members()).toEqual(before.own);
			expect(members(other)).toHaveLength(before.other.length + 1);
			expect(await rig.tables.rows('Form leads')).toEqual(
				expect.arrayContaining([
					expect.objectContaining({
						client: 'Ourselves',
						state: 'lead',
						form: 'Contact us',
					}),
				]),
			);
		} finally {
			await rig.tables.empty('Clients');
		}
	}, 60_000);

	it('asks for the profile of one person where the lead of another is refused', async () => {
		const [refused, asked] = [stranger(4).id, stranger(5).id];
		await rig.tables.add('Clients', [
			{ client: 'Ourselves', location_id: locationId, sync_list_id: '999999' },
		]);
		try {
			submit(refused, 'Contact us', { profile: 'linkedin.com/in/refused-by-heyreach' });
			submit(asked, 'Contact us');
			const contact = rig.sandbox.state.contacts.get(asked);
			const field = [...rig.sandbox.state.customFields.values()].find(
				({ name }) => name === 'LinkedIn profile',
			);
			if (contact && field) {
				const customFields = [{ id: field.id, value: 'n/a' }];
				rig.sandbox.state.saveContact({ ...contact, customFields });
			}
			const { id } = imported.workflow;
			const execution = await rig.client.waitForExecution(await rig.client.run(id, START));
			expect(errorOf(execution)?.message).toMatch(/^Not everybody became a lead: /);
			expect(tasks().map(({ contactId }) => contactId)).toContain(asked);
			expect(await rig.tables.rows('Form leads')).toEqual(
				expect.arrayContaining([expect.objectContaining({ person: asked, state: 'asked' })]),
			);
		} finally {
			await rig.tables.empty('Clients');
		}
	}, 60_000);
}
