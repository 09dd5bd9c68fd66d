import type { Settings } from '../../../sandbox';
import { say } from '../progress';
import { measured, median, type Measured } from '../report';
import { callsIn, people, preview, ROUNDS, withSettings, withSync } from './figures';
import { setTimeout as sleep } from 'node:timers/promises';

/** The windows of both services are this much shorter, so that an hour takes minutes. */
const FASTER = Number(process.env.SCALE_FASTER ?? 3);
const GHL = { max: 100, intervalMs: 10_000 / FASTER };
const HEYREACH = { max: 300, intervalMs: 60_000 / FASTER };

const LIMITS: Partial<Settings> = {
	burst: GHL,
	heyReachPerMinute: HEYREACH.max,
	heyReachWindowMs: HEYREACH.intervalMs,
};

/** No client that stays inside a limit is faster: the first window's calls at once, then a window's each. */
const floorOf = (calls: number, { max, intervalMs }: typeof GHL): number =>
	(Math.max(0, calls - max) / max) * intervalMs;

/** 2,000 contacts are updated and 5,000 leads made at the limits of both services. */
export async function atLimits(): Promise<Measured[]> {
	const population = {
		both: people(2_000),
		contactsOnly: people(5_000),
		leadsOnly: 0,
		agree: false,
		tagged: true,
		profiles: true,
	};
	const runs: number[] = [];
	const floors: number[] = [];
	for (let round = 1; round <= ROUNDS; round++) {
		say(`scale/at-limits, ${round} of ${ROUNDS}`);
		await withSync(population, withSettings({ createInHeyReach: true }), async (bench) => {
			const { sandbox, sync } = bench;
			await preview(bench);
			await sandbox.changeSettings(LIMITS);
			await sandbox.forget();
			await sleep(2 * HEYREACH.intervalMs);
			const { ms } = await sync.run();
			const counts = await sandbox.counts();
			const floor =
				floorOf(callsIn(counts, 'highlevel'), GHL) + floorOf(callsIn(counts, 'heyreach'), HEYREACH);
			say(`  ${JSON.stringify({ ms, floor, ...counts })}`);
			runs.push(ms);
			floors.push(floor);
		});
	}
	const floor = median(floors) / 1000;
	return [measured('scale/at-limits', 's', median(runs) / 1000, floor, 'floor of its calls')];
}
