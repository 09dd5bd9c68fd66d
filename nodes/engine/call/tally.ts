import type { IExecuteFunctions } from 'n8n-workflow';
import { now } from '../monotonicClock';

/** How often (ms) a long run writes its progress to the log. */
const PROGRESS_EVERY_MS = 30_000;

/** What one run did, for the hint after it and for the progress in the log. */
export class Tally {
	calls = 0;
	retries = 0;
	/** Calls that folding made needless. */
	saved = 0;
	private waitedMs = 0;
	private waiting = 0;
	private waitingSince = 0;
	private settled = 0;
	private loggedAt = now();

	/** Counts the time until `turn` comes; waits at the same time count once. */
	async wait<T>(turn: Promise<T>): Promise<T> {
		if (this.waiting++ === 0) this.waitingSince = now();
		try {
			return await turn;
		} finally {
			if (--this.waiting === 0) this.waitedMs += now() - this.waitingSince;
		}
	}

	/** Says how far a long run is: one line in the log each half minute. */
	progress(context: IExecuteFunctions, total: number): void {
		this.settled++;
		if (now() - this.loggedAt < PROGRESS_EVERY_MS) return;
		this.loggedAt = now();
		context.logger.info(
			`${context.getNode().name}: ${this.settled} of ${total} items done, ${this.calls} calls, ${this.retries} repeated`,
		);
	}

	/** One sentence for the person, or `undefined` where there is nothing to tell. */
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

/** How many runs of numbers `ranges` names at the most. */
const MOST_RANGES = 20;

/** `0 to 4, 6` for 0, 1, 2, 3, 4 and 6, in any order. */
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
