import fc from 'fast-check';
import { ApiFault, Cancelled } from '../../../nodes/engine/call/errors';
import { highLevel } from '../../../nodes/Ghl/api';
import type { Answer, LimitReport } from '../../../nodes/engine/operation';
import { CallPair } from '../../../nodes/engine/call/callPair';
import { Budget, pause } from '../../../nodes/engine/call/pace';

const ok = (headers: Answer['headers'] = {}): LimitReport => highLevel.readLimits(headers);

beforeEach(() => jest.useFakeTimers({ now: 1_700_000_000_000 }));
afterEach(() => jest.useRealTimers());

/** Sends calls through a budget; each reaches the service after half of its latency. */
async function sendAll(budget: Budget, latencies: number[]) {
	const seen: number[] = [];
	let left = latencies.length;
	for (const latency of latencies) {
		void budget.take().then((slot) => {
			setTimeout(() => seen.push(Date.now()), latency / 2);
			setTimeout(() => {
				budget.done(slot, ok());
				left--;
			}, latency);
		});
	}
	const startedAt = Date.now();
	while (left > 0) await jest.advanceTimersByTimeAsync(50);
	return { seen: seen.sort((a, b) => a - b), tookMs: Date.now() - startedAt };
}

function mostInAnyWindow(times: number[], windowMs: number): number {
	let from = 0;
	let most = 0;
	times.forEach((time, to) => {
		while (time - times[from] >= windowMs) from++;
		most = Math.max(most, to - from + 1);
	});
	return most;
}

/** The budget allows for ways to the service that differ by 500 ms, 5 % of HighLevel's interval. */
it.each([
	['however long each call takes, up to 500 ms', fc.integer({ min: 0, max: 500 })],
	['when all take seconds', fc.constant(3_000)],
])(
	'never lets the service see more calls in any interval than it takes, %s',
	async (_when, latency) => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 12 }),
				fc.integer({ min: 1, max: 8 }),
				fc.array(latency, { minLength: 1, maxLength: 60 }),
				async (max, concurrency, latencies) => {
					const budget = new Budget({ max, intervalMs: 10_000, concurrency });
					const { seen } = await sendAll(budget, latencies);
					expect(seen).toHaveLength(latencies.length);
					expect(mostInAnyWindow(seen, 10_000)).toBeLessThanOrEqual(max);
				},
			),
			{ numRuns: 75 },
		);
	},
);

it('uses the budget to the full', async () => {
	const budget = new Budget({ max: 100, intervalMs: 10_000, concurrency: 10 });
	const { tookMs } = await sendAll(budget, Array<number>(300).fill(200));
	// 3 windows of 100: the first two take 10 s each, the last as long as its calls, 2 s.
	expect(tookMs).toBeLessThan(10_000 * 2 + 200 * 2 + 2_000 + 500);
});

it('follows the limit and interval of the headers', async () => {
	const budget = new Budget({ max: 100, intervalMs: 10_000, concurrency: 10 });
	const slot = await budget.take();
	budget.done(slot, ok({ 'x-ratelimit-max': '3', 'x-ratelimit-interval-milliseconds': '500' }));
	await budget.take();
	await budget.take();
	let fourth = false;
	void budget.take().then(() => (fourth = true));
	await jest.advanceTimersByTimeAsync(450);
	expect(fourth).toBe(false);
	await jest.advanceTimersByTimeAsync(100);
	expect(fourth).toBe(true);
});

it('leaves alone what others on the same account have used', async () => {
	const budget = new Budget({ max: 10, intervalMs: 1_000, concurrency: 20 });
	budget.done(await budget.take(), ok({ 'x-ratelimit-max': '10', 'x-ratelimit-remaining': '2' }));
	let sent = 0;
	for (let i = 0; i < 5; i++) void budget.take().then(() => sent++);
	await jest.advanceTimersByTimeAsync(10);
	expect(sent).toBe(2);
	await jest.advanceTimersByTimeAsync(1_200);
	expect(sent).toBe(5);
});

it('blocks everybody after a 429, takes a smaller share, and grows it back', async () => {
	const budget = new Budget({ max: 10, intervalMs: 1_000, concurrency: 50 });
	const slot = await budget.take();
	const refusal = ok({ 'x-ratelimit-interval-milliseconds': '1000' });
	budget.refused(slot, refusal, 1);
	let sent = 0;
	for (let i = 0; i < 20; i++) {
		void budget.take().then((taken) => {
			sent++;
			budget.done(taken, ok());
		});
	}
	await jest.advanceTimersByTimeAsync(900);
	expect(sent).toBe(0);
	await jest.advanceTimersByTimeAsync(300);
	expect(sent).toBeGreaterThan(0);
	expect(sent).toBeLessThanOrEqual(8);
	await jest.advanceTimersByTimeAsync(10_000);
	expect(sent).toBe(20);
});

it('is not put off by a 429 that its own calls explain: one was a little early', async () => {
	const budget = new Budget({ max: 10, intervalMs: 1_000, concurrency: 20 });
	const slots = await Promise.all(Array.from({ length: 10 }, async () => await budget.take()));
	for (const slot of slots.slice(1)) budget.done(slot, ok());
	await jest.advanceTimersByTimeAsync(500);
	const refusal = ok({ 'x-ratelimit-interval-milliseconds': '1000' });
	budget.refused(slots[0], refusal, 1);
	let sent = 0;
	for (let i = 0; i < 9; i++) void budget.take().then(() => sent++);
	await jest.advanceTimersByTimeAsync(400);
	expect(sent).toBe(0);
	await jest.advanceTimersByTimeAsync(200);
	expect(sent).toBe(9);
});

