import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LINK_COLUMNS, REVIEW_COLUMNS } from '../../nodes/ContactSync/reconcile';
import type { Column, LinkRow, ReviewRow } from '../../nodes/ContactSync/reconcile';
import { SANDBOX } from '../../sandbox';
import { DataTables, type Row } from '../../tools/n8n/dataTables';
import { itemsOf, type Execution } from '../../tools/n8n/executions';
import { PROJECT } from '../../tools/paths';
import {
	contactsOf,
	customOf,
	edit,
	edits,
	leadsOf,
	RENAMED,
	unsettle,
} from '../workflow/contactSyncTrouble';
import { Editor } from './support/browser';
import { expectSuccess, planned, Reconcile, SYNC_SANDBOX } from './support/reconcile';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';
import { readTemplate } from './templates/rig';
import { until } from './support/waiting';

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
	const { report, clients } = await sync.runAll();
	clients.forEach(expectSuccess);
	expect(JSON.stringify(contactsOf(stack.sandbox))).toBe(before);
	expect(report).toMatch(/^Your own accounts: /);
	expect(report).toMatch(/(Dry run|Preview): .*nothing was written\./);
	expect((await sync.links()).map(({ state }) => state)).toEqual(['run']);
	expect(await sync.runs()).toEqual([
		expect.objectContaining({ location: '', workspace: '', holder: '' }),
	]);
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

/** The row that the form of the template *Decide sync conflicts by hand* adds for an answer. */
const answerTo = (
	{ location, workspace, conflictId, pairId, aId, bId, field }: ReviewRow,
	more: Partial<ReviewRow>,
) => ({
	...{ location, workspace, conflictId, pairId, aId, bId, field, status: 'open' },
	...{ choose: 'B', at: new Date().toISOString(), generation: Date.now(), ...more },
});

it('obeys what people answer, writes it, and closes the questions', async () => {
	const open = (await sync.review()).filter(
		({ kind, status }) => kind === 'initial' && status === 'open',
	);
	expect(open.length).toBeGreaterThan(1);
	const [added, inTable] = open;
	await sync.add('Contact Sync review', [answerTo(added, { by: 'Mary' })]);
	// A person may also write into the row of the question.
	await sync.edit('Contact Sync review', 'conflictId', inTable.conflictId, {
		choose: 'B',
		by: 'Kim',
	});
	await sync.run();
	const answers = [
		{ ...inTable, by: 'Kim' },
		{ ...added, by: 'Mary' },
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
		expect(answered?.status).not.toBe('open');
	}
	await sync.run();
	const asked = (await sync.review()).filter(({ status }) => status === 'open');
	for (const { conflictId } of answers)
		expect(asked.map((row) => row.conflictId)).not.toContain(conflictId);
}, 180_000);

it('removes the questions of earlier runs, but for those of the last minute', async () => {
	const questions = (await sync.review()).filter(({ status }) => status !== 'applied');
	expect(questions.length).toBeGreaterThan(0);
	await sync.edit('Contact Sync review', 'location', '', { generation: 1 });
	await sync.run();
	const rows = await sync.rowsOf<ReviewRow>('Contact Sync review');
	expect(rows.filter(({ generation }) => generation === 1)).toEqual([]);
	expect(new Set(rows.map(({ conflictId }) => conflictId)).size).toBe(rows.length);
	expect(rows).toHaveLength(questions.length);
}, 60_000);

