/** What came in since the last reset. */
export interface Counters {
	/** All calls, those that were refused too. */
	calls: number;
	/** Those that met a 429. */
	refused: number;
	/** The most calls of one key that came within any interval; those that were refused count too. */
	mostInWindow: number;
}

/**
 * Counts requests in the last `intervalMs`. A sliding window is the strictest reading of
 * "n requests in an interval": a client that stays inside it stays inside a fixed one too.
 */
export class SlidingWindow {
	private readonly times = new Map<string, number[]>();
	private readonly arrivals = new Map<string, number[]>();
	private counted: Counters = { calls: 0, refused: 0, mostInWindow: 0 };

	/** Takes one place for `key` if there is one; a refused request takes none. */
	take(key: string, max: number, intervalMs: number): { allowed: boolean; remaining: number } {
		const now = Date.now();
		const recent = (this.times.get(key) ?? []).filter((time) => time > now - intervalMs);
		const allowed = recent.length < max;
		if (allowed) recent.push(now);
		this.times.set(key, recent);
		this.count(key, allowed, now, intervalMs);
		return { allowed, remaining: Math.max(0, max - recent.length) };
	}

	counters(): Counters {
		return { ...this.counted };
	}

	clear(): void {
		this.times.clear();
		this.arrivals.clear();
		this.counted = { calls: 0, refused: 0, mostInWindow: 0 };
	}

	private count(key: string, allowed: boolean, now: number, intervalMs: number): void {
		const came = this.arrivals.get(key) ?? [];
		came.push(now);
		while (came[0] <= now - intervalMs) came.shift();
		this.arrivals.set(key, came);
		this.counted.calls += 1;
		if (!allowed) this.counted.refused += 1;
		this.counted.mostInWindow = Math.max(this.counted.mostInWindow, came.length);
	}
}
