import { createRequire } from 'node:module';
import * as n8nWorkflow from 'n8n-workflow';

type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export interface ScaledTime {
	/** What the code under test asked `sleep` for (ms), in order. */
	sleeps: number[];
	/** How long the code under test thinks that has passed since `scaleTime` (ms). */
	elapsed(): number;
	/** Lets the timeout of a request (node's own timer) run out `by` times as fast; 1 for its own time. */
	scaleTimeouts(by: number): void;
	restore(): void;
}

/**
 * Makes time pass `factor` times as fast for the code of this test file: n8n-workflow's `sleep`
 * waits less, and `Date` runs as much faster, so that code that sleeps until a moment (the rate
 * budget, the sandbox's sliding window) agrees with it. Real things keep their real speed, and so
 * look `factor` times as slow: a call of 2 ms on loopback takes 0.2 s of scaled time with 100.
 *
 * `{ clock: false }` changes `sleep` alone.
 *
 * n8n-core's own waits and node's timers keep real time. The files of a worker share `sleep` and `Date`:
 * call `restore()` in `afterEach` or `afterAll`.
 */
export function scaleTime(factor: number, { clock = true } = {}): ScaledTime {
	// `sleep` is re-exported by a getter, from a module that only n8n-workflow reaches.
	const own = createRequire(require.resolve('n8n-workflow'));
	const source = own('@n8n/utils/sleep') as { sleep: Sleep };
	const original = source.sleep;
	const sleeps: number[] = [];
	source.sleep = async (ms, signal) => {
		sleeps.push(ms);
		await original(ms / factor, signal);
	};
	if (n8nWorkflow.sleep !== source.sleep) {
		throw new Error(
			'n8n-workflow takes its sleep from elsewhere now: mend test/workflow/support/scaleTime.ts',
		);
	}

	const RealDate = globalThis.Date;
	const start = RealDate.now();
	const now = () => Math.round(start + (RealDate.now() - start) * factor);
	if (clock) globalThis.Date = dateWith(RealDate, now);
	let timeoutFactor = 1;
	const stopTimeouts = onEachRequest((config) => {
		if (config.timeout) config.timeout /= timeoutFactor;
	});
	return {
		sleeps,
		elapsed: () => now() - start,
		scaleTimeouts: (by) => (timeoutFactor = by),
		restore() {
			stopTimeouts();
			source.sleep = original;
			globalThis.Date = RealDate;
		},
	};
}

interface Axios {
	interceptors: {
		request: {
			use(handler: (config: { timeout?: number }) => object): number;
			eject(id: number): void;
		};
	};
}

/** The HTTP client that only n8n-core reaches. */
function onEachRequest(change: (config: { timeout?: number }) => void): () => void {
	const core = createRequire(require.resolve('n8n-core'));
	const { request } = (
		createRequire(core.resolve('@n8n/backend-network'))('axios') as { default: Axios }
	).default.interceptors;
	const id = request.use((config) => {
		change(config);
		return config;
	});
	return () => request.eject(id);
}

function dateWith(RealDate: DateConstructor, now: () => number): DateConstructor {
	return new Proxy(RealDate, {
		construct: (target, args, newTarget: DateConstructor) =>
			Reflect.construct(target, args.length > 0 ? args : [now()], newTarget) as Date,
		apply: () => new RealDate(now()).toString(),
		get: (target, key, receiver) =>
			key === 'now' ? now : (Reflect.get(target, key, receiver) as unknown),
	});
}