it('reports once a week what it did, in plain words', async () => {
	const { client } = stack;
	const { id } = await client.importWorkflow(await readTemplate('weekly-sync-report'));
	const week = async () => {
		const execution = await client.waitForExecution(await client.run(id));
		expectSuccess(execution);
		return itemsOf(execution, 'Send this on').map(({ json }) => json);
	};
	const [report, ...others] = await week();
	expect(others).toEqual([]);
	const rows = await sync.audit();
	const open = (await sync.review()).filter(({ status, choose }) => status === 'open' && !choose);
	const counted = (groups: unknown) =>
		(groups as Array<{ count: number }>).reduce((sum, { count }) => sum + count, 0);
	const written = (side: string) =>
		rows.filter((row) => row.applied === 'ok' && row.side === side && row.field !== '').length;
	expect(report).toMatchObject({
		client: 'Your own accounts',
		linked: (await sync.linked()).length,
		fieldsInGhl: written('A'),
		fieldsInHeyReach: written('B'),
		tombstones: (await sync.links()).filter(({ state }) => state === 'tombstone').length,
		decided: expect.arrayContaining([
			{ why: 'Kim', count: 1 },
			{ why: 'Mary', count: 1 },
		]) as unknown,
	});
	expect(counted(report.open)).toBe(open.length);
	expect(report.unlinked).toBeGreaterThan(0);
	const message = String(report.message);
	expect(message).toContain(`Linked: ${String(report.linked)} people`);
	expect(message).toContain(`To decide: ${open.length} open.`);
	expect(message).toMatch(/Decided: 2 by people \((Kim 1, Mary 1|Mary 1, Kim 1)\)/);
	expect(message).not.toMatch(/undefined|null|NaN|\[object/);
	// The rows of before this week do not count.
	await sync.edit('Contact Sync audit', 'applied', 'ok', { at: '2020-01-01T00:00:00.000Z' });
	expect((await week())[0]).toMatchObject({ fieldsInGhl: 0, decided: [] });
}, 60_000);

/** The columns of the tables of 0.1. */
const OLD_LINKS = [
	...['pairId', 'aId', 'bId', 'state', 'rev', 'base', 'aliases', 'keys', 'opKey'],
	...['fullRuns', 'changedAt'],
];
const OLD_REVIEW = [
	...['conflictId', 'kind', 'status', 'name', 'reason', 'whatToDo', 'choices', 'pairId'],
	...['aId', 'bId', 'field', 'valueA', 'valueB', 'rule', 'winner', 'runId', 'choose', 'value'],
	...['by', 'at'],
];

const pick = (row: object, names: readonly string[]): Row =>
	Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));

const writes = () =>
	stack.sandbox.requests
		.list()
		.filter(
			({ method, path }) =>
				path.includes('AddLeadsToList') ||
				(path.startsWith('/contacts/') && path !== '/contacts/search' && method !== 'GET'),
		);

/** Each start and end of a node, in the order of time. */
const spansOf = (execution: Execution, name: string) =>
	(execution.data.resultData.runData[name] ?? []).map(({ startTime, executionTime }) => ({
		from: startTime,
		to: startTime + executionTime,
	}));

it('of two runs that are started together, one does the work, and the other says so', async () => {
	const before = new Set((await stack.client.executions(sync.workflow.id)).map(({ id }) => id));
	const ids = await Promise.all([
		stack.client.run(sync.workflow.id),
		stack.client.run(sync.workflow.id),
	]);
	const outer = await Promise.all(ids.map(async (id) => await stack.client.waitForExecution(id)));
	outer.forEach(expectSuccess);
	const inner = (await stack.client.executions(sync.workflow.id)).filter(
		({ id }) => !before.has(id) && !ids.includes(id),
	);
	const ran = await Promise.all(
		inner.map(async ({ id }) => await stack.client.waitForExecution(id)),
	);
	expect(ran).toHaveLength(2);
	expect(ran.filter((one) => itemsOf(one, 'Contact Sync: Plan', 4).length > 0)).toHaveLength(1);
	const messages = outer.map((one) => String(itemsOf(one, 'Report')[0].json.message));
	const told = messages.filter((text) => text.includes('another run is under way'));
	expect(told).toHaveLength(1);
}, 180_000);

