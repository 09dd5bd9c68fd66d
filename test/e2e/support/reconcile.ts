import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditRow, LinkRow, ReviewRow } from '../../../nodes/ContactSync/reconcile';
import type { SandboxOptions } from '../../../sandbox';
import { errorOf, itemsOf, type Execution } from '../../../tools/n8n/executions';
import type { StoredWorkflow, WorkflowFile } from '../../../tools/n8n/workflow';
import { PROJECT } from '../../../tools/paths';
import { UNLIMITED } from '../../support/useSandbox';
import type { Stack } from './stack';

/** No limits, which have tests of their own, and people who are there twice. */
export const SYNC_SANDBOX: SandboxOptions = {
	...UNLIMITED,
	allowDuplicateContact: true,
};

const FILE = 'reconcile-ghl-contacts-and-heyreach-leads.json';
const RUN_MS = 120_000;

/** The tables that the template makes. */
const TABLES = ['Sync links', 'Sync review', 'Sync audit', 'Sync lease'];

interface DataTable {
	id: string;
	name: string;
	projectId: string;
}

/** The reconcile template in a real n8n, and its Data Tables. */
export class Reconcile {
	private constructor(
		private readonly stack: Stack,
		readonly template: WorkflowFile,
		public workflow: StoredWorkflow,
	) {}

	/** Imports the template as it is. */
	static async import(stack: Stack): Promise<Reconcile> {
		const text = await readFile(join(PROJECT, 'templates', FILE), 'utf8');
		const template = JSON.parse(text) as WorkflowFile;
		const workflow = await stack.client.importWorkflow(template, stack.credentials);
		return new Reconcile(stack, template, workflow);
	}

	/** Imports the template anew with these settings, and with these options of Plan. */
	async configure(
		settings: Record<string, unknown>,
		options: Record<string, unknown> = {},
	): Promise<void> {
		const changed = structuredClone(this.template);
		const parametersOf = (name: string) =>
			changed.nodes.find((node) => node.name === name)?.parameters ?? {};
		const { assignments } = parametersOf('Your settings').assignments as {
			assignments: Array<{ name: string; value: unknown }>;
		};
		for (const one of assignments) if (one.name in settings) one.value = settings[one.name];
		const plan = parametersOf('Plan');
		plan.options = { ...(plan.options as object), ...options };
		const { client, credentials } = this.stack;
		this.workflow = await client.importWorkflow(changed, credentials, this.workflow.id);
	}

	/** One run by hand: that of the sub-workflow which it starts. */
	async run(): Promise<Execution> {
		const { client } = this.stack;
		const before = new Set((await client.executions(this.workflow.id)).map(({ id }) => id));
		const id = await client.run(this.workflow.id);
		expectSuccess(await client.waitForExecution(id, RUN_MS));
		const inner = (await client.executions(this.workflow.id)).find(
			(one) => one.id !== id && !before.has(one.id),
		);
		if (!inner) throw new Error('The sub-workflow did not run');
		const execution = await client.waitForExecution(inner.id, RUN_MS);
		expectSuccess(execution);
		return execution;
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
				`${url}/rows?take=250&skip=${rows.length}`,
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

	/** Deletes all tables: the next run makes them anew. */
	async forget(): Promise<void> {
		for (const table of await this.tables()) {
			if (TABLES.includes(table.name)) await this.stack.client.request('DELETE', urlOf(table));
		}
	}

	links = async () => await this.rowsOf<LinkRow>('Sync links');
	linked = async () => (await this.links()).filter(({ state }) => state === 'linked');
	audit = async () => await this.rowsOf<AuditRow>('Sync audit');
	review = async () => await this.rowsOf<ReviewRow>('Sync review');

	private async tables(): Promise<DataTable[]> {
		const path = '/rest/data-tables-global?take=100';
		return (await this.stack.client.request<{ data: DataTable[] }>('GET', path)).data;
	}
}

const urlOf = ({ projectId, id }: DataTable) => `/rest/projects/${projectId}/data-tables/${id}`;

/** How many writes a run has planned. */
export const planned = (execution: Execution): number =>
	itemsOf(execution, 'Plan', 1).length + itemsOf(execution, 'Plan', 2).length;

export function expectSuccess(execution: Execution): void {
	expect(errorOf(execution)).toBeUndefined();
	expect(execution.status).toBe('success');
}
