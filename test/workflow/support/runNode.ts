import './environment';
import { WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	type ExecutionError,
	type ExecutionStatus,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type NodeExecutionHint,
} from 'n8n-workflow';
import { collectLogs } from './core';
import type { CredentialStore } from './credentialStore';
import { NODE_NAME, prepare, type NodeSetup, type Surroundings } from './setup';

export type Items = IDataObject[] | INodeExecutionData[];

export interface RunSetup extends NodeSetup {
	/** What the first input gets; an item with a `json` object is taken as it is. Default: one empty item. */
	items?: Items;
	/** For a node with several inputs, instead of `items`; `undefined` leaves an input unwired. */
	inputs?: Array<Items | undefined>;
	onError?: INode['onError'];
	/** Other settings of the node, such as `retryOnFail` and `executeOnce`. */
	settings?: Partial<INode>;
	/** Cancels the execution after this long (ms, real time), as the stop button does. */
	abortAfterMs?: number;
	/** Cancels the execution when this settles: to stop at something the server has seen. */
	abortWhen?: Promise<unknown>;
}

export interface RunResult {
	/** By output; with `continueErrorOutput` the last one is the error output. */
	outputs: INodeExecutionData[][];
	/** The error that stopped the run, or with `continueRegularOutput` the one the node ended with. */
	error?: ExecutionError;
	status: ExecutionStatus;
	hints: NodeExecutionHint[];
	/** `level message {metadata}`, also n8n-core's own lines. */
	logs: string[];
	credentials: CredentialStore;
}

const START = 'Start';
const END = 'End';
const MAIN = NodeConnectionTypes.Main;

/**
 * Runs one node through n8n-core's own WorkflowExecute: a start node feeds the items, credentials
 * are resolved, and `helpers` make true HTTP calls.
 *
 * @throws Error if n8n would not start such a workflow (a required parameter or credential is missing)
 */
export async function runNode(setup: RunSetup): Promise<RunResult> {
	const inputs = setup.inputs ?? [setup.items ?? [{}]];
	const prepared = prepare(
		setup,
		{ ...setup.settings, ...(setup.onError && { onError: setup.onError }) },
		surroundings(setup.node, inputs),
	);
	const { workflow, additionalData, mode, credentials } = prepared;
	const logs: string[] = [];
	const run = await collectLogs(logs, async () => {
		const execution = new WorkflowExecute(additionalData, mode).run({
			workflow,
			startNode: workflow.nodes[START],
		});
		const cancel = () => execution.cancel();
		const timer =
			setup.abortAfterMs === undefined ? undefined : setTimeout(cancel, setup.abortAfterMs);
		void setup.abortWhen?.then(cancel, cancel);
		try {
			return await execution;
		} finally {
			clearTimeout(timer);
		}
	});

	const [task] = run.data.resultData.runData[NODE_NAME] ?? [];
	return {
		outputs: (task?.data?.main ?? []).map((items) => items ?? []),
		error: run.data.resultData.error ?? task?.error,
		status: run.status,
		hints: task?.hints ?? [],
		logs,
		credentials,
	};
}

/**
 * What stands around the node under test: a start node with one output for each of its inputs, and
 * an end node behind all its outputs (without one, n8n-core takes the last node's handled error for
 * the run's).
 */
function surroundings(node: INodeType, inputs: Array<Items | undefined>): Surroundings {
	const items = inputs.map((input) => (input ?? []).map(asItem));
	const { outputs } = node.description;
	// One more for the error output; connections of outputs that are not there do nothing.
	const outputCount = Array.isArray(outputs) ? outputs.length + 1 : 8;
	const to = (name: string, index: number) => ({ node: name, type: MAIN, index });
	return {
		nodes: [plainNode(START), plainNode(END)],
		types: {
			[START]: plainType({ inputs: [], outputs: inputs.map(() => MAIN) }, async () => items),
			[END]: plainType({ inputs: [MAIN], outputs: [] }, async () => [[]]),
		},
		connections: {
			[START]: { main: inputs.map((input, index) => (input ? [to(NODE_NAME, index)] : [])) },
			[NODE_NAME]: { main: Array.from({ length: outputCount }, () => [to(END, 0)]) },
		},
	};
}

function plainNode(name: string): INode {
	return { id: name, name, type: name, typeVersion: 1, position: [0, 0], parameters: {} };
}

function plainType(
	ends: Pick<INodeTypeDescription, 'inputs' | 'outputs'>,
	execute: () => Promise<INodeExecutionData[][]>,
): INodeType {
	const name = { displayName: 'Plain', name: 'plain', description: 'Part of the test' };
	const rest = { group: [], version: 1, defaults: {}, properties: [] };
	return { description: { ...name, ...rest, ...ends }, execute };
}

function asItem(item: IDataObject | INodeExecutionData): INodeExecutionData {
	return isItem(item) ? item : { json: item };
}

function isItem(item: IDataObject | INodeExecutionData): item is INodeExecutionData {
	return typeof item.json === 'object' && item.json !== null && !Array.isArray(item.json);
}