describe('a run of several portions', () => {
	/** Values that HeyReach gets: its leads are written after the contacts. */
	const toHeyReach = (ghlField: string, heyReachCustomField: string) => ({
		...{ ghlField, heyReachField: 'custom', heyReachCustomField },
		...{ direction: 'AtoB', rule: 'A' },
	});
	let syncListId: string;
	/** A field for each test, so that none has to do with what the test before has left. */
	const FIELDS = ['source', 'website', 'address1'] as const;
	let tests = 0;
	let ghlField: (typeof FIELDS)[number];
	let field: string;
	let edited: LinkRow[];

	/** Whether each lead whose contact was edited has what its contact says. */
	const reached = (name: string) =>
		edited.every(({ aId, bId }) => {
			const value = stack.sandbox.state.contacts.get(aId)![ghlField];
			const { customFields } = stack.sandbox.state.leads.get(bId)!;
			return customFields.some((one) => one.name === name && one.value === value);
		});

	const addList = async () => {
		const answer = await fetch(`${stack.sandbox.heyReachUrl}/list/CreateEmptyList`, {
			method: 'POST',
			headers: { 'X-API-KEY': SANDBOX.heyReachKey, 'Content-Type': 'application/json' },
			body: JSON.stringify({ name: 'For the sync alone', type: 'USER_LIST' }),
		});
		return String(((await answer.json()) as { id: number }).id);
	};

	/** There is something to write on both sides. */
	beforeEach(async () => {
		syncListId ??= await addList();
		ghlField = FIELDS[tests++];
		field = `ghl_${ghlField}`;
		await sync.configure(
			{ dryRun: false, createInGhl: true, syncListId },
			{ previewNewSettings: false, brakes: { limits: [{ brake: 'updates', count: 1_000 }] } },
			[toHeyReach(ghlField, field)],
		);
		edited = (await sync.linked()).slice(0, 30);
		for (const { aId, bId } of edited) {
			const contact = stack.sandbox.state.contacts.get(aId)!;
			edit(stack.sandbox, contact, { [ghlField]: `New ${ghlField}` });
			stack.sandbox.state.leads.get(bId)!.position = `Position ${tests}`;
		}
		stack.sandbox.requests.clear();
	}, 60_000);

	it('has stored what it did before it writes the next', async () => {
		const execution = await sync.run();
		const applied = spansOf(execution, 'Contact Sync: Apply');
		const [{ summary: told }] = await sync.runs();
		expect({ told, several: applied.length > 1 }).toEqual({ told, several: true });
		for (const store of ['Store rows', 'Store audit', 'Keep the client reserved']) {
			const spans = spansOf(execution, store);
			for (const [at, { to }] of applied.slice(0, -1).entries()) {
				const between = spans.filter(({ from }) => from >= to && from <= applied[at + 1].from);
				expect({ store, at, between: between.length }).toEqual({ store, at, between: 1 });
			}
		}
		const [row] = await sync.runs();
		expect(row).toMatchObject({ holder: '', client: 'Your own accounts' });
		expect(row.summary).toBe(row.progress);
		expect(Date.parse(row.until)).toBeLessThan(Date.now());
	}, 180_000);

	it('stops before the next portion where a store fails, and the next run goes on', async () => {
		stack.sandbox.faults.add({ kind: 'delay', path: '^/contacts/', method: 'PUT', delayMs: 3_000 });
		const id = await stack.client.run(sync.workflow.id);
		await until('the first write', () => writes().length > 0);
		await stack.client.request('DELETE', await sync.tableUrl('Contact Sync audit'));
		const outer = await stack.client.waitForExecution(id);
		const report = String(itemsOf(outer, 'Report')[0].json.message);
		expect(report).toContain('stopped by an error');
		expect(report).toContain('Contact Sync audit');
		expect(writes().filter(({ path }) => path.includes('AddLeads'))).toEqual([]);
		// The lease of the run that failed is given back by a person.
		const [{ until: late }] = await sync.runs();
		expect(Date.parse(late)).toBeGreaterThan(Date.now());
		await sync.edit('Contact Sync runs', 'location', '', { until: new Date(0).toISOString() });
		await sync.prepare();
		stack.sandbox.requests.clear();
		await sync.run();
		const [{ summary: told }] = await sync.runs();
		expect({ told, reached: reached(field) }).toEqual({ told, reached: true });
		expect(planned(await sync.run())).toBe(0);
	}, 180_000);

	it('stops before the next portion where another run has the lease', async () => {
		stack.sandbox.faults.add({ kind: 'delay', path: '^/contacts/', method: 'PUT', delayMs: 3_000 });
		const id = await stack.client.run(sync.workflow.id);
		await until('the first write', () => writes().length > 0);
		await sync.edit('Contact Sync runs', 'location', '', { holder: 'another run' });
		const outer = await stack.client.waitForExecution(id);
		expect(itemsOf(outer, 'Report')[0].json.message).toContain('another run is under way');
		expect(writes().filter(({ path }) => path.includes('AddLeads'))).toEqual([]);
		expect(await sync.runs()).toMatchObject([{ holder: 'another run' }]);
		await sync.edit('Contact Sync runs', 'location', '', { until: new Date(0).toISOString() });
		await sync.run();
		const [{ summary: told }] = await sync.runs();
		expect({ told, reached: reached(field) }).toEqual({ told, reached: true });
		expect(planned(await sync.run())).toBe(0);
	}, 180_000);
});

