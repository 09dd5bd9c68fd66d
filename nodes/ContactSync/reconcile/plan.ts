import { resolveAbsence } from './1-links/missingRecords';
import type { Absence } from './1-links/missingRecords';
import { readBrakes } from './5-emit/brakes';
import { Creator } from './4-create/createMissing';
import { unlinkGone } from './4-create/unlinkGone';
import { emit } from './5-emit/emit';
import { joinLinks } from './1-links/joinLinks';
import { accountPair } from './state/accountPair';
import { readLinks } from './state/linksTable';
import { Matcher } from './2-match/matchByKeys';
import { PairMerger } from './3-merge/mergePairs';
import { SIDES } from './state/compilePolicy';
import { endAnswers, reportInput } from './report/inputProblems';
import type { PlanOutput } from './contract/output';
import { PlanRun } from './state/planRun';
import type { PlanInput } from './contract/input';

/**
 * Plans the writes that make both sides agree, and the questions that a person must answer. Throws nothing
 * for bad data: it holds back and reports the records that it cannot use, and plans the others.
 */
export function plan(input: PlanInput): PlanOutput {
	const run = new PlanRun(input, readLinks(input.links, accountPair(input.pair)));
	const join = joinLinks(run);
	const absence = resolveAbsence(run, join);
	const merger = new PairMerger(run);
	// Links and creates: only where every record of both sides is here.
	const matched = run.whole ? new Matcher(run, join.keptApart).match() : undefined;
	const { keptApart } = join;
	const creator = matched && new Creator(run, merger, { absence, matched, keptApart });
	creator?.askAboutRivals();
	const linked = matched?.pairs ?? [];
	for (const pairs of [join.pairs, absence.pairs, linked]) {
		for (const pair of pairs) merger.merge(pair);
	}
	merger.settle();
	creator?.plan();
	skipRest(run, absence);
	unlinkGone(run, absence, merger);
	reportInput(run);
	endAnswers(run);
	return emit(run, {
		runRow: run.versions.run,
		brakes: readBrakes(run, join, run.versions.run),
		pairs: join.pairs.length + absence.pairs.length + linked.length,
		newlyLinked: linked.length,
	});
}

/** Skips the records about which this run can decide nothing. */
function skipRest(run: PlanRun, { left, tombstoned }: Absence): void {
	const reason = run.input.mode === 'partial' ? 'waitsForFullRun' : 'halfRead';
	for (const side of SIDES) {
		for (const at of run[side].open()) {
			if (left[side].has(at)) run[side].skip(at, 'gone');
			else run[side].skip(at, tombstoned[side].has(at) ? 'tombstone' : reason);
		}
	}
}
