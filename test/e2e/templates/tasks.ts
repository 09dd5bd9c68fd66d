import { errorOf } from '../../../tools/n8n/executions';
import { expectGreen, type Imported, type Rig } from './rig';

const NAME = 'bring-ghl-tasks-and-notes-to-heyreach';
const LIST = 'GHL tasks and notes';

export function tasksTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;
	let off: (() => Promise<void>) | undefined;

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		imported = await rig.template(NAME);
		await rig.runFrom(imported.workflow, 'Run once to set up');
		// A workflow that is off cannot be called.
		off = await rig.on(imported.workflow);
	}, 60_000);

	afterAll(async () => await off?.());

	/** Contacts who are leads too, with the lead. */
	function known(number: number) {
		const { state } = rig.sandbox;
		const found = [...state.leads.values()].flatMap((lead) => {
			const address = lead.profileUrl.replace(/\/*$/, '/');
			const contact = [...state.contacts.values()].find(({ customFields }) =>
				customFields.some(({ value }) => value === address),
			);
			return contact ? [{ lead, contact }] : [];
		});
		return found[number];
	}

	const open = async (...contacts: string[]) =>
		await rig.call(imported.workflow, 'contactId', contacts);
	const opened = async (...contacts: string[]) => expectGreen(await open(...contacts));
	const lists = () => [...rig.sandbox.state.lists.values()].filter(({ name }) => name === LIST);
	const campaigns = () => structuredClone([...rig.sandbox.state.campaigns.values()]);
	const give = (contactId: string, days: number) => {
		const { state } = rig.sandbox;
		const id = state.ids.next('task');
		const due = new Date(Date.now() + days * 86_400_000).toISOString();
		state.tasks.set(id, {
			id,
			contactId,
			title: `In ${days} days`,
			dueDate: due,
			completed: false,
		});
		return id;
	};

	it('makes its list once', async () => {
		await rig.runFrom(imported.workflow, 'Run once to set up');
		expect(lists()).toHaveLength(1);
	});

	it('brings the next task and the last note of each contact, and enrols nobody', async () => {
		const { state } = rig.sandbox;
		const [one, two] = [known(0), known(1)];
		for (const { contact } of [one, two])
			for (const [id, { contactId }] of state.tasks)
				if (contactId === contact.id) state.tasks.delete(id);
		give(one.contact.id, 9);
		const late = give(one.contact.id, -2);
		const next = give(two.contact.id, 3);
		one.lead.tags = ['mine'];
		const enrolled = campaigns();
		await opened(one.contact.id, two.contact.id);
		const fields = Object.fromEntries(
			one.lead.customFields.map(({ name, value }) => [name, value]),
		);
		expect(fields).toMatchObject({ taskId: late, title: 'In -2 days', status: 'overdue' });
		const notes = [...state.notes.values()].filter(({ contactId }) => contactId === one.contact.id);
		const [newest] = notes.sort((a, b) => b.dateAdded.localeCompare(a.dateAdded));
		expect(fields.noteId ?? '').toBe(newest?.id ?? '');
		const note = newest ? ['ghl-note'] : [];
		expect([...one.lead.tags].sort()).toEqual(
			['mine', 'ghl-task-open', 'ghl-task-overdue', ...note].sort(),
		);
		expect(two.lead.customFields).toEqual(
			expect.arrayContaining([
				{ name: 'taskId', value: next },
				{ name: 'status', value: 'open' },
			]),
		);
		expect(campaigns()).toEqual(enrolled);
	}, 60_000);

	it('changes nothing the second time', async () => {
		const { lead, contact } = known(0);
		const before = structuredClone({ lead, lists: lists() });
		const audit = (await rig.tables.rows('Audit trail')).length;
		await opened(contact.id);
		expect({ lead, lists: lists() }).toEqual(before);
		expect(await rig.tables.rows('Audit trail')).toHaveLength(audit);
	}, 60_000);

	it('takes its own tags and fields away when the task is done, and leaves the others', async () => {
		const { lead, contact } = known(0);
		for (const task of rig.sandbox.state.tasks.values())
			if (task.contactId === contact.id) task.completed = true;
		await opened(contact.id);
		expect(lead.tags.filter((tag) => tag !== 'ghl-note')).toEqual(['mine']);
		expect(lead.customFields).toContainEqual({ name: 'taskId', value: '' });
	}, 60_000);

	it('passes over people who are no leads', async () => {
		const leads = rig.sandbox.state.leads.size;
		const stranger = [...rig.sandbox.state.contacts.values()].find(
			({ customFields }) => customFields.length === 0,
		);
		await opened(stranger?.id ?? '');
		expect(rig.sandbox.state.leads.size).toBe(leads);
	}, 60_000);

	it('writes nothing when a campaign uses the list', async () => {
		const [list] = lists();
		const [campaign] = rig.sandbox.state.campaigns.values();
		const used = campaign.listId;
		campaign.listId = list.id;
		const { lead, contact } = known(1);
		const before = structuredClone(lead);
		const { status } = await open(contact.id);
		expect(status).toBe('error');
		expect(lead).toEqual(before);
		campaign.listId = used;
	}, 60_000);

	it('says that a contact was given without its ID', async () => {
		expect(errorOf(await open(' '))?.message).toContain('without its ID');
	}, 60_000);
}
