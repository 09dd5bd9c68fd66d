import { sleep } from 'n8n-workflow';
import { ApiFault, Cancelled } from './errors';
import type { Answer, Problem, RateLimit } from './operation';

/** A place in the budget: taken before a call is sent, given back with its answer. */
export interface Slot {
	/** When the place is free again (epoch ms); `Infinity` while the call is under way. */
	freeAt: number;
}

interface Waiter {
	go: (slot: Slot) => void;
	stop: (error: Error) => void;
}

/**
 * The calls that one account may still make.
 *
 * A sliding window: a place is free again one interval after its answer came, so that the service
 * never sees more than `max` calls in any interval, however long they were on the way. Headers of
 * the answers correct both numbers and show what other processes on the same account have used. A
 * refusal (429) blocks all callers at once and lowers this process's share; the share grows back a
 * tenth each quiet interval, so that several processes on one account settle.
 */
export class Budget {
	private max: number;
	private intervalMs: number;
	private readonly concurrency: number;
	private slots: Slot[] = [];
	private queue: Waiter[] = [];
	private blockedUntil = 0;
	private share = 1;
	private refusedAt = 0;
	private quota?: { until: number; problem: Problem };
	private wakeAt = Infinity;

	constructor(limit: RateLimit) {
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
		slot.freeAt = Date.now() + this.intervalMs;
		if (answer) this.observe(answer.headers);
		this.pump();
	}

	/** The service said 429. Returns how long (ms) everybody on this budget now waits. */
	refused(answer: Answer, attempt: number): number {
		const now = Date.now();
		if (now - this.refusedAt > this.intervalMs / 2) {
			this.share = Math.max(0.1, this.currentShare(now) * 0.7);
			this.refusedAt = now;
		}
		const retryAfter = number(answer.headers['retry-after']);
		const interval = number(answer.headers['x-ratelimit-interval-milliseconds']);
		const base =
			retryAfter !== undefined
				? retryAfter * 1000
				: (interval ?? Math.min(this.intervalMs, 1000 * 2 ** attempt));
		const wait = Math.min(base, 60_000) * (1 + Math.random() / 10);
		this.blockedUntil = Math.max(this.blockedUntil, now + wait);
		return wait;
	}

	/** No call is left for today: everybody who waits, and whoever comes until then, is told so. */
	usedUp(problem: Problem, forMs = 300_000): void {
		this.quota = { until: Date.now() + forMs, problem };
		this.pump();
	}

	private observe(headers: Answer['headers']): void {
		const max = number(headers['x-ratelimit-max']);
		const interval = number(headers['x-ratelimit-interval-milliseconds']);
		if (max) this.max = max;
		if (interval) this.intervalMs = interval;
		const remaining = number(headers['x-ratelimit-remaining']);
		if (remaining === undefined) return;
		// What the service counted and we did not send: another process on the same account.
		const now = Date.now();
		const foreign = this.max - remaining - this.taken(now);
		for (let i = 0; i < foreign; i++) this.slots.push({ freeAt: now + this.intervalMs });
	}

	private taken(now: number): number {
		this.slots = this.slots.filter((slot) => slot.freeAt > now);
		return this.slots.length;
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
		const allowed = Math.max(1, Math.floor(this.max * this.currentShare(now)));
		while (this.queue.length > 0) {
			const underWay = this.slots.filter((slot) => slot.freeAt === Infinity).length;
			if (underWay >= this.concurrency) return; // done() comes back here
			if (now < this.blockedUntil) return this.wake(this.blockedUntil);
			if (this.taken(now) >= allowed) {
				const next = Math.min(...this.slots.map((slot) => slot.freeAt));
				if (next !== Infinity) this.wake(next);
				return;
			}
			const slot: Slot = { freeAt: Infinity };
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
