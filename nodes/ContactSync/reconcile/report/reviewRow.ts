import { nameFor } from '../values/fingerprint';
import type {
	Choice,
	LinkRow,
	Resolution,
	ReviewKind,
	ReviewRow,
	ReviewStatus,
} from '../contract/rows';
import { nameOf, valueText } from '../state/planRun';
import type { PlanRun } from '../state/planRun';
import type { Both, SyncRecord, Value } from '../contract/input';

/** The most ids in one row. */
const LISTED = 20;

/** A conflict in one field of a pair. */
export interface FieldConflict {
	conflictId: string;
	kind: ReviewKind;
	rule: string;
	link: LinkRow;
	records: Both<SyncRecord>;
	field: string;
	values: Both<Value>;
	answer?: Resolution;
}

export function conflictRow(run: PlanRun, conflict: FieldConflict): ReviewRow {
	const { names } = run.policy;
	const { kind, link, records, field, values, answer } = conflict;
	const name = nameOf(records.A, records.B);
	const [inA, inB] = [quote(values.A), quote(values.B)];
	const happened =
		kind === 'oscillation'
			? `${name}: “${field}” goes back and forth. It was changed in ${names.A} and in ${names.B} in turn, three times within an hour, and now it is ${inA} in ${names.A} and ${inB} in ${names.B}. Something rewrites it, such as a workflow or an enrichment. It is not kept in step for this person until you answer.`
			: kind === 'initial'
				? `${name}: “${field}” is ${inA} in ${names.A} and ${inB} in ${names.B}. They were not linked before, so it is unclear which is right.`
				: `${name}: “${field}” was changed on both sides, to ${inA} in ${names.A} and to ${inB} in ${names.B}.`;
	const refused = answer ? ` ${whyRefused(answer, ['A', 'B', 'value', 'skip'])}` : '';
	return reviewRow(run, {
		...{ conflictId: conflict.conflictId, kind, name, field, rule: conflict.rule },
		reason: `${happened} Nothing was overwritten.${refused}`,
		whatToDo: `Choose A to take the value of ${names.A}, B to take the value of ${names.B}, value to write another one to both, or skip to leave both as they are.`,
		choices: ['A', 'B', 'value', 'skip'],
		pairId: link.pairId,
		aId: link.aId,
		bId: link.bId,
		valueA: valueText(values.A),
		valueB: valueText(values.B),
	});
}

/** The reason for which an answer cannot be used. */
export function whyRefused({ choose, value }: Resolution, choices: readonly Choice[]): string {
	if (!choices.some((choice) => choice === choose))
		return `The answer “${choose}” is none of ${choices.join(', ')}, so it was not used.`;
	if (choose === 'value' && !value?.trim())
		return 'The answer given has no value, so it was not used.';
	return `The answer “${choose}” with “${value ?? ''}” in the column value could not be carried out, so it was not used.`;
}

export function reviewRow(
	run: PlanRun,
	row: Pick<ReviewRow, 'conflictId' | 'kind' | 'reason' | 'whatToDo'> &
		Partial<Omit<ReviewRow, 'choices'>> & { choices?: Choice[]; status?: ReviewStatus },
): ReviewRow {
	return {
		location: run.pair.location,
		workspace: run.pair.workspace,
		status: 'open',
		name: '',
		pairId: '',
		aId: '',
		bId: '',
		field: '',
		valueA: '',
		valueB: '',
		rule: '',
		winner: '',
		runId: run.input.runId,
		choose: '',
		value: '',
		by: '',
		at: '',
		generation: run.input.now,
		...row,
		choices: (row.choices ?? []).join(', '),
	};
}

/** Reports a problem of the input. The affected records are held back, the others go on. */
export function reportProblem(
	run: PlanRun,
	kind: ReviewKind,
	about: string,
	problem: { reason: string; whatToDo: string } & Partial<Omit<ReviewRow, 'choices'>>,
): void {
	run.review.push(
		reviewRow(run, { conflictId: nameFor('problem', kind, about), kind, ...problem }),
	);
}

/** The first names of a sorted list, and how many more there are. */
export function firstNames(names: readonly string[]): string {
	const unique = [...new Set(names)].sort();
	const shown = unique.slice(0, 3).join(', ');
	return unique.length > 3
		? `${shown} and ${(unique.length - 3).toLocaleString('en-US')} more`
		: shown;
}

/** The first ids of a sorted list. */
export function listed(ids: readonly string[]): string {
	return [...ids].sort().slice(0, LISTED).join(' ');
}

export function count(number: number, one: string, many = `${one}s`): string {
	return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

export function quote(value: Value): string {
	const text = valueText(value);
	return text.trim() === '' ? 'blank' : `“${text}”`;
}
