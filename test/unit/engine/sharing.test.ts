import type { Answer, RateLimit } from '../../../nodes/engine/operation';
import { highLevel } from '../../../nodes/Ghl/api';
import { Budget } from '../../../nodes/engine/call/pace';
import { random as seeded } from '../../../sandbox/random';

beforeEach(() => jest.useFakeTimers({ now: 1_700_000_000_000 }));
afterEach(() => jest.useRealTimers());

const LIMIT: RateLimit = { max: 100, intervalMs: 10_000, concurrency: 20 };

/** A service with a sliding window and HighLevel's headers. */
function service({ max, intervalMs }: RateLimit) {
	let counted: number[] = [];
	const taken: number[] = [];
	let refused = 0;
	const answer = (): Answer => {
		const now = Date.now();
		counted = counted.filter((time) => time > now - intervalMs);
		const allowed = counted.length < max;
		if (allowed) {
			counted.push(now);
			taken.push(now);
		} else refused++;
		return {
			statusCode: allowed ? 200 : 429,
			body: {},
			headers: {
				'x-ratelimit-max': String(max),
				'x-ratelimit-interval-milliseconds': String(intervalMs),
				'x-ratelimit-remaining': String(max - counted.length),
			},
		};
	};
	return { answer, taken, refused: () => refused };
}

/** One process: its workers send calls, each until it was taken, as `send.ts` does. */
function processOn(serve: () => Answer, calls: number, random: () => number) {
	const budget = new Budget(LIMIT);
	const state = { done: 0, longestMs: 0 };
	let left = calls;
	const way = async () => await new Promise((resolve) => setTimeout(resolve, 40 + random() * 60));
	const worker = async () => {
		while (left-- > 0) {
			const startedAt = Date.now();
			for (let tries = 0; ; ) {
				const slot = await budget.take({ again: tries > 0 });
				await way();
				const answer = serve();
				await way();
				if (answer.statusCode === 200) {
					budget.done(slot, highLevel.readLimits(answer.headers));
					break;
				}
				budget.refused(slot, highLevel.readLimits(answer.headers), ++tries);
			}
			state.longestMs = Math.max(state.longestMs, Date.now() - startedAt);
			state.done++;
		}
	};
	for (let i = 0; i < LIMIT.concurrency; i++) void worker();
	return state;
}

/** What each process gets of the limit, in a service of which they know nothing but its headers. */
async function share(calls: number[], starts: number[]) {
	const random = seeded(7);
	const chance = jest.spyOn(Math, 'random').mockImplementation(random);
	const { answer, taken, refused } = service(LIMIT);
	const startedAt = Date.now();
	const states: Array<ReturnType<typeof processOn>> = [];
	const ends = calls.map(() => 0);
	while (ends.some((end) => end === 0)) {
		const passed = Date.now() - startedAt;
		starts.forEach((start, n) => {
			if (!states[n] && passed >= start) states[n] = processOn(answer, calls[n], random);
		});
		await jest.advanceTimersByTimeAsync(100);
		calls.forEach((count, n) => {
			if (ends[n] === 0 && states[n]?.done === count) ends[n] = Date.now() - startedAt;
		});
	}
	chance.mockRestore();
	const total = calls.reduce((sum, count) => sum + count);
	// From the third interval to the last whole one in which all were there.
	const from = startedAt + Math.max(...starts) + 2 * LIMIT.intervalMs;
	const intervals = Math.floor((startedAt + Math.min(...ends) - from) / LIMIT.intervalMs);
	const until = from + intervals * LIMIT.intervalMs;
	const steady = taken.filter((at) => at >= from && at < until).length / (intervals * LIMIT.max);
	return {
		/** Of the limit, from the first call to the last. */
		used: (((total - LIMIT.max) / LIMIT.max) * LIMIT.intervalMs) / Math.max(...ends),
		/** Of the limit, while all were there and had settled: the ends of a run are what is left of a last interval. */
		steady,
		refused: refused() / total,
		ends,
		/** How long a call waited at the most. */
		longestMs: Math.max(...states.map(({ longestMs }) => longestMs)),
	};
}

it('one process uses the limit to the full and is never refused', async () => {
	const { used, refused } = await share([1_000], [0]);
	expect(used).toBeGreaterThan(0.97);
	expect(refused).toBe(0);
});

it('two processes use nearly all of it together, about half each, and are hardly refused', async () => {
	const { used, steady, ends, refused } = await share([1_000, 1_000], [0, 0]);
	expect(used).toBeGreaterThan(0.92);
	expect(steady).toBeGreaterThan(0.95);
	expect(Math.abs(ends[0] / ends[1] - 1)).toBeLessThan(0.15);
	expect(refused).toBeLessThan(0.01);
});

it('a process that comes late gets its part, and none of its calls waits for long', async () => {
	const { used, ends, longestMs, refused } = await share([3_000, 300], [0, 25_000]);
	expect(used).toBeGreaterThan(0.9);
	expect(ends[1] - 25_000).toBeLessThan(180_000);
	expect(longestMs).toBeLessThan(60_000);
	expect(refused).toBeLessThan(0.03);
});

it('three processes settle', async () => {
	const { used, longestMs, refused } = await share([800, 800, 800], [0, 0, 7_000]);
	expect(used).toBeGreaterThan(0.9);
	expect(longestMs).toBeLessThan(60_000);
	expect(refused).toBeLessThan(0.12); // nearly all while the third one comes in
});
