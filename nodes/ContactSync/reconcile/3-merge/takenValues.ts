import { nameFor } from '../values/fingerprint';
import { other } from '../state/compilePolicy';
import { count, firstNames, listed, quote, reviewRow, whyRefused } from '../report/reviewRow';
import type { Change } from '../contract/output';
import type { Choice, LinkRow, Resolution, ReviewRow } from '../contract/rows';
import { nameOf, valueText } from '../state/planRun';
import type { PlanRun } from '../state/planRun';
import type { Side, SyncRecord } from '../contract/input';

/** One of the linked people who were to get a value that only one record may have. */
export interface Refused {
	side: Side;
	/** The value's form. */
	form: string;
	change: Change;
	link: LinkRow;
	A: SyncRecord;
	B: SyncRecord;
}

/** The name of the question about all of them: the same as long as they and the holders are. */
export function takenId(group: readonly Refused[], holders: readonly SyncRecord[]): string {
	const [{ side, form, change, link }] = group;
	const ids = holders.map(({ id }) => id).sort();
	if (group.length === 1) return nameFor('taken', link.pairId, change.field, form, ids.join(' '));
	const pairs = group.map((one) => one.link.pairId).sort();
	return nameFor('taken', side, change.field, form, pairs.join(' '), ids.join(' '));
}

/** Whom of them an answer gives the value, by the record's id. Nobody, where somebody has it. */
export function chosen<One extends Refused>(
	group: readonly One[],
	holders: readonly SyncRecord[],
	value: string,
): One | undefined {
	return mayChoose(group, holders)
		? group.find((one) => one[one.side].id === value.trim())
		: undefined;
}

const mayChoose = (group: readonly Refused[], holders: readonly SyncRecord[]): boolean =>
	group.length > 1 && holders.length === 0;

/** Asks about a value that one or several people were to get. */
export function takenRow(
	run: PlanRun,
	conflictId: string,
	group: readonly Refused[],
	holders: readonly SyncRecord[],
	answer: Resolution | undefined,
): ReviewRow {
	const [{ side, change, link }] = group;
	const { field } = change;
	const service = run.policy.names[side];
	const choices: Choice[] = mayChoose(group, holders) ? ['value', 'skip'] : ['skip'];
	const isOne = group.length === 1;
	const name = firstNames(group.map(({ A, B }) => nameOf(A, B)));
	const has =
		holders.length > 0
			? `${holders
					.map((one) => `${nameOf(one)} (${one.id})`)
					.sort()
					.slice(0, 3)
					.join(', ')} has it there`
			: 'only one can have it';
	const source = valueText(change.other ?? change.after);
	const shown = isOne ? valueText(change.before) : '';
	return reviewRow(run, {
		conflictId,
		kind: 'taken',
		name,
		reason: `${name}: “${field}” ${isOne ? '' : `of these ${count(group.length, 'person', 'people')} `}was to be ${quote(change.after)} in ${service}, and ${has}. It was left out; the other fields are not affected.${answer ? ` ${whyRefused(answer, choices)}` : ''}`,
		whatToDo: `Correct “${field}” where it is wrong, or merge in ${service} those who are one person. Choose skip to leave ${isOne ? 'both' : 'all of them'} as they are${choices.includes('value') ? '; or value, with the id of the record that should have it' : ''}.`,
		choices,
		pairId: isOne ? link.pairId : '',
		aId: listed(group.map(({ A }) => A.id)),
		bId: listed(group.map(({ B }) => B.id)),
		field,
		...{ [`value${side}`]: shown, [`value${other(side)}`]: source },
		rule: change.rule,
	});
}
