/**
 * Counts requests in the last `intervalMs`. A sliding window is the strictest reading of
 * "n requests in an interval": a client that stays inside it stays inside a fixed one too.
 */
export class SlidingWindow {
	private readonly times = new Map<string, number[]>();

	/** Takes one place for `key` if there is one; a refused request takes none. */
	take(key: string, max: number, intervalMs: number): { allowed: boolean; remaining: number } {
		const now = Date.now();
		const recent = (this.times.get(key) ?? []).filter((time) => time > now - intervalMs);
		const allowed = recent.length < max;
		if (allowed) recent.push(now);
		this.times.set(key, recent);
		return { allowed, remaining: Math.max(0, max - recent.length) };
	}

	clear(): void {
		this.times.clear();
	}
}
