import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditRow, LinkRow, ReviewRow } from '../../nodes/ContactSync/reconcile';
import { errorOf, itemsOf, type Execution } from '../../tools/n8n/executions';
import type { StoredWorkflow, WorkflowFile } from '../../tools/n8n/workflow';
import { PROJECT } from '../../tools/paths';
import {
	contactsOf,
	customOf,
	edits,
	leadsOf,
	RENAMED,
	unsettle,
} from '../workflow/contactSyncTrouble';
import { ARTIFACTS, Editor } from './support/browser';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';

const FILE = 'reconcile-ghl-contacts-and-heyreach-leads.json';
const IMAGES = join(PROJECT, 'docs', 'images');

// 200 contacts and 150 leads, with every kind of trouble.
let stack: Stack;
let template: WorkflowFile;
let workflow: StoredWorkflow;

beforeAll(async () => {
	stack = await startStack({
		sandbox: {
			burst: { max: 100_000, intervalMs: 10_000 },
			heyReachPerMinute: 100_000,
			allowDuplicateContact: true,
		},
	});
	unsettle(stack.sandbox);
	template = JSON.parse(await readFile(join(PROJECT, 'templates', FILE), 'utf8')) as WorkflowFile;
	workflow = await stack.client.importWorkflow(template, stack.credentials);
}, STACK_TIMEOUT_MS);

afterAll(async () => await stack?.close(), 30_000);

/** Imports the template anew with these settings. */
async function configure(settings: Record<string, unknown>): Promise<void> {
	const changed = structuredClone(template);
	const node = changed.nodes.find(({ name }) => name === 'Your settings');
	const { assignments } = node?.parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	for (const one of assignments) if (one.name in settings) one.value = settings[one.name];
	workflow = await stack.client.importWorkflow(changed, stack.credentials, workflow.id);
}

/** One run by hand: that of the sub-workflow which it starts. */
async function run(): Promise<Execution> {
	const before = new Set((await stack.client.executions(workflow.id)).map(({ id }) => id));
	const id = await stack.client.run(workflow.id);
	expectSuccess(await stack.client.waitForExecution(id, 120_000));
	const inner = (await stack.client.executions(workflow.id)).find(
		(one) => one.id !== id && !before.has(one.id),
	);
	if (!inner) throw new Error('The sub-workflow did not run');
	const execution = await stack.client.waitForExecution(inner.id, 120_000);
	expectSuccess(execution);
	return execution;
}

function expectSuccess(execution: Execution) {
	expect(errorOf(execution)).toBeUndefined();
	expect(execution.status).toBe('success');
}

const planned = (execution: Execution) =>
	itemsOf(execution, 'Plan', 1).length + itemsOf(execution, 'Plan', 2).length;

/** The address of a Data Table in n8n's REST API. */
async function tableUrl(name: string): Promise<string> {
	const { data } = await stack.client.request<{
		data: Array<{ id: string; name: string; projectId: string }>;
	}>('GET', '/rest/data-tables-global?take=100');
	const table = data.find((one) => one.name === name);
	if (!table) throw new Error(`No Data Table ${name}`);
	return `/rest/projects/${table.projectId}/data-tables/${table.id}`;
}

async function rowsOf<T>(name: string): Promise<T[]> {
	const url = await tableUrl(name);
	const rows: T[] = [];
	for (;;) {
		const page = await stack.client.request<{ count: number; data: T[] }>(
			'GET',
			`${url}/rows?take=250&skip=${rows.length}`,
		);
		rows.push(...page.data);
		if (rows.length >= page.count || page.data.length === 0) return rows;
	}
}

const links = async () => await rowsOf<LinkRow>('Sync links');
const linked = async () => (await links()).filter(({ state }) => state === 'linked');
const audit = async () => await rowsOf<AuditRow>('Sync audit');
const review = async () => await rowsOf<ReviewRow>('Sync review');

const enrolled = () =>
	[...stack.sandbox.state.campaigns.values()].map(({ id, leads }) => [id, leads.length]);

let campaigns: ReturnType<typeof enrolled>;

