import type { AuditRow, LinkRow, ReviewRow } from '../../nodes/ContactSync/reconcile';
import { POSTGRES_USER, startPostgres, type DataServer } from '../../tools/dataServers';
import { itemsOf } from '../../tools/n8n/executions';
import type { CredentialRef, WorkflowFile } from '../../tools/n8n/workflow';
import { contactsOf, edits, expectEachPersonOnce, unsettle } from '../workflow/contactSyncTrouble';
import { expectSuccess, planned, Reconcile, SYNC_SANDBOX } from '../e2e/support/reconcile';
import { STACK_TIMEOUT_MS, startStack, type Stack } from '../e2e/support/stack';

// The template Reconcile with Postgres, on a real n8n and a real Postgres.
let stack: Stack;
let postgres: DataServer;
let sync: Reconcile;
let credentials: Record<string, CredentialRef>;

beforeAll(async () => {
	[stack, postgres] = await Promise.all([startStack({ sandbox: SYNC_SANDBOX }), startPostgres()]);
	const name = 'Postgres of the test';
	const { id } = await stack.client.saveCredential({
		name,
		type: 'postgres',
		data: {
			...{ host: '127.0.0.1', port: postgres.port, database: 'postgres' },
			...{ user: POSTGRES_USER, password: '', ssl: 'disable' },
		},
	});
	credentials = { ...stack.credentials, postgres: { id, name } };
	unsettle(stack.sandbox);
	sync = await Reconcile.import(stack, { template: 'reconcile-with-postgres', credentials });
}, STACK_TIMEOUT_MS);

afterAll(async () => {
	await stack?.close();
	await postgres?.stop();
}, 60_000);

/** Asks Postgres, as a person does in a workflow of their own. */
async function sql<Row>(query: string, values: unknown[] = []): Promise<Row[]> {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		...{ id: name, name, type: `n8n-nodes-base.${type}`, typeVersion },
		...{ position: [0, 0] as [number, number], parameters: { ...parameters } },
	});
	const options = values.length > 0 ? { queryReplacement: `={{ ${JSON.stringify(values)} }}` } : {};
	const file: WorkflowFile = {
		name: 'Ask Postgres',
		nodes: [
			node('Start', 'manualTrigger', 1, {}),
			node('Ask', 'postgres', 2.6, { operation: 'executeQuery', query, options }),
		],
		connections: { Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
	const { id } = await stack.client.importWorkflow(file, credentials);
	const execution = await stack.client.waitForExecution(await stack.client.run(id));
	expectSuccess(execution);
	return itemsOf(execution, 'Ask').map(({ json }) => json as Row);
}

const links = async () => await sql<LinkRow>('select * from contact_sync_links');
const linked = async () => (await links()).filter(({ state }) => state === 'linked');
const runs = async () =>
	await sql<{ holder: string; progress: string; summary: string }>(
		'select * from contact_sync_runs',
	);

it('the first run is dry: it makes its tables and writes nothing', async () => {
	const before = JSON.stringify(contactsOf(stack.sandbox));
	const { report, clients } = await sync.runAll();
	clients.forEach(expectSuccess);
	expect(JSON.stringify(contactsOf(stack.sandbox))).toBe(before);
	expect(report).toMatch(/(Dry run|Preview): .*nothing was written\./);
	expect((await links()).map(({ state }) => state)).toEqual(['run']);
	expect(await runs()).toMatchObject([{ holder: '' }]);
}, 180_000);

it('the second writes, the third rests, and each pair has one row', async () => {
	await sync.configure({ dryRun: false, createInGhl: true }, { previewNewSettings: false });
	expect(planned(await sync.run())).toBeGreaterThan(100);
	const pairs = await linked();
	expect(pairs.length).toBeGreaterThan(140);
	expectEachPersonOnce(stack.sandbox, pairs);
	expect(planned(await sync.run())).toBe(0);
	expect(await linked()).toHaveLength(pairs.length);
	const [row] = await runs();
	expect(row.summary).toBe(row.progress);
}, 240_000);

it('carries edits: a row is replaced by its newer version, and never by an older one', async () => {
	edits(stack.sandbox, await linked());
	await sync.run();
	await sync.run();
	expect(planned(await sync.run())).toBe(0);
	const rows = await links();
	expect(new Set(rows.map(({ pairId }) => pairId)).size).toBe(rows.length);
	const newest = rows.find(({ rev }) => rev > 1);
	if (!newest) throw new Error('No row was replaced.');
	const store = sync.template.nodes.find(({ name }) => name === 'Store rows');
	const old = { ...newest, rev: newest.rev - 1, state: 'tombstone' };
	await sql(String(store?.parameters.query), [JSON.stringify([old, old])]);
	expect(await links()).toEqual(expect.arrayContaining([newest]));
	expect(await links()).toHaveLength(rows.length);
}, 240_000);

it('obeys an answer that is given in the way of the yellow note', async () => {
	const open = await sql<ReviewRow>(
		`select * from contact_sync_review where kind = 'initial' and status = 'open'`,
	);
	expect(open.length).toBeGreaterThan(0);
	const [{ conflictId, aId, field, valueA, valueB }] = open;
	await sql(
		`update contact_sync_review set choose = 'B', "by" = 'Kim', generation = extract(epoch from now()) * 1000 where "conflictId" = $1`,
		[conflictId],
	);
	await sync.run();
	const audit = await sql<AuditRow>('select * from contact_sync_audit');
	expect(audit).toContainEqual(
		expect.objectContaining({ aId, field, actor: 'Kim', before: valueA, after: valueB }),
	);
	expect(JSON.stringify(stack.sandbox.state.contacts.get(aId))).toContain(valueB);
}, 120_000);

it('of two runs that are started together, one does the work, and the other says so', async () => {
	await sql('drop table contact_sync_runs');
	const ids = await Promise.all([
		stack.client.run(sync.workflow.id),
		stack.client.run(sync.workflow.id),
	]);
	const outer = await Promise.all(ids.map(async (id) => await stack.client.waitForExecution(id)));
	outer.forEach(expectSuccess);
	const messages = outer.map((one) => String(itemsOf(one, 'Report')[0].json.message));
	expect(messages.filter((text) => text.includes('another run is under way'))).toHaveLength(1);
	expect(messages.filter((text) => text.includes('stopped by an error'))).toEqual([]);
}, 180_000);
