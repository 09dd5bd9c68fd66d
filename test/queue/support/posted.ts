import axios from 'axios';
import type { Execution } from '../../../tools/n8n/executions';
import type { CredentialRef, StoredWorkflow, WorkflowFile } from '../../../tools/n8n/workflow';
import type { Cluster } from './cluster';

/** What a workflow does with each item that is posted to it: nodes of ours in a row. */
export type Steps = Array<{ name: string; type: string; parameters: Record<string, unknown> }>;

/** A workflow that runs, on a worker, for the items that are posted to the webhook process. */
export class PostedWorkflow {
	private constructor(
		private readonly cluster: Cluster,
		private readonly stored: StoredWorkflow,
		private readonly url: string,
	) {}

	/** Imports it and turns it on. */
	static async make(
		cluster: Cluster,
		path: string,
		steps: Steps,
		credentials: Record<string, CredentialRef> = {},
	): Promise<PostedWorkflow> {
		const { client } = cluster;
		const all = { ...cluster.credentials, ...credentials };
		const stored = await client.importWorkflow(workflowOf(path, steps), all);
		await client.activate(stored.id);
		const url = `${cluster.webhook.url}/webhook/${path}`;
		await client.waitForWebhook(url);
		return new PostedWorkflow(cluster, stored, url);
	}

	/** Waits until its address answers. */
	async isReady(): Promise<void> {
		await this.cluster.client.waitForWebhook(this.url);
	}

	/** Starts an execution for each list of items, at once, and gives their ids. */
	async post(...lists: object[][]): Promise<string[]> {
		const { client } = this.cluster;
		const [newest] = await client.executions(this.stored.id);
		await Promise.all(
			lists.map(async (items) => await axios.post(this.url, { items }, { proxy: false })),
		);
		for (;;) {
			const begun = await client.executions(this.stored.id);
			const later = begun.filter(({ id }) => Number(id) > Number(newest?.id ?? 0));
			if (later.length >= lists.length) return later.map(({ id }) => id).reverse();
		}
	}

	async ends(ids: string[], timeoutMs = 90_000): Promise<Execution[]> {
		const { client } = this.cluster;
		const wait = async (id: string) => await client.waitForExecution(id, timeoutMs);
		return await Promise.all(ids.map(wait)).catch(async (error: Error) => {
			throw new Error(`${error.message}\n${await this.cluster.lastLines()}`, { cause: error });
		});
	}
}

function workflowOf(path: string, steps: Steps): WorkflowFile {
	const next = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const nodes = [
		{
			name: 'Posted',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
			webhookId: path,
		},
		{
			name: 'Split',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'body.items', options: {} },
		},
		...steps.map((step) => ({ ...step, typeVersion: 1 })),
	];
	const names = nodes.map(({ name }) => name);
	return {
		name: path,
		nodes: nodes.map((node, at) => ({ ...node, id: node.name, position: [220 * at, 0] })),
		connections: Object.fromEntries(
			names.slice(0, -1).map((name, at) => [name, next(names[at + 1])]),
		),
		settings: { executionOrder: 'v1' },
	};
}