it('the first run is dry: it makes its tables and writes nothing', async () => {
	campaigns = enrolled();
	const before = JSON.stringify(contactsOf(stack.sandbox));
	const execution = await run();
	expect(JSON.stringify(contactsOf(stack.sandbox))).toBe(before);
	const [message] = itemsOf(execution, 'Summary message');
	expect(message.json.message).toContain('Dry run: nothing was written.');
	expect((await links()).map(({ state }) => state)).toEqual(['run']);
}, 180_000);

it('the second writes, the third rests, and nobody is there twice', async () => {
	await configure({ dryRun: false, createInGhl: true });
	// Changed settings are previewed once.
	expect(planned(await run())).toBe(0);
	expect(planned(await run())).toBeGreaterThan(100);
	const pairs = await linked();
	expect(pairs.length).toBeGreaterThan(140);
	for (const side of ['aId', 'bId'] as const) {
		expect(new Set(pairs.map((pair) => pair[side])).size).toBe(pairs.length);
	}
	const failed = (await audit()).filter(({ applied }) => applied === 'failed');
	expect(failed.map(({ error }) => error)).toEqual([]);

	stack.sandbox.requests.clear();
	const rest = await run();
	expect(planned(rest)).toBe(0);
	expect(stack.sandbox.requests.list().filter(({ method }) => method === 'PUT')).toEqual([]);
	expect(await linked()).toHaveLength(pairs.length);
	expect(enrolled()).toEqual(campaigns);
}, 240_000);

it('carries edits, with every overwritten value in the audit table', async () => {
	edits(stack.sandbox, await linked());
	const before = new Map(contactsOf(stack.sandbox).map((one) => [one.id, structuredClone(one)]));
	await run();
	await run();
	const rows = await audit();
	let overwritten = 0;
	for (const contact of contactsOf(stack.sandbox)) {
		const old = before.get(contact.id);
		for (const name of ['Job title', 'LinkedIn profile']) {
			const value = old && customOf(stack.sandbox, old, name);
			if (value === undefined || value === customOf(stack.sandbox, contact, name)) continue;
			overwritten++;
			expect(rows).toContainEqual(
				expect.objectContaining({ aId: contact.id, before: value, applied: 'ok' }),
			);
		}
	}
	expect(overwritten).toBeGreaterThan(2);
	const profiles = contactsOf(stack.sandbox).map((one) =>
		customOf(stack.sandbox, one, 'LinkedIn profile'),
	);
	expect(profiles).toContain(RENAMED);
	expect((await links()).some(({ state }) => state === 'tombstone')).toBe(true);
	expect(leadsOf(stack.sandbox)).toHaveLength(149);
}, 240_000);

it('obeys what a person answers in the table', async () => {
	const open = (await review()).find(({ kind, status }) => kind === 'initial' && status === 'open');
	expect(open).toBeDefined();
	const { conflictId, valueA, valueB } = open as ReviewRow;
	await stack.client.request('PATCH', `${await tableUrl('Sync review')}/rows`, {
		filter: {
			type: 'and',
			filters: [{ columnName: 'conflictId', condition: 'eq', value: conflictId }],
		},
		data: { choose: 'B', by: 'Kim' },
	});
	await run();
	expect(await audit()).toContainEqual(
		expect.objectContaining({ actor: 'Kim', before: valueA, after: valueB, applied: 'ok' }),
	);
	const answered = (await review()).find((row) => row.conflictId === conflictId);
	expect(answered).toMatchObject({ status: 'applied', choose: 'B', by: 'Kim' });
}, 180_000);

it('of two runs that are started together, one does the work', async () => {
	const before = new Set((await stack.client.executions(workflow.id)).map(({ id }) => id));
	const ids = await Promise.all([stack.client.run(workflow.id), stack.client.run(workflow.id)]);
	for (const id of ids) expectSuccess(await stack.client.waitForExecution(id, 120_000));
	const inner = (await stack.client.executions(workflow.id)).filter(
		({ id }) => !before.has(id) && !ids.includes(id),
	);
	const ran = await Promise.all(
		inner.map(async ({ id }) => await stack.client.waitForExecution(id, 120_000)),
	);
	expect(ran).toHaveLength(2);
	expect(ran.filter((one) => itemsOf(one, 'Plan', 4).length > 0)).toHaveLength(1);
}, 180_000);

