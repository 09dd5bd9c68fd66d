import { SANDBOX } from '../../../sandbox';
import type { StoredWorkflow, WorkflowNode } from '../../../tools/n8n/workflow';
import type { Editor } from '../support/browser';
import { EDITOR } from '../support/selectors';
import type { Stack } from '../support/stack';
import { readTemplate } from '../templates/rig';
import { eventually, settledTexts } from '../support/waiting';

const PACK = 'n8n-nodes-ghl-heyreach';

export interface Desk {
	stack: Stack;
	editor: Editor;
	/** Keeps a picture for the docs, when they are renewed. */
	keep: (name: string, picture: string) => Promise<void>;
}

/** The nodes as people handle them: found, dragged, filled in, run, and when something is wrong. */
export function handlingTests(desk: () => Desk): void {
	const panel = () => desk().editor.page.locator(EDITOR.panel.root);
	const output = () => panel().locator(EDITOR.panel.output);
	const execute = async () => await panel().locator(EDITOR.panel.execute).first().click();

	it('every node is found in the list, dragged to the canvas, and has its icon in light and dark', async () => {
		const { editor, keep } = desk();
		const { page } = editor;
		// The first trigger first: n8n puts a manual one before an action node else.
		const all: Array<[word: string, node: string, action?: string]> = [
			['HeyReach', 'HeyReach', 'On message sent'],
			['GHL', 'GHL Contacts', 'Get many contacts'],
			['LinkedIn', 'HeyReach', 'Get many lists'],
			['GHL', 'Contact Sync', 'Plan a sync'],
			['GHL', 'GHL Polling', 'On task due'],
			['LinkedIn', 'HeyReach Polling', 'On lead created'],
			['GHL', 'GHL Trigger'],
		];
		await editor.newWorkflow();
		for (const [index, [word, node, action]] of all.entries())
			await editor.drag(word, node, action, {
				x: 180 + (index % 4) * 220,
				y: 180 + Math.floor(index / 4) * 260,
			});
		const nodes = await editor.nodesInStore();
		const types = ['ghlContacts', 'ghlPollingTrigger', 'ghlTrigger', 'heyReach'];
		types.push('heyReachPollingTrigger', 'heyReachTrigger', 'contactSync');
		expect(nodes.map(({ type }) => type).sort()).toEqual(
			types.map((name) => `${PACK}.${name}`).sort(),
		);
		const parameters = (type: string) =>
			nodes.find((node) => node.type === `${PACK}.${type}`)?.parameters;
		expect(parameters('ghlContacts')).toMatchObject({ resource: 'contact', operation: 'getMany' });
		expect(parameters('heyReachTrigger')).toMatchObject({ events: ['message_sent'] });

		const icons = async (isDark: boolean) =>
			await eventually(async () => {
				const files = await page
					.locator(`${EDITOR.canvas.nodes} img`)
					.evaluateAll((images) =>
						images.map((image) => String(image.getAttribute('src')?.split('/').at(-1))),
					);
				for (const file of files) expect(file.endsWith('.dark.svg')).toBe(isDark);
				expect(files).not.toEqual([]);
				return files;
			});
		// n8n puts triggers that are added later on the same place.
		await page.locator(EDITOR.canvas.tidyUp).click();
		const light = await icons(false);
		await keep('nodes-light', await editor.screenshotCanvas('nodes-light', 640));
		await page.emulateMedia({ colorScheme: 'dark' });
		const dark = await icons(true);
		await keep('nodes-dark', await editor.screenshotCanvas('nodes-dark', 640));
		await page.emulateMedia({ colorScheme: 'light' });
		expect(light).toEqual(expect.arrayContaining(['ghl.svg', 'heyreach.svg']));
		expect(dark).toEqual(light.map((file) => file.replace('.svg', '.dark.svg')));
		expect(editor.errors).toEqual([]);
		// The page of an installed package asks for its published versions; this browser lets nothing out.
		editor.outside.length = 0;
	}, 120_000);

	it('an operation is chosen, a contact picked from the list, the step executed, and the hint says what it took', async () => {
		const { stack, editor, keep } = desk();
		const { page } = editor;
		await editor.openWorkflow(await importPanels(stack));
		await editor.openNode('Tag somebody');
		await choose(editor, 'resource', 'Contact Tag');
		await choose(editor, 'operation', 'Add');
		await panel()
			.locator(EDITOR.panel.parameter('contactId'))
			.locator(EDITOR.panel.locatorInput)
			.first()
			.click();
		const search = page.locator(
			`input${EDITOR.panel.locatorSearch}, ${EDITOR.panel.locatorSearch} input`,
		);
		await search.fill('nobody is called that');
		await page.getByText('No results').first().waitFor();
		await search.fill('ada.abara.0@');
		await page.locator(EDITOR.panel.locatorItems).getByText('ada.abara.0@').first().click();
		await panel()
			.locator(EDITOR.panel.parameter('tags'))
			.locator(EDITOR.panel.locatorInput)
			.first()
			.click();
		await search.last().fill('from the editor');
		await page
			.locator(EDITOR.panel.locatorItems)
			.getByText('Use “from the editor”')
			.first()
			.click();
		stack.sandbox.faults.add({ kind: 'rateLimited', service: 'highlevel' });
		await execute();
		await output().getByText('from the editor').first().waitFor();
		await output()
			.getByText(/2 calls to HighLevel: 1 call repeated/)
			.waitFor();
		await keep('output-and-hint', await editor.screenshot('output-and-hint', panel()));
		await editor.closeNode();
		const contact = [...stack.sandbox.state.contacts.values()].find(
			({ email }) => email === 'ada.abara.0@example.com',
		);
		expect(contact?.tags).toContain('from the editor');
	}, 60_000);

	it('nothing found and a wrong token look as they are meant to', async () => {
		const { editor, keep } = desk();
		await editor.openNode('Find nobody');
		await execute();
		await output().getByText('No output data returned').waitFor();
		await keep('nothing-found', await editor.screenshot('nothing-found', panel()));
		await editor.closeNode();
		await editor.openNode('Wrong token');
		await execute();
		await output().getByText('HighLevel does not accept the token').first().waitFor();
		await output().getByText('Settings > Private Integrations').first().waitFor();
		await keep('wrong-token', await editor.screenshot('wrong-token', panel()));
		await editor.closeNode();
	}, 60_000);

	it('a template’s table of fields keeps its values when its columns are asked for anew', async () => {
		const { editor } = desk();
		const { page } = editor;
		await editor.openNode('Create contact');
		const labels = panel().locator('[data-test-id="mapping-fields-container"] label');
		await labels.getByText('LinkedIn profile').first().waitFor();
		const before = await settledTexts(labels);
		await panel().getByText('Contact Fields').first().hover();
		await page
			.locator('[data-test-id="refresh-columns"], [data-icon="refresh-cw"]')
			.first()
			.click();
		await page.waitForTimeout(800);
		await panel().getByText('Fetching fields').waitFor({ state: 'detached' });
		await eventually(async () =>
			expect(await settledTexts(labels)).toEqual(expect.arrayContaining(before)),
		);
		await editor.closeNode();
	}, 60_000);

	it('Contact Sync shows after a run how many items each of its outputs has', async () => {
		const { stack, editor, keep } = desk();
		const { id } = await importSync(stack);
		await editor.openWorkflow(id);
		await editor.page.locator(EDITOR.canvas.execute).first().click();
		const labels = editor.page.locator(EDITOR.canvas.edgeLabels);
		await labels
			.getByText(/\d+ items?/)
			.first()
			.waitFor();
		const nodeNames = ['Rows', 'Audit', 'Plan Items', 'Needs Review', 'Summary'];
		for (const name of nodeNames)
			await editor.page.locator(EDITOR.canvas.area).getByText(name).first().waitFor();
		await keep('contact-sync-outputs', await editor.screenshotCanvas('contact-sync-outputs', 640));
		await editor.openNode('Contact Sync');
		await output()
			.getByText(/Rows Branch \(\d+ items\)/)
			.waitFor();
		await keep('contact-sync-run', await editor.screenshot('contact-sync-run', panel()));
		await editor.closeNode();
		expect(editor.errors).toEqual([]);
	}, 60_000);
}

