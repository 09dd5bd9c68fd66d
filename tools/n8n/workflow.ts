/** The parts of n8n's workflow JSON and node descriptions that the tools look at. */

export interface CredentialRef {
	id: string;
	name: string;
}

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, CredentialRef>;
	webhookId?: string;
	disabled?: boolean;
}

/** A workflow as a template file holds it. */
export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
	meta?: Record<string, unknown>;
}

/** A workflow as n8n has stored it. */
export interface StoredWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
	active: boolean;
}

export interface NodeType {
	name: string;
	displayName: string;
	group: string[];
	version: number | number[];
	polling?: boolean;
	webhooks?: Array<{
		name: string;
		httpMethod: string;
		path: string;
		isFullPath?: boolean | string;
	}>;
	credentials?: Array<{
		name: string;
		required?: boolean;
		displayOptions?: { show?: Record<string, unknown[]> };
	}>;
	properties: Array<{ name: string; default?: unknown }>;
}

/**
 * A copy of the nodes that uses the given credentials: in place of the ones a node names and, on
 * a node that names none, of those its type asks for with its parameters as they are.
 */
export function withCredentials(
	nodes: WorkflowNode[],
	credentials: Record<string, CredentialRef>,
	types: NodeType[],
): WorkflowNode[] {
	return nodes.map((node) => {
		const named = Object.keys(node.credentials ?? {});
		const wanted = named.length > 0 ? named : askedFor(node, types);
		const known = wanted.filter((type) => type in credentials);
		if (known.length === 0) return node;
		const given = known.map((type) => [type, credentials[type]]);
		return { ...node, credentials: { ...node.credentials, ...Object.fromEntries(given) } };
	});
}

/** The types of the credentials without which n8n does not turn the workflow on, and which no node has. */
export function missingCredentials(workflow: WorkflowFile, types: NodeType[]): string[] {
	const enabled = workflow.nodes.filter(({ disabled }) => disabled !== true);
	const missing = enabled.flatMap((node) => {
		const required = typeOf(node, types)?.credentials?.filter((one) => one.required) ?? [];
		return askedFor(node, types).filter(
			(name) => required.some((one) => one.name === name) && !node.credentials?.[name],
		);
	});
	return [...new Set(missing)];
}

function askedFor(node: WorkflowNode, types: NodeType[]): string[] {
	const type = typeOf(node, types);
	const value = (name: string) =>
		node.parameters[name] ?? type?.properties.find((field) => field.name === name)?.default;
	// HTTP Request names the credential that it borrows in a parameter.
	const borrowed = node.parameters.nodeCredentialType;
	if (typeof borrowed === 'string') return [borrowed];
	return (type?.credentials ?? [])
		.filter(({ displayOptions }) =>
			Object.entries(displayOptions?.show ?? {}).every(([name, values]) =>
				values.includes(value(name)),
			),
		)
		.map(({ name }) => name);
}

function typeOf(node: WorkflowNode, types: NodeType[]): NodeType | undefined {
	const named = types.filter(({ name }) => name === node.type);
	return named.find(({ version }) => [version].flat().includes(node.typeVersion)) ?? named[0];
}

/** Whether n8n would start the workflow by itself: by a webhook, a poll or a schedule. */
export function startsByItself(workflow: WorkflowFile, types: NodeType[]): boolean {
	const byHand = ['manualTrigger', 'executeWorkflowTrigger', 'errorTrigger', 'evaluationTrigger'];
	return workflow.nodes.some(
		(node) =>
			!node.disabled &&
			typeOf(node, types)?.group.includes('trigger') &&
			!byHand.some((name) => node.type === `n8n-nodes-base.${name}`),
	);
}

/** The path behind n8n's address at which a trigger node of an active workflow is called. */
export function webhookPath(workflow: StoredWorkflow, nodeName: string, types: NodeType[]): string {
	const node = workflow.nodes.find(({ name }) => name === nodeName);
	if (!node) throw new Error(`The workflow "${workflow.name}" has no node "${nodeName}".`);
	// The bare Webhook node's path is an expression over its parameter, and is the whole path.
	if (node.type === 'n8n-nodes-base.webhook') return `/webhook/${String(node.parameters.path)}`;
	const webhook = typeOf(node, types)?.webhooks?.[0];
	if (!webhook) throw new Error(`The node "${nodeName}" is not called by webhook.`);
	if (webhook.isFullPath) return `/webhook/${webhook.path}`;
	const prefix = node.webhookId ?? `${workflow.id}/${encodeURIComponent(nodeName.toLowerCase())}`;
	return `/webhook/${prefix}/${webhook.path}`;
}
