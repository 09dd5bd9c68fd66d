import { Agent } from 'node:http';
import axios from 'axios';
import type { AxiosInstance, AxiosResponse, Method } from 'axios';
import { CREDENTIAL_BLANKING_VALUE } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeExecution, isOver } from './executions';
import type { Execution, ExecutionSummary, StoredExecution } from './executions';
import { missingCredentials, startsByItself, webhookPath, withCredentials } from './workflow';
import type { CredentialRef, NodeType, StoredWorkflow, WorkflowFile } from './workflow';

/** The person every instance made by these tools belongs to. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Sandbox-2026',
	firstName: 'Sandbox',
	lastName: 'Owner',
};

export interface CredentialInput {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface Credential extends CredentialRef {
	type: string;
}

/** What n8n says about a credential after its test call: `OK` is the green banner. */
export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

/** The question that the editor asks to fill a list or a set of fields of a node. */
export interface ParameterQuestion {
	/** Of the node: `{ name: 'n8n-nodes-ghl-heyreach.ghlContacts', version: 1 }`. */
	nodeTypeAndVersion: { name: string; version: number };
	/** The function of the node that answers. */
	methodName: string;
	/** Where the field is: `parameters.contactId`. */
	path: string;
	currentNodeParameters: Record<string, unknown>;
	/** By credential type. */
	credentials?: Record<string, CredentialRef>;
	filter?: string;
	paginationToken?: string;
}

export interface ListedOption {
	name: string;
	value: string | number | boolean;
	url?: string;
}

interface ExecutionPage {
	data: Execution[];
	/** Absent or null on the last page. */
	nextCursor?: string | null;
}

/** How often (once a second) a call is made that n8n answers with “Database is not ready!”. */
const DATABASE_TRIES = 60;
/** How often (once a second) a call is made whose connection a busy n8n has reset. */
const CONNECTION_TRIES = 10;

/** Whether the call can be made again when nobody knows whether n8n has carried it out. */
const isRepeatable = (method: Method, path: string): boolean =>
	!/^post$/i.test(method) || /\/(activate|deactivate|login)$/.test(path);

/** n8n answered a REST call with an error. */
class N8nRefused extends Error {
	constructor(
		call: string,
		readonly status: number,
		readonly answer: unknown,
	) {
		super(`n8n answered ${call} with ${status}: ${JSON.stringify(answer).slice(0, 1000)}`);
		this.name = 'N8nRefused';
	}
}

/** The calls that n8n's own editor makes, as its owner. */
export class N8nClient {
	private readonly http: AxiosInstance;
	private cookie = '';
	private apiKey?: string;
	private types?: NodeType[];
	/** What was filled into the secret fields of this pack's credentials. */
	readonly secrets = new Set<string>();

	constructor(readonly url: string) {
		this.http = axios.create({
			baseURL: url,
			proxy: false,
			validateStatus: () => true,
			// n8n closes what is idle for five seconds: a call on a kept connection may meet its end.
			httpAgent: new Agent({ keepAlive: false }),
		});
	}

	/** Any call that has no method of its own below; gives the `data` of the answer. */
	async request<T>(method: Method, path: string, data?: unknown): Promise<T> {
		const headers = this.cookie ? { Cookie: this.cookie } : {};
		if (path.startsWith('/rest/credentials')) this.keepSecrets(data);
		const send = async () => await this.send<{ data: T }>({ method, url: path, data, headers });
		let answer = await send();
		// A busy n8n loses its database for some seconds, says so, and has done nothing.
		for (let tries = 0; answer.status === 503 && tries < DATABASE_TRIES; tries++) {
			await sleep(1_000);
			answer = await send();
		}
		const cookie = answer.headers['set-cookie']?.find((line) => line.startsWith('n8n-auth='));
		if (cookie) this.cookie = cookie.split(';')[0];
		if (answer.status >= 400) throw new N8nRefused(`${method} ${path}`, answer.status, answer.data);
		return answer.data?.data;
	}

	private async send<T>(call: { method: Method; url: string; data?: unknown; headers?: object }) {
		const { method, url, ...more } = call;
		for (let tries = 1; ; tries++)
			try {
				return await this.http.request<T>({ method, url, ...more });
			} catch (error) {
				const { code = '', message } = error as { code?: string; message: string };
				const isReset = /^(ECONNRESET|EPIPE|ECONNABORTED)$/.test(code);
				if (!isReset || !isRepeatable(method, url) || tries === CONNECTION_TRIES)
					throw Object.assign(new Error(`n8n did not answer ${method} ${url}: ${message}`), {
						code,
					});
				await sleep(1_000);
			}
	}

	private keepSecrets(input: unknown): void {
		const { type = '', data = {} } = (input ?? {}) as Partial<CredentialInput>;
		if (/^(ghl|heyReach)/.test(type)) this.keepSecretsOf(data);
	}

