import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { audited } from './audit';
import { buildCall } from './build';
import { Cancelled, errorItem, isObject, toNodeError } from './errors';
import { batchesOf, sendBatch, type Part } from './fold';
import type { Account, Answer, Call, Fold, Io, Operation, Resource, Service } from './operation';
import { Notices } from './notices';
import { readPages, rowsOf } from './paginate';
import { Budget } from './pace';
import { send } from './send';
import { Tally } from './tally';

/**
 * The execute loop of every action node: items become calls, calls run side by side inside the
 * account's rate budget, and results come out in the order of the items, each paired with its own.
 * Where the API takes several records in one call, items share calls.
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
	let account: Account;
	try {
		account = await service.connect(context, 0);
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(context.getNode(), error);
		// n8n would pass the input on as if it were the node's output.
		return [items.map((_, itemIndex) => failedItem(context, operation, error, itemIndex))];
	}
	const job: Job = {
		context,
		service,
		operation,
		account,
		tally: new Tally(),
		notices: new Notices(),
		cap: capFor(context, service),
		reads: new Map(),
		results: items.map(() => []),
		failures: new Map(),
		told: [],
		notes: items.map(() => new Map()),
		goOn: context.continueOnFail(),
	};
	const { fold } = job.operation;
	if (fold) await runFolded(job, fold);
	else await inParallel(job, items.length, async (index) => await runItem(job, index));

	const hint = job.tally.hint(service.name);
	if (hint) context.addExecutionHints({ message: hint, location: 'outputPane', type: 'info' });
	job.notices.show(context);
	if (job.told.length > 0) {
		const { message } = toNodeError(context.getNode(), job.told[0]);
		context.addExecutionHints({
			message: `${job.told.length} of ${items.length} items failed. The first: ${message}`,
			location: 'outputPane',
			type: 'warning',
		});
	}
	if (job.failures.size > 0 && !job.goOn) {
		const first = Math.min(...job.failures.keys());
		throw toNodeError(context.getNode(), job.failures.get(first), first);
	}
	return [job.results.flat()];
}

/** What the items of one run share. */
interface Job {
	context: IExecuteFunctions;
	service: Service;
	operation: Operation;
	account: Account;
	tally: Tally;
	notices: Notices;
	cap?: Budget;
	/** Reads made in this run, so that the same one is made once. */
	reads: Map<string, Promise<Answer>>;
	/** By item. */
	results: INodeExecutionData[][];
	failures: Map<number, unknown>;
	/** Failures that the items tell themselves. */
	told: unknown[];
	/** By item. */
	notes: Array<Map<string, unknown>>;
	goOn: boolean;
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

/** For a node that leaves part of the account's rate limit to others. */
function capFor(context: IExecuteFunctions, { limit }: Service): Budget | undefined {
	const options = context.getNodeParameter('options', 0, {});
	const percent = isObject(options) ? Number(options.rateLimitShare ?? 100) : 100;
	return percent >= 1 && percent < 100 ? new Budget(limit, percent / 100) : undefined;
}

/** `work` for 0 to `count - 1`, as many at once as the service takes; no new one after a failure that ends the run. */
async function inParallel(
	{ service, goOn, failures }: Job,
	count: number,
	work: (index: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < count && (goOn || failures.size === 0)) await work(next++);
	};
	const workers = Math.min(service.limit.concurrency, count);
	await Promise.all(Array.from({ length: workers }, worker));
}

async function runItem(job: Job, itemIndex: number): Promise<void> {
	const { operation } = job;
	const io = ioFor(job, itemIndex);
	await settle(job, itemIndex, async () => {
		const call = await callFor(operation, io);
		// What several items ask for in the same words is read once.
		const sendOwn = operation.writes || job.results.length === 1 ? io.send : io.read;
		return operation.pages
			? await readPages(operation.pages, call, sendOwn, limitOf(io))
			: recordsOf((await sendOwn(call)).body, operation);
	});
}

/** All calls are built before the first is sent: a run that ends at a bad item has then changed nothing. */
async function runFolded(job: Job, fold: Fold): Promise<void> {
	const parts: Part[] = [];
	await inParallel(job, job.results.length, async (itemIndex) => {
		try {
			const call = await callFor(job.operation, ioFor(job, itemIndex));
			parts.push({ itemIndex, call });
		} catch (error) {
			fail(job, itemIndex, error);
		}
	});
	parts.sort((a, b) => a.itemIndex - b.itemIndex);
	const batches = batchesOf(fold, parts);
	let calls = 0;
	await inParallel(job, batches.length, async (index) => {
		const { send: sendOne } = ioFor(job, batches[index][0].itemIndex);
		const counted = async (call: Call) => {
			calls++;
			return await sendOne(call);
		};
		await sendBatch(fold, job.account, batches[index], counted, async ({ itemIndex }, outcome) => {
			await settle(job, itemIndex, async () => {
				if ('error' in outcome) throw outcome.error;
				return [outcome.record];
			});
		});
	});
	job.tally.saved += Math.max(0, parts.length - calls);
}

async function callFor(operation: Operation, io: Io): Promise<Call> {
	return operation.build ? await operation.build(io) : await buildCall(operation, io);
}

/** Puts out what an item came to: its records in their last form, or its failure. */
async function settle(
	job: Job,
	itemIndex: number,
	records: () => Promise<IDataObject[]>,
): Promise<void> {
	const { context, operation, results, tally } = job;
	const io = ioFor(job, itemIndex);
	try {
		const output: INodeExecutionData[] = [];
		for (const record of await records()) {
			const finished = operation.finish ? await operation.finish(record, io) : record;
			const simple = operation.simple && io.parameter('simplify', true) === true;
			const json = simple ? pick(finished, operation.simple ?? []) : finished;
			output.push({
				json: audited(context, operation, json, itemIndex, 'done'),
				pairedItem: { item: itemIndex },
			});
		}
		results[itemIndex] = output;
	} catch (error) {
		fail(job, itemIndex, error);
	}
	tally.progress(context, results.length);
}

function fail(job: Job, itemIndex: number, error: unknown) {
	const { context, operation, results, failures } = job;
	if (operation.failed && !(error instanceof Cancelled)) {
		job.told.push(error);
		const told = operation.failed(error, ioFor(job, itemIndex));
		const json = audited(context, operation, told, itemIndex, 'failed');
		results[itemIndex] = [{ json, pairedItem: { item: itemIndex } }];
		return;
	}
	failures.set(itemIndex, error);
	results[itemIndex] = [failedItem(context, operation, error, itemIndex)];
}

/**
 * `{ error, details }`. For the error output the error itself goes along, by which every version of
 * n8n knows the item as failed; n8n then leaves only its message.
 */
function failedItem(
	context: IExecuteFunctions,
	operation: Operation,
	error: unknown,
	itemIndex: number,
): INodeExecutionData {
	const node = context.getNode();
	return {
		json: audited(context, operation, errorItem(error), itemIndex, 'failed'),
		error: node.onError === 'continueErrorOutput' ? toNodeError(node, error, itemIndex) : undefined,
		pairedItem: { item: itemIndex },
	};
}

function ioFor(job: Job, itemIndex: number): Io {
	const { context, account, operation } = job;
	return {
		context,
		itemIndex,
		account,
		notes: job.notes[itemIndex],
		tell: (message, detail) => job.notices.tell(message, detail),
		parameter: (name, fallback) =>
			context.getNodeParameter(name, itemIndex, fallback ?? '', { extractValue: true }),
		send: async (call) => {
			const recover = operation.recover;
			const io = ioFor(job, itemIndex);
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