async function choose(editor: Editor, parameter: string, option: string): Promise<void> {
	await editor.page.locator(EDITOR.panel.parameter(parameter)).first().click();
	await editor.page
		.locator('.el-select-dropdown__item:visible')
		.getByText(option, { exact: true })
		.first()
		.click();
}

/** What the tests of the panel open, each behind one start; gives the id. */
async function importPanels(stack: Stack): Promise<string> {
	const { id, name } = await stack.client.createCredential({
		name: 'A token that was revoked',
		type: 'ghlPrivateIntegrationApi',
		data: { token: 'pit-revoked', locationId: SANDBOX.locationId, baseUrl: stack.sandbox.ghlUrl },
	});
	const template = await readTemplate('tag-ghl-contacts-from-heyreach-activity');
	const create = template.nodes.find((one) => one.name === 'Create contact');
	if (!create) throw new Error('The template has no "Create contact".');
	const ghl = (title: string, y: number, parameters: Record<string, unknown>) =>
		node(title, `${PACK}.ghlContacts`, [300, y], { resource: 'contact', ...parameters });
	const nobody = { operation: 'getMany', query: 'nobody is called that' };
	const nodes = [
		ghl('Tag somebody', 0, {}),
		ghl('Find nobody', 160, nobody),
		ghl('Wrong token', 320, nobody),
		{ ...create, position: [300, 480] as [number, number] },
	];
	const { id: workflowId } = await importNodes(
		stack,
		[node('Start', 'n8n-nodes-base.manualTrigger', [0, 240]), ...nodes],
		nodes.map((one): Wire => ['Start', 0, one.name, 0]),
		stack.credentials,
	);
	const stored = await stack.client.workflow(workflowId);
	for (const one of stored.nodes)
		if (one.name === 'Wrong token') one.credentials = { ghlPrivateIntegrationApi: { id, name } };
	await stack.client.request('PATCH', `/rest/workflows/${workflowId}?forceSave=true`, {
		nodes: stored.nodes,
		connections: stored.connections,
		versionId: stored.versionId,
	});
	return workflowId;
}

