import type { NodeApiError, NodeExecutionHint, NodeOperationError } from 'n8n-workflow';
import { toNodeError } from './errors';
import type { Job } from './job';
import { ranges } from './tally';

/** The hints that the person sees beside the items of the output. */
export function hintsOf(job: Job): Array<Pick<NodeExecutionHint, 'message' | 'type'>> {
	const { service, tally, failures, refusals, results } = job;
	const of = (count: number) => `${count} of ${results.length} items`;
	const hints: Array<Pick<NodeExecutionHint, 'message' | 'type'>> = [];
	const made = tally.hint(service.name);
	if (made) hints.push({ message: made, type: 'info' });
	const all = [...failures.values()];
	// One reason may hold for many accounts.
	const reasons = new Map(refusals.all.map(({ problem }) => [problem.message, problem]));
	for (const { message, description } of reasons.values()) {
		const count = all.filter((error) => (error as Error).message === message).length;
		if (count < 2) continue;
		const reason = `${of(count)} failed for a reason that is not about them: ${message}.`;
		const rest = 'After the first such answer no more of these calls were sent.';
		hints.push({ message: [reason, rest, description].join(' ').trim(), type: 'warning' });
	}
	return hints;
}

/**
 * The failure that ends the run: that of the first item that failed. Its description says what became of
 * every item, because n8n drops the output of a run that ends so.
 */
export function stopOf(job: Job): NodeApiError | NodeOperationError {
	const { context, failures, done, results } = job;
	const first = Math.min(...failures.keys());
	const error = toNodeError(context.getNode(), failures.get(first), first);
	if (results.length === 1) return error;
	const reached = done.size === 0 ? '' : `: ${ranges([...done])}`;
	const told = `${done.size} of ${results.length} items were done before the run stopped${reached}.`;
	error.description = [error.description, told, othersIn(job)].filter(Boolean).join(' ');
	return error;
}

/** What became of the items that were not done. */
function othersIn({ failures, done, results }: Job): string {
	const rest = [...results.keys()].filter((index) => !done.has(index) && !failures.has(index));
	// One that is left out has its output already.
	const leftOut = rest.filter((index) => results[index].length > 0);
	const waiting = rest.filter((index) => results[index].length === 0);
	const are = ({ length }: number[]) => (length === 1 ? 'was' : 'were');
	const parts = [
		itemsThat([...failures.keys()], 'failed'),
		itemsThat(leftOut, `${are(leftOut)} skipped`),
		itemsThat(waiting, `${are(waiting)} not begun`),
	];
	const text = parts.filter(Boolean).join(', ');
	return `${text.charAt(0).toUpperCase()}${text.slice(1)} (counted from 0).`;
}

const itemsThat = (indices: number[], what: string): string =>
	indices.length === 0
		? ''
		: `${indices.length === 1 ? 'item' : 'items'} ${ranges(indices)} ${what}`;
