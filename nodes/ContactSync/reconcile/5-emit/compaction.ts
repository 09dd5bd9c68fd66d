import type { LinkRow } from '../contract/rows';
import type { PlanRun } from '../state/planRun';

/** So many replaced rows may stay in the table, and half as many as there are present ones. */
const MOST_REPLACED = 1000;
const MOST_SHARE = 0.5;

/**
 * Stores all present rows again, under a new generation, where too many rows have been replaced: those of
 * lower generations can then be deleted at once. A run that ends between the two has done no harm, because
 * equal rows of two generations count as one.
 *
 * @returns the rows to store beside those that the run has changed; none where nothing is to be deleted
 */
export function compact(run: PlanRun, previewOnly: boolean): LinkRow[] {
	const present = presentRows(run);
	const most = run.input.mostReplaced ?? Math.max(MOST_REPLACED, MOST_SHARE * present.length);
	if (previewOnly || run.input.mode === 'partial' || run.versions.replaced <= most) return [];
	run.generation = run.versions.generation + 1;
	for (const row of run.links) row.generation = run.generation;
	const changed = new Set(run.links.map(({ pairId }) => pairId));
	return present
		.filter(({ pairId }) => !changed.has(pairId))
		.map((row) => ({
			...row,
			generation: run.generation,
			changedAt: row.changedAt || run.at,
		}));
}

/** The lowest generation of a row that is needed: all rows of lower ones have a newer version. */
export function oldestGeneration(run: PlanRun): number {
	const least = (oldest: number, row: LinkRow) => Math.min(oldest, row.generation);
	const { run: runRow } = run.versions;
	return [...presentRows(run), ...(runRow ? [runRow] : [])].reduce(least, run.generation);
}

/** All rows but that of the run. Those that nobody can use stay, until a person has corrected them. */
function presentRows({ versions }: PlanRun): LinkRow[] {
	const { linked, rest, torn, bad } = versions;
	return [
		...linked,
		...[...rest.values()].filter((row) => !isOfNoUse(row)),
		...torn,
		...bad.map(({ row }) => row),
	];
}

/** Whether the row may go. That of a create that failed tells how often it was tried. */
const isOfNoUse = ({ state, opKey, aId, bId }: LinkRow): boolean =>
	state === 'expired' && (opKey !== '' || (aId !== '' && bId !== ''));
