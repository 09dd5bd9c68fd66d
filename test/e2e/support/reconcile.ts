import type { AuditRow, LinkRow, ReviewRow } from '../../../nodes/ContactSync/reconcile';
import type { SandboxOptions } from '../../../sandbox';
import { errorOf, itemsOf, type Execution } from '../../../tools/n8n/executions';
import type { CredentialRef, StoredWorkflow, WorkflowFile } from '../../../tools/n8n/workflow';
import { UNLIMITED } from '../../support/useSandbox';
import { readTemplate } from '../templates/rig';
import type { Stack } from './stack';

/** No limits, which have tests of their own, and people who are there twice. */
export const SYNC_SANDBOX: SandboxOptions = {
	...UNLIMITED,
	allowDuplicateContact: true,
};

const RECONCILE = 'reconcile-ghl-contacts-and-heyreach-leads';
const SET_UP = 'set-up-contact-sync';
const RUN_MS = 120_000;

/** A client's row in `Contact Sync runs`: its lease, progress and report. */
export interface RunsRow {
	client: string;
	location: string;
	workspace: string;
	holder: string;
	/** Epoch ms. */
	takenAt: number;
	/** ISO moment. */
	until: string;
	progress: string;
	summary: string;
}

interface DataTable {
	id: string;
	name: string;
	projectId: string;
}

/** One run: what the start did, and the run of each client in their order. */
export interface SyncRun {
	outer: Execution;
	clients: Execution[];
	/** What people read: a line a client. */
	report: string;
}

export interface Ways {
	/** The name of another template with the same nodes. */
	template?: string;
	credentials?: Record<string, CredentialRef>;
	/** What a person changes who follows the yellow note, in both templates. */
	change?: (file: WorkflowFile) => void;
}

/** The reconcile template in a real n8n, and its Data Tables. */
export class Reconcile {
	private constructor(
		private readonly stack: Stack,
		readonly template: WorkflowFile,
		public workflow: StoredWorkflow,
		private readonly setUp: StoredWorkflow,
		private readonly credentials: Record<string, CredentialRef>,
	) {}

	/** Imports the template as it is, and sets Contact Sync up. n8n keeps its good runs, which tests look at. */
	static async import(
		stack: Stack,
		{ template: name = RECONCILE, credentials, change }: Ways = {},
	): Promise<Reconcile> {
		const given = credentials ?? stack.credentials;
		const [setUp, template] = await Promise.all([readTemplate(SET_UP), readTemplate(name)]);
		for (const file of [setUp, template]) change?.(file);
		keepRuns(template);
		const stored = await stack.client.importWorkflow(setUp, given);
		const workflow = await stack.client.importWorkflow(template, given);
		const sync = new Reconcile(stack, template, workflow, stored, given);
		await sync.prepare();
		return sync;
	}

	/** Runs the template *Set up Contact Sync*. */
	async prepare(): Promise<Execution> {
		const { client } = this.stack;
		const execution = await client.waitForExecution(await client.run(this.setUp.id), RUN_MS);
		expectSuccess(execution);
		return execution;
	}

	/** Imports the template anew with these settings, with these options of Plan and more rows of its field table. */
	async configure(
		settings: Record<string, unknown>,
		options: Record<string, unknown> = {},
		fields: object[] = [],
	): Promise<void> {
		const changed = structuredClone(this.template);
		const parametersOf = (name: string) =>
			changed.nodes.find((node) => node.name === name)?.parameters ?? {};
		const { assignments } = parametersOf('Your settings').assignments as {
			assignments: Array<{ name: string; value: unknown }>;
		};
		for (const one of assignments) if (one.name in settings) one.value = settings[one.name];
		const plan = parametersOf('Contact Sync: Plan');
		plan.options = { ...(plan.options as object), ...options };
		(plan.fieldMapping as { rows: object[] }).rows.push(...fields);
		const { client } = this.stack;
		this.workflow = await client.importWorkflow(changed, this.credentials, this.workflow.id);
	}

	/** One run by hand, of all clients. */
	async runAll(): Promise<SyncRun> {
		const { client } = this.stack;
		const before = new Set((await client.executions(this.workflow.id)).map(({ id }) => id));
		const id = await client.run(this.workflow.id);
		const outer = await client.waitForExecution(id, RUN_MS);
		expectSuccess(outer);
		const inner = (await client.executions(this.workflow.id)).filter(
			(one) => one.id !== id && !before.has(one.id),
		);
		const clients = await Promise.all(
			inner.reverse().map(async (one) => await client.waitForExecution(one.id, RUN_MS)),
		);
		return { outer, clients, report: reportOf(outer) };
	}

