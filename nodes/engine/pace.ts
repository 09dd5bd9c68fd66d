import { sleep } from 'n8n-workflow';
import { ApiFault, Cancelled } from './errors';
import type { Answer, Problem, RateLimit } from './operation';

/** A place in the budget: taken before a call is sent, given back with its answer. */
export interface Slot {
	/** Epoch ms. */
	sentAt: number;
	/** When its answer came (epoch ms); `Infinity` while the call is under way. */
	doneAt: number;
}

interface Waiter {
	go: (slot: Slot) => void;
	stop: (error: Error) => void;
}

/** How much (part of an interval) the way to the service may differ between two calls, at first and at most. */
const JITTER = { least: 0.05, most: 0.2 };

/**
 * The calls that one account may still make.
 *
 * A sliding window: a place is free again one interval after the service has counted its call. When
 * that was is known only to lie between sending and answer, so the answer counts, or, where it took
 * long to come, the sending and an allowance for ways that differ in length. Headers of the answers
 * correct limit and interval and show what other processes on the same account have used. A refusal
 * (429) that our own calls explain widens the allowance. Any other blocks all callers at once and
 * lowers this process's share, which grows back a tenth each quiet interval, so that several
 * processes on one account settle.
 */
export class Budget {
	private max: number;
	private intervalMs: number;
	private readonly concurrency: number;
	private jitter = JITTER.least;
	private widenedAt = 0;
	private slots: Slot[] = [];
	private queue: Waiter[] = [];
	private blockedUntil = 0;
	private share = 1;
	private refusedAt = 0;
	private quota?: { until: number; problem: Problem };
	private wakeAt = Infinity;

	/** @param part how much of the limit these callers may use at the most, up to 1 */
	constructor(
		limit: RateLimit,
		private readonly part = 1,
	) {
		this.max = limit.max;
		this.intervalMs = limit.intervalMs;
		this.concurrency = limit.concurrency;
	}

