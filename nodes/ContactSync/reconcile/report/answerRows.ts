import { isoMoment } from '../state/planRun';
import type { PlanRun } from '../state/planRun';
import { reviewRow } from './reviewRow';
import type { Resolution, ReviewRow, ReviewStatus } from '../contract/rows';

/**
 * The rows that say what becomes of each answer. They are newer than the run, so that the answer is not lost
 * when older rows are deleted: where the run could not judge it, it comes out again as it is.
 *
 * @param previewOnly nothing is carried out
 */
export function answerRows(run: PlanRun, previewOnly: boolean): ReviewRow[] {
	const asked = new Set(run.review.map(({ conflictId }) => conflictId));
	const written = new Set(
		[...run.items.A, ...run.items.B].flatMap(({ changes }) =>
			changes.flatMap(({ conflictId }) => conflictId ?? []),
		),
	);
	const open = openFields(run);
	// Older rows are deleted after a full run alone.
	const isFull = run.input.mode === 'full';
	return run.answers.all().flatMap((answer) => {
		const { conflictId } = answer;
		// The question is put again, and says why the answer was not used.
		if (asked.has(conflictId)) return [];
		if (previewOnly) return isFull ? [kept(run, answer)] : [];
		if (run.answers.isCarriedOut(conflictId)) return [carriedOut(run, answer)];
		if (written.has(conflictId)) return [underWay(run, answer)];
		if (run.answers.isStarted(conflictId)) return [underWay(run, answer)];
		if (!run.answers.isEnded(conflictId)) return isFull ? [kept(run, answer)] : [];
		const isDone = answer.status === 'underWay' && !open.has(fieldOf(answer));
		return [isDone ? carriedOut(run, answer) : tooLate(run, answer)];
	});
}

/** The fields of pairs about which somebody must decide. */
function openFields({ review }: PlanRun): Set<string> {
	return new Set(review.filter(({ status }) => status === 'open').map(fieldOf));
}

const fieldOf = ({ pairId, field, conflictId }: Partial<Resolution>): string =>
	pairId ? `${pairId} ${field ?? ''}` : (conflictId ?? '');

const kept = (run: PlanRun, answer: Resolution): ReviewRow =>
	row(run, answer, answer.status || 'open', {});

const underWay = (run: PlanRun, answer: Resolution): ReviewRow =>
	row(run, answer, 'underWay', { reason: `${told(answer)} is being carried out.`, whatToDo: '' });

const carriedOut = (run: PlanRun, answer: Resolution): ReviewRow =>
	row(run, answer, 'applied', { reason: `${told(answer)} was carried out.`, whatToDo: '' });

const tooLate = (run: PlanRun, answer: Resolution): ReviewRow =>
	row(run, answer, 'stale', {
		reason: `${told(answer)} was not used in this run: its question is gone, or the values have changed since.`,
		whatToDo: 'Look at the open questions and answer again, if there is still something to decide.',
	});

const told = ({ choose, by }: Resolution): string =>
	`The answer “${choose}”${by ? ` of ${by}` : ''}`;

/** The answer as a row of this run. It keeps the moment in which it was given. */
function row(
	run: PlanRun,
	answer: Resolution,
	status: ReviewStatus,
	more: Partial<Pick<ReviewRow, 'reason' | 'whatToDo'>>,
): ReviewRow {
	const { conflictId, choose, kind, winner, generation, choices, ...texts } = answer;
	const given = Object.entries(texts).filter(([, value]) => typeof value === 'string');
	return {
		...reviewRow(run, { conflictId, kind: kind || 'answer', reason: '', whatToDo: '' }),
		...Object.fromEntries(given),
		...more,
		...run.pair,
		choices: choices ?? '',
		winner: winner ?? '',
		choose,
		status,
		at: answer.at || (generation ? isoMoment(generation) : ''),
		runId: run.input.runId,
	};
}
