import './environment';
import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import {
	Workflow,
	type IConnections,
	type ICredentialType,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { prepareCore } from './core';
import { CredentialStore, type CredentialData } from './credentialStore';

/** What every helper here needs to know of the node under test. */
export interface NodeSetup {
	node: INodeType;
	/** Default: this pack's name for it, `n8n-nodes-ghl-heyreach.ghlContacts`. */
	typeName?: string;
	/** As in a workflow file: only what differs from the defaults; expressions work. */
	parameters?: INodeParameters;
	/** What the person typed, by credential type; or a store that several runs share. */
	credentials?: CredentialData | CredentialStore;
	/** The types of `credentials`, not needed with a store. `oAuth2Api` is there already. */
	credentialTypes?: ICredentialType[];
	/** The node's static data: read from here and changed in place. */
	staticData?: IDataObject;
	/** Default `trigger`, the mode of an active workflow. */
	mode?: WorkflowExecuteMode;
	/** The time zone of the workflow. Default: UTC. */
	timezone?: string;
	/** Where n8n is reached; the node's webhook addresses start with it. */
	webhookBaseUrl?: string;
	/** Of which workflow the node is a part. Default: one for all. */
	workflowId?: string;
}

export interface Prepared {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
	credentials: CredentialStore;
	mode: WorkflowExecuteMode;
}

/** The rest of the workflow. */
export interface Surroundings {
	nodes: INode[];
	types: Record<string, INodeType>;
	connections: IConnections;
}

export const NODE_NAME = 'Node Under Test';

let executions = 0;

/** A real n8n workflow with the node under test, and what n8n's server would hand to n8n-core. */
export function prepare(
	setup: NodeSetup,
	settings: Partial<INode> = {},
	others: Surroundings = { nodes: [], types: {}, connections: {} },
): Prepared {
	const { description } = setup.node;
	const type = setup.typeName ?? `n8n-nodes-ghl-heyreach.${description.name}`;
	const credentials =
		setup.credentials instanceof CredentialStore
			? setup.credentials
			: new CredentialStore(setup.credentialTypes ?? [], setup.credentials ?? {});
	const { version, defaultVersion } = description;
	const node: INode = {
		id: 'node-under-test',
		name: NODE_NAME,
		type,
		typeVersion: defaultVersion ?? (Array.isArray(version) ? Math.max(...version) : version),
		position: [0, 0],
		parameters: structuredClone(setup.parameters ?? {}),
		credentials: credentials.references(),
		...(description.webhooks && { webhookId: 'webhook-of-node-under-test' }),
		...settings,
	};
	const workflow = new Workflow({
		id: setup.workflowId ?? 'workflow-under-test',
		name: 'Workflow Under Test',
		nodes: [node, ...others.nodes],
		connections: others.connections,
		active: false,
		nodeTypes: nodeTypes({ ...others.types, [type]: setup.node }),
		staticData: setup.staticData && { [`node:${NODE_NAME}`]: setup.staticData },
		settings: { executionOrder: 'v1', timezone: setup.timezone ?? 'UTC' },
	});
	const mode = setup.mode ?? 'trigger';
	const additionalData = executionData(credentials, mode, setup.webhookBaseUrl);
	prepareCore(workflow, node, additionalData);
	return { workflow, node, additionalData, credentials, mode };
}

function nodeTypes(types: Record<string, INodeType>): INodeTypes {
	const get = (name: string) => {
		const type = types[name];
		if (!type) throw new Error(`The test knows no node type ${name}`);
		return type;
	};
	return { getByName: get, getByNameAndVersion: get, getKnownTypes: () => ({}) };
}

function executionData(
	credentialsHelper: CredentialStore,
	mode: WorkflowExecuteMode,
	webhookBaseUrl = 'http://n8n.test/webhook',
): IWorkflowExecuteAdditionalData {
	const executionId = String(++executions);
	const now = new Date();
	const unavailable = async (): Promise<never> => {
		throw new Error('n8n’s server does this; it is not there in these tests');
	};
	return {
		credentialsHelper,
		executionId,
		currentNodeExecutionIndex: 0,
		hooks: new ExecutionLifecycleHooks(mode, executionId, {
			id: 'workflow-under-test',
			name: 'Workflow Under Test',
			active: false,
			isArchived: false,
			activeVersionId: null,
			createdAt: now,
			updatedAt: now,
			nodes: [],
			connections: {},
		}),
		externalSecretsProxy: new ExternalSecretsProxy(),
		executeWorkflow: unavailable,
		getRunExecutionData: unavailable,
		getRuntimeCredential: unavailable,
		startRunnerTask: unavailable,
		logAiEvent: () => {},
		variables: {},
		restApiUrl: 'http://n8n.test/rest',
		instanceBaseUrl: 'http://n8n.test/',
		formBaseUrl: 'http://n8n.test/form',
		formWaitingBaseUrl: 'http://n8n.test/form-waiting',
		formTestBaseUrl: 'http://n8n.test/form-test',
		webhookBaseUrl,
		webhookWaitingBaseUrl: 'http://n8n.test/webhook-waiting',
		webhookTestBaseUrl: `${webhookBaseUrl}-test`,
		mcpBaseUrl: 'http://n8n.test/mcp',
		mcpTestBaseUrl: 'http://n8n.test/mcp-test',
	};
}
