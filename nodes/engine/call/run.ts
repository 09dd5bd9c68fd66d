import type { IBinaryKeyData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { buildCall } from './build';
import { isSimple, limitOf } from './commonParameters';
import { errorItem, NotBegun, toNodeError } from './errors';
import { fileFieldOf, fileIn } from './fileAnswer';
import { batchesOf, sendBatch, type Outcome, type Part, type Probes } from './fold';
import { fail, failedItem, settle } from './itemOutput';
import { ioOf, startJob, type Job } from './job';
import type {
	Account,
	Call,
	Fold,
	Io,
	Operation,
	PageStyle,
	Resource,
	Service,
} from '../operation';
import { lacksRecord, readPages } from './paginate';
import { recordsOf } from './answerRecords';
import { inParallel } from './inParallel';
import { hintsOf, stopOf } from './runReport';

/**
 * The execute loop of every action node: items become calls, calls run side by side inside the rate
 * budget of their account, and results come out in the order of the items, each paired with its own.
 * Where the API takes several records in one call, the items of one account share calls.
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
	const groups = groupsOf(job);
	if (fold) await runFolded(job, fold, groups);
	else await forEachItem(job, groups, async (index) => await runItem(job, index));

	job.hints.show(context);
	for (const { message, type } of hintsOf(job)) {
		context.addExecutionHints({ message, location: 'outputPane', type });
	}
	if (job.failures.size > 0 && !job.goOn) throw stopOf(job);
	return [job.results.flat()];
}

/** The items of one account. */
interface Group {
	account: Account;
	/** In the order of the items. */
	indices: number[];
}

/** How many accounts are worked on side by side, and about how many calls that makes at once. */
const MOST_GROUPS = 50;
const MOST_CALLS = 200;

/** The items by their account. An item that names none fails before anything is sent. */
function groupsOf(job: Job): Group[] {
	const groups = new Map<string, Group>();
	for (const index of job.results.keys()) {
		try {
			const account = job.accountOf(index);
			const group = groups.get(account.budgetKey);
			if (group) group.indices.push(index);
			else groups.set(account.budgetKey, { account, indices: [index] });
		} catch (error) {
			fail(job, index, error);
		}
	}
	return [...groups.values()];
}

/** Does `work` for all items, those of each account in their order. No account waits for the rate limit of another. */
async function forEachItem(
	job: Job,
	groups: Group[],
	work: (index: number) => Promise<void>,
): Promise<void> {
	await forEachAccount(job, groups, async ({ indices }, width) => {
		await inParallel(indices, width, work, () => isOver(job));
	});
}

/** Does `work` for the accounts side by side; `width` is how much each may do at once. */
async function forEachAccount(
	job: Job,
	groups: Group[],
	work: (group: Group, width: number) => Promise<void>,
): Promise<void> {
	const share = Math.floor(MOST_CALLS / groups.length);
	const width = Math.min(job.service.limit.concurrency, Math.max(4, share));
	await inParallel(
		groups,
		MOST_GROUPS,
		async (group) => await work(group, width),
		() => isOver(job),
	);
}

/** Whether a failure ends the run. */
const isOver = ({ goOn, failures }: Job) => !goOn && failures.size > 0;

async function runItem(job: Job, itemIndex: number): Promise<void> {
	const { operation, results } = job;
	const io = ioOf(job, itemIndex);
	if (operation.asFile) {
		await runFile(job, io);
		return;
	}
	await settle(job, itemIndex, async () => {
		const call = await callFor(operation, io);
		const { pages } = operation;
		if (pages) {
			const limit = limitOf(io);
			const read = async (style: PageStyle) => await readPages(style, call, io.send, limit);
			// The same call may be read in another way for another item.
			if (typeof pages === 'function') return await read(pages(io));
			return await job.reads.list(io.account, call, limit, async () => await read(pages));
		}
		const sendOwn = operation.writes || results.length === 1 ? io.send : io.read;
		const { result } = operation;
		const lacks = call.method === 'GET' && result ? { lacks: lacksRecord(result) } : {};
		const answer = await sendOwn({ ...lacks, ...call });
		const whole = operation.whole?.(answer, io);
		return whole ? [whole] : recordsOf(answer.body, operation);
	});
}

/** An item whose answer is a file. */
async function runFile(job: Job, io: Io): Promise<void> {
	let file: IBinaryKeyData = {};
	const read = async () => {
		const field = fileFieldOf(io);
		const call = await callFor(job.operation, io);
		file = { [field]: await fileIn(await io.send(call), io) };
		const { fileName, mimeType, fileSize } = file[field];
		return [{ fileName, mimeType, fileSize }];
	};
	await settle(job, io.itemIndex, read, () => file);
}

/** All calls are built before the first is sent, so that a run that ends at a bad item has changed nothing. */
async function runFolded(job: Job, fold: Fold, groups: Group[]): Promise<void> {
	const parts = new Map<number, Part>();
	await forEachItem(job, groups, async (itemIndex) => {
		try {
			const call = await callFor(job.operation, ioOf(job, itemIndex));
			parts.set(itemIndex, { itemIndex, call });
		} catch (error) {
			if (!(error instanceof NotBegun)) fail(job, itemIndex, error);
		}
	});
	const probes: Probes = new Map();
	let calls = 0;
	await forEachAccount(job, groups, async ({ account, indices }, width) => {
		const own = indices.flatMap((index) => parts.get(index) ?? []);
		const work = async (batch: Part[]) => {
			const { send: sendOne } = ioOf(job, batch[0].itemIndex);
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
			await sendBatch(fold, account, batch, counted, settleOne, probes);
		};
		await inParallel(batchesOf(fold, own), width, work, () => isOver(job));
	});
	job.tally.saved += Math.max(0, parts.size - calls);
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
