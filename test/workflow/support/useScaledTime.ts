import { scaleTime, type ScaledTime } from './scaleTime';

/**
 * `scaleTime` for a test file, from before its first test until after its last. The nodes keep to the
 * real services' limits: this shortens their waits. Call it before `useSandbox`, so that the sandbox
 * starts in the same time.
 */
export function useScaledTime(factor: number, options?: { clock: boolean }): ScaledTime {
	const time = {} as ScaledTime;
	beforeAll(() => {
		Object.assign(time, scaleTime(factor, options));
	});
	afterAll(() => time.restore());
	return time;
}
