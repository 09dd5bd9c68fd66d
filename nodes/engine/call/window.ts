import { now as clock } from '../monotonicClock';
import type { Answer, RateLimit } from '../operation';

/** A place in the budget: taken before a call is sent, given back with its answer. */
export interface Slot {
	/** By the engine's clock (ms), as all times here. */
	sentAt: number;
	/** When its answer came (ms); `Infinity` while the call is under way. */
	doneAt: number;
	/** How many places this process held with it. */
	place: number;
}

/** How much (part of an interval) the way to the service may differ between two calls, at first and at most. */
const JITTER = { least: 0.05, most: 0.2 };

/** The part of the limit that is left free for an interval where another process may have come. */
const ROOM_FOR_ANOTHER = 0.1;

/** Below this part of the limit a process tries for more. */
const PART_WORTH_TRYING = 0.25;

/** What was seen of other processes at one moment. */
interface Seen {
	/** How many of the counted calls were not ours. */
	calls: number;
	/** Whether some were, or it may only look so because calls of ours were on their way. */
	isSure: boolean;
	/** Until when that counts (ms). */
	until: number;
	/** Until when what they have sent since then may still be on its way (ms). */
	freshUntil: number;
}

/**
 * What the service has counted of an account's calls in the last interval, as far as this process
 * can know: its own calls, and those of other processes as the rate-limit headers show them.
 *
 * A call of our own is forgotten one interval after the service has counted it. When that was is
 * known only to lie between sending and answer, so the answer counts, or, where it took long to come,
 * the sending and an allowance for ways that differ in length. Of the others' calls the most that were
 * seen at once in the last interval (and a little longer) count, so that each process keeps to its part
 * and does not race for a place in the moment before its owner takes it again.
 */
export class Window {
	max: number;
	intervalMs: number;
	private own: Slot[] = [];
	private others: Seen[] = [];
	private triedAt = 0;
	private jitter = JITTER.least;
	private widenedAt = 0;

	constructor(limit: RateLimit) {
		this.max = limit.max;
		this.intervalMs = limit.intervalMs;
	}

	send(): Slot {
		const sentAt = clock();
		const slot: Slot = { sentAt, doneAt: Infinity, place: this.ownTaken(sentAt) + 1 };
		this.own.push(slot);
		return slot;
	}

	/** For a place that was taken and not used. */
	forget(slot: Slot): void {
		this.own = this.own.filter((other) => other !== slot);
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
	 * What the service counted and we did not send. When it counted a call is known only to lie between
	 * sending and answer: halfway is taken, for this call and for our others.
	 */
	observe(headers: Answer['headers'], answered: Slot, refused: boolean): void {
		const remaining = numberIn(headers['x-ratelimit-remaining']);
		if (remaining === undefined) return;
		const { sentAt, doneAt } = answered;
		const halfway = (doneAt - sentAt) / 2;
		const at = sentAt + halfway;
		// A call that was refused has not counted.
		const own = this.own.filter((slot) => !refused || slot !== answered);
		const counted = own.filter((slot) => {
			const when = slot.sentAt + (slot.doneAt === Infinity ? halfway : onTheWay(slot) / 2);
			return when <= at && when > at - this.intervalMs;
		});
		const mayHaveCounted = own.filter((slot) => slot.doneAt > sentAt - this.intervalMs);
		const all = this.max - remaining;
		this.others.push({
			calls: Math.max(0, all - counted.length),
			isSure: all > mayHaveCounted.length,
			until: doneAt + (1 + JITTER.most) * this.intervalMs,
			freshUntil: doneAt + 2 * halfway,
		});
	}

	/**
	 * For a refused call. If nearly all that the service may have counted is ours, the call was only a
	 * little early: the allowance grows. If not, the call does not count, since it was not carried out.
	 *
	 * @returns whether our own calls explain the refusal
	 */
	refused(slot: Slot): boolean {
		const now = clock();
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
			const calls = this.max * ROOM_FOR_ANOTHER;
			this.others.push({ until: now + this.intervalMs, freshUntil: now, calls, isSure: true });
		}
		return true;
	}

	/**
	 * Whether a call may be sent, out of `allowed` in an interval. What is free for all is not taken at
	 * once: each process takes its part, and looks what the others took.
	 */
	hasRoom(now: number, allowed: number): boolean {
		// Our own are kept for one interval more than they count: for the look at late headers.
		this.own = this.own.filter(({ doneAt }) => doneAt > now - 2 * this.intervalMs);
		this.others = this.others.filter(({ until }) => until > now);
		const own = this.ownTaken(now);
		const others = this.othersTaken(now);
		if (own + others >= allowed) return false;
		if (others === 0 || own < this.part(now)) return true;
		const { underWay } = this;
		const free = allowed - others - (own - underWay);
		return underWay < Math.max(1, (free * own) / (own + others));
	}

	/** The most places that we held at once in the last interval and a little longer: ours to take back. */
	private part(now: number): number {
		const since = now - (1 + JITTER.most) * this.intervalMs;
		const held = this.own.filter(({ sentAt }) => sentAt > since).map(({ place }) => place);
		return Math.max(0, ...held);
	}

	private get hasOthers(): boolean {
		return this.others.some(({ isSure }) => isSure);
	}

	private othersTaken(now: number): number {
		if (!this.hasOthers) return 0;
		// What a process with little has won, the others have lost since then.
		if (this.isPoor(now)) return this.others[this.others.length - 1]?.calls ?? 0;
		const most = (seen: Seen[]) => Math.max(0, ...seen.map(({ calls }) => calls));
		const all = most(this.others);
		// Where they are on the rise, they will have risen as much again by the time our call arrives.
		const before = most(this.others.filter(({ freshUntil }) => freshUntil <= now));
		return all + (all - before);
	}

	private isPoor(now: number): boolean {
		return this.part(now) < this.max * PART_WORTH_TRYING;
	}

	/**
	 * Whether to try for a place though all seem taken: a process that has come late, and has less than
	 * a quarter, gets places by trying now and then, which the others see.
	 */
	mayTry(now: number): boolean {
		const isPoor = this.hasOthers && this.isPoor(now);
		if (!isPoor || now < this.triedAt + this.tryEveryMs) return false;
		this.triedAt = now;
		return true;
	}

	/** When the next place may be free (ms); `Infinity` if only an answer can tell. */
	nextFreeAt(now: number): number {
		const times = [
			...this.own.map((slot) => this.freeAt(slot)),
			...this.others.flatMap(({ until, freshUntil }) => [freshUntil, until]),
			...(this.hasOthers ? [this.triedAt + this.tryEveryMs] : []),
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

const onTheWay = ({ sentAt, doneAt }: Slot) => doneAt - sentAt;

/** The number in a header; `undefined` if there is none. */
export function numberIn(text: string | undefined): number | undefined {
	if (text === undefined || text === '') return undefined;
	const value = Number(text);
	return Number.isFinite(value) && value >= 0 ? value : undefined;
}