it('does not take its own calls for those of others when headers come late', async () => {
	const budget = new Budget({ max: 10, intervalMs: 1_000, concurrency: 20 });
	const first = await Promise.all(Array.from({ length: 9 }, async () => await budget.take()));
	for (const slot of first) budget.done(slot, ok());
	await jest.advanceTimersByTimeAsync(990);
	const late = await budget.take();
	await jest.advanceTimersByTimeAsync(200); // by now the nine are forgotten
	budget.done(late, ok({ 'x-ratelimit-max': '10', 'x-ratelimit-remaining': '0' }));
	let sent = 0;
	for (let i = 0; i < 9; i++) void budget.take().then(() => sent++);
	await jest.advanceTimersByTimeAsync(10);
	expect(sent).toBe(9);
});

it('lets nobody out between a 429 and the wait that it asks for', async () => {
	const budget = new Budget({ max: 10, intervalMs: 60_000, concurrency: 1 });
	const slot = await budget.take();
	let sent = false;
	void budget.take().then(() => (sent = true));
	budget.refused(slot, {}, 1);
	await jest.advanceTimersByTimeAsync(1_900);
	expect(sent).toBe(false);
	await jest.advanceTimersByTimeAsync(400);
	expect(sent).toBe(true);
});

it('waits as long as Retry-After says', async () => {
	const budget = new Budget({ max: 10, intervalMs: 60_000, concurrency: 5 });
	const slot = await budget.take();
	budget.refused(slot, { retryAfterMs: 2_000 }, 1);
	let sent = false;
	void budget.take().then(() => (sent = true));
	await jest.advanceTimersByTimeAsync(1_900);
	expect(sent).toBe(false);
	await jest.advanceTimersByTimeAsync(400);
	expect(sent).toBe(true);
});

it('lets a cancelled caller go at once and serves the next', async () => {
	const budget = new Budget({ max: 1, intervalMs: 1_000, concurrency: 5 });
	budget.done(await budget.take(), ok());
	const cancel = new AbortController();
	const cancelled = expect(budget.take({ signal: cancel.signal })).rejects.toBeInstanceOf(
		Cancelled,
	);
	const next = budget.take();
	cancel.abort();
	await cancelled;
	await jest.advanceTimersByTimeAsync(1_050);
	await expect(next).resolves.toBeDefined();
});

it('tells everybody who waits that the quota of the day is used up', async () => {
	const budget = new Budget({ max: 1, intervalMs: 60_000, concurrency: 1 });
	await budget.take();
	const waiting = expect(budget.take()).rejects.toBeInstanceOf(ApiFault);
	budget.usedUp({ kind: 'quota', message: 'No more today' }, 5_000);
	await waiting;
	await expect(budget.take()).rejects.toThrow('No more today');
	await jest.advanceTimersByTimeAsync(61_000);
});

it('ends a pause when the execution is cancelled', async () => {
	const cancel = new AbortController();
	const paused = expect(pause(60_000, cancel.signal)).rejects.toBeInstanceOf(Cancelled);
	cancel.abort();
	await paused;
	await expect(pause(1, cancel.signal)).rejects.toBeInstanceOf(Cancelled);
});

describe('two calls that follow each other', () => {
	const limit = { max: 5, intervalMs: 10_000, concurrency: 20 };
	/** A call of 50 ms. */
	const call = async (budget: Budget, options: Parameters<Budget['take']>[0] = {}) => {
		const slot = await budget.take(options);
		await new Promise((resolve) => setTimeout(resolve, 50));
		budget.done(slot);
	};
	const both = async (budget: Budget, gaps: number[]) => {
		const pair = new CallPair();
		await call(budget, { pair, isSecond: pair.next() });
		const between = Date.now();
		await call(budget, { pair, isSecond: pair.next() });
		gaps.push(Date.now() - between);
		pair.end();
	};

	it('have no wait between them, however many wait for the same budget', async () => {
		const budget = new Budget(limit);
		const gaps: number[] = [];
		let singles = 0;
		for (let number = 0; number < 12; number++) {
			void both(budget, gaps);
			void call(budget).then(() => singles++);
		}
		await jest.advanceTimersByTimeAsync(200_000);
		expect([gaps.length, singles]).toEqual([12, 12]);
		expect(Math.max(...gaps)).toBeLessThan(200);
	});

	it('use the budget to the full', async () => {
		const budget = new Budget({ ...limit, max: 100 });
		const gaps: number[] = [];
		const startedAt = Date.now();
		const work = Promise.all(Array.from({ length: 150 }, async () => await both(budget, gaps)));
		let doneAt = 0;
		void work.then(() => (doneAt = Date.now()));
		await jest.advanceTimersByTimeAsync(60_000);
		// 3 windows of 100: the first two take 10 s each.
		expect(doneAt - startedAt).toBeLessThan(22_000);
	});

	it('hold no place for a second one that never comes, and none for ever in a small budget', async () => {
		const budget = new Budget({ ...limit, max: 1 });
		const pair = new CallPair();
		void call(budget, { pair, isSecond: pair.next() }).then(() => pair.end());
		const gaps: number[] = [];
		void both(budget, gaps);
		await jest.advanceTimersByTimeAsync(60_000);
		expect(gaps).toHaveLength(1);
		let isDone = false;
		void call(budget).then(() => (isDone = true));
		await jest.advanceTimersByTimeAsync(20_000);
		expect(isDone).toBe(true);
	});
});
