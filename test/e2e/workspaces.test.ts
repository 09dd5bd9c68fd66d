import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { SANDBOX } from '../../sandbox';
import { itemsOf } from '../../tools/n8n/executions';
import type { CredentialRef, WorkflowFile, WorkflowNode } from '../../tools/n8n/workflow';
import { DEFAULT_N8N, LAST_N8N_1 } from '../../tools/n8n/runtime';
import { PROJECT } from '../../tools/paths';
import { Editor } from './support/browser';
import { EDITOR } from './support/selectors';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';
import { eventually, settledTexts } from './support/waiting';

const PACK = 'n8n-nodes-ghl-heyreach';
const clients = SANDBOX.heyReachClients;
const [bright, cedar, delta] = clients;
/** The one LinkedIn sender of each client: it tells whose workspace a key opens. */
const SENDERS: Record<string, string> = {
	[bright.name]: 'Bea Bright',
	[cedar.name]: 'Cem Cedar',
	[delta.name]: 'Dana Delta',
};
/** n8n's sign for a saved secret, which the browser gets in place of it. */
const BLANK = /^__n8n_BLANK_VALUE_/;

let stack: Stack;
let editor: Editor;

/** Pictures for the docs are renewed by UPDATE_SCREENSHOTS=1. */
async function keep(name: string, picture: string): Promise<void> {
	if (!process.env.UPDATE_SCREENSHOTS) return;
	await copyFile(picture, join(PROJECT, 'docs', 'images', `${name}.png`));
}

/** The clients' workspaces as the credential carries them. */
const PLACES = Object.fromEntries(
	clients.map(({ name, key }, at) => [`workspace${at + 2}`, { name, apiKey: key }]),
);

interface Form {
	apiKey: string;
	baseUrl: string;
	workspaces?: Record<string, { name: string; apiKey: string }>;
}

/** What the editor gets of a saved credential. */
const formOf = async (id: string): Promise<{ name: string; type: string; data: Form }> =>
	await stack.client.request('GET', `/rest/credentials/${id}?includeData=true`);

const createCredential = async (name: string, workspaces: Form['workspaces'] = {}) =>
	await stack.client.createCredential({
		name,
		type: 'heyReachApi',
		data: { apiKey: SANDBOX.heyReachKey, baseUrl: stack.sandbox.heyReachUrl, workspaces },
	});

/** Saves what the editor got, changed: as the editor does, with dots in place of every secret. */
async function save(id: string, change: (form: Form) => void): Promise<void> {
	const { name, type, data } = await formOf(id);
	change(data);
	await stack.client.request('PATCH', `/rest/credentials/${id}`, { name, type, data });
}

const node = (
	name: string,
	type: string,
	parameters: Record<string, unknown>,
	at = 0,
): WorkflowNode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [at, 0],
	parameters,
});

/** Asks for the senders of each workspace, one item for each. */
function sendersOf(names: string[]): WorkflowFile {
	return {
		name: 'Whose workspace is it',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			node(
				'Clients',
				'n8n-nodes-base.code',
				{ jsCode: `return ${JSON.stringify(names.map((name) => ({ json: { name } })))};` },
				220,
			),
			{
				...node(
					'HeyReach',
					`${PACK}.heyReach`,
					{
						workspace: '={{ $json.name }}',
						resource: 'sender',
						operation: 'getMany',
						returnAll: true,
					},
					440,
				),
				onError: 'continueRegularOutput',
			} as WorkflowNode,
		],
		connections: {
			Start: { main: [[{ node: 'Clients', type: 'main', index: 0 }]] },
			Clients: { main: [[{ node: 'HeyReach', type: 'main', index: 0 }]] },
		},
	};
}

/** Whose senders a run finds under each name; the error where it finds none. */
async function ownersUnder(
	{ id, name }: CredentialRef,
	names: string[],
): Promise<Record<string, string>> {
	const { id: workflowId } = await stack.client.importWorkflow(sendersOf(names), {
		heyReachApi: { id, name },
	});
	const run = await stack.client.waitForExecution(await stack.client.run(workflowId));
	const found: Record<string, string> = {};
	for (const { json, pairedItem } of itemsOf(run, 'HeyReach')) {
		const [paired] = [pairedItem].flat() as Array<number | { item: number } | undefined>;
		const at = typeof paired === 'object' ? paired.item : Number(paired);
		const error = json.error as string | undefined;
		found[names[at]] = error ?? `${String(json.firstName)} ${String(json.lastName)}`;
	}
	return found;
}

const missing = (name: string) => `The HeyReach credential has no workspace “${name}”`;

