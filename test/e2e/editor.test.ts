import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ghlResources } from '../../nodes/Ghl/resources';
import { heyReachResources } from '../../nodes/HeyReach/resources';
import { SANDBOX } from '../../sandbox';
import type { ParameterQuestion } from '../../tools/n8n/client';
import type { StoredWorkflow } from '../../tools/n8n/workflow';
import { PROJECT } from '../../tools/paths';
import { credentialStatusTests } from './editor/credentialStatus';
import { filteringTests } from './editor/filtering';
import { handlingTests } from './editor/handling';
import { migratingTests } from './editor/migrating';
import { pickingTests } from './editor/picking';
import { recipeTests } from './editor/recipes';
import { syncPanelTests } from './editor/syncPanel';
import { walkingTests } from './editor/walking';
import { Editor } from './support/browser';
import { connectByHttp } from './support/oauthDance';
import { EDITOR } from './support/selectors';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';

const CONTACTS = 'n8n-nodes-ghl-heyreach.ghlContacts';
const IMAGES = join(PROJECT, 'docs', 'images');

let stack: Stack;
beforeAll(async () => {
	stack = await startStack();
}, STACK_TIMEOUT_MS);
afterAll(async () => await stack?.close(), 30_000);

/** Pictures for the docs are renewed by UPDATE_SCREENSHOTS=1. */
async function keep(name: string, picture: string): Promise<void> {
	if (!process.env.UPDATE_SCREENSHOTS) return;
	await mkdir(IMAGES, { recursive: true });
	await copyFile(picture, join(IMAGES, `${name}.png`));
}

/** What the editor asks n8n for a parameter of GHL Contacts. */
function question(methodName: string, more: object = {}, filter?: string): ParameterQuestion {
	return {
		nodeTypeAndVersion: { name: CONTACTS, version: 1 },
		methodName,
		path: 'parameters.x',
		filter,
		currentNodeParameters: {
			authentication: 'privateIntegration',
			resource: 'contact',
			operation: 'create',
			...more,
		},
		credentials: { ghlPrivateIntegrationApi: stack.credentials.ghlPrivateIntegrationApi },
	};
}

const names = async (method: string, filter?: string) =>
	(await stack.client.resourceLocatorResults(question(method, {}, filter))).results.map(
		({ name }) => name,
	);

describe('Pickers, asked as the editor asks them', () => {
	it('contacts: pages of fifty, and a search', async () => {
		const first = await stack.client.resourceLocatorResults(question('searchContacts'));
		expect(first.results).toHaveLength(50);
		const second = await stack.client.resourceLocatorResults({
			...question('searchContacts'),
			paginationToken: first.paginationToken,
		});
		const ids = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(ids).size).toBe(100);
		expect(await names('searchContacts', 'ada.abara.0@example.com')).toContain(
			'Ada Abara (ada.abara.0@example.com)',
		);
	});

	it.each([
		['searchUsers', 5],
		['searchBusinesses', 3],
		['searchCalendars', 3],
	])('%s: all %i, sorted, and a search among them', async (method, count) => {
		const all = await names(method);
		expect(all).toHaveLength(count);
		expect(all).toEqual([...all].sort((a, b) => a.localeCompare(b)));
		expect(await names(method, all[1].slice(0, 6).toLowerCase())).toContain(all[1]);
		expect(await names(method, 'nothing like it')).toEqual([]);
	});

	it('custom fields by name', async () => {
		expect(await names('searchCustomFields', 'linkedin')).toEqual([
			'LinkedIn member id',
			'LinkedIn profile',
		]);
	});

	it('say what is wrong with the connection', async () => {
		const wrong = await stack.client.createCredential({
			name: 'Wrong',
			type: 'ghlPrivateIntegrationApi',
			data: {
				token: SANDBOX.readOnlyToken,
				locationId: SANDBOX.locationId,
				baseUrl: stack.sandbox.ghlUrl,
			},
		});
		const asked = stack.client.resourceLocatorResults({
			...question('searchUsers'),
			credentials: { ghlPrivateIntegrationApi: { id: wrong.id, name: 'Wrong' } },
		});
		await expect(asked).rejects.toThrow('The token lacks the scope users.readonly');
	});

	it('columns of a contact: custom fields among them, and on an update only what HighLevel takes', async () => {
		const columns = async (operation: string) =>
			(await stack.client.resourceMapperFields(question('getContactColumns', { operation })))
				.fields;
		const create = await columns('create');
		expect(create.map(({ id }) => id)).toEqual(
			expect.arrayContaining(['email', 'companyName', 'contact.linkedin_profile']),
		);
		expect(create.find(({ id }) => id === 'contact.renewal_date')?.type).toBe('dateTime');
		const update = (await columns('update')).map(({ id }) => id);
		expect(update).toContain('email');
		expect(update).not.toContain('companyName');
		expect(update).not.toContain('gender');
	});

	it('campaigns of HeyReach', async () => {
		const options = await stack.client.options({
			nodeTypeAndVersion: { name: 'n8n-nodes-ghl-heyreach.heyReachTrigger', version: 1 },
			methodName: 'getCampaigns',
			path: 'parameters.campaigns',
			currentNodeParameters: {},
			credentials: { heyReachApi: stack.credentials.heyReachApi },
		});
		expect(options.map(({ name }) => name)).toEqual([
			expect.stringContaining('Agency partners'),
			expect.stringContaining('Event follow-up'),
			expect.stringContaining('Founders outreach'),
		]);
	});
});

describe('The recipes of docs/light-scripting.md, in n8n’s Code node', () =>
	recipeTests(() => stack));

