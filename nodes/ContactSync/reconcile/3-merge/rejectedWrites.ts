import { nameFor } from '../values/fingerprint';
import { normalised } from '../values/normalise';
import { MARK, withoutMarks } from '../values/writeMarks';
import { reviewRow } from '../report/reviewRow';
import type { Change } from '../contract/output';
import type { LinkRow } from '../contract/rows';
import { nameOf, valueText } from '../state/planRun';
import type { PlanRun } from '../state/planRun';
import type { Pair } from './threeWayMerge';
import type { Side } from '../contract/input';

const nameOfWrite = (side: Side, { name, after, normalise }: Change): string =>
	`${MARK}${nameFor('left', side, name, normalised(after, normalise))}`;

/** The link with the marks of exactly these rejected writes. */
export function withLeft(link: LinkRow, left: readonly { side: Side; change: Change }[]): LinkRow {
	const ids = withoutMarks(link.aliases);
	const marks = left.map(({ side, change }) => nameOfWrite(side, change));
	return { ...link, aliases: [ids, ...new Set(marks)].filter((part) => part !== '').join(' ') };
}

/** Reports each of these writes that the last run planned too and the service rejected. */
export function reportLeft(run: PlanRun, pair: Pair, side: Side, changes: readonly Change[]): void {
	const { link, A, B } = pair;
	if (!link.aliases.includes(MARK)) return;
	const marks = new Set(link.aliases.split(' '));
	const service = run.policy.names[side];
	for (const change of changes) {
		if (!marks.has(nameOfWrite(side, change))) continue;
		const name = nameOf(A, B);
		const value = valueText(change.after);
		run.notWritten.push({
			side,
			field: change.field,
			row: reviewRow(run, {
				conflictId: nameFor('notWritten', link.pairId, side, change.field, value),
				kind: 'notWritten',
				name,
				reason: `${name}: “${change.field}” was to be ${value === '' ? 'cleared' : `set to “${value}”`} in ${service} in the last run, and was not: ${service} held another value than the one that was read, or did not take it. It is tried again in this run; the other fields are not affected.`,
				whatToDo: `The column error of the audit rows says why. Correct the field in ${service}, or take its row out of the field table.`,
				pairId: link.pairId,
				aId: link.aId,
				bId: link.bId,
				field: change.field,
				valueA: valueText(A.fields[change.name]),
				valueB: valueText(B.fields[change.name]),
				rule: change.rule,
			}),
		});
	}
}
