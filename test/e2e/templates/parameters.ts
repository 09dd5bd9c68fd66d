import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';
import type { N8nClient } from '../../../tools/n8n/client';
import type { WorkflowFile } from '../../../tools/n8n/workflow';

/** The descriptions of all nodes of a running n8n, as its editor reads them. */
export async function descriptions(client: N8nClient): Promise<INodeTypeDescription[]> {
	const headers = { Cookie: client.session };
	const answer = await fetch(`${client.url}/types/nodes.json`, { headers });
	return (await answer.json()) as INodeTypeDescription[];
}

/** What n8n's editor would warn of in a workflow, and what its nodes do not know. */
export function complaints(file: WorkflowFile, types: INodeTypeDescription[]): string[] {
	return file.nodes.flatMap((node) => {
		const named = types.filter(({ name }) => name === node.type);
		const description = named.find(({ version }) => [version].flat().includes(node.typeVersion));
		if (!description) return [`${node.name}: n8n has no ${node.type} ${node.typeVersion}`];
		const { properties } = description;
		const asNode = { ...node, parameters: node.parameters as INode['parameters'] };
		const known = NodeHelpers.getNodeParameters(
			properties,
			asNode.parameters,
			true,
			false,
			asNode,
			description,
		);
		const issues = NodeHelpers.getNodeParametersIssues(
			properties,
			{ ...asNode, parameters: known ?? {} },
			description,
		);
		const warnings = Object.values(issues?.parameters ?? {}).flat();
		return [
			...unknown(node.parameters, known ?? {}).map((path) => `unknown parameter ${path}`),
			...warnings,
		].map((text) => `${node.name}: ${text}`);
	});
}

/** Paths of what is in the first and not in the second. */
function unknown(given: unknown, known: unknown, path = ''): string[] {
	if (typeof given !== 'object' || given === null || isOwnBusiness(given)) return [];
	return Object.entries(given).flatMap(([key, value]) => {
		const at = path ? `${path}.${key}` : key;
		const inside = known as Record<string, unknown> | null | undefined;
		if (typeof inside !== 'object' || inside === null || !(key in inside)) return [at];
		return unknown(value, inside[key], at);
	});
}

/** Locators, mappers, filters and assignments: their insides are values, not parameters. */
function isOwnBusiness(value: object): boolean {
	return ['__rl', 'mappingMode', 'combinator', 'assignments'].some((key) => key in value);
}
