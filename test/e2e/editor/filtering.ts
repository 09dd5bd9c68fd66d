import type { Locator } from 'playwright-core';
import type { Editor } from '../support/browser';
import { EDITOR } from '../support/selectors';
import type { Desk } from './handling';
import { eventually, settledTexts } from '../support/waiting';

const GHL = 'n8n-nodes-ghl-heyreach.ghlContacts';

/** How fields follow from what is chosen beside them. */
export function filteringTests(desk: () => Desk): void {
	const panel = () => desk().editor.page.locator(EDITOR.panel.root);
	/** The last on the screen of that name: the row that was added last. */
	const parameter = (name: string) =>
		panel()
			.locator(`div${EDITOR.panel.parameter(name)}`)
			.last();

	/** Opens the panel of a node with these parameters. */
	async function open(parameters: Record<string, unknown>): Promise<void> {
		const { stack, editor } = desk();
		const at = { typeVersion: 1, position: [0, 0] as [number, number] };
		const { id } = await stack.client.importWorkflow(
			{
				name: 'Fields that follow',
				nodes: [{ id: 'ghl', name: 'GHL Contacts', type: GHL, parameters, ...at }],
				connections: {},
			},
			stack.credentials,
		);
		await editor.openWorkflow(id);
		await editor.openNode('GHL Contacts');
	}

	it('a filter offers the operators of its field', async () => {
		const { editor } = desk();
		await open({ resource: 'contact', operation: 'getMany' });
		const form = () => panel().locator(EDITOR.panel.parameters);
		// A private integration has no choice of a location, and Get Many no more in sight than it needs.
		await panel().getByText('Add Filter').first().waitFor();
		await eventually(async () => {
			const text = await form().innerText();
			for (const label of ['Location', 'Must Match', 'Search Text', 'Sort'])
				expect(text).not.toContain(`${label}\n`);
		});
		const add = async () => await panel().getByText('Add Filter').first().click();
		await add();
		await add();
		await panel().getByText('Must Match').first().waitFor();
		await eventually(async () => {
			const text = await form().innerText();
			const at = ['Limit', 'Must Match', 'Filters'].map((label) => text.indexOf(`\n${label}\n`));
			expect(at).toEqual([...at].sort((one, other) => one - other));
			expect(at).not.toContain(-1);
		});
		await choose(editor, parameter('field'), 'Tags');
		expect(await offered(editor, parameter('operator'))).toContain('Include All Of');
		await editor.closeNode();
		expect(editor.errors).toEqual([]);
	}, 60_000);
}

const OPTIONS = '.el-select-dropdown__item:visible';

async function choose(editor: Editor, parameter: Locator, option: string): Promise<void> {
	await parameter.click();
	await editor.page.locator(OPTIONS).getByText(option, { exact: true }).first().click();
}

/** The names in a drop-down. */
async function offered(editor: Editor, parameter: Locator): Promise<string[]> {
	await parameter.click();
	const names = await settledTexts(editor.page.locator(OPTIONS));
	await editor.page.keyboard.press('Escape');
	return names;
}