it('takes over what version 0.1 has stored, once', async () => {
	// A question that waits: the two sides differ in a field that is new to the sync.
	await sync.configure({ dryRun: false, createInGhl: true }, { previewNewSettings: false }, [
		{ ghlField: 'state', heyReachField: 'headline', direction: 'BtoA', rule: 'A' },
	]);
	const [{ aId, bId }] = await sync.linked();
	const contact = stack.sandbox.state.contacts.get(aId)!;
	edit(stack.sandbox, contact, { state: 'Ours' });
	stack.sandbox.state.leads.get(bId)!.headline = 'Theirs';
	for (let times = 0; times < 2; times++) await sync.run();
	const links = (await sync.links()).map((row) => pick(row, OLD_LINKS));
	const review = (await sync.review()).map((row) => pick(row, OLD_REVIEW));
	const open = review.find((row) => row.aId === aId && row.status === 'open');
	const [{ summary: told }] = await sync.runs();
	if (!open) throw new Error(`No question is open: ${told} ${JSON.stringify(review)}`);
	const tables = new DataTables(stack.client);
	const columnsOf = (all: Column[], names: readonly string[]) =>
		all.filter(({ name }) => names.includes(name));
	await tables.create('Sync links', columnsOf(LINK_COLUMNS, OLD_LINKS));
	await tables.create('Sync review', columnsOf(REVIEW_COLUMNS, OLD_REVIEW));
	await tables.add('Sync links', links);
	await tables.add('Sync review', [
		...review.filter((row) => row !== open),
		{ ...open, choose: 'B', by: 'Ann' },
	]);
	const counts = () => [contactsOf(stack.sandbox).length, leadsOf(stack.sandbox).length];
	const before = counts();
	await sync.forget();
	for (let times = 0; times < 2; times++) {
		expect((await sync.versions()).map((row) => pick(row, OLD_LINKS))).toEqual(links);
		expect(await sync.rowsOf('Contact Sync review')).toMatchObject([
			{ conflictId: open.conflictId, choose: 'B', by: 'Ann', location: '', generation: 0 },
		]);
		await sync.prepare();
	}
	await sync.run();
	expect(counts()).toEqual(before);
	expect(await sync.audit()).toContainEqual(
		expect.objectContaining({ aId: open.aId, field: open.field, actor: 'Ann', applied: 'ok' }),
	);
	expect(await sync.linked()).toHaveLength(links.filter(({ state }) => state === 'linked').length);
	expect(planned(await sync.run())).toBe(0);
}, 180_000);

it('stores small rows', async () => {
	const { dataTables } = await stack.client.request<{
		dataTables: Record<string, { name: string; sizeBytes: number }>;
	}>('GET', '/rest/data-tables-global/limits');
	const table = Object.values(dataTables).find(({ name }) => name === 'Contact Sync links');
	expect((table?.sizeBytes ?? 0) / (await sync.versions()).length).toBeLessThan(700);
}, 60_000);

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
		expect(editor.outside).toEqual([]);
		expect(editor.errors).toEqual([]);
	} finally {
		await editor.close();
	}
}, 120_000);
