import { startSandbox, type Sandbox } from '../../sandbox';
import { Bench } from './faults/bench';
import { everyKind } from './faults/everyKind';
import { ghlSubjects } from './faults/subjects';
import { scaleTime, type ScaledTime } from './support';

let sandbox: Sandbox;
let time: ScaledTime;
let bench: Bench;
beforeAll(async () => {
	time = scaleTime(200);
	sandbox = await startSandbox({ burst: { max: 100_000, intervalMs: 10_000 } });
	bench = new Bench(sandbox, 'highlevel', time);
});
afterAll(async () => {
	await sandbox.close();
	time.restore();
});

everyKind('highlevel', ghlSubjects, () => bench);
