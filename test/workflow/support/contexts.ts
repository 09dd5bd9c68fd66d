import './environment';
import { HookContext, LoadOptionsContext, PollContext, WebhookContext } from 'n8n-core';
import type {
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
	WebhookType,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { collectLogs } from './core';
import type { CredentialStore } from './credentialStore';
import { prepare, type NodeSetup, type Prepared } from './setup';
import { testRequest, testResponse, type Delivery, type Sent } from './webhookExchange';

/** A context of n8n-core, and a way to call the node in it. */
export interface InContext<Functions> {
	/** What n8n hands to the node as `this`. */
	functions: Functions;
	/** Calls a function of the node: `call(node.poll)`, `call(node.methods.listSearch.contacts, 'ann')`. */
	call<Arguments extends unknown[], Result>(
		method: ((this: Functions, ...args: Arguments) => Promise<Result>) | undefined,
		...args: Arguments
	): Promise<Result>;
	/** What was logged in all calls so far. */
	logs: string[];
	credentials: CredentialStore;
}

function inContext<Functions>(functions: Functions, prepared: Prepared): InContext<Functions> {
	const logs: string[] = [];
	return {
		functions,
		call: async (method, ...args) => {
			if (!method) throw new Error('The node has no such function');
			return await collectLogs(logs, async () => await method.call(functions, ...args));
		},
		logs,
		credentials: prepared.credentials,
	};
}

export interface HookSetup extends NodeSetup {
	activation?: WorkflowActivateMode;
	webhookName?: WebhookType;
}

/** For `node.webhookMethods.default.checkExists`, `create` and `delete`. */
export function hookFunctions(setup: HookSetup): InContext<IHookFunctions> {
	const prepared = prepare(setup);
	const { workflow, node, additionalData, mode } = prepared;
	const functions = new HookContext(
		workflow,
		node,
		additionalData,
		mode,
		setup.activation ?? 'activate',
		webhookData(prepared, setup),
	);
	return inContext(functions, prepared);
}

/** For `node.poll`. With `mode: 'manual'` it is the test run of the editor. */
export function pollFunctions(
	setup: NodeSetup & { activation?: WorkflowActivateMode },
): InContext<IPollFunctions> {
	const prepared = prepare(setup);
	const { workflow, node, additionalData, mode } = prepared;
	const functions = new PollContext(
		workflow,
		node,
		additionalData,
		mode,
		setup.activation ?? 'activate',
	);
	return inContext(functions, prepared);
}

/** For `node.methods`: `loadOptions`, `listSearch`, `resourceMapping`. */
export function loadOptionsFunctions(
	setup: NodeSetup & {
		/** The path of the parameter that asks, for `&` references: `parameters.contactId`. */
		path?: string;
	},
): InContext<ILoadOptionsFunctions> {
	const prepared = prepare(setup);
	const { workflow, node, additionalData } = prepared;
	additionalData.currentNodeParameters = node.parameters;
	const functions = new LoadOptionsContext(workflow, node, additionalData, setup.path ?? '');
	return inContext(functions, prepared);
}

export interface WebhookSetup extends NodeSetup, Delivery {
	webhookName?: WebhookType;
	/** The answer of a real server, in place of one that only notes what is done with it. */
	response?: unknown;
}

export interface WebhookCall extends InContext<IWebhookFunctions> {
	/** Hands the request to `node.webhook`. Static data and the node's memory last between calls. */
	deliver(): Promise<{ result: IWebhookResponseData; sent: Sent }>;
	/** What the node itself has sent so far through the response object. */
	sent: Sent;
}

/** For `node.webhook`: one request that has reached n8n, and what the node answers. */
export function webhookFunctions(setup: WebhookSetup): WebhookCall {
	const prepared = prepare({ mode: 'webhook', ...setup });
	const { workflow, node, additionalData, mode } = prepared;
	const { response, sent } = testResponse();
	additionalData.httpRequest = testRequest(setup);
	additionalData.httpResponse = (setup.response ?? response) as typeof response;
	const functions = new WebhookContext(
		workflow,
		node,
		additionalData,
		mode,
		webhookData(prepared, setup),
		[],
		null,
	);
	const context = inContext<IWebhookFunctions>(functions, prepared);
	const deliver = async () => {
		const result = await context.call(setup.node.webhook);
		if (!setup.isOpen) sent.finish();
		return { result, sent };
	};
	return { ...context, deliver, sent };
}

function webhookData(
	{ workflow, node, additionalData, mode }: Prepared,
	setup: NodeSetup & { webhookName?: WebhookType },
) {
	const name = setup.webhookName ?? 'default';
	const webhookDescription = setup.node.description.webhooks?.find((one) => one.name === name);
	if (!webhookDescription) throw new Error(`The node describes no webhook ${name}`);
	return {
		httpMethod: 'POST' as const,
		node: node.name,
		path: webhookDescription.path,
		webhookDescription,
		workflowId: workflow.id,
		webhookId: node.webhookId,
		workflowExecuteAdditionalData: additionalData,
		isTest: mode === 'manual',
	};
}
