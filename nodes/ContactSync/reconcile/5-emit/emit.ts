import { order } from '../state/compilePolicy';
import type { BrakeReport, PlanItem, PlanOutput } from '../contract/output';
import { RUN_ROW_ID } from '../contract/rows';
import type { AuditRow, LinkRow } from '../contract/rows';
import type { PlanRun } from '../state/planRun';
import { answerRows } from '../report/answerRows';
import { notWrittenRows } from '../report/notWritten';
import { listSkipped } from '../report/skippedRecords';
import { summarise } from '../report/summary';
import { compact, oldestGeneration } from './compaction';
import { leftOver } from './firstRunProgress';

/** The sorted plan; in a dry run, or after a brake, its preview. */
export function emit(
	run: PlanRun,
	made: { runRow: LinkRow | undefined; brakes: BrakeReport[]; pairs: number; newlyLinked: number },
): PlanOutput {
	const previewOnly = run.input.dryRun || made.brakes.some(({ tripped }) => tripped);
	const review = run.review
		.concat(notWrittenRows(run), answerRows(run, previewOnly))
		.sort((a, b) => order(a.conflictId, b.conflictId));
	const skipped = listSkipped(run);
	const summary = summarise(run, { ...made, previewOnly, review, skipped });
	// A partial run deletes no older rows, so a question that is there already is not put again.
	const toAppend =
		run.input.mode === 'full' ? review : review.filter((row) => !run.answers.isAsked(row));
	const copies = compact(run, previewOnly);
	summary.compacted = copies.length > 0;
	summary.generation = summary.compacted ? run.generation : oldestGeneration(run);
	const links = run.links.concat(copies).sort((a, b) => order(a.pairId, b.pairId));
	for (const item of [...run.items.A, ...run.items.B])
		item.link = { ...item.link, ...run.pair, generation: run.generation };
	const ownRow = runRow(run, made.runRow, previewOnly);
	const plan = {
		links: links.concat(ownRow),
		audit: run.audit.sort(byPair),
		applyA: run.items.A.sort(byRecord),
		applyB: run.items.B.sort(byRecord),
	};
	if (!previewOnly) {
		for (const row of ownRow) if (row.opKey !== '') summary.runRow = row;
		return { ...plan, review: toAppend, skipped, summary };
	}
	return {
		links: ownRow,
		audit: [],
		applyA: [],
		applyB: [],
		review: toAppend,
		skipped,
		summary,
		preview: { ...plan, links },
	};
}

/** The run's own row. A preview stores the policy that it has shown, and nothing else. */
function runRow(run: PlanRun, stored: LinkRow | undefined, previewOnly: boolean): LinkRow[] {
	const { hash } = run.policy;
	const isSeen = stored?.base === hash;
	if (run.input.mode === 'partial' || (previewOnly && isSeen)) return [];
	const row = stored ?? { ...run.newLink('', '', 'run', RUN_ROW_ID), fullRuns: 0 };
	return [
		{
			...row,
			rev: row.rev + 1,
			base: hash,
			keys: run.input.kept ?? row.keys,
			opKey: previewOnly ? row.opKey : leftOver(run, stored),
			fullRuns: previewOnly ? row.fullRuns : run.fullRuns,
			changedAt: run.at,
			generation: run.generation,
		},
	];
}

function byRecord(a: PlanItem, b: PlanItem): number {
	return order(a.id, b.id) || order(a.sourceId, b.sourceId) || order(a.opKey, b.opKey);
}

function byPair(a: AuditRow, b: AuditRow): number {
	return (
		order(a.pairId, b.pairId) ||
		order(a.field, b.field) ||
		order(a.side, b.side) ||
		order(a.kind, b.kind) ||
		order(a.after, b.after)
	);
}
