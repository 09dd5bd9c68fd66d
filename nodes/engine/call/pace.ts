import { sleep } from 'n8n-workflow';
import { BoundedMap } from '../boundedMap';
import { now } from '../monotonicClock';
import type { CallPair } from './callPair';
import { ApiFault, Cancelled } from './errors';
import type { LimitReport, Problem, RateLimit } from '../operation';
import { SlidingWindow, type Slot } from './slidingWindow';

interface Waiter {
	go: (slot: Slot) => void;
	stop: (error: Error) => void;
	pair?: CallPair;
	isSecond: boolean;
}

export interface TakeOptions {
	signal?: AbortSignal;
	/** The call was refused before: it is served first. */
	again?: boolean;
	pair?: CallPair;
	/** The call is the second one of its pair: it is served first. */
	isSecond?: boolean;
}

/**
 * The rate limit of one account. A call waits here until the sliding window has a place for it.
 *
 * HighLevel's answers carry rate-limit headers, HeyReach's do not. Without headers the share of the
 * limit follows AIMD (additive increase, multiplicative decrease): a refusal (429) that our own calls do
 * not explain blocks all callers, and lowers the share to 70 %. Each interval without such a refusal
 * raises it by 10 % of the limit. So several processes on one account settle.
 */
export class Budget {
	private readonly window: SlidingWindow;
	private readonly concurrency: number;
	private queue: Waiter[] = [];
	private blockedUntil = 0;
	private share = 1;
	private refusedAt = 0;
	private quota?: { until: number; problem: Problem };
	private wakeAt = Infinity;
	/** The places that are kept for the second calls of pairs. */
	private kept = 0;

	/** @param part the largest part of the limit that these callers may use, up to 1 */
	constructor(
		limit: RateLimit,
		private readonly part = 1,
	) {
		this.window = new SlidingWindow(limit);
		this.concurrency = limit.concurrency;
	}

	/**
	 * Waits for a place. Callers are served in the order in which they came, but for those that are served
	 * first.
	 *
	 * @throws Cancelled; ApiFault when the day's quota is used up
	 */
	async take({ signal, again, pair, isSecond = false }: TakeOptions = {}): Promise<Slot> {
		if (signal?.aborted) throw new Cancelled();
		return await new Promise<Slot>((resolve, reject) => {
			const onAbort = () => {
				this.queue = this.queue.filter((other) => other !== waiter);
				reject(new Cancelled());
			};
			const waiter: Waiter = {
				go: (slot) => {
					signal?.removeEventListener('abort', onAbort);
					resolve(slot);
				},
				stop: (error) => {
					signal?.removeEventListener('abort', onAbort);
					reject(error);
				},
				pair,
				isSecond,
			};
			signal?.addEventListener('abort', onAbort, { once: true });
			if (again || isSecond) this.queue.unshift(waiter);
			else this.queue.push(waiter);
			this.pump();
		});
	}

	/** Gives the place back after the call. A call without an answer (a network fault) counts as well. */
	done(slot: Slot, limits?: LimitReport): void {
		this.settle(slot, limits, false);
		this.pump();
	}

	/** Gives back a place for which no call was sent. Stands in place of `done`. */
	giveBack(slot: Slot): void {
		this.window.remove(slot);
		this.pump();
	}

	/**
	 * Gives the place back after a 429. Stands in place of `done`. All callers are blocked before the place
	 * goes to the next one.
	 */
	refused(slot: Slot, limits: LimitReport, attempt: number): void {
		this.settle(slot, limits, true);
		this.block(slot, limits, attempt);
		this.pump();
	}

	private settle(slot: Slot, limits: LimitReport | undefined, isRefused: boolean): void {
		slot.doneAt = now();
		if (!limits) return;
		this.window.readLimit(limits);
		// The service counts the whole account, not a part of it.
		if (this.part === 1) this.window.readRemaining(limits, slot, isRefused);
	}

	private block(slot: Slot, limits: LimitReport, attempt: number): void {
		const time = now();
		const { retryAfterMs, intervalMs } = limits;
		const isCounted = limits.remaining !== undefined;
		const isExplained = this.window.explainRefusal();
		if (isCounted || !isExplained) this.window.remove(slot);
		if (retryAfterMs === undefined && (isCounted || (isExplained && intervalMs !== undefined))) {
			// The window knows by now what is taken. A call that is refused again and again waits longer.
			const pauseMs = 0.02 * Math.min(attempt, 3) * this.window.intervalMs;
			this.blockedUntil = Math.max(this.blockedUntil, time + pauseMs);
			return;
		}
		if (time - this.refusedAt > this.window.intervalMs / 2) {
			this.share = Math.max(0.1, this.currentShare(time) * 0.7);
			this.refusedAt = time;
		}
		const base =
			retryAfterMs ?? intervalMs ?? Math.min(this.window.intervalMs, 1000 * 2 ** attempt);
		const wait = Math.min(base, 60_000) * (1 + Math.random() / 10);
		this.blockedUntil = Math.max(this.blockedUntil, time + wait);
	}

