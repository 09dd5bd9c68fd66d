import type { IExecuteFunctions } from 'n8n-workflow';
import { now } from '../monotonicClock';

/** How often (ms) a long run writes its progress to the log. */
const PROGRESS_EVERY_MS = 30_000;

/** The figures of one run: for the hint after it, and for the progress in the log. */
export class Tally {
	calls = 0;
	retries = 0;
	/** Calls that were not needed, because one call carried several items. */
	saved = 0;
	private waitedMs = 0;
	private waiting = 0;
	private waitingSince = 0;
	private settled = 0;
	private loggedAt = now();

	/** Waits for `turn` and adds the time to the waiting time. Waits at the same time count once. */
	async wait<T>(turn: Promise<T>): Promise<T> {
		if (this.waiting++ === 0) this.waitingSince = now();
		try {
			return await turn;
		} finally {
			if (--this.waiting === 0) this.waitedMs += now() - this.waitingSince;
		}
	}

	/** Writes one line into the log every 30 s: how many items of `total` are done. */
	progress(context: IExecuteFunctions, total: number): void {
		this.settled++;
		if (now() - this.loggedAt < PROGRESS_EVERY_MS) return;
		this.loggedAt = now();
		context.logger.info(
			`${context.getNode().name}: ${this.settled} of ${total} items done, ${this.calls} calls, ${this.retries} repeated`,
		);
	}

	/** One sentence about the run, or `undefined` if nothing was saved, repeated or waited for. */
	hint(serviceName: string): string | undefined {
		const seconds = Math.round(this.waitedMs / 1000);
		const parts = [
			this.saved > 0 && `${plural(this.saved, 'call')} saved by sending items together`,
			this.retries > 0 && `${plural(this.retries, 'call')} repeated`,
			seconds > 0 && `${seconds} s waited`,
		].filter((part) => part !== false);
		if (parts.length === 0) return undefined;
		return `${plural(this.calls, 'call')} to ${serviceName}: ${parts.join(', ')}`;
	}
}

function plural(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The most runs of numbers that `ranges` lists. */
const MOST_RANGES = 20;

/** The numbers as text, neighbours together: `0 to 4, 6` for 0, 1, 2, 3, 4 and 6, given in any order. */
export function ranges(numbers: number[]): string {
	const runs: Array<[from: number, to: number]> = [];
	for (const number of [...numbers].sort((a, b) => a - b)) {
		const last = runs[runs.length - 1];
		if (last && last[1] === number - 1) last[1] = number;
		else runs.push([number, number]);
	}
	const words = runs.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`));
	const more = words.length > MOST_RANGES ? [`and ${words.length - MOST_RANGES} more`] : [];
	return [...words.slice(0, MOST_RANGES), ...more].join(', ');
}
