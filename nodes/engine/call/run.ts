import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeExecutionHint,
	NodeOperationError,
} from 'n8n-workflow';
import { audited } from './audit';
import { buildCall } from './build';
import { BadInput, Cancelled, errorItem, isObject, toNodeError } from './errors';
import { batchesOf, sendBatch, type Outcome, type Part, type Probes } from './fold';
import type { Account, Answer, Call, Fold, Io, Operation, Resource, Service } from '../operation';
import { Notices } from './hints';
import { lacksRecord, readPages, rowsOf, type PageStyle } from './paginate';
import { Budget } from './pace';
import { Refusals } from './sharedRefusals';
import { send } from './send';
import { ranges, Tally } from './tally';
import { toFlag } from '../values';

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
	let job: Job;
	try {
		const operation = chosenOperation(context, resources);
		job = jobFor(context, service, operation, await service.connect(context, 0));
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(context.getNode(), error);
		// n8n would pass the input on as if it were the node's output.
		return [items.map((_, itemIndex) => failedItem(context, errorItem(error), error, itemIndex))];
	}
	const { fold } = job.operation;
	if (fold) await runFolded(job, fold);
	else await inParallel(job, items.length, async (index) => await runItem(job, index));

	job.notices.show(context);
	for (const { message, type } of hintsOf(job)) {
		context.addExecutionHints({ message, location: 'outputPane', type });
	}
	if (job.failures.size > 0 && !job.goOn) throw stopOf(job);
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
	refusals: Refusals;
	/** Answers that several items need, each read once; one that failed is read again. */
	reads: Map<string, Promise<Answer>>;
	/** Lists under way, for items that ask for the same one at the same time. */
	lists: Map<string, Promise<IDataObject[]>>;
	/** By item, while it is worked on. */
	ios: Map<number, Io>;
	/** By item. */
	results: INodeExecutionData[][];
	failures: Map<number, unknown>;
	/** Failures that the items tell themselves, by item. */
	told: Map<number, unknown>;
	/** The items that are carried out. */
	done: Set<number>;
	goOn: boolean;
}

function jobFor(
	context: IExecuteFunctions,
	service: Service,
	operation: Operation,
	account: Account,
): Job {
	return {
		context,
		service,
		operation,
		account,
		tally: new Tally(),
		notices: new Notices(),
		cap: capFor(context, service),
		refusals: new Refusals(),
		reads: new Map(),
		lists: new Map(),
		ios: new Map(),
		results: context.getInputData().map(() => []),
		failures: new Map(),
		told: new Map(),
		done: new Set(),
		goOn: context.continueOnFail(),
	};
}

function chosenOperation(context: IExecuteFunctions, resources: Resource[]): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const value = context.getNodeParameter('operation', 0);
	const found = resources.find((candidate) => candidate.value === resource);
	const operation = found?.operations.find((candidate) => candidate.value === value);
	if (operation) return operation;
	const successor = found?.successors?.[String(value)];
	throw toNodeError(
		context.getNode(),
		new BadInput(
			`This version of the node has no operation “${String(resource)}: ${String(value)}”`,
			successor &&
				`Choose ${successor} in its place: the fields that are filled in stay. Nothing was sent.`,
		),
	);
}

/** For a node that leaves part of the account's rate limit to others: what the first item says. */
function capFor(context: IExecuteFunctions, { limit }: Service): Budget | undefined {
	let share: number | undefined;
	for (const itemIndex of context.getInputData().keys()) {
		share ??= shareOf(context, itemIndex);
		if (share !== undefined) break;
	}
	return share !== undefined && share >= 1 && share < 100
		? new Budget(limit, share / 100)
		: undefined;
}

/** Percent; `undefined` where n8n cannot resolve the expression, which the item says itself. */
function shareOf(context: IExecuteFunctions, itemIndex: number): number | undefined {
	try {
		return Number(context.getNodeParameter('options.rateLimitShare', itemIndex, 100));
	} catch {
		return undefined;
	}
}

/**
 * `work` for 0 to `count - 1`, as many at once as the service takes; no new one after a failure that
 * ends the run. When it returns, or throws, nothing is under way any more.
 */
