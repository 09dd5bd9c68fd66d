import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { buildCall } from './build';
import { isSimple, limitOf } from './commonParameters';
import { errorItem, toNodeError } from './errors';
import { batchesOf, sendBatch, type Outcome, type Part, type Probes } from './fold';
import { fail, failedItem, settle } from './itemOutput';
import { ioOf, startJob, type Job } from './job';
import type { Call, Fold, Io, Operation, Resource, Service } from '../operation';
import { lacksRecord, readPages } from './paginate';
import { recordsOf } from './answerRecords';
import { hintsOf, stopOf } from './runReport';

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
		job = await startJob(context, service, resources);
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(context.getNode(), error);
		// n8n would pass the input on as if it were the node's output.
		return [items.map((_, itemIndex) => failedItem(context, errorItem(error), error, itemIndex))];
	}
	const { fold } = job.operation;
	if (fold) await runFolded(job, fold);
	else await inParallel(job, items.length, async (index) => await runItem(job, index));

	job.hints.show(context);
	for (const { message, type } of hintsOf(job)) {
		context.addExecutionHints({ message, location: 'outputPane', type });
	}
	if (job.failures.size > 0 && !job.goOn) throw stopOf(job);
	return [job.results.flat()];
}

/**
 * Does `work` for 0 to `count - 1`, as many at once as the service takes. No work begins after a failure
 * that ends the run. When this returns or throws, no work is under way.
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
		const { pages } = operation;
		if (pages) {
			const limit = limitOf(io);
			const read = async () => await readPages(pages, call, io.send, limit);
			return await job.reads.list(call, limit, read);
		}
		const sendOwn = operation.writes || results.length === 1 ? io.send : io.read;
		const { result } = operation;
		const lacks = call.method === 'GET' && result ? { lacks: lacksRecord(result) } : {};
		return recordsOf((await sendOwn({ ...lacks, ...call })).body, operation);
	});
}

/** All calls are built before the first is sent, so that a run that ends at a bad item has changed nothing. */
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

/**
 * The parameters that are needed after the call are read before it: an item whose write is carried out
 * must not fail because one of them cannot be read.
 */
async function callFor(operation: Operation, io: Io): Promise<Call> {
	io.parameter('options', {});
	if (operation.simple) isSimple(io);
	return operation.build ? await operation.build(io) : await buildCall(operation, io);
}