	/** No call is left for today. Every caller gets `problem` for the next `forMs`, the waiting ones at once. */
	usedUp(problem: Problem, forMs = 300_000): void {
		this.quota = { until: now() + forMs, problem };
		this.pump();
	}

	/** Whether it knows nothing that a new one would not: no call in the window, nothing that blocks. */
	get isIdle(): boolean {
		const time = now();
		return (
			this.queue.length + this.kept === 0 &&
			this.window.isEmpty(time) &&
			this.blockedUntil <= time &&
			(this.quota?.until ?? 0) <= time &&
			this.currentShare(time) === 1
		);
	}

	private currentShare(time: number): number {
		const quietIntervals = Math.floor((time - this.refusedAt) / this.window.intervalMs);
		return Math.min(1, this.share + 0.1 * quietIntervals);
	}

	private pump(): void {
		const time = now();
		if (this.quota && this.quota.until <= time) this.quota = undefined;
		if (this.quota) {
			const { problem } = this.quota;
			for (const waiter of this.queue.splice(0)) {
				waiter.stop(new ApiFault(problem, { method: 'GET', template: '' }, '429'));
			}
			return;
		}
		const share = this.part * this.currentShare(time);
		const allowed = Math.max(1, Math.floor(this.window.max * share));
		while (this.queue.length > 0) {
			if (this.window.underWay >= this.concurrency) return; // done() calls pump() again
			if (time < this.blockedUntil) return this.wake(this.blockedUntil);
			const [waiter] = this.queue;
			if (!this.window.hasRoom(time, Math.max(1, allowed - this.keptBeside(waiter)))) {
				return this.wake(this.window.nextFreeAt(time));
			}
			this.queue.shift();
			if (waiter.pair) this.keep(waiter.pair, !waiter.isSecond);
			waiter.go(this.window.add());
		}
	}

	/** The places that a call must leave free: those that are kept, and one for the second call of its pair. */
	private keptBeside({ pair, isSecond }: Waiter): number {
		const isKept = pair?.keptBy.has(this) === true;
		if (isSecond) return this.kept - (isKept ? 1 : 0);
		return this.kept + (pair && !isKept ? 1 : 0);
	}

	private keep(pair: CallPair, isKept: boolean): void {
		if (isKept === pair.keptBy.has(this)) return;
		this.kept += isKept ? 1 : -1;
		if (isKept) pair.keptBy.add(this);
		else pair.keptBy.delete(this);
	}

	/** The place that is kept for a pair is free for others. */
	giveUp(pair: CallPair): void {
		this.keep(pair, false);
		this.pump();
	}

	private wake(at: number): void {
		if (at >= this.wakeAt) return; // an earlier wake is set; each answer calls pump() too
		this.wakeAt = at;
		void sleep(Math.max(1, at - now())).then(() => {
			if (this.wakeAt === at) this.wakeAt = Infinity;
			this.pump();
		});
	}
}

const budgets = new BoundedMap<Budget>(1_000, (budget) => budget.isIdle);

/** The budget of one account, shared by all executions in this process. */
export function budgetFor(key: string, limit: RateLimit): Budget {
	return budgets.of(key, () => new Budget(limit));
}

/** How many budgets there are. */
export const budgetsKept = (): number => budgets.size;

/**
 * Waits `ms`.
 *
 * @throws Cancelled at once when the execution is cancelled
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	await unlessCancelled(sleep(ms), signal);
}

/** @throws Cancelled at once when the execution is cancelled; the work then goes on without it */
export async function unlessCancelled<Result>(
	work: Promise<Result>,
	signal?: AbortSignal,
): Promise<Result> {
	if (!signal) return await work;
	if (signal.aborted) throw new Cancelled();
	let onAbort = () => {};
	const aborted = new Promise<never>((_, reject) => {
		onAbort = () => reject(new Cancelled());
		signal.addEventListener('abort', onAbort, { once: true });
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}
