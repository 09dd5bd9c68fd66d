import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { buildCall } from './build';
import { errorItem, isObject, toNodeError } from './errors';
import type { Account, Answer, Io, Operation, Resource, Service } from './operation';
import { readPages, rowsOf } from './paginate';
import { send, type Tally } from './send';

/**
 * The execute loop of every action node: items become calls, calls run side by side inside the
 * account's rate budget, and results come out in the order of the items, each paired with its own.
 *
 * With Continue On Fail an item that fails becomes `{ error }` and the others go on. Without it no
 * new call is sent after the first failure, and the failure of the first item that has one is thrown.
 */
export async function run(
	context: IExecuteFunctions,
	service: Service,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const operation = chosenOperation(context, resources);
	const account = await service.connect(context, 0);
	const job: Job = {
		context,
		service,
		operation,
		account,
		tally: { calls: 0, retries: 0, waitedMs: 0 },
		reads: new Map(),
	};

	const results: INodeExecutionData[][] = items.map(() => []);
	const failures = new Map<number, unknown>();
	const goOn = context.continueOnFail();
	let next = 0;
	const worker = async () => {
		while (next < items.length && (goOn || failures.size === 0)) {
			const index = next++;
			try {
				results[index] = await runItem(job, index);
			} catch (error) {
				failures.set(index, error);
				results[index] = [failedItem(job, index, error)];
			}
		}
	};
	const workers = Math.min(service.limit.concurrency, items.length);
	await Promise.all(Array.from({ length: workers }, worker));

	if (failures.size > 0 && !goOn) {
		const first = Math.min(...failures.keys());
		throw toNodeError(context.getNode(), failures.get(first), first);
	}
	return [results.flat()];
}

/** What the items of one run share. */
interface Job {
	context: IExecuteFunctions;
	service: Service;
	operation: Operation;
	account: Account;
	tally: Tally;
	/** Reads made in this run, so that the same one is made once. */
	reads: Map<string, Promise<Answer>>;
}

function chosenOperation(context: IExecuteFunctions, resources: Resource[]): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const value = context.getNodeParameter('operation', 0);
	const operation = resources
		.find((candidate) => candidate.value === resource)
		?.operations.find((candidate) => candidate.value === value);
	if (!operation) {
		throw toNodeError(
			context.getNode(),
			new Error(
				`This version of the node has no operation “${String(resource)}: ${String(value)}”`,
			),
		);
	}
	return operation;
}

async function runItem(job: Job, itemIndex: number): Promise<INodeExecutionData[]> {
	const { operation } = job;
	const io = ioFor(job, itemIndex);
	const call = await buildCall(operation, io);
	const records = operation.pages
		? await readPages(operation.pages, call, io.send, limitOf(io))
		: recordsOf((await io.send(call)).body, operation);
	const output: INodeExecutionData[] = [];
	for (const record of records) {
		const finished = operation.finish ? await operation.finish(record, io) : record;
		const simple = operation.simple && io.parameter('simplify', true) === true;
		const json = simple ? pick(finished, operation.simple ?? []) : finished;
		output.push({ json: audited(job, json, itemIndex, 'done'), pairedItem: { item: itemIndex } });
	}
	return output;
}

function ioFor(job: Job, itemIndex: number): Io {
	const { context, account, operation } = job;
	const io: Io = {
		context,
		itemIndex,
		account,
		parameter: (name, fallback) =>
			context.getNodeParameter(name, itemIndex, fallback ?? '', { extractValue: true }),
		send: async (call) => {
			const recover = operation.recover;
			return await send(
				{
					...job,
					recover: recover && (async (lost, startedAt) => await recover(lost, io, startedAt)),
				},
				call,
			);
		},
		read: async (call) => {
			const key = JSON.stringify([call.method, call.path, call.query, call.body]);
			let answer = job.reads.get(key);
			if (!answer) job.reads.set(key, (answer = send(job, call)));
			return await answer;
		},
	};
	return io;
}

function limitOf(io: Io): number {
	return io.parameter('returnAll', false) === true ? Infinity : Number(io.parameter('limit', 50));
}

function recordsOf(body: unknown, operation: Operation): IDataObject[] {
	const at = operation.result && isObject(body) ? body[operation.result] : body;
	if (Array.isArray(at)) return rowsOf(at, undefined);
	return [isObject(at) ? (at as IDataObject) : {}];
}

/** The named fields of a record, in that order, where it has them. */
function pick(record: IDataObject, names: string[]): IDataObject {
	const present = names.filter((name) => record[name] !== undefined);
	return Object.fromEntries(present.map((name) => [name, record[name]]));
}

/**
 * `{ error, details }`. For the error output the error itself goes along, by which every version of
 * n8n knows the item as failed; n8n then leaves only its message.
 */
function failedItem(job: Job, itemIndex: number, error: unknown): INodeExecutionData {
	const node = job.context.getNode();
	return {
		json: audited(job, errorItem(error), itemIndex, 'failed'),
		error: node.onError === 'continueErrorOutput' ? toNodeError(node, error, itemIndex) : undefined,
		pairedItem: { item: itemIndex },
	};
}

/** With Include Audit Row: who did what to which record and when, without a personal value. */
function audited(
	job: Job,
	json: IDataObject,
	itemIndex: number,
	status: 'done' | 'failed',
): IDataObject {
	const { context, operation } = job;
	if (!operation.writes) return json;
	const options = context.getNodeParameter('options', itemIndex, {});
	if (!isObject(options) || options.includeAuditRow !== true) return json;
	const audit: IDataObject = {
		operation: `${String(context.getNodeParameter('resource', 0))}:${operation.value}`,
		recordId: recordIdOf(job, json, itemIndex),
		status,
		at: new Date().toISOString(),
		executionId: context.getExecutionId(),
	};
	return { ...json, audit };
}

function recordIdOf(job: Job, json: IDataObject, itemIndex: number): string | null {
	if (typeof json.id === 'string') return json.id;
	for (const field of [...job.operation.fields].reverse()) {
		if (field.send?.in !== 'path') continue;
		const value = job.context.getNodeParameter(field.property.name, itemIndex, '', {
			extractValue: true,
		});
		if (typeof value === 'string' && value !== '') return value;
	}
	return null;
}