describe('The test of a credential says what is wrong and what to do, of', () =>
	credentialStatusTests(() => stack));

describe('docs/migrating.md, beside the node that n8n has', () => migratingTests(() => stack));

describe('In the editor', () => {
	let editor: Editor;
	beforeAll(async () => {
		editor = await Editor.open(stack.n8n.url);
	}, 60_000);
	afterAll(async () => await editor?.close());

	handlingTests(() => ({ stack, editor, keep }));
	pickingTests(() => ({ stack, editor, keep }));
	filteringTests(() => ({ stack, editor, keep }));
	syncPanelTests(() => ({ stack, editor, keep }));
	walkingTests(() => ({ stack, editor }));

	async function workflowWith(parameters: Record<string, unknown>): Promise<StoredWorkflow> {
		const [id] = stack.sandbox.state.contacts.keys();
		const start = {
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
		};
		const ghl = {
			...start,
			id: 'ghl',
			name: 'GHL Contacts',
			type: CONTACTS,
			position: [220, 0] as [number, number],
			parameters: { contactId: { __rl: true, mode: 'list', value: id }, ...parameters },
		};
		return await stack.client.importWorkflow(
			{
				name: 'In the editor',
				nodes: [start, ghl],
				connections: { Start: { main: [[{ node: 'GHL Contacts', type: 'main', index: 0 }]] } },
			},
			stack.credentials,
		);
	}

	it.each([
		['ghl', 'GHL Contacts', ghlResources],
		['linkedin', 'HeyReach', heyReachResources],
	])(
		'the list of nodes finds “%s”: %s, with all that it can do',
		async (word, node, resources) => {
			const { id } = await workflowWith({});
			await editor.openWorkflow(id);
			const picture = `actions-${node.toLowerCase().replace(' ', '-')}`;
			const [names, file] = await editor.actionsOf(word, node, picture);
			await keep(picture, file);
			// The page of an installed package asks for its published versions; this browser lets nothing out.
			expect(editor.outside.filter((url) => !url.endsWith('/n8n-nodes-ghl-heyreach'))).toEqual([]);
			editor.outside.length = 0;
			const actions = resources.flatMap(({ operations }) => operations.map(({ action }) => action));
			expect(actions.filter((action) => !names.includes(action))).toEqual([]);
		},
		60_000,
	);

	it('shows the lists of HeyReach, picked and read', async () => {
		const workflow = await stack.client.importWorkflow(
			{
				name: 'HeyReach in the editor',
				nodes: [
					{
						id: 'start',
						name: 'Start',
						type: 'n8n-nodes-base.manualTrigger',
						typeVersion: 1,
						position: [0, 0],
						parameters: {},
					},
					{
						id: 'heyreach',
						name: 'HeyReach',
						type: 'n8n-nodes-ghl-heyreach.heyReach',
						typeVersion: 1,
						position: [220, 0],
						parameters: { resource: 'list', operation: 'getMany' },
					},
				],
				connections: { Start: { main: [[{ node: 'HeyReach', type: 'main', index: 0 }]] } },
			},
			stack.credentials,
		);
		await editor.openWorkflow(workflow.id);
		const panel = await editor.openNode('HeyReach');
		await panel.locator(EDITOR.panel.execute).first().click();
		const [list] = stack.sandbox.state.lists.values();
		await panel.locator(EDITOR.panel.output).getByText(list.name).first().waitFor();
		await keep('heyreach-results', await editor.screenshot('heyreach-results', panel));
		await editor.closeNode();
	}, 60_000);

	it('shows the results of a search', async () => {
		const { id } = await workflowWith({ resource: 'contact', operation: 'getMany', limit: 5 });
		await editor.openWorkflow(id);
		const panel = await editor.openNode('GHL Contacts');
		await panel.locator(EDITOR.panel.execute).first().click();
		await panel.locator(EDITOR.panel.output).getByText('example.com').first().waitFor();
		await keep('ghl-contacts-results', await editor.screenshot('ghl-contacts-results', panel));
		await editor.closeNode();
	}, 60_000);

	it('lets a person pick a contact, and fill in a table of its fields', async () => {
		const { id } = await workflowWith({ resource: 'contact', operation: 'update' });
		await editor.openWorkflow(id);
		const panel = await editor.openNode('GHL Contacts');
		await panel.getByText('Contact Fields').first().waitFor();
		await panel
			.locator(EDITOR.panel.parameter('contactId'))
			.locator(EDITOR.panel.locatorInput)
			.first()
			.click();
		await editor.page.locator(EDITOR.panel.locatorItems).first().waitFor();
		await keep('pick-a-contact', await editor.screenshot('pick-a-contact', panel));
		await editor.page.keyboard.press('Escape');
		expect(editor.errors).toEqual([]);
		expect(editor.outside).toEqual([]);
	}, 60_000);

	it.each([
		['credential-private-integration', 'GHL sandbox'],
		['credential-heyreach', 'HeyReach sandbox'],
		['credential-oauth2', 'GHL OAuth2'],
	])(
		'shows %s',
		async (picture, name) => {
			if (name === 'GHL OAuth2') await connectByHttp(stack.client, stack.sandbox, 'readContacts');
			await editor.page.goto(stack.n8n.url + EDITOR.credential.list);
			await editor.page.locator(EDITOR.credential.cards).getByText(name).first().click();
			const dialog = editor.page.locator(EDITOR.credential.dialog);
			await dialog.waitFor();
			await editor.page.waitForTimeout(1_500);
			await keep(picture, await editor.screenshot(picture, dialog));
			await editor.page.keyboard.press('Escape');
		},
		60_000,
	);
});
