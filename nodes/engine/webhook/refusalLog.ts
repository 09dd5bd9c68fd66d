/** The number of refusals of a node that have a line each in one minute. */
const IN_FULL = 10;
const MINUTE_MS = 60_000;

/** What the log gets for one refusal: nothing, a line of its own, or a line with a count. */
export type RefusalLine =
	| { write: 'nothing' }
	| { write: 'this one'; last: boolean }
	| { write: 'a count'; count: number };

/**
 * Keeps a flood of refused deliveries from filling the disk. In each minute the first ten have a line
 * each. After them the 100th, the 1,000th, the 10,000th … have a line with the count, which shows the size
 * of a flood while it lasts. The total follows when the minute is over.
 */
export class RefusalLog {
	private startedAt = 0;
	private count = 0;
	/** How many of `count` are logged. */
	private told = 0;

	/** Whether no minute is under way. */
	get isEmpty(): boolean {
		return this.count === 0;
	}

	/** @param now in epoch ms */
	note(now: number): RefusalLine {
		if (this.isEmpty) this.startedAt = now;
		this.count++;
		if (this.count <= IN_FULL) {
			this.told = this.count;
			return { write: 'this one', last: this.count === IN_FULL };
		}
		if (!/^10+$/.test(String(this.count))) return { write: 'nothing' };
		this.told = this.count;
		return { write: 'a count', count: this.count };
	}

	/** Ends a past minute. The number of its refusals, where not all of them are logged. */
	settle(now: number): number | undefined {
		if (this.isEmpty || now - this.startedAt < MINUTE_MS) return undefined;
		const untold = this.count > this.told ? this.count : undefined;
		this.startedAt = this.count = this.told = 0;
		return untold;
	}
}
