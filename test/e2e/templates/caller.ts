import type { StoredWorkflow, WorkflowFile } from '../../../tools/n8n/workflow';

/** A workflow that starts another one with its node *Execute Sub-workflow*, as the notes tell people to. */
export function callerOf(called: StoredWorkflow, input: string, values: string[]): WorkflowFile {
	const node = (
		name: string,
		type: string,
		typeVersion: number,
		parameters: object,
		at: number,
	) => ({
		id: `caller-${at}`,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [at * 220, 0] as [number, number],
		parameters: { ...parameters },
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		name: `Calls ${called.name}`,
		nodes: [
			node('Start', 'manualTrigger', 1, {}, 0),
			node(
				'Values',
				'set',
				3.4,
				{
					assignments: {
						assignments: [{ id: 'values', name: 'value', type: 'array', value: values }],
					},
					options: {},
				},
				1,
			),
			node('One item a value', 'splitOut', 1, { fieldToSplitOut: 'value', options: {} }, 2),
			node(
				'Call',
				'executeWorkflow',
				1.2,
				{
					workflowId: { __rl: true, mode: 'id', value: called.id },
					workflowInputs: {
						mappingMode: 'defineBelow',
						value: { [input]: '={{ $json.value }}' },
						matchingColumns: [],
						schema: [
							{ id: input, displayName: input, required: false, display: true, type: 'string' },
						],
					},
					options: {},
				},
				3,
			),
		],
		connections: {
			Start: to('Values'),
			Values: to('One item a value'),
			'One item a value': to('Call'),
		},
		settings: { executionOrder: 'v1' },
	};
}
