/** How many refusals of a node are written one by one in a minute. */
const IN_FULL = 10;
const MINUTE_MS = 60_000;

/** What to write about one refusal: nothing, a line of its own, or a line that stands for many. */
export type RefusalLine =
	| { write: 'nothing' }
	| { write: 'this one'; last: boolean }
	| { write: 'a count'; count: number };

/**
 * Keeps a flood of refused deliveries from filling the disk. The first ten in a minute have a line
 * each; then come lines at 100, 1,000, 10,000 … in that minute, so that the size of a flood is seen
 * while it lasts, and what was left out is told when the minute is over.
 */
export class RefusalLog {
	private startedAt = 0;
	private count = 0;
	/** How many of `count` have been told. */
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

	/** Ends a minute that is over: how many refusals it had, if not all of them have been told. */
	settle(now: number): number | undefined {
		if (this.isEmpty || now - this.startedAt < MINUTE_MS) return undefined;
		const untold = this.count > this.told ? this.count : undefined;
		this.startedAt = this.count = this.told = 0;
		return untold;
	}
}
