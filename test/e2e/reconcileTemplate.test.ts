import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReviewRow } from '../../nodes/ContactSync/reconcile';
import { itemsOf } from '../../tools/n8n/executions';
import type { WorkflowFile } from '../../tools/n8n/workflow';
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
import { expectSuccess, planned, Reconcile, SYNC_SANDBOX } from './support/reconcile';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';
import { VISITOR, formUrl, giveName, submit, visitForms } from './templates/forms';
import { readTemplate, until } from './templates/rig';

const IMAGES = join(PROJECT, 'docs', 'images');

// 200 contacts and 150 leads, with every kind of trouble.
let stack: Stack;
let sync: Reconcile;

beforeAll(async () => {
	stack = await startStack({ sandbox: SYNC_SANDBOX });
	unsettle(stack.sandbox);
	sync = await Reconcile.import(stack);
}, STACK_TIMEOUT_MS);

afterAll(async () => await stack?.close(), 30_000);

const enrolled = () =>
	[...stack.sandbox.state.campaigns.values()].map(({ id, leads }) => [id, leads.length]);

let campaigns: ReturnType<typeof enrolled>;

it('the first run is dry: it makes its tables and writes nothing', async () => {
	campaigns = enrolled();
	const before = JSON.stringify(contactsOf(stack.sandbox));
	const execution = await sync.run();
	expect(JSON.stringify(contactsOf(stack.sandbox))).toBe(before);
	const [message] = itemsOf(execution, 'Summary message');
	expect(message.json.message).toContain('Dry run: nothing was written.');
	expect((await sync.links()).map(({ state }) => state)).toEqual(['run']);
}, 180_000);

it('the second writes, the third rests, and nobody is there twice', async () => {
	await sync.configure({ dryRun: false, createInGhl: true });
	// Changed settings are previewed once.
	expect(planned(await sync.run())).toBe(0);
	expect(planned(await sync.run())).toBeGreaterThan(100);
	const pairs = await sync.linked();
	expect(pairs.length).toBeGreaterThan(140);
	for (const side of ['aId', 'bId'] as const) {
		expect(new Set(pairs.map((pair) => pair[side])).size).toBe(pairs.length);
	}
	const failed = (await sync.audit()).filter(({ applied }) => applied === 'failed');
	expect(failed.map(({ error }) => error)).toEqual([]);

	stack.sandbox.requests.clear();
	const rest = await sync.run();
	expect(planned(rest)).toBe(0);
	expect(stack.sandbox.requests.list().filter(({ method }) => method === 'PUT')).toEqual([]);
	expect(await sync.linked()).toHaveLength(pairs.length);
	expect(enrolled()).toEqual(campaigns);
}, 240_000);

it('carries edits, with every overwritten value in the audit table', async () => {
	edits(stack.sandbox, await sync.linked());
	const before = new Map(contactsOf(stack.sandbox).map((one) => [one.id, structuredClone(one)]));
	await sync.run();
	await sync.run();
	const rows = await sync.audit();
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
	expect((await sync.links()).some(({ state }) => state === 'tombstone')).toBe(true);
	expect(leadsOf(stack.sandbox)).toHaveLength(149);
}, 240_000);

/** Decides a conflict for HeyReach in the form of the template *Decide sync conflicts by hand*. */
async function decideInForm({ conflictId, name, field, valueB }: ReviewRow): Promise<void> {
	const { client, credentials } = stack;
	const form = await client.importWorkflow(
		await readTemplate('decide-sync-conflicts-by-hand'),
		credentials,
	);
	expectSuccess(await client.waitForExecution(await client.run(form.id, 'Run once to set up')));
	await client.activate(form.id);
	await visitForms(async (page) => {
		const url = formUrl(stack, 'decide-sync-conflicts');
		await until('the form', async () => (await fetch(url)).status !== 404);
		await page.goto(url);
		await giveName(page);
		await submit(page);
		const headings = page.locator('h3').filter({ hasText: `${name}: ${field}` });
		await headings.first().waitFor();
		const shown = (await sync.review()).filter(
			({ status, choose, choices }) => status === 'open' && !choose && choices,
		);
		const at = shown.findIndex((row) => row.conflictId === conflictId);
		await page.locator('select').nth(at).selectOption(`HeyReach: ${valueB}`);
		await submit(page);
		await page.getByText('1 stored').waitFor();
	});
	await client.deactivate(form.id);
}

