import fc from 'fast-check';

/** A soak run makes more and longer worlds: `SOAK_SCALE=10 npx jest test/unit/polling`. */
export const SCALE = Math.max(1, Number(process.env.SOAK_SCALE ?? 1));

/** How one poll goes: when it starts after the one before (ms), and what cuts it short. */
export interface PollPlan {
	gapMs: number;
	/** The call that throws, counted from 1; 0: none. */
	failsAt: number;
	/** The calls that this poll has time for. */
	calls: number;
}

export const pollPlan: fc.Arbitrary<PollPlan> = fc.record({
	gapMs: fc.integer({ min: 1_000, max: 120_000 }),
	failsAt: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 4 })),
	calls: fc.oneof({ weight: 2, arbitrary: fc.constant(1_000) }, fc.integer({ min: 1, max: 5 })),
});

/** Things that happen at their time, on a clock that only moves when somebody waits. */
export class SimulatedClock {
	private at = 1_700_000_000_000;
	private readonly plans: Array<{ at: number; happen: (at: number) => void }> = [];

	now(): number {
		return this.at;
	}

	/** Must be called in the order of `at`. */
	plan(at: number, happen: (at: number) => void): void {
		this.plans.push({ at, happen });
	}

	pass(ms: number): void {
		const end = this.at + ms;
		while (this.plans.length > 0 && this.plans[0].at <= end) {
			const next = this.plans.shift();
			if (!next) break;
			this.at = Math.max(this.at, next.at);
			next.happen(next.at);
		}
		this.at = end;
	}

	/** Until everything that was planned has happened. */
	get quiet(): boolean {
		return this.plans.length === 0;
	}
}

/** The calls of one poll: each takes its time, fails or comes too late as planned. */
export class Calls {
	private made = 0;

	constructor(
		private readonly clock: SimulatedClock,
		private readonly plan: Pick<PollPlan, 'failsAt' | 'calls'>,
		private readonly latencyMs: number,
	) {}

	/** `undefined` when the poll's time is up. The service looks when half of the time has passed. */
	make<T>(answer: () => T): T | undefined {
		this.made++;
		if (this.made > this.plan.calls) return undefined;
		this.clock.pass(this.latencyMs / 2);
		const found = answer();
		this.clock.pass(this.latencyMs / 2);
		if (this.made === this.plan.failsAt) throw new Error('The service is not available');
		return found;
	}
}