	/** A collection of fields (the further workspaces of a HeyReach credential) holds secrets too. */
	private keepSecretsOf(fields: object): void {
		for (const [name, value] of Object.entries(fields)) {
			if (typeof value === 'object' && value !== null) this.keepSecretsOf(value as object);
			else if (
				/^(token|apiKey|clientSecret|secret|previousSecret)$/.test(name) &&
				typeof value === 'string'
			)
				this.secrets.add(value);
		}
	}

	/** The login of this client, as `name=value`: for a browser or another client. */
	get session(): string {
		return this.cookie;
	}

	/** Makes the owner of a new instance, or logs in where there is one. */
	async setupOwner(): Promise<void> {
		const { userManagement } = await this.request<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', '/rest/settings');
		if (!userManagement.showSetupOnFirstLoad) await this.login();
		else await this.request('POST', '/rest/owner/setup', OWNER);
	}

	async login(): Promise<void> {
		const { email, password } = OWNER;
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** The descriptions of all nodes that n8n has loaded. */
	async nodeTypes(): Promise<NodeType[]> {
		const headers = { Cookie: this.cookie };
		const answer = await this.send<NodeType[]>({
			method: 'GET',
			url: '/types/nodes.json',
			headers,
		});
		if (answer.status >= 400) throw new N8nRefused('GET /types/nodes.json', answer.status, '');
		return (this.types = answer.data);
	}

	async createCredential(input: CredentialInput): Promise<Credential> {
		return await this.request('POST', '/rest/credentials', input);
	}

	/** Creates the credential, or changes the one that has its name and type. */
	async saveCredential(input: CredentialInput): Promise<Credential> {
		const all = await this.request<Credential[]>('GET', '/rest/credentials');
		const found = all.find(({ name, type }) => name === input.name && type === input.type);
		if (!found) return await this.createCredential(input);
		return await this.request('PATCH', `/rest/credentials/${found.id}`, input);
	}

	/**
	 * Makes the credential's test call, as the editor does after saving one. The stored OAuth2 token is tested:
	 * since 2.41 n8n takes what it is sent, where that is not the mark for a value that it has.
	 *
	 * @param changes of the form that are tested and not saved
	 */
	async testCredential(id: string, changes: object = {}): Promise<CredentialTest> {
		const stored = await this.request<Credential & { data: { oauthTokenData?: true } }>(
			'GET',
			`/rest/credentials/${id}?includeData=true`,
		);
		const token = stored.data.oauthTokenData && { oauthTokenData: CREDENTIAL_BLANKING_VALUE };
		const credentials = { ...stored, data: { ...stored.data, ...token, ...changes } };
		return await this.request('POST', '/rest/credentials/test', { credentials });
	}

	async workflows(): Promise<Array<{ id: string; name: string; active: boolean }>> {
		return await this.request('GET', '/rest/workflows');
	}

	async workflow(id: string): Promise<StoredWorkflow> {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/**
	 * Stores a workflow with the given credentials (by type) in its nodes.
	 *
	 * @param id of the workflow to overwrite; absent: a new one
	 */
	async importWorkflow(
		file: WorkflowFile,
		credentials: Record<string, CredentialRef> = {},
		id?: string,
	): Promise<StoredWorkflow> {
		const { name, connections, settings = {}, pinData, meta } = file;
		const types = this.types ?? (await this.nodeTypes());
		const nodes = withCredentials(file.nodes, credentials, types);
		const body = { name, nodes, connections, settings, pinData, meta, active: false };
		if (!id) return await this.request('POST', '/rest/workflows', body);
		const { versionId } = await this.workflow(id);
		return await this.request('PATCH', `/rest/workflows/${id}?forceSave=true`, {
			...body,
			versionId,
		});
	}

	/** Turns the workflow on. n8n answers before its webhook is live: see {@link waitForWebhook}. */
	async activate(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	async deactivate(id: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** Whether {@link activate} would make n8n start the workflow by itself. */
	async startsByItself(workflow: WorkflowFile): Promise<boolean> {
		return startsByItself(workflow, this.types ?? (await this.nodeTypes()));
	}

	/** The types of the credentials that are still to be chosen before {@link activate}. */
	async missingCredentials(workflow: WorkflowFile): Promise<string[]> {
		return missingCredentials(workflow, this.types ?? (await this.nodeTypes()));
	}

	/** The address at which a trigger node of an active workflow is called. */
	async webhookUrl(workflow: StoredWorkflow, nodeName: string): Promise<string> {
		return this.url + webhookPath(workflow, nodeName, this.types ?? (await this.nodeTypes()));
	}

	/** Waits until n8n knows the address; asks with OPTIONS, so that nothing is started. */
	async waitForWebhook(url: string, timeoutMs = 60_000): Promise<void> {
		await this.until(`the webhook ${url} to be live`, timeoutMs, async () => {
			const headers = { Origin: this.url };
			const answer = await this.send({ method: 'OPTIONS', url, headers });
			return /POST|GET/.test(String(answer.headers['access-control-allow-methods'] ?? ''));
		});
	}

	/**
	 * Runs a saved workflow by hand from one of its triggers, and gives the execution's id.
	 *
	 * @param startNode else the Manual Trigger, else the Schedule Trigger
	 */
	async run(id: string, startNode?: string): Promise<string> {
		const workflowData = await this.workflow(id);
		const starts = ['manualTrigger', 'scheduleTrigger'].map((type) =>
			workflowData.nodes.find((node) => node.type === `n8n-nodes-base.${type}`),
		);
		const name = startNode ?? starts.find((node) => node !== undefined)?.name;
		if (!name)
			throw new Error(
				`"${workflowData.name}" starts neither by hand nor by a schedule: name a start node.`,
			);
		const answer = await this.request<{ executionId?: string }>(
			'POST',
			`/rest/workflows/${id}/run`,
			// n8n 2 reads the trigger only; n8n 1 wants the workflow as well.
			{ workflowData, triggerToStartFrom: { name } },
		);
		if (!answer.executionId)
			throw new Error(`"${name}" waits for a webhook: it cannot be run by hand like this.`);
		return answer.executionId;
	}

	/** The executions of a workflow, newest first. */
	async executions(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.request<{ results: ExecutionSummary[] }>(
			'GET',
			`/rest/executions?filter=${filter}&limit=100`,
		);
		return results;
	}

	/**
	 * Every execution of a workflow with what its nodes did, newest first, however many there are:
	 * through n8n's public API, which gives 250 in one answer.
	 */
	async allExecutions(workflowId: string): Promise<Execution[]> {
		this.apiKey ??= await this.createApiKey();
		const headers = { 'X-N8N-API-KEY': this.apiKey };
		const all: Execution[] = [];
		let cursor: string | null | undefined;
		do {
			const query = {
				workflowId,
				includeData: 'true',
				limit: '250',
				...(cursor ? { cursor } : {}),
			};
			const path = `/api/v1/executions?${new URLSearchParams(query).toString()}`;
			const answer: AxiosResponse<ExecutionPage> = await this.send({
				method: 'GET',
				url: path,
				headers,
			});
			if (answer.status >= 400) throw new N8nRefused(`GET ${path}`, answer.status, answer.data);
			all.push(...answer.data.data);
			cursor = answer.data.nextCursor;
		} while (cursor);
		return all;
	}

	private async createApiKey(): Promise<string> {
		const scopes = ['execution:list', 'execution:read'];
		const key = { label: 'tests', expiresAt: null, scopes };
		return (await this.request<{ rawApiKey: string }>('POST', '/rest/api-keys', key)).rawApiKey;
	}

	async execution(id: string): Promise<Execution> {
		return decodeExecution(await this.request<StoredExecution>('GET', `/rest/executions/${id}`));
	}

	/** Waits until the execution is over and gives it. */
	async waitForExecution(id: string, timeoutMs = 180_000): Promise<Execution> {
		return await this.until(`execution ${id} to end`, timeoutMs, async () => {
			const execution = await this.execution(id);
			// n8n 1 can say that it is over a moment before it has stored what the nodes did.
			return isOver(execution) && execution.data?.resultData !== undefined && execution;
		});
	}

	/**
	 * Waits until that many executions of the workflow are over, and gives them, oldest first.
	 *
	 * @param after only executions that started later than the one with this id count
	 */
	async waitForExecutions(
		workflowId: string,
		{ count = 1, after = '0', timeoutMs = 180_000 } = {},
	): Promise<Execution[]> {
		const what = `${count} executions of workflow ${workflowId}`;
		const summaries = await this.until(what, timeoutMs, async () => {
			const over = (await this.executions(workflowId)).filter(isOver);
			const later = over.filter(({ id }) => Number(id) > Number(after));
			return later.length >= count && later;
		});
		return await Promise.all(
			summaries.reverse().map(async ({ id }) => await this.waitForExecution(id)),
		);
	}

	/** What a picker ("From list") of a node shows. */
	async resourceLocatorResults(
		question: ParameterQuestion,
	): Promise<{ results: ListedOption[]; paginationToken?: string }> {
		return await this.request(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			question,
		);
	}

	/** What a drop-down that the node fills shows. */
	async options(question: ParameterQuestion): Promise<ListedOption[]> {
		return await this.request('POST', '/rest/dynamic-node-parameters/options', question);
	}

	/** The columns that a resource mapper of a node offers. */
	async resourceMapperFields(
		question: ParameterQuestion,
	): Promise<{ fields: Array<{ id: string; displayName: string; type?: string }> }> {
		return await this.request(
			'POST',
			'/rest/dynamic-node-parameters/resource-mapper-fields',
			question,
		);
	}

	/** Asks every 200 ms until there is an answer, and gives it. */
	private async until<T>(
		what: string,
		timeoutMs: number,
		ask: () => Promise<T | false>,
	): Promise<T> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const answer = await ask();
			if (answer !== false) return answer;
			if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
			await sleep(200);
		}
	}
}