/** Both sides, Contact Sync, and a place behind each of its outputs. */
async function importSync(stack: Stack): Promise<StoredWorkflow> {
	const outputs = ['Rows', 'Audit', 'Plan Items', 'Needs Review', 'Summary'];
	const [list] = stack.sandbox.state.lists.keys();
	const id = { __rl: true, mode: 'id', value: String(list) };
	return await importNodes(
		stack,
		[
			node('Start', 'n8n-nodes-base.manualTrigger', [0, 200]),
			node('All contacts', `${PACK}.ghlContacts`, [260, 80], {
				resource: 'contact',
				operation: 'getMany',
				returnAll: true,
				options: { customFieldsByName: true },
			}),
			node('Leads of the list', `${PACK}.heyReach`, [260, 320], {
				resource: 'list',
				operation: 'getLeads',
				listId: id,
				returnAll: true,
			}),
			node('Contact Sync', `${PACK}.contactSync`, [600, 200], {
				operation: 'plan',
				options: { previewNewSettings: false },
			}),
			...outputs.map((_name, index) =>
				node(`Store or apply ${index + 1}`, 'n8n-nodes-base.noOp', [1020, -120 + index * 160]),
			),
		],
		[
			['Start', 0, 'All contacts', 0],
			['Start', 0, 'Leads of the list', 0],
			['All contacts', 0, 'Contact Sync', 0],
			['Leads of the list', 0, 'Contact Sync', 1],
			...outputs.map(
				(_name, index): Wire => ['Contact Sync', index, `Store or apply ${index + 1}`, 0],
			),
		],
		stack.credentials,
	);
}

type Wire = [from: string, output: number, to: string, input: number];

async function importNodes(
	stack: Stack,
	nodes: WorkflowNode[],
	wires: Wire[],
	credentials: Record<string, { id: string; name: string }>,
): Promise<StoredWorkflow> {
	const connections: Record<
		string,
		{ main: Array<Array<{ node: string; type: string; index: number }>> }
	> = {};
	for (const [from, output, to, index] of wires) {
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output].push({ node: to, type: 'main', index });
	}
	return await stack.client.importWorkflow(
		{ name: 'In the editor', nodes, connections },
		credentials,
	);
}

function node(
	name: string,
	type: string,
	position: [number, number],
	parameters: Record<string, unknown> = {},
): WorkflowNode {
	return { id: name, name, type, typeVersion: 1, position, parameters };
}