describe.each([DEFAULT_N8N, LAST_N8N_1])('Workspaces of HeyReach on n8n %s', (n8nVersion) => {
	beforeAll(async () => {
		stack = await startStack({ n8nVersion, sandbox: { heyReachClients: true } });
		editor = await Editor.open(stack.n8n.url);
	}, STACK_TIMEOUT_MS);
	afterAll(async () => {
		await editor?.close();
		await stack?.close();
	}, 30_000);

	describe('The form of the credential', () => {
		const dialog = () => editor.page.locator(EDITOR.credential.dialog);
		const field = () => dialog().locator('[data-test-id="fixed-collection-workspaces"]');
		const seen: string[] = [];

		beforeAll(() => {
			editor.page.on('response', (response) => {
				void response.text().then(
					(text) => {
						const key = clients.find((client) => text.includes(client.key));
						if (key) seen.push(`${response.url()}: ${key.name}`);
					},
					() => undefined,
				);
			});
		});

		async function open(name: string): Promise<void> {
			await editor.page.goto(stack.n8n.url + EDITOR.credential.list);
			await editor.page.locator(EDITOR.credential.cards).getByText(name).first().click();
			await dialog().waitFor();
			await dialog().getByText('API Base URL').first().waitFor();
		}

		const last = (parameter: string): Locator =>
			field()
				.locator(`${EDITOR.panel.parameter(parameter)} input`)
				.last();

		async function add(place: string, name: string, key: string): Promise<void> {
			await field().getByRole('combobox').last().click();
			await editor.page.getByText(place, { exact: true }).last().click();
			await field().getByText(place, { exact: true }).waitFor();
			await last('name').fill(name);
			await last('apiKey').fill(key);
		}

		/** Removes the first workspace, which stands in `place`. A busy browser may miss a click on its icon. */
		async function removeFirst(place: string): Promise<void> {
			const shown = field().getByText(place, { exact: true });
			await shown.waitFor();
			for (let tries = 0; tries < 5 && (await shown.count()) > 0; tries++) {
				await field()
					.locator('[data-test-id="fixed-collection-delete"]')
					.first()
					.click({ force: true });
				await shown.waitFor({ state: 'detached', timeout: 6_000 }).catch(() => undefined);
			}
			await shown.waitFor({ state: 'detached', timeout: 1_000 });
		}

		async function saveForm(): Promise<void> {
			const tested = editor.page.waitForResponse(/rest\/credentials\/test/);
			await editor.page.locator(EDITOR.credential.save).first().click();
			await tested;
			await sleep(1_000);
		}

		let credential: CredentialRef;

		it('takes the workspaces of three clients, tests their keys, and shows none again', async () => {
			credential = await createCredential('HeyReach of the agency');
			await open(credential.name);
			for (const [at, { name, key }] of clients.entries())
				await add(`Workspace ${at + 2}`, name, key);
			await saveForm();
			await dialog().locator(EDITOR.credential.works).waitFor();
			await open(credential.name);
			await field().scrollIntoViewIfNeeded();
			const picture = await editor.screenshot('credential-heyreach-workspaces', dialog());
			if (n8nVersion === DEFAULT_N8N) await keep('credential-heyreach-workspaces', picture);
			const { data } = await formOf(credential.id);
			expect(data.workspaces).toEqual(
				Object.fromEntries(
					clients.map(({ name }, at) => [
						`workspace${at + 2}`,
						{ name, apiKey: expect.stringMatching(BLANK) as string },
					]),
				),
			);
			expect(await ownersUnder(credential, Object.keys(SENDERS))).toEqual(SENDERS);
		}, 120_000);

		it('loses the first one without giving its key to another name', async () => {
			await open(credential.name);
			await removeFirst('Workspace 2');
			await saveForm();
			expect(await ownersUnder(credential, Object.keys(SENDERS))).toEqual({
				...SENDERS,
				[bright.name]: missing(bright.name),
			});
		}, 120_000);

		it('has no old key in a place that is given to somebody else', async () => {
			await open(credential.name);
			await removeFirst('Workspace 3');
			await add('Workspace 3', 'Echo Motors', '');
			await saveForm();
			const { status, message } = await stack.client.testCredential(credential.id);
			expect({ status, message }).toEqual({
				status: 'Error',
				message: expect.stringContaining(
					'Workspace “Echo Motors” of the HeyReach credential has no API key',
				) as string,
			});
		}, 120_000);

		it('has sent no key to the browser', () => {
			expect(seen).toEqual([]);
		});
	});

	describe('A credential, saved again and again', () => {
		it.each(clients.map(({ name }, at) => [name, `workspace${at + 2}`]))(
			'keeps every other key with its name when %s is removed',
			async (name, place) => {
				const credential = await createCredential(`Without ${name}`, PLACES);
				await save(credential.id, ({ workspaces }) => delete workspaces?.[place]);
				expect(await ownersUnder(credential, Object.keys(SENDERS))).toEqual({
					...SENDERS,
					[name]: missing(name),
				});
			},
			60_000,
		);

		it('gives no key to a name that comes in another place with dots for a key', async () => {
			const credential = await createCredential('Moved', PLACES);
			const { data } = await formOf(credential.id);
			const blank = data.apiKey;
			await save(credential.id, ({ workspaces = {} }) => {
				delete workspaces.workspace2;
				workspaces.workspace9 = { name: bright.name, apiKey: blank };
			});
			expect((await stack.client.testCredential(credential.id)).message).toContain(
				`Workspace “${bright.name}” of the HeyReach credential has no API key`,
			);
		}, 60_000);

		it('is tested key by key, and the test names the workspace whose key is refused', async () => {
			const credential = await createCredential('One old key', {
				...PLACES,
				workspace3: { name: cedar.name, apiKey: 'an-old-key-of-cedar' },
			});
			const { status, message } = await stack.client.testCredential(credential.id);
			expect(status).toBe('Error');
			expect(message).toContain(
				'Key of workspace “Cedar Fitness”: HeyReach does not accept the API',
			);
			expect(message).not.toMatch(/Bright|Delta|own workspace|old-key/);
		}, 60_000);
	});

	// Where things are in the editor is known of the newest n8n.
	if (n8nVersion === DEFAULT_N8N)
		describe('The field Workspace in the editor', () => {
			const panel = () => editor.page.locator(EDITOR.panel.root);
			const choose = async (option: string) => {
				await panel().locator(EDITOR.panel.parameter('workspace')).first().click();
				const options = editor.page.locator('.el-select-dropdown__item:visible');
				await options.getByText(option, { exact: true }).first().waitFor();
				const names = await settledTexts(options);
				await options.getByText(option, { exact: true }).first().click();
				return names.map((name) => name.split('\n')[0]);
			};
			const listed = async () => {
				await panel().locator(EDITOR.panel.locatorInput).first().click();
				const items = editor.page.locator(EDITOR.panel.locatorItems);
				return await settledTexts(items);
			};

			it('lists the workspaces, and the lists of the one that is chosen', async () => {
				const { id, name } = await createCredential('For the editor', PLACES);
				const workflow = await stack.client.importWorkflow(
					{
						name: 'Choose a workspace',
						nodes: [
							node(
								'HeyReach',
								`${PACK}.heyReach`,
								{ resource: 'list', operation: 'getLeads' },
								220,
							),
						],
						connections: {},
					},
					{ heyReachApi: { id, name } },
				);
				await editor.openWorkflow(workflow.id);
				const names = editor.page.waitForResponse(/dynamic-node-parameters\/options/);
				await editor.openNode('HeyReach');
				await names;
				await sleep(500);
				expect(await choose(cedar.name)).toEqual(
					expect.arrayContaining(["The Credential's Own Workspace", ...Object.keys(SENDERS)]),
				);
				expect(await listed()).toEqual([
					'Cedar Fitness: prospects (a campaign uses it)',
					'Cedar Fitness: partners (a campaign uses it)',
				]);
				await keep('heyreach-workspace', await editor.screenshot('heyreach-workspace', panel()));
				await editor.page
					.locator(EDITOR.panel.locatorItems)
					.getByText('Cedar Fitness: partners')
					.click();

				await choose(delta.name);
				expect(await listed()).toEqual([
					'Delta Roofing: prospects (a campaign uses it)',
					'Delta Roofing: partners (a campaign uses it)',
				]);
				await editor.page.keyboard.press('Escape');
				await editor.closeNode();
				expect(editor.errors).toEqual([]);
			}, 60_000);
		});

	describe('HeyReach Trigger on all workspaces', () => {
		const ids = [SANDBOX.heyReachWorkspaceId, ...clients.map(({ workspaceId }) => workspaceId)];
		const webhooks = () => ids.map((id) => stack.sandbox.state.workspace(id).webhooks.size);
		it('registers in each, says where an item comes from, and removes its webhooks again', async () => {
			const { id, name } = await createCredential('All clients', PLACES);
			const trigger = {
				...node('HeyReach Trigger', `${PACK}.heyReachTrigger`, {
					workspace: '*',
					events: ['message_sent'],
				}),
				webhookId: 'webhook-of-all-workspaces',
			};
			const workflow = await stack.client.importWorkflow(
				{ name: 'All workspaces', nodes: [trigger], connections: {} },
				{ heyReachApi: { id, name } },
			);
			await stack.client.activate(workflow.id);
			await stack.client.waitForWebhook(await stack.client.webhookUrl(workflow, trigger.name));
			await eventually(async () => expect(new Set(webhooks())).toEqual(new Set([1])));

			for (const workspaceId of ids) {
				const [campaign] = stack.sandbox.state.workspace(workspaceId).campaigns.values();
				await stack.sandbox.sendHeyReachEvent({
					workspaceId,
					eventType: 'MESSAGE_SENT',
					campaignId: campaign.id,
					leadId: campaign.leads[0].linkedinId,
				});
			}
			const runs = await stack.client.waitForExecutions(workflow.id, { count: 4 });
			const from = runs.flatMap((run) =>
				itemsOf(run, trigger.name).map(({ json }) => [
					json.workspace,
					(json.campaign as { id: number }).id,
				]),
			);
			expect(from.sort()).toEqual(
				[
					['', 1001],
					[bright.name, 1101],
					[cedar.name, 1201],
					[delta.name, 1301],
				].sort(),
			);
			await stack.client.deactivate(workflow.id);
			await eventually(async () => expect(new Set(webhooks())).toEqual(new Set([0])));
		}, 120_000);
	});
});
