import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox';
import { FIRST_DAY } from './firstDay';

/** Rate limits that no test reaches: only what a test asks for slows a run down. */
export const UNLIMITED = {
	burst: { max: 100_000, intervalMs: 10_000 },
	heyReachPerMinute: 100_000,
} satisfies SandboxOptions;

/**
 * The sandbox of a test file: started before its tests, as new for each of them, closed after them.
 * The object is empty until the first test, or `beforeAll` below this call, runs.
 *
 * @param options `{}` for the limits of the real services
 */
export function useSandbox(options: SandboxOptions = UNLIMITED): Sandbox {
	const sandbox = useLastingSandbox(options);
	beforeEach(() => sandbox.reset());
	return sandbox;
}

/** The same, for tests that reset it themselves: each reset takes 16 ms. */
export function useLastingSandbox(options: SandboxOptions = UNLIMITED): Sandbox {
	const sandbox = {} as Sandbox;
	beforeAll(async () =>
		Object.assign(sandbox, await startSandbox({ firstDay: FIRST_DAY, ...options })),
	);
	afterAll(async () => await sandbox.close());
	return sandbox;
}

/**
 * A second sandbox for part of a test. It has an address of its own, so its account has a rate budget
 * of its own in this process.
 */
export async function withSandbox<T>(
	options: SandboxOptions,
	use: (sandbox: Sandbox) => Promise<T>,
): Promise<T> {
	const sandbox = await startSandbox({ firstDay: FIRST_DAY, ...UNLIMITED, ...options });
	try {
		return await use(sandbox);
	} finally {
		await sandbox.close();
	}
}