it('obeys what people answer in the table and in the form, and closes the conflicts', async () => {
	const open = (await sync.review()).filter(
		({ kind, status }) => kind === 'initial' && status === 'open',
	);
	expect(open.length).toBeGreaterThan(1);
	const [inForm, inTable] = open;
	await sync.edit('Sync review', 'conflictId', inTable.conflictId, { choose: 'B', by: 'Kim' });
	await decideInForm(inForm);
	await sync.run();
	const answers = [
		{ ...inTable, by: 'Kim' },
		{ ...inForm, by: VISITOR },
	];
	for (const { conflictId, aId, field, valueA, valueB, by } of answers) {
		expect(await sync.audit()).toContainEqual(
			expect.objectContaining({
				aId,
				field,
				actor: by,
				before: valueA,
				after: valueB,
				applied: 'ok',
			}),
		);
		expect(JSON.stringify(stack.sandbox.state.contacts.get(aId))).toContain(valueB);
		const answered = (await sync.review()).find((row) => row.conflictId === conflictId);
		expect(answered).toMatchObject({ status: 'applied', choose: 'B', by });
	}
}, 180_000);

it('reports once a week what it did, in plain words', async () => {
	const { client } = stack;
	const id = await client.run(sync.workflow.id, 'Every Monday');
	const execution = await client.waitForExecution(id);
	expectSuccess(execution);
	const [{ json: report }] = itemsOf(execution, 'Send this on');
	const rows = await sync.audit();
	const open = (await sync.review()).filter(({ status, choose }) => status === 'open' && !choose);
	const counted = (groups: unknown) =>
		(groups as Array<{ count: number }>).reduce((sum, { count }) => sum + count, 0);
	const written = (side: string) =>
		rows.filter((row) => row.applied === 'ok' && row.side === side && row.field !== '').length;
	expect(report).toMatchObject({
		linked: (await sync.linked()).length,
		fieldsInGhl: written('A'),
		fieldsInHeyReach: written('B'),
		tombstones: (await sync.links()).filter(({ state }) => state === 'tombstone').length,
		decided: expect.arrayContaining([
			{ why: 'Kim', count: 1 },
			{ why: VISITOR, count: 1 },
		]) as unknown,
	});
	expect(counted(report.open)).toBe(open.length);
	expect(report.unlinked).toBeGreaterThan(0);
	const message = String(report.message);
	expect(message).toContain(`Linked: ${String(report.linked)} people`);
	expect(message).toContain(`To decide: ${open.length} open.`);
	expect(message).toMatch(/Decided: 2 by people \((Kim 1, Mary Manager 1|Mary Manager 1, Kim 1)\)/);
	expect(message).not.toMatch(/undefined|null|NaN|\[object/);
	// The rows of before this week do not count.
	const old = { at: '2020-01-01T00:00:00.000Z' };
	await sync.edit('Sync audit', 'applied', 'ok', old);
	const later = await client.waitForExecution(await client.run(sync.workflow.id, 'Every Monday'));
	expect(itemsOf(later, 'Weekly report')[0].json).toMatchObject({ fieldsInGhl: 0, decided: [] });
}, 60_000);

it('of two runs that are started together, one does the work', async () => {
	const before = new Set((await stack.client.executions(sync.workflow.id)).map(({ id }) => id));
	const ids = await Promise.all([
		stack.client.run(sync.workflow.id),
		stack.client.run(sync.workflow.id),
	]);
	for (const id of ids) expectSuccess(await stack.client.waitForExecution(id, 120_000));
	const inner = (await stack.client.executions(sync.workflow.id)).filter(
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
	const like = sync.template.nodes.filter(({ name }) =>
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
		await editor.openWorkflow(sync.workflow.id);
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
