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

/**
 * What the service has counted of an account's calls in the last interval, as far as this process
 * can know: its own calls, and those of other processes as the rate-limit headers show them.
 *
 * A call of our own is forgotten one interval after the service has counted it. When that was is
 * known only to lie between sending and answer, so the answer counts, or, where it took long to come,
 * the sending and an allowance for ways that differ in length. The others are taken to go on as in
 * the interval before, so that each process keeps to its part instead of racing for every place.
 */
export class Window {
	max: number;
	intervalMs: number;
	private own: Slot[] = [];
	/** When a call of another process was first seen (epoch ms), oldest first. */
	private foreign: number[] = [];
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

	/** What the service counted and we did not send. It counted while the call was under way. */
	observe(headers: Answer['headers'], { sentAt }: Slot): void {
		const remaining = numberIn(headers['x-ratelimit-remaining']);
		if (remaining === undefined) return;
		const since = sentAt - this.intervalMs;
		const known =
			this.own.filter(({ doneAt }) => doneAt > since).length +
			this.foreign.filter((at) => at > since).length;
		const now = Date.now();
		for (let i = known; i < this.max - remaining; i++) this.foreign.push(now);
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
		}
		return true;
	}

	/** The places that are taken at the moment. */
	taken(now: number): number {
		// Kept for one interval more than they count: for the look at headers, and for what others do.
		const old = now - 2 * this.intervalMs;
		this.own = this.own.filter(({ doneAt }) => doneAt > old);
		this.foreign = this.foreign.filter((at) => at > old);
		const others = this.foreign.filter((at) => at > now - this.intervalMs).length;
		return (
			this.own.filter((slot) => this.freeAt(slot) > now).length +
			Math.max(others, this.foreign.length - others)
		);
	}

	/** When the next place may be free (epoch ms); `Infinity` if only an answer can tell. */
	nextFreeAt(now: number): number {
		const times = [
			...this.own.map((slot) => this.freeAt(slot)),
			...this.foreign.flatMap((at) => [at + this.intervalMs, at + 2 * this.intervalMs]),
		];
		return Math.min(...times.filter((at) => at > now));
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
