import { now as clock } from '../monotonicClock';
import type { LimitReport, RateLimit } from '../operation';

/** A place in the window: taken before a call is sent, given back with its answer. */
export interface Slot {
	/** By the engine's clock (ms), as all times here. */
	sentAt: number;
	/** When the call's answer came (ms); `Infinity` while the call is under way. */
	doneAt: number;
}

/** The calls of other processes that the service had counted when it answered. */
interface Sighting {
	calls: number;
	/** When the answer came (ms). */
	at: number;
}

/** The part of an interval by which the ways of two calls to the service may differ, at first and at most. */
const JITTER = { least: 0.05, most: 0.2 };

/** A sighting of other processes counts for this many intervals: one interval, and room for jitter. */
const SIGHTING_LIFE = 1.2;

/** The part of its own calls that a process leaves free for the others. */
const HEADROOM = 0.06;

/** A process that has less than this part of the limit probes for more. */
const POOR = 0.25;

/** The part of an interval between two probes. */
const PROBE_EVERY = 1 / 20;

/**
 * A sliding window log of one account's calls, shared with processes that this one cannot talk to.
 *
 * **Own calls** are logged. The service counts a call at some moment between sending and answer. So the
 * call leaves the window one interval after its answer, or, where the answer took longer than the jitter,
 * one interval after its sending plus the jitter.
 *
 * **Others' calls** are `max - remaining` of an answer's headers, less our own calls. The highest sighting
 * of the last 1.2 intervals counts, because a process takes the places again that it has just freed.
 *
 * A process is in one of three states:
 * - *Alone*, while no sighting of others counts. It sends while `own < max`.
 * - *Sharing*, while one does. It sends while `1.06 * own + others < max`: it leaves headroom for the
 *   others. A large share leaves more than a small one, so the shares of all processes become equal.
 * - *Probing*, while it shares, has less than a quarter of the limit and less than the others. It also
 *   sends one call at a time on chance, 20 in an interval at the most. So a process that comes late gets
 *   its first places.
 *
 * Simulated at 100 calls in 10 s (test/unit/engine/sharing.test.ts), used of the limit / refused calls:
 * alone 0.98 / 0, two 0.93 / 0.8 %, three 0.90 / 3.5 %. Without headroom, and with the newest sighting
 * only, two use 0.98, but 22 % are refused, and a process that comes late starves.
 */
export class SlidingWindow {
	max: number;
	intervalMs: number;
	private own: Slot[] = [];
	private sightings: Sighting[] = [];
	private jitter = JITTER.least;

	constructor(limit: RateLimit) {
		this.max = limit.max;
		this.intervalMs = limit.intervalMs;
	}

	/** Logs a call that is sent now. */
	add(): Slot {
		const slot: Slot = { sentAt: clock(), doneAt: Infinity };
		this.own.push(slot);
		return slot;
	}

	/** Takes a call out of the log that was not sent, or not counted. */
	remove(slot: Slot): void {
		this.own = this.own.filter((other) => other !== slot);
	}

	get underWay(): number {
		return this.own.filter(({ doneAt }) => doneAt === Infinity).length;
	}

	/** Takes over limit and interval from an answer. */
	readLimit({ max, intervalMs }: LimitReport): void {
		this.max = max ?? this.max;
		this.intervalMs = intervalMs ?? this.intervalMs;
	}

	/** Reads from an answer how many calls of others the service has counted. */
	readRemaining({ remaining }: LimitReport, answered: Slot, isRefused: boolean): void {
		if (remaining === undefined) return;
		// A refused call is not counted.
		const own = this.own.filter((slot) => !isRefused || slot !== answered);
		const mayBeCounted = own.filter(({ doneAt }) => doneAt > answered.sentAt - this.intervalMs);
		const counted = this.max - remaining;
		// Until the count is higher than our own calls can make it, there may be no others at all.
		const calls = counted > mayBeCounted.length ? counted - this.likelyCounted(own, answered) : 0;
		this.sightings.push({ calls, at: answered.doneAt });
	}

	/** How many of our own calls were counted when `answered` was, if each is counted halfway to its answer. */
	private likelyCounted(own: Slot[], { sentAt, doneAt }: Slot): number {
		const halfway = (doneAt - sentAt) / 2;
		const at = sentAt + halfway;
		return own.filter((slot) => {
			const ownHalfway = slot.doneAt === Infinity ? halfway : (slot.doneAt - slot.sentAt) / 2;
			const countedAt = slot.sentAt + ownHalfway;
			return countedAt <= at && countedAt > at - this.intervalMs;
		}).length;
	}

	/**
	 * Looks for the reason of a refusal. Our own calls explain it if they fill nearly the whole limit: then
	 * the call came a little early, and the jitter doubles.
	 *
	 * @returns whether our own calls explain it
	 */
	explainRefusal(): boolean {
		const since = clock() - this.intervalMs;
		const own = this.own.filter(({ doneAt }) => doneAt > since).length;
		if (own < this.max * 0.9) return false;
		this.jitter = Math.min(JITTER.most, this.jitter * 2);
		return true;
	}

	/** Whether it holds no call any longer, neither of this process nor of others. */
	isEmpty(now: number): boolean {
		return (
			this.own.every((slot) => this.freeAt(slot) <= now) &&
			this.sightings.every((sighting) => this.endOf(sighting) <= now)
		);
	}

	/** Whether a call may be sent now, out of `allowed` calls in an interval. */
	hasRoom(now: number, allowed: number): boolean {
		// Headers that come late are compared with calls that have left the window.
		this.own = this.own.filter(({ doneAt }) => doneAt > now - 2 * this.intervalMs);
		this.sightings = this.sightings.filter((sighting) => this.endOf(sighting) > now);
		const own = this.own.filter((slot) => this.freeAt(slot) > now).length;
		const others = Math.max(0, ...this.sightings.map(({ calls }) => calls));
		if (others === 0) return own < allowed;
		return own * (1 + HEADROOM) + others < allowed || this.mayProbe(now, own, others);
	}

	private mayProbe(now: number, own: number, others: number): boolean {
		const isPoor = own < this.max * POOR && own < others;
		return isPoor && this.underWay === 0 && this.nextProbeAt <= now;
	}

	/** When the next place may be free (ms); `Infinity` if only an answer can tell. */
	nextFreeAt(now: number): number {
		const times = [
			...this.own.map((slot) => this.freeAt(slot)),
			...this.sightings.map((sighting) => this.endOf(sighting)),
			this.nextProbeAt,
		];
		return Math.min(...times.filter((at) => at > now));
	}

	private get nextProbeAt(): number {
		const last = this.sightings[this.sightings.length - 1];
		return last ? last.at + this.intervalMs * PROBE_EVERY : Infinity;
	}

	private endOf({ at }: Sighting): number {
		return at + this.intervalMs * SIGHTING_LIFE;
	}

	private freeAt({ sentAt, doneAt }: Slot): number {
		if (doneAt === Infinity) return Infinity;
		return Math.min(doneAt, sentAt + this.intervalMs * this.jitter) + this.intervalMs;
	}
}
