import type { Answer, RateLimit } from './operation';

/** A place in the budget: taken before a call is sent, given back with its answer. */
export interface Slot {
	/** Epoch ms. */
	sentAt: number;
	/** When its answer came (epoch ms); `Infinity` while the call is under way. */
	doneAt: number;
}

/** How much (part of an interval) the way to the service may differ between two calls, at first and at most. */
const JITTER = { least: 0.05, most: 0.2 };

/** The part of the limit that is left free for an interval where another process may have come. */
const ROOM_FOR_ANOTHER = 0.1;

/** Below this part of the limit a process tries for more. */
const PART_WORTH_TRYING = 0.25;

/**
 * What the service has counted of an account's calls in the last interval, as far as this process
 * can know: its own calls, and those of other processes as the rate-limit headers show them.
 *
 * A call of our own is forgotten one interval after the service has counted it. When that was is
 * known only to lie between sending and answer, so the answer counts, or, where it took long to come,
 * the sending and an allowance for ways that differ in length. Of the others' calls the most that were
 * seen at once in the last interval count, so that each process keeps to its part and does not race
 * for a place in the moment before its owner takes it again.
 */
export class Window {
	max: number;
	intervalMs: number;
	private own: Slot[] = [];
	/** How many calls of other processes were seen, and until when that counts (epoch ms). */
	private others: Array<{ until: number; calls: number }> = [];
	private triedAt = 0;
	private jitter = JITTER.least;
	private widenedAt = 0;

	constructor(limit: RateLimit) {
		this.max = limit.max;
		this.intervalMs = limit.intervalMs;
	}

	send(): Slot {
		const slot: Slot = { sentAt: Date.now(), doneAt: Infinity };
		this.own.push(slot);
		return slot;
	}

	get underWay(): number {
		return this.own.filter(({ doneAt }) => doneAt === Infinity).length;
	}

	/** Limit and interval as the headers of an answer give them. */
	correct(headers: Answer['headers']): void {
		this.max = numberIn(headers['x-ratelimit-max']) || this.max;
		this.intervalMs = numberIn(headers['x-ratelimit-interval-milliseconds']) || this.intervalMs;
	}

	/**
	 * What the service counted and we did not send. It counted halfway between sending and answer; of
	 * our own calls those count that it may have counted then, and after a refusal those that it must.
	 */
	observe(headers: Answer['headers'], { sentAt, doneAt }: Slot, refused: boolean): void {
		const remaining = numberIn(headers['x-ratelimit-remaining']);
		if (remaining === undefined) return;
		const halfway = (doneAt - sentAt) / 2;
		const since = (refused ? sentAt + halfway : sentAt) - this.intervalMs;
		const own = this.own.filter((slot) => {
			if (!refused) return slot.doneAt > since;
			const counted = (slot.sentAt + slot.doneAt) / 2;
			return counted > since && slot.doneAt < doneAt;
		}).length;
		const calls = this.max - remaining - own;
		if (calls > 0) this.others.push({ until: doneAt + this.intervalMs, calls });
	}

	/**
	 * For a refused call. If nearly all that the service may have counted is ours, the call was only a
	 * little early: the allowance grows. If not, the call does not count, since it was not carried out.
	 *
	 * @returns whether our own calls explain the refusal
	 */
	refused(slot: Slot): boolean {
		const now = Date.now();
		const own = this.own.filter(({ doneAt }) => doneAt > now - this.intervalMs).length;
		if (own < this.max * 0.9) {
			this.own = this.own.filter((other) => other !== slot);
			return false;
		}
		// Calls that were sent together are refused together: one step for all of them.
		if (now - this.widenedAt > this.intervalMs) {
			this.jitter = Math.min(JITTER.most, this.jitter * 2);
			this.widenedAt = now;
			// Or somebody has come new and is not to be seen yet: room for a start.
			this.others.push({ until: now + this.intervalMs, calls: this.max * ROOM_FOR_ANOTHER });
		}
		return true;
	}

	/** The places that are taken at the moment. */
	taken(now: number): number {
		// Our own are kept for one interval more than they count: for the look at late headers.
		this.own = this.own.filter(({ doneAt }) => doneAt > now - 2 * this.intervalMs);
		this.others = this.others.filter(({ until }) => until > now);
		const own = this.ownTaken(now);
		const calls = this.others.map((seen) => seen.calls);
		// What a process with little has won, the others have lost since then.
		const others = this.isPoor(own) ? (calls[calls.length - 1] ?? 0) : Math.max(0, ...calls);
		return own + others;
	}

	private isPoor(own: number): boolean {
		return own < this.max * PART_WORTH_TRYING;
	}

	/**
	 * Whether to try for a place though all seem taken: a process that has come late, and has less than
	 * a quarter, gets places by trying now and then, which the others see.
	 */
	mayTry(now: number): boolean {
		const isPoor = this.others.length > 0 && this.isPoor(this.ownTaken(now));
		if (!isPoor || now < this.triedAt + this.tryEveryMs) return false;
		this.triedAt = now;
		return true;
	}

	/** When the next place may be free (epoch ms); `Infinity` if only an answer can tell. */
	nextFreeAt(now: number): number {
		const times = [
			...this.own.map((slot) => this.freeAt(slot)),
			...this.others.map(({ until }) => until),
			...(this.others.length > 0 ? [this.triedAt + this.tryEveryMs] : []),
		];
		return Math.min(...times.filter((at) => at > now));
	}

	private get tryEveryMs(): number {
		return this.intervalMs / 20;
	}

	private ownTaken(now: number): number {
		return this.own.filter((slot) => this.freeAt(slot) > now).length;
	}

	private freeAt({ sentAt, doneAt }: Slot): number {
		if (doneAt === Infinity) return Infinity;
		const onTheWay = Math.min(doneAt - sentAt, this.jitter * this.intervalMs);
		return sentAt + onTheWay + this.intervalMs;
	}
}

/** The number in a header; `undefined` if there is none. */
export function numberIn(text: string | undefined): number | undefined {
	if (text === undefined || text === '') return undefined;
	const value = Number(text);
	return Number.isFinite(value) && value >= 0 ? value : undefined;
}
