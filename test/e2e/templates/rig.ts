import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { errorOf, type Execution } from '../../../tools/n8n/executions';
import type { CredentialRef, StoredWorkflow, WorkflowFile } from '../../../tools/n8n/workflow';
import { PROJECT } from '../../../tools/paths';
import { startStack, type Stack, type StackOptions } from '../support/stack';
import { callerOf } from './caller';
import { DataTables } from '../../../tools/n8n/dataTables';
import { visitForms } from './forms';
import { until } from '../support/waiting';

const IMAGES = join(PROJECT, 'docs', 'images', 'templates');

/** A template that was imported from its file. */
export interface Imported {
	/** The name of its file, without `.json`. */
	name: string;
	template: WorkflowFile;
	workflow: StoredWorkflow;
}

/** One n8n and one sandbox for the tests of all templates. */
export interface Rig extends Stack {
	tables: DataTables;
	/** Imports a template as it is published; `change` makes what its yellow note lets a person change. */
	template(
		name: string,
		change?: (file: WorkflowFile) => void,
		credentials?: Record<string, CredentialRef>,
	): Promise<Imported>;
	/** Runs the workflow from one of its starts, and gives the execution, which must be green. */
	runFrom(workflow: StoredWorkflow, start: string): Promise<Execution>;
	/** Starts a workflow from another one, with one item a value; gives the execution of the other. */
	call(called: StoredWorkflow, input: string, values: string[]): Promise<Execution>;
	/** Opens a browser for somebody who has the user and password of the forms. */
	visit(use: (page: Page) => Promise<void>): Promise<void>;
	/** Turns the workflow on and gives the way to turn it off again. */
	on(workflow: StoredWorkflow): Promise<() => Promise<void>>;
	/** Sends an event of HeyReach and gives the execution that it starts, which must be green. */
	heyReachEvent(
		workflow: StoredWorkflow,
		event: Parameters<Stack['sandbox']['sendHeyReachEvent']>[0],
	): Promise<Execution>;
}

export async function startRig(options: StackOptions['sandbox'] = {}): Promise<Rig> {
	const stack = await startStack({ sandbox: { retryDelaysMs: [200, 200], ...options } });
	const { client, sandbox, credentials } = stack;
	const tables = new DataTables(client);
	return {
		...stack,
		tables,
		template: async (name, change, given: Record<string, CredentialRef> = credentials) => {
			const template = await readTemplate(name);
			change?.(template);
			const workflow = await client.importWorkflow(template, given);
			return { name, template, workflow };
		},
		runFrom: async ({ id }, start) =>
			expectGreen(await client.waitForExecution(await client.run(id, start))),
		call: async (called, input, values) => {
			const { id } = await client.importWorkflow(callerOf(called, input, values));
			return await client.waitForExecution(await client.run(id));
		},
		visit: visitForms,
		on: async (workflow) => {
			const before = sandbox.state.webhooks.size;
			const wanted = workflow.nodes.flatMap(({ type, parameters }) =>
				type.endsWith('.heyReachTrigger') ? (parameters.events as string[]) : [],
			).length;
			await client.activate(workflow.id);
			// n8n answers before its triggers have registered themselves.
			await until(
				'the webhooks in HeyReach',
				() => sandbox.state.webhooks.size === before + wanted,
			);
			await sleep(300);
			return async () => {
				await client.deactivate(workflow.id);
				await until('the webhooks to go', () => sandbox.state.webhooks.size === before);
			};
		},
		heyReachEvent: async ({ id }, event) => {
			const [newest] = await client.executions(id);
			await sandbox.sendHeyReachEvent(event);
			const [execution] = await client.waitForExecutions(id, { after: newest?.id });
			return expectGreen(execution);
		},
	};
}

export async function readTemplate(name: string): Promise<WorkflowFile> {
	const text = await readFile(join(PROJECT, 'templates', `${name}.json`), 'utf8');
	return JSON.parse(text) as WorkflowFile;
}

export function expectGreen(execution: Execution): Execution {
	expect(errorOf(execution)).toBeUndefined();
	expect(execution.status).toBe('success');
	return execution;
}

/** Changes a value of an Edit Fields node, as a person would who follows the yellow note. */
export function setField(
	file: WorkflowFile,
	nodeName: string,
	field: string,
	value: unknown,
): void {
	const node = file.nodes.find(({ name }) => name === nodeName);
	const { assignments } = node?.parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	const found = assignments.find(({ name }) => name === field);
	if (!found) throw new Error(`"${nodeName}" has no field "${field}".`);
	found.value = value;
}

/** Pictures for the docs are renewed by UPDATE_SCREENSHOTS=1. */
export async function keepPicture(name: string, picture: string): Promise<void> {
	if (!process.env.UPDATE_SCREENSHOTS) return;
	await mkdir(IMAGES, { recursive: true });
	await copyFile(picture, join(IMAGES, `${name}.png`));
}