async function inParallel(
	{ service, goOn, failures }: Job,
	count: number,
	work: (index: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	const worker = async () => {
		let isBroken = true;
		try {
			while (next < count && (goOn || failures.size === 0)) await work(next++);
			isBroken = false;
		} finally {
			if (isBroken) next = count;
		}
	};
	const workers = Math.min(service.limit.concurrency, count);
	const ends = await Promise.allSettled(Array.from({ length: workers }, worker));
	const broken = ends.find((end) => end.status === 'rejected');
	if (broken) throw broken.reason;
}

async function runItem(job: Job, itemIndex: number): Promise<void> {
	const { operation, results } = job;
	const io = ioOf(job, itemIndex);
	await settle(job, itemIndex, async () => {
		const call = await callFor(operation, io);
		if (operation.pages) return await listOf(job, operation.pages, call, io);
		// What several items ask for in the same words is read once.
		const sendOwn = operation.writes || results.length === 1 ? io.send : io.read;
		const { result } = operation;
		const lacks = call.method === 'GET' && result ? { lacks: lacksRecord(result) } : {};
		return recordsOf((await sendOwn({ ...lacks, ...call })).body, operation);
	});
}

/** A list is not kept when it has been put out: it may be all there is in the account. */
async function listOf(job: Job, pages: PageStyle, call: Call, io: Io): Promise<IDataObject[]> {
	const limit = limitOf(io);
	const { method, path, query, body } = call;
	const key = JSON.stringify([method, path, query, body, limit]);
	const known = job.lists.get(key);
	if (known) return await known;
	const list = readPages(pages, call, io.send, limit);
	job.lists.set(key, list);
	try {
		return await list;
	} finally {
		job.lists.delete(key);
	}
}

/** All calls are built before the first is sent: a run that ends at a bad item has then changed nothing. */
async function runFolded(job: Job, fold: Fold): Promise<void> {
	const parts: Part[] = [];
	await inParallel(job, job.results.length, async (itemIndex) => {
		try {
			const call = await callFor(job.operation, ioOf(job, itemIndex));
			parts.push({ itemIndex, call });
		} catch (error) {
			fail(job, itemIndex, error);
		}
	});
	parts.sort((a, b) => a.itemIndex - b.itemIndex);
	const batches = batchesOf(fold, parts);
	const probes: Probes = new Map();
	let calls = 0;
	await inParallel(job, batches.length, async (index) => {
		const { send: sendOne } = ioOf(job, batches[index][0].itemIndex);
		const counted = async (call: Call) => {
			calls++;
			return await sendOne(call);
		};
		const settleOne = async ({ itemIndex }: Part, outcome: Outcome) => {
			await settle(job, itemIndex, async () => {
				if ('error' in outcome) throw outcome.error;
				return [outcome.record];
			});
		};
		await sendBatch(fold, job.account, batches[index], counted, settleOne, probes);
	});
	job.tally.saved += Math.max(0, parts.length - calls);
}

/** What is asked after the call is read before it: a write whose item then fails would be a lie. */
async function callFor(operation: Operation, io: Io): Promise<Call> {
	io.parameter('options', {});
	if (operation.simple) isSimple(io);
	return operation.build ? await operation.build(io) : await buildCall(operation, io);
}

/** Puts out what an item came to: its records in their last form, or its failure. */
async function settle(
	job: Job,
	itemIndex: number,
	records: () => Promise<IDataObject[]>,
): Promise<void> {
	const { context, operation, results, tally, done } = job;
	const io = ioOf(job, itemIndex);
	try {
		const output: INodeExecutionData[] = [];
		for (const record of await records()) {
			const finished = operation.finish ? await operation.finish(record, io) : record;
			const simple = operation.simple && isSimple(io);
			const json = simple ? pick(finished, operation.simple ?? []) : finished;
			output.push({
				json: audited(io, operation, json, 'done'),
				pairedItem: { item: itemIndex },
			});
		}
		results[itemIndex] = output;
		done.add(itemIndex);
	} catch (error) {
		fail(job, itemIndex, error);
	}
	job.ios.delete(itemIndex);
	tally.progress(context, results.length);
}

/** `failed` of an operation reads nothing but the item, so that this throws nothing: with Continue On Fail the others depend on it. */
function fail(job: Job, itemIndex: number, error: unknown) {
	const { context, operation, results, failures, told } = job;
	const io = ioOf(job, itemIndex);
	job.ios.delete(itemIndex);
	const own = error instanceof Cancelled ? undefined : operation.failed?.(error, io);
	if (own) {
		told.set(itemIndex, error);
		const json = audited(io, operation, own, 'failed');
		results[itemIndex] = [{ json, pairedItem: { item: itemIndex } }];
		return;
	}
	failures.set(itemIndex, error);
	const json = audited(io, operation, errorItem(error), 'failed');
	results[itemIndex] = [failedItem(context, json, error, itemIndex)];
}

/**
 * `{ error, details }`. For the error output the error itself goes along, by which every version of
 * n8n knows the item as failed; n8n then leaves only its message.
 */
function failedItem(
	context: IExecuteFunctions,
	json: IDataObject,
	error: unknown,
	itemIndex: number,
): INodeExecutionData {
	const node = context.getNode();
	return {
		json,
		error: node.onError === 'continueErrorOutput' ? toNodeError(node, error, itemIndex) : undefined,
		pairedItem: { item: itemIndex },
	};
}

/** What the person is told beside the items. */
function hintsOf(job: Job): Array<Pick<NodeExecutionHint, 'message' | 'type'>> {
	const { service, tally, told, failures, refusals, results } = job;
	const of = (count: number) => `${count} of ${results.length} items`;
	const hints: Array<Pick<NodeExecutionHint, 'message' | 'type'>> = [];
	const made = tally.hint(service.name);
	if (made) hints.push({ message: made, type: 'info' });
	const all = [...told.values(), ...failures.values()];
	for (const refusal of refusals.all) {
		const { message, description } = refusal.problem;
		const count = all.filter((error) => (error as Error).message === message).length;
		if (count < 2) continue;
		const reason = `${of(count)} failed for a reason that is not about them: ${message}.`;
		const rest = 'After the first answer of this kind no more of these calls were sent.';
		hints.push({ message: [reason, rest, description].join(' ').trim(), type: 'warning' });
	}
	if (told.size > 0) {
		const { message } = toNodeError(job.context.getNode(), [...told.values()][0]);
		hints.push({ message: `${of(told.size)} failed. The first: ${message}`, type: 'warning' });
	}
	return hints;
}

/** The failure that ends the run, with how far the run came: n8n drops what it put out. */
function stopOf({ context, failures, done, results }: Job): NodeApiError | NodeOperationError {
	const first = Math.min(...failures.keys());
	const error = toNodeError(context.getNode(), failures.get(first), first);
	if (results.length === 1) return error;
	const reached = done.size === 0 ? '' : `: ${ranges([...done])} (counted from 0)`;
	const told = `${done.size} of ${results.length} items were carried out before the run stopped${reached}.`;
	const more = failures.size > 1 ? ` Not so: ${ranges([...failures.keys()])}, which failed.` : '';
	error.description = [error.description, told + more].filter(Boolean).join(' ');
	return error;
}

function ioOf(job: Job, itemIndex: number): Io {
	const known = job.ios.get(itemIndex);
	if (known) return known;
	const { context, account, operation } = job;
	const values = new Map<string, unknown>();
	const io: Io = {
		context,
		itemIndex,
		account,
		notes: new Map(),
		tell: (message, detail) => job.notices.tell(message, detail),
		parameter: (name, fallback) => {
			if (!values.has(name)) {
				values.set(
					name,
					context.getNodeParameter(name, itemIndex, fallback ?? '', { extractValue: true }),
				);
			}
			return values.get(name);
		},
		send: async (call) => {
			const recover = operation.recover;
			return await send(
				{
					...job,
					recover:
						recover &&
						(async (lost, startedAt, refusal) => await recover(lost, io, startedAt, refusal)),
				},
				call,
			);
		},
		read: async (call) => await readOnce(job, call),
	};
	job.ios.set(itemIndex, io);
	return io;
}

/**
 * One answer for all items that ask for it in the same words. A failure is that of the item whose
 * call it was; the others ask again, together, and no item meets more than two.
 */
async function readOnce(job: Job, call: Call, again = true): Promise<Answer> {
	const { reads } = job;
	const key = JSON.stringify([call.method, call.path, call.query, call.body]);
	const known = reads.get(key);
	const answer = known ?? send(job, call);
	if (!known) reads.set(key, answer);
	const [outcome] = await Promise.allSettled([answer]);
	if (outcome.status === 'fulfilled') return outcome.value;
	if (reads.get(key) === answer) reads.delete(key);
	const { reason } = outcome as { reason: unknown };
	if (known && again && !(reason instanceof Cancelled)) return await readOnce(job, call, false);
	throw reason;
}

/** @throws BadInput for a limit that is no whole number from 1 */
function limitOf(io: Io): number {
	if (toFlag(io.parameter('returnAll', false), 'Return All')) return Infinity;
	const given = io.parameter('limit', 50);
	const limit = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
	if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1) return limit;
	throw new BadInput(
		`“Limit” must be a whole number from 1 on, and is “${String(given)}”`,
		'Check the expression behind it, or turn on Return All. Nothing was sent for this item.',
	);
}

const isSimple = (io: Io): boolean => toFlag(io.parameter('simplify', true), 'Simplify');

/** The record under its key; the body itself where that is the record. */
function recordsOf(body: unknown, { result }: Operation): IDataObject[] {
	const isWrapped = result !== undefined && isObject(body) && !('id' in body && !(result in body));
	const at = isWrapped ? body[result] : body;
	if (Array.isArray(at)) return rowsOf(at, undefined);
	return [isObject(at) ? (at as IDataObject) : {}];
}

/** The named fields of a record, in that order, where it has them. */
function pick(record: IDataObject, names: string[]): IDataObject {
	const present = names.filter((name) => record[name] !== undefined);
	return Object.fromEntries(present.map((name) => [name, record[name]]));
}
