import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { audited } from './audit';
import { LeftOut } from '../leftOut';
import { isSimple } from './commonParameters';
import { errorItem, NotBegun, toNodeError } from './errors';
import { ioOf, type Job } from './job';
import { inLabels } from './labels';
import { pick } from './answerRecords';

/** Puts out the records of an item in their last form, or its failure. */
export async function settle(
	job: Job,
	itemIndex: number,
	records: () => Promise<IDataObject[]>,
	binary?: () => IBinaryKeyData,
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
				...(binary && { binary: binary() }),
				pairedItem: { item: itemIndex },
			});
		}
		results[itemIndex] = output;
		done.add(itemIndex);
	} catch (error) {
		if (!(error instanceof NotBegun)) fail(job, itemIndex, error);
	}
	job.ios.delete(itemIndex);
	tally.progress(context, results.length);
}

/**
 * Puts out the failure of an item, or what stands for one that is left out. Must not throw, because the other items depend on it with Continue On
 * Fail.
 */
export function fail(job: Job, itemIndex: number, cause: unknown) {
	const { context, operation, results, failures } = job;
	if (cause instanceof LeftOut) {
		job.ios.delete(itemIndex);
		results[itemIndex] = [{ json: cause.record, pairedItem: { item: itemIndex } }];
		return;
	}
	const error = inLabels(cause, operation);
	const io = ioOf(job, itemIndex);
	job.ios.delete(itemIndex);
	failures.set(itemIndex, error);
	const json = audited(io, operation, errorItem(error), 'failed');
	results[itemIndex] = [failedItem(context, json, error, itemIndex)];
}

/**
 * `{ error, details }`. For the error output the item also carries the error itself: every version of
 * n8n knows a failed item by it. n8n then puts out only the message.
 */
export function failedItem(
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
