import type { Measured } from './report';
import { callsPerRecord } from './scale/calls';
import { bookkeeping, firstRun } from './scale/firstRun';
import { atLimits } from './scale/limits';
import { restRuns } from './scale/restRun';

/** Each alone: `npm run bench:scale -- --figure rest-run-20k`. */
const FIGURES: Record<string, () => Promise<Measured[]>> = {
	'first-run': firstRun,
	'bookkeeping-share': bookkeeping,
	'rest-run-20k': async () => await restRuns(20_000),
	'rest-run-50k': async () => await restRuns(50_000),
	'rest-run-100k': async () => await restRuns(100_000),
	calls: callsPerRecord,
	'at-limits': atLimits,
};

/**
 * Contact Sync in a real n8n with its template: how long large populations take, and what they cost in
 * memory, storage and calls.
 */
export async function bench(figure?: string): Promise<Measured[]> {
	const names = figure ? [figure] : Object.keys(FIGURES);
	const rows: Measured[] = [];
	for (const name of names) {
		if (!FIGURES[name]) throw new Error(`bench:scale has no figure “${name}”`);
		rows.push(...(await FIGURES[name]()));
	}
	return rows;
}
