import { resolveAbsence } from './absence';
import type { Absence } from './absence';
import { readBrakes } from './brakes';
import { Creator } from './create';
import { unlinkGone } from './departures';
import { emit } from './emit';
import { joinLinks } from './join';
import { readLinks } from './linkRows';
import { Matcher } from './match';
import { PairMerger } from './merge';
import { SIDES } from './policy';
import { reportInput, reportStale } from './problems';
import type { PlanOutput } from './results';
import { Run } from './run';
import type { PlanInput } from './types';

/**
 * Says what has to be written to either side so that both agree, and what a person has to decide.
 * Throws nothing for bad data: what cannot be used is held back and reported, and the rest goes on.
 */
export function plan(input: PlanInput): PlanOutput {
	const run = new Run(input, readLinks(input.links));
	const join = joinLinks(run);
	const absence = resolveAbsence(run, join);
	const merger = new PairMerger(run);
	// Links and creates: only where every record of both sides is here.
	const matched = run.whole ? new Matcher(run, join.keptApart).match() : undefined;
	const { keptApart } = join;
	const creator = matched && new Creator(run, merger, { absence, matched, keptApart });
	creator?.hold();
	const linked = matched?.pairs ?? [];
	for (const pairs of [join.pairs, absence.pairs, linked]) {
		for (const pair of pairs) merger.merge(pair);
	}
	merger.settle();
	creator?.plan();
	skipRest(run, absence);
	unlinkGone(run, absence, merger);
	reportInput(run);
	reportStale(run);
	return emit(run, {
		runRow: run.versions.run,
		brakes: readBrakes(run, join, run.versions.run),
		pairs: join.pairs.length + absence.pairs.length + linked.length,
		newlyLinked: linked.length,
	});
}

/** Records about which nothing can be decided in this run. */
function skipRest(run: Run, { left, tombstoned }: Absence): void {
	const reason = run.input.mode === 'partial' ? 'waitsForFullRun' : 'halfRead';
	for (const side of SIDES) {
		for (const at of run[side].open()) {
			if (left[side].has(at)) run[side].skip(at, 'gone');
			else run[side].skip(at, tombstoned[side].has(at) ? 'tombstone' : reason);
		}
	}
}