	/** Waits for a place, first come first served. Rejects when cancelled, or when the day's quota is used up. */
	async take(signal?: AbortSignal): Promise<Slot> {
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
			};
			signal?.addEventListener('abort', onAbort, { once: true });
			this.queue.push(waiter);
			this.pump();
		});
	}

	/** Gives the place back. Without an answer (a network fault) the call still counts. */
	done(slot: Slot, answer?: Answer): void {
		slot.doneAt = Date.now();
		if (answer) this.observe(answer.headers, slot);
		this.pump();
	}

	/** The service said 429: waits, and sends less for a while, unless the call was only a little early. */
	refused(answer: Answer, attempt: number): void {
		const now = Date.now();
		const retryAfter = number(answer.headers['retry-after']);
		const interval = number(answer.headers['x-ratelimit-interval-milliseconds']);
		if (interval !== undefined && retryAfter === undefined && this.isFull(now)) {
			// Calls that were sent together are refused together: one step for all of them.
			if (now - this.widenedAt > this.intervalMs) {
				this.jitter = Math.min(JITTER.most, this.jitter * 2);
				this.widenedAt = now;
			}
			return;
		}
		if (now - this.refusedAt > this.intervalMs / 2) {
			this.share = Math.max(0.1, this.currentShare(now) * 0.7);
			this.refusedAt = now;
		}
		const base =
			retryAfter !== undefined
				? retryAfter * 1000
				: (interval ?? Math.min(this.intervalMs, 1000 * 2 ** attempt));
		const wait = Math.min(base, 60_000) * (1 + Math.random() / 10);
		this.blockedUntil = Math.max(this.blockedUntil, now + wait);
	}

	/** No call is left for today: everybody who waits, and whoever comes until then, is told so. */
	usedUp(problem: Problem, forMs = 300_000): void {
		this.quota = { until: Date.now() + forMs, problem };
		this.pump();
	}

	private observe(headers: Answer['headers'], { sentAt }: Slot): void {
		const max = number(headers['x-ratelimit-max']);
		const interval = number(headers['x-ratelimit-interval-milliseconds']);
		if (max) this.max = max;
		if (interval) this.intervalMs = interval;
		const remaining = number(headers['x-ratelimit-remaining']);
		if (remaining === undefined || this.part < 1) return;
		// What the service counted and we did not send: another process on the same account. It
		// counted when this call was under way, so our calls of one interval before are among them.
		const now = Date.now();
		const own = this.slots.filter(({ doneAt }) => doneAt > sentAt - this.intervalMs).length;
		const foreign = this.max - remaining - own;
		for (let i = 0; i < foreign; i++) this.slots.push({ sentAt: now, doneAt: now });
	}

	/** When the service has surely forgotten the call. */
	private freeAt({ sentAt, doneAt }: Slot): number {
		if (doneAt === Infinity) return Infinity;
		const onTheWay = Math.min(doneAt - sentAt, this.jitter * this.intervalMs);
		return sentAt + onTheWay + this.intervalMs;
	}

	private taken(now: number): number {
		// Kept for one interval more than they count: for the look at the headers.
		this.slots = this.slots.filter(({ doneAt }) => doneAt > now - 2 * this.intervalMs);
		return this.slots.filter((slot) => this.freeAt(slot) > now).length;
	}

	/** Whether nearly all that the service may have counted are calls of ours. */
	private isFull(now: number): boolean {
		const own = this.slots.filter(({ doneAt }) => doneAt > now - this.intervalMs).length;
		return own >= this.max * 0.9;
	}

	private currentShare(now: number): number {
		const quietIntervals = Math.floor((now - this.refusedAt) / this.intervalMs);
		return Math.min(1, this.share + 0.1 * quietIntervals);
	}

	private pump(): void {
		const now = Date.now();
		if (this.quota && this.quota.until <= now) this.quota = undefined;
		if (this.quota) {
			const { problem } = this.quota;
			for (const waiter of this.queue.splice(0)) {
				waiter.stop(new ApiFault(problem, { method: 'GET', template: '' }, '429'));
			}
			return;
		}
		const allowed = Math.max(1, Math.floor(this.max * this.part * this.currentShare(now)));
		while (this.queue.length > 0) {
			const underWay = this.slots.filter(({ doneAt }) => doneAt === Infinity).length;
			if (underWay >= this.concurrency) return; // done() comes back here
			if (now < this.blockedUntil) return this.wake(this.blockedUntil);
			if (this.taken(now) >= allowed) {
				const next = Math.min(
					...this.slots.map((slot) => this.freeAt(slot)).filter((at) => at > now),
				);
				if (next !== Infinity) this.wake(next);
				return;
			}
			const slot: Slot = { sentAt: now, doneAt: Infinity };
			this.slots.push(slot);
			this.queue.shift()?.go(slot);
		}
	}

	private wake(at: number): void {
		if (at >= this.wakeAt) return;
		this.wakeAt = at;
		void sleep(Math.max(1, at - Date.now())).then(() => {
			if (this.wakeAt === at) this.wakeAt = Infinity;
			this.pump();
		});
	}
}

const budgets = new Map<string, Budget>();

/** The budget of one account, shared by all executions in this process. */
export function budgetFor(key: string, limit: RateLimit): Budget {
	let budget = budgets.get(key);
	if (!budget) budgets.set(key, (budget = new Budget(limit)));
	return budget;
}

/** Waits, or rejects at once when the execution is cancelled. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	if (!signal) return await sleep(ms);
	if (signal.aborted) throw new Cancelled();
	let onAbort = () => {};
	const aborted = new Promise<never>((_, reject) => {
		onAbort = () => reject(new Cancelled());
		signal.addEventListener('abort', onAbort, { once: true });
	});
	try {
		await Promise.race([sleep(ms), aborted]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}

function number(text: string | undefined): number | undefined {
	if (text === undefined || text === '') return undefined;
	const value = Number(text);
	return Number.isFinite(value) && value >= 0 ? value : undefined;
}
