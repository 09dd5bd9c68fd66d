import { EDITOR } from '../support/selectors';
import type { Desk } from './handling';

const PACK = 'n8n-nodes-ghl-heyreach';

/** Records that are picked depending on another field, tags with free text, and fields of older workflows. */
export function pickingTests(desk: () => Desk): void {
	const panel = () => desk().editor.page.locator(EDITOR.panel.root);
	const items = () => desk().editor.page.locator(EDITOR.panel.locatorItems);
	const field = (name: string) => panel().locator(EDITOR.panel.parameter(name));
	const open = async (name: string) =>
		await field(name).locator(EDITOR.panel.locatorInput).first().click();
	const search = () =>
		desk().editor.page.locator(
			`input${EDITOR.panel.locatorSearch}, ${EDITOR.panel.locatorSearch} input`,
		);

	/** A node in the editor, its panel open. */
	async function show(parameters: object): Promise<void> {
		const { stack, editor } = desk();
		const at = (name: string, type: string, x: number, own: object) => ({
			...{ id: name, name, type, typeVersion: 1, position: [x, 0] as [number, number] },
			parameters: own as Record<string, unknown>,
		});
		const { id } = await stack.client.importWorkflow(
			{
				name: 'Picking',
				nodes: [
					at('Start', 'n8n-nodes-base.manualTrigger', 0, {}),
					at('GHL Contacts', `${PACK}.ghlContacts`, 220, parameters),
				],
				connections: { Start: { main: [[{ node: 'GHL Contacts', type: 'main', index: 0 }]] } },
			},
			stack.credentials,
		);
		await editor.openWorkflow(id);
		await editor.openNode('GHL Contacts');
	}

	const byId = (value: string) => ({ __rl: true, mode: 'id', value });
	const run = async () => await panel().locator(EDITOR.panel.execute).first().click();

	it('a task is picked among those of the contact, and a plain ID of an older workflow runs', async () => {
		const { stack, editor } = desk();
		const [task] = stack.sandbox.state.tasks.values();
		const get = { resource: 'contactTask', operation: 'get' };
		await show(get);
		await open('taskId');
		await editor.page.getByText('Choose the contact first').first().waitFor();
		await editor.page.getByText('This list depends on the field Contact').first().waitFor();
		await editor.screenshot('picking-no-contact', panel());
		await editor.page.keyboard.press('Escape');
		await editor.closeNode();

		await show({ ...get, contactId: byId(task.contactId) });
		await open('taskId');
		await items().first().waitFor();
		await editor.screenshot('picking-tasks', panel());
		await items().getByText(task.title).first().click();
		await run();
		await panel().locator(EDITOR.panel.output).getByText(task.id).first().waitFor();
		await editor.closeNode();

		await show({ ...get, contactId: byId(task.contactId), taskId: task.id });
		await panel().locator(EDITOR.panel.issues).first().waitFor({ state: 'detached' });
		await editor.screenshot('picking-old-task', panel());
		await run();
		await panel().locator(EDITOR.panel.output).getByText(task.id).first().waitFor();
		await editor.closeNode();
	}, 90_000);

	it('a free slot is picked, with end and title in sight, and a taken one says what helps', async () => {
		const { stack, editor } = desk();
		const [calendar] = stack.sandbox.state.calendars.values();
		const [contact] = stack.sandbox.state.contacts.values();
		const book = { resource: 'appointment', operation: 'create', contactId: byId(contact.id) };
		await show({ ...book, calendarId: byId(calendar.id) });
		await field('endTime').first().waitFor();
		await field('title').locator('input').first().fill('Intro call');
		await open('startTime');
		await items().first().waitFor();
		await editor.screenshot('picking-slots', panel());
		await items().last().click();
		await run();
		await panel().locator(EDITOR.panel.output).getByText('Intro call').first().waitFor();
		await editor.screenshot('picking-booked', panel());
		await editor.closeNode();

		// As an older workflow has it.
		await show({
			...{ ...book, calendarId: byId(calendar.id), startTime: '2031-03-03T03:17:00Z' },
			additionalFields: { appointmentStatus: 'new' },
		});
		await run();
		await panel().getByText('This time is not free in the calendar').first().waitFor();
		await editor.screenshot('picking-taken', panel());
		await field('startBy').first().click();
		await editor.page
			.locator('.el-select-dropdown__item:visible')
			.getByText('Date and Time', { exact: true })
			.click();
		await field('startTime').getByPlaceholder('Select date and time').first().waitFor();
		await editor.screenshot('picking-time', panel());
		await editor.closeNode();
	}, 90_000);

	it('tags are chosen from the list or typed', async () => {
		const { stack, editor } = desk();
		const [contact] = stack.sandbox.state.contacts.values();
		await show({ resource: 'contactTag', operation: 'add', contactId: byId(contact.id) });
		await open('tags');
		await items().first().waitFor();
		await search().fill('"berlin, germany", fresh');
		await items().getByText('Use “').first().waitFor();
		await editor.screenshot('picking-tags', panel());
		await items().getByText('Use “').first().click();
		await run();
		await panel().locator(EDITOR.panel.output).getByText('berlin, germany').first().waitFor();
		const tags = stack.sandbox.state.contacts.get(contact.id)?.tags;
		expect(tags).toEqual(expect.arrayContaining(['berlin, germany', 'fresh']));
		await editor.closeNode();
	}, 60_000);

	it('a date that is none names its field', async () => {
		const { stack, editor } = desk();
		const [contact] = stack.sandbox.state.contacts.values();
		await show({
			...{ resource: 'contactTask', operation: 'create', contactId: byId(contact.id) },
			...{ title: 'Call', dueDate: '={{ "tomorrow" }}' },
		});
		await run();
		await panel().getByText('“Due Date”: “tomorrow” is not a date').first().waitFor();
		await editor.screenshot('picking-date', panel());
		await editor.closeNode();
	}, 60_000);
}