/** A workflow that writes a links row many times over, in the way of the template. */
function manyRows(count: number): WorkflowFile {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0] as [number, number],
		parameters: parameters as Record<string, unknown>,
	});
	const like = template.nodes.filter(({ name }) =>
		['Make table: links', 'Insert new links', 'Update links'].includes(name),
	);
	const [table, insert, update] = ['Make table: links', 'Insert new links', 'Update links'].map(
		(name) => structuredClone(like.find((one) => one.name === name)!),
	);
	table.parameters.tableName = 'many_links';
	for (const one of [insert, update]) {
		one.parameters.dataTableId = { __rl: true, mode: 'name', value: 'many_links' };
	}
	const rows = (rev: number) =>
		`={{ Array.from({ length: ${count} }, (_, i) => ({ pairId: 'pair' + String(i).padStart(16, '0'), aId: 'contact' + String(i).padStart(13, '0'), bId: String(120000000 + i), state: 'linked', rev: ${rev}, base: '${'x'.repeat(110)}', aliases: '', keys: '', opKey: '', fullRuns: 1, changedAt: '2026-11-24T00:00:00.000Z' })) }}`;
	const set = (name: string, value: string) =>
		node(name, 'set', 3.4, {
			mode: 'raw',
			jsonOutput: `={{ { rows: ${value.slice(4, -3)} } }}`,
			options: {},
		});
	const split = (name: string) =>
		node(name, 'splitOut', 1, { fieldToSplitOut: 'rows', options: {} });
	const nodes = [
		node('Start', 'manualTrigger', 1, {}),
		table,
		set('First', rows(1)),
		split('Split first'),
		insert,
		set('Second', rows(2)),
		split('Split second'),
		update,
	];
	const pairs = nodes.slice(1).map((next, index) => [nodes[index].name, next.name]);
	const connections = Object.fromEntries(
		pairs.map(([from, to]) => [from, { main: [[{ node: to, type: 'main', index: 0 }]] }]),
	);
	return { name: 'Many rows', nodes, connections, settings: { executionOrder: 'v1' } };
}

it('stores 2,000 rows in seconds, and its rows are small', async () => {
	const many = await stack.client.importWorkflow(manyRows(2_000));
	const execution = await stack.client.waitForExecution(await stack.client.run(many.id), 120_000);
	expectSuccess(execution);
	const time = (name: string) => execution.data.resultData.runData[name][0].executionTime;
	const { dataTables } = await stack.client.request<{
		dataTables: Record<string, { name: string; sizeBytes: number }>;
	}>('GET', '/rest/data-tables-global/limits');
	const size = Object.values(dataTables).find(({ name }) => name === 'many_links')?.sizeBytes ?? 0;
	const figures = { insertMs: time('Insert new links'), updateMs: time('Update links'), size };
	await mkdir(ARTIFACTS, { recursive: true });
	await writeFile(join(ARTIFACTS, 'links.json'), JSON.stringify(figures));
	expect(figures.insertMs).toBeLessThan(20_000);
	expect(figures.updateMs).toBeLessThan(60_000);
	expect(size / 2_000).toBeLessThan(600);
}, 180_000);

it('looks as it should in the editor', async () => {
	const editor = await Editor.open(stack.n8n.url);
	const keep = async (name: string, picture: string) => {
		if (!process.env.UPDATE_SCREENSHOTS) return;
		await mkdir(join(IMAGES, 'templates'), { recursive: true });
		await copyFile(picture, join(IMAGES, `${name}.png`));
	};
	try {
		await editor.openWorkflow(workflow.id);
		await keep(
			'templates/reconcile-ghl-contacts-and-heyreach-leads',
			await editor.screenshotCanvas('reconcile-template'),
		);
		await keep('contact-sync-fields', await editor.screenshotNode('Plan', 'contact-sync-fields'));
		expect(editor.outside).toEqual([]);
		expect(editor.errors).toEqual([]);
	} finally {
		await editor.close();
	}
}, 120_000);
