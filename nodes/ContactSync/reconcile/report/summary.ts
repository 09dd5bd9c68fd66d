import { countWork } from '../state/planItem';
import { SIDES } from '../state/compilePolicy';
import type {
	BrakeReport,
	PlanItem,
	SideSummary,
	SkippedRecord,
	Summary,
} from '../contract/output';
import { summaryText } from './summaryText';
import { isQuestion } from '../contract/rows';
import type { ReviewKind, ReviewRow } from '../contract/rows';
import type { PlanRun } from '../state/planRun';
import type { Both, Costs, Side } from '../contract/input';

/**
 * Calls of one plan item. HighLevel: a look and a write, or a create that is refused where the person is
 * there already; tags of many contacts share a call. HeyReach: pages of 1,000 leads for the look and the
 * read-back, adds of 100 leads; tags lead by lead, where those that go are read and replaced.
 * HighLevel allows 100 calls in 10 s, HeyReach 300 a minute.
 */
const DEFAULT_COSTS: Both<Costs> = {
	A: { create: 1, update: 2, addTags: 0.02, removeTags: 0.02, perMinute: 600 },
	B: { create: 0.03, update: 0.03, addTags: 1, removeTags: 2, perMinute: 300 },
};

const FIELD_CONFLICTS: readonly ReviewKind[] = [
	'concurrent',
	'initial',
	'setVsClear',
	'oscillation',
];
const GROUPS: readonly ReviewKind[] = [
	'ambiguous',
	'contradiction',
	'taken',
	'duplicateSameSide',
	'mergeCollision',
];

/** The plan in numbers and in a few sentences. */
export function summarise(
	run: PlanRun,
	plan: {
		pairs: number;
		newlyLinked: number;
		brakes: BrakeReport[];
		previewOnly: boolean;
		review: readonly ReviewRow[];
		skipped: readonly SkippedRecord[];
	},
): Summary {
	const { input } = run;
	const open = (kinds: readonly ReviewKind[]) =>
		plan.review.filter((row) => isQuestion(row) && kinds.includes(row.kind)).length;
	const sides = { A: sideSummary(run, 'A', plan.skipped), B: sideSummary(run, 'B', plan.skipped) };
	const summary: Summary = {
		runId: input.runId,
		mode: input.mode,
		dryRun: input.dryRun,
		previewOnly: plan.previewOnly,
		text: '',
		sides,
		calls: sides.A.calls + sides.B.calls,
		secondsLeft: Math.ceil(
			60 * SIDES.reduce((sum, side) => sum + minutesOf(run, side, sides[side].calls), 0),
		),
		questions: plan.review.filter(isQuestion).length,
		pairs: {
			linked: plan.pairs,
			inSync: run.inSync,
			newlyLinked: plan.newlyLinked,
			unlinked: run.unlinked,
			openConflicts: open(FIELD_CONFLICTS),
			ambiguous: open(GROUPS),
		},
		brakes: plan.brakes,
		policyHash: run.policy.hash,
		generation: run.generation,
		compacted: false,
		otherRows: run.otherRows,
	};
	return { ...summary, text: summaryText(summary) };
}

function sideSummary(run: PlanRun, side: Side, skipped: readonly SkippedRecord[]): SideSummary {
	const items = run.items[side];
	const sum = (size: (item: PlanItem) => number) =>
		items.reduce((total, item) => total + size(item), 0);
	const costs = costsOf(run, side);
	// Hundredths of calls add up to fractions that are none.
	const calls = Math.ceil(Math.round(sum((item) => callsOf(item, costs)) * 100) / 100);
	const reasons: SideSummary['skipped'] = {};
	for (const { side: where, reason } of skipped) {
		if (where === side) reasons[reason] = (reasons[reason] ?? 0) + 1;
	}
	return {
		records: run[side].counts(),
		...countWork(items),
		fieldsChanged: sum(({ changes }) => changes.length),
		tagsAdded: sum(({ addTags }) => addTags.length),
		tagsRemoved: sum(({ removeTags }) => removeTags.length),
		gone: run.gone[side],
		skipped: reasons,
		calls,
		minutes: Math.ceil(minutesOf(run, side, calls) * 10) / 10,
	};
}

const costsOf = (run: PlanRun, side: Side): Costs =>
	run.policy.policy.costs?.[side] ?? DEFAULT_COSTS[side];

const minutesOf = (run: PlanRun, side: Side, calls: number): number =>
	calls / costsOf(run, side).perMinute;

function callsOf(item: PlanItem, costs: Costs): number {
	const write =
		item.action === 'create' ? costs.create : item.changes.length > 0 ? costs.update : 0;
	const add = item.addTags.length > 0 ? costs.addTags : 0;
	const remove = item.removeTags.length > 0 ? costs.removeTags : 0;
	return write + add + remove;
}
