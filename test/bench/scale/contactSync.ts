import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataTables } from '../../../tools/n8n/dataTables';
import type { Execution } from '../../../tools/n8n/executions';
import type { StoredWorkflow, WorkflowFile, WorkflowNode } from '../../../tools/n8n/workflow';
import { PROJECT } from '../../../tools/paths';
import { say } from '../progress';
import { PATIENCE_MS, requireSuccess, type Instance } from './instance';

const CONTACT_SYNC = 'n8n-nodes-ghl-heyreach.contactSync';

export interface SyncOptions {
	/** Of the node *Your settings*, by name. */
	settings: Record<string, unknown>;
	/** Rows of the field table in place of those of the template. */
	fields?: object[];
	/** How many updates the brakes let through. */
	allowUpdates?: number;
	/** Whether n8n is to store the executions, unlike the template says: only then it tells of the nodes. */
	storeRuns?: boolean;
}

/** The templates *Set up Contact Sync* and *Reconcile* in an instance, for the credentials' own accounts. */
export class ContactSyncTemplate {
	private constructor(
		private readonly instance: Instance,
		private readonly template: WorkflowFile,
		private workflow?: StoredWorkflow,
	) {}

	/** Makes the tables. */
	static async setUp(instance: Instance): Promise<ContactSyncTemplate> {
		const { client, credentials } = instance;
		const setUp = await client.importWorkflow(await fileOf('set-up-contact-sync'), credentials);
		const id = await client.run(setUp.id, 'Run once to set up');
		requireSuccess(await client.waitForExecution(id, PATIENCE_MS));
		return new ContactSyncTemplate(
			instance,
			await fileOf('reconcile-ghl-contacts-and-heyreach-leads'),
		);
	}

	/** Imports *Reconcile* with these options, in place of the one before. */
	async configure({ settings, fields, allowUpdates, storeRuns }: SyncOptions): Promise<void> {
		const file = structuredClone(this.template);
		const { assignments } = parametersOf(file, 'Your settings').assignments as {
			assignments: Array<{ name: string; value: unknown }>;
		};
		for (const [name, value] of Object.entries(settings)) {
			const one = assignments.find((assignment) => assignment.name === name);
			if (!one) throw new Error(`“Your settings” has no ${name}`);
			one.value = value;
		}
		if (fields) parametersOf(file, 'Contact Sync: Plan').fieldMapping = { rows: fields };
		if (allowUpdates) {
			parametersOf(file, 'Contact Sync: Plan').allowOnce = { updates: allowUpdates };
		}
		if (storeRuns) file.settings = { ...file.settings, saveDataSuccessExecution: 'all' };
		const { client, credentials } = this.instance;
		this.workflow = await client.importWorkflow(file, credentials, this.workflow?.id);
	}

	/** One run by hand; how long it takes (ms), and what it says about itself. */
	async run(): Promise<{ ms: number; summary: string }> {
		const { client } = this.instance;
		const id = this.stored().id;
		const startedAt = performance.now();
		const execution = await client.run(id, 'Every day');
		await this.untilOver(execution);
		const ms = performance.now() - startedAt;
		const failed = (await client.executions(id)).filter(({ status }) => status !== 'success');
		if (failed.length > 0) throw new Error(await this.whyFailed(failed[0].id));
		const [row] = await new DataTables(client).rows('Contact Sync runs');
		const summary = String(row?.summary ?? '');
		say(`  ${(ms / 1000).toFixed(1)} s: ${summary}`);
		return { ms, summary };
	}

	/** The stored executions of the run before: that of the start, and those of the clients. */
	async executions(): Promise<Execution[]> {
		return await this.instance.client.allExecutions(this.stored().id);
	}

	/** How long a run took, its two steps of Contact Sync, and each of its nodes (ms). */
	timesOf(executions: Execution[]): {
		whole: number;
		steps: number;
		byNode: Record<string, number>;
	} {
		const byNode: Record<string, number> = {};
		for (const { data } of executions) {
			for (const [name, runs] of Object.entries(data.resultData.runData)) {
				const ms = runs.reduce((sum, { executionTime }) => sum + executionTime, 0);
				byNode[name] = (byNode[name] ?? 0) + ms;
			}
		}
		const steps = this.template.nodes
			.filter(({ type }) => type === CONTACT_SYNC)
			.reduce((sum, { name }) => sum + (byNode[name] ?? 0), 0);
		const moments = executions.flatMap(({ startedAt, stoppedAt = startedAt }) =>
			[startedAt, stoppedAt].map((at) => Date.parse(at)),
		);
		return { whole: Math.max(...moments) - Math.min(...moments), steps, byNode };
	}

	private stored(): StoredWorkflow {
		if (!this.workflow) throw new Error('The template is not imported yet');
		return this.workflow;
	}

	/** The template has n8n keep no good run: it is over when it is gone. */
	private async untilOver(execution: string): Promise<void> {
		const { client } = this.instance;
		for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(250)) {
			const all = await client.executions(this.stored().id);
			const own = all.find(({ id }) => id === execution);
			if (!own || !['new', 'running', 'waiting'].includes(own.status)) return;
		}
		throw new Error('The run did not end');
	}

	private async whyFailed(id: string): Promise<string> {
		const { status, data } = await this.instance.client.execution(id);
		const { error, lastNodeExecuted } = data.resultData;
		return `A run ended as ${status} at “${lastNodeExecuted}”: ${error?.message} ${error?.description ?? ''}`;
	}
}

async function fileOf(name: string): Promise<WorkflowFile> {
	const text = await readFile(join(PROJECT, 'templates', `${name}.json`), 'utf8');
	return JSON.parse(text) as WorkflowFile;
}

function parametersOf({ nodes }: WorkflowFile, name: string): WorkflowNode['parameters'] {
	const node = nodes.find((one) => one.name === name);
	if (!node) throw new Error(`The template has no node “${name}”`);
	return node.parameters;
}