	/** One run by hand of the one client, which must be green: the execution that did the work. */
	async run(): Promise<Execution> {
		const { clients } = await this.runAll();
		if (clients.length !== 1) throw new Error(`${clients.length} clients were run, not one.`);
		expectSuccess(clients[0]);
		return clients[0];
	}

	/** The address of a Data Table in n8n's REST API. */
	async tableUrl(name: string): Promise<string> {
		const table = (await this.tables()).find((one) => one.name === name);
		if (!table) throw new Error(`No Data Table ${name}`);
		return urlOf(table);
	}

	async rowsOf<T>(name: string): Promise<T[]> {
		const url = await this.tableUrl(name);
		const rows: T[] = [];
		for (;;) {
			const page = await this.stack.client.request<{ count: number; data: T[] }>(
				'GET',
				`${url}/rows?take=250&skip=${rows.length}&sortBy=id:asc`,
			);
			rows.push(...page.data);
			if (rows.length >= page.count || page.data.length === 0) return rows;
		}
	}

	/** Writes into the rows whose column has the value, as a person does in the table. */
	async edit(name: string, column: string, value: string, data: object): Promise<void> {
		await this.stack.client.request('PATCH', `${await this.tableUrl(name)}/rows`, {
			filter: { type: 'and', filters: [{ columnName: column, condition: 'eq', value }] },
			data,
		});
	}

	async add(name: string, rows: object[]): Promise<void> {
		await this.stack.client.request('POST', `${await this.tableUrl(name)}/insert`, {
			data: rows,
			returnType: 'count',
		});
	}

	/** Deletes all tables of the sync, and makes them anew. */
	async forget(): Promise<void> {
		for (const table of await this.tables()) {
			if (table.name.startsWith('Contact Sync'))
				await this.stack.client.request('DELETE', urlOf(table));
		}
		await this.prepare();
	}

	/** Every version of every link. */
	versions = async () => await this.rowsOf<LinkRow>('Contact Sync links');
	/** The newest version of each link. */
	links = async () => newest(await this.versions(), 'pairId', ['rev', 'generation']);
	linked = async () => (await this.links()).filter(({ state }) => state === 'linked');
	audit = async () => await this.rowsOf<AuditRow>('Contact Sync audit');
	/** The newest version of each question. */
	review = async () =>
		newest(await this.rowsOf<ReviewRow>('Contact Sync review'), 'conflictId', ['generation']);
	runs = async () => await this.rowsOf<RunsRow>('Contact Sync runs');

	private async tables(): Promise<DataTable[]> {
		const path = '/rest/data-tables-global?take=100';
		return (await this.stack.client.request<{ data: DataTable[] }>('GET', path)).data;
	}
}

/** The templates keep failed runs alone. */
export function keepRuns(file: WorkflowFile): void {
	file.settings = {
		...file.settings,
		saveDataSuccessExecution: 'all',
		saveManualExecutions: true,
	};
}

/** The row with the highest of these numbers, first the first, of each account and key. */
function newest<Row extends { location: string; workspace: string }>(
	rows: Row[],
	key: keyof Row,
	numbers: Array<keyof Row>,
): Row[] {
	const best = new Map<string, Row>();
	for (const row of rows) {
		const at = JSON.stringify([row.location, row.workspace, row[key]]);
		const old = best.get(at);
		const by = numbers.find((name) => old && row[name] !== old[name]);
		if (!old || by === undefined || Number(row[by]) > Number(old[by])) best.set(at, row);
	}
	return [...best.values()];
}

const urlOf = ({ projectId, id }: DataTable) => `/rest/projects/${projectId}/data-tables/${id}`;

const reportOf = (outer: Execution) => String(itemsOf(outer, 'Report')[0]?.json.message);

/** How many writes a run has planned. */
export const planned = (execution: Execution): number =>
	itemsOf(execution, 'Contact Sync: Plan', 2).reduce(
		(sum, { json }) => sum + (json.items as unknown[]).length,
		0,
	);

export function expectSuccess(execution: Execution): void {
	expect(errorOf(execution)).toBeUndefined();
	expect(execution.status).toBe('success');
}
