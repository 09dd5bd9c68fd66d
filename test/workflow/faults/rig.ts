import type { Sandbox } from '../../../sandbox';
import { useLastingSandbox } from '../../support/useSandbox';
import { useScaledTime, type ScaledTime } from '../support';
import { Bench } from './bench';
import type { ServiceName } from './table';

/** What the fault tests of a file share. */
export interface FaultRig {
	sandbox: Sandbox;
	/** Two hundred times as quick. */
	time: ScaledTime;
	bench: Bench;
}

/** Sets it up before the tests of this file and puts it away after them. */
export function faultRig(service: ServiceName): FaultRig {
	const time = useScaledTime(200);
	const sandbox = useLastingSandbox();
	return { time, sandbox, bench: new Bench(sandbox, service, time) };
}
