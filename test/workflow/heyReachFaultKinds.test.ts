import { startSandbox, type Sandbox } from '../../sandbox';
import { Bench } from './faults/bench';
import { everyKind } from './faults/everyKind';
import { heyReachSubjects } from './faults/subjects';
import { scaleTime, type ScaledTime } from './support';

let sandbox: Sandbox;
let time: ScaledTime;
let bench: Bench;
beforeAll(async () => {
	time = scaleTime(200);
	sandbox = await startSandbox({ heyReachPerMinute: 100_000 });
	bench = new Bench(sandbox, 'heyreach', time);
});
afterAll(async () => {
	await sandbox.close();
	time.restore();
});

everyKind('heyreach', heyReachSubjects, () => bench);
