import type { INodeParameters } from 'n8n-workflow';
import type { WorkflowFile } from '../../../tools/n8n/workflow';
import { MODEL } from '../support/modelStandIn';

/** A node of this pack as a tool: `parameters` without resource and operation. */
export interface ToolNode {
	/** `GHL Contacts` or `HeyReach`. */
	node: string;
	/** `contact:get`. */
	key: string;
	parameters: INodeParameters;
}

const TYPES: Record<string, string> = {
	'GHL Contacts': 'n8n-nodes-ghl-heyreach.ghlContactsTool',
	HeyReach: 'n8n-nodes-ghl-heyreach.heyReachTool',
};

const AGENT = 'AI Agent';

/** How the node is called, on the canvas and by the model. */
export const toolName = ({ node, key }: Pick<ToolNode, 'node' | 'key'>): string =>
	`${node} ${key}`.replace(/[^a-zA-Z0-9_-]+/g, '_');

/** Manual Trigger and n8n's AI Agent with OpenAI Chat Model and these tools. */
export function agentWorkflow(
	name: string,
	tools: ToolNode[],
	responsesApi: boolean,
): WorkflowFile {
	const node = (
		called: string,
		type: string,
		typeVersion: number,
		parameters: object,
		at: number,
	) => ({
		id: called,
		name: called,
		type,
		typeVersion,
		position: [160 * at, at > 2 ? 300 : 0] as [number, number],
		parameters: { ...parameters },
	});
	const to = (kind: string) => ({ [kind]: [[{ node: AGENT, type: kind, index: 0 }]] });
	const model = {
		model: { __rl: true, mode: 'id', value: MODEL },
		responsesApiEnabled: responsesApi,
		options: { maxRetries: 0 },
	};
	return {
		name,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}, 0),
			node(
				AGENT,
				'@n8n/n8n-nodes-langchain.agent',
				3,
				{ promptType: 'define', text: 'Do it', options: {} },
				1,
			),
			node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, model, 2),
			...tools.map((tool, at) => {
				const [resource, operation] = tool.key.split(':');
				const parameters = { resource, operation, ...tool.parameters };
				return node(toolName(tool), TYPES[tool.node], 1, parameters, 3 + at);
			}),
		],
		connections: {
			Start: to('main'),
			Model: to('ai_languageModel'),
			...Object.fromEntries(tools.map((tool) => [toolName(tool), to('ai_tool')])),
		},
		// In the older order n8n resumes the agent before its tools have run.
		settings: { executionOrder: 'v1' },
	};
}
