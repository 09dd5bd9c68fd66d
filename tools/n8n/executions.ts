import { parse } from 'flatted';

/** One line of n8n's list of executions. */
export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
	startedAt: string;
	stoppedAt?: string;
}

export interface ExecutionItem {
	json: Record<string, unknown>;
	binary?: Record<string, unknown>;
	pairedItem?: unknown;
	error?: ExecutionError;
}

export interface ExecutionError {
	message: string;
	description?: string;
	name?: string;
	httpCode?: string;
	context?: Record<string, unknown>;
}

/** One run of one node. */
interface NodeRun {
	executionStatus?: string;
	executionTime: number;
	startTime: number;
	/** The items of each output. */
	data?: { main: Array<ExecutionItem[] | null> };
	error?: ExecutionError;
	hints?: Array<{ message: string }>;
}

/** An execution with what each of its nodes did. */
export interface Execution extends ExecutionSummary {
	data: {
		resultData: {
			runData: Record<string, NodeRun[]>;
			lastNodeExecuted?: string;
			error?: ExecutionError;
		};
		/** What was still to be done when it ended: not empty where n8n died on the way. */
		executionData?: {
			nodeExecutionStack?: Array<{
				node: { name: string };
				data: { main: Array<ExecutionItem[] | null> };
			}>;
		};
	};
}

/** An execution as n8n's REST API gives it. */
export interface StoredExecution extends ExecutionSummary {
	/** In the form of the npm package `flatted`. */
	data: string;
}

const OVER = ['success', 'error', 'canceled', 'crashed'];

/** Whether nothing more will happen in an execution. */
export function isOver({ status }: ExecutionSummary): boolean {
	return OVER.includes(status);
}

export function decodeExecution(stored: StoredExecution): Execution {
	return { ...stored, data: parse(stored.data) as Execution['data'] };
}

/** The items that a node's last run put out, or none if it did not run. */
export function itemsOf(execution: Execution, nodeName: string, output = 0): ExecutionItem[] {
	return execution.data.resultData.runData[nodeName]?.at(-1)?.data?.main[output] ?? [];
}

/** What went wrong: the execution's own error or the first one of a node. */
export function errorOf(execution: Execution): ExecutionError | undefined {
	const { error, runData } = execution.data.resultData;
	const ofNodes = Object.values(runData ?? {}).flatMap((runs) => runs.map((run) => run.error));
	return error ?? ofNodes.find((candidate) => candidate !== undefined);
}
