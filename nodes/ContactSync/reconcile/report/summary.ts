import { countWork } from '../state/planItem';
import { SIDES } from '../state/compilePolicy';
import type {
	BrakeReport,
	PlanItem,
	SideSummary,
	SkippedRecord,
	Summary,
} from '../contract/output';
import { count } from './reviewRow';
import { isQuestion } from '../contract/rows';
import type { ReviewKind, ReviewRow } from '../contract/rows';
import type { PlanRun } from '../state/planRun';
import type { Both, Costs, Side } from '../contract/input';

/**
 * Calls of one plan item, the read-back among them. HighLevel allows 100 calls in 10 s. HeyReach allows
 * 300 a minute and has no call to remove a tag: the tags are read and replaced.
 */
const DEFAULT_COSTS: Both<Costs> = {
	A: { create: 2, update: 2, addTags: 1, removeTags: 1, perMinute: 600 },
	B: { create: 2, update: 2, addTags: 1, removeTags: 2, perMinute: 300 },
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
	const summary: Summary = {
		runId: input.runId,
		mode: input.mode,
		dryRun: input.dryRun,
		previewOnly: plan.previewOnly,
		text: '',
		sides: { A: sideSummary(run, 'A', plan.skipped), B: sideSummary(run, 'B', plan.skipped) },
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
	return { ...summary, text: tell(run, summary) };
}

function sideSummary(run: PlanRun, side: Side, skipped: readonly SkippedRecord[]): SideSummary {
	const items = run.items[side];
	const sum = (size: (item: PlanItem) => number) =>
		items.reduce((total, item) => total + size(item), 0);
	const costs = run.policy.policy.costs?.[side] ?? DEFAULT_COSTS[side];
	const calls = sum((item) => callsOf(item, costs));
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
		minutes: Math.ceil((calls / costs.perMinute) * 10) / 10,
	};
}

function callsOf(item: PlanItem, costs: Costs): number {
	const write =
		item.action === 'create' ? costs.create : item.changes.length > 0 ? costs.update : 0;
	const add = item.addTags.length > 0 ? costs.addTags : 0;
	const remove = item.removeTags.length > 0 ? costs.removeTags : 0;
	return write + add + remove;
}

function tell(run: PlanRun, { pairs, sides, brakes, dryRun, previewOnly }: Summary): string {
	const { names } = run.policy;
	const lines = SIDES.map((side) => {
		const { creates, updates, calls, minutes } = sides[side];
		const writes = `${count(creates, 'record')} to create, ${updates} to update`;
		return `${names[side]}: ${writes} (${count(calls, 'call')}, about ${minutes} min).`;
	});
	const inStep = `${count(pairs.linked, 'linked pair')}, ${pairs.inSync} in step, ${pairs.newlyLinked} new, ${pairs.unlinked} unlinked.`;
	const open = `${pairs.openConflicts} to decide, ${pairs.ambiguous} unclear.`;
	const stop = dryRun
		? ['Dry run: nothing was written.']
		: previewOnly
			? ['Preview only: a brake has stopped this run.']
			: [];
	return [...stop, ...brakes.map(({ sentence }) => sentence), inStep, ...lines, open].join(' ');
}
