import { startSandbox, type Sandbox } from '../../../sandbox';
import { scaleTime, type ScaledTime } from '../support';
import { Bench } from './bench';
import type { ServiceName } from './table';

/** What the fault tests of a file share; there from their first test on. */
export interface FaultRig {
	/** Without limits of its own: only faults slow a run down. */
	sandbox: Sandbox;
	/** Two hundred times as quick. */
	time: ScaledTime;
	bench: Bench;
}

/** Sets it up before the tests of this file and puts it away after them. */
export function faultRig(service: ServiceName): FaultRig {
	const rig = {} as FaultRig;
	beforeAll(async () => {
		rig.time = scaleTime(200);
		const burst = { max: 100_000, intervalMs: 10_000 };
		rig.sandbox = await startSandbox({ burst, heyReachPerMinute: 100_000 });
		rig.bench = new Bench(rig.sandbox, service, rig.time);
	});
	afterAll(async () => {
		await rig.sandbox.close();
		rig.time.restore();
	});
	return rig;
}
