import { nameFor } from '../values/fingerprint';
import type { ReviewRow } from '../contract/rows';
import type { NotWritten, PlanRun } from '../state/planRun';
import { count, firstNames, listed, reviewRow } from './reviewRow';

/** So many of one kind have a row each. More have one cause, which one row tells. */
const MOST_ALONE = 3;

export function notWrittenRows(run: PlanRun): ReviewRow[] {
	const groups = new Map<string, NotWritten[]>();
	for (const one of run.notWritten) {
		const key = `${one.side} ${one.field}`;
		const group = groups.get(key);
		if (group) group.push(one);
		else groups.set(key, [one]);
	}
	return [...groups.values()].flatMap((group) =>
		group.length > MOST_ALONE ? [together(run, group)] : group.map(({ row }) => row),
	);
}

function together(run: PlanRun, group: readonly NotWritten[]): ReviewRow {
	const [{ side, field, row }] = group;
	const service = run.policy.names[side];
	const name = firstNames(group.map((one) => one.row.name));
	const people = count(group.length, 'person', 'people');
	const reason =
		field === ''
			? `${name}: ${people} should have been created in ${service} by earlier runs, but were not. This run tries again.`
			: `${name}: “${field}” of ${people} was to be written in ${service} in the last run, and was not. It is tried again in this run; the other fields are not affected.`;
	return reviewRow(run, {
		conflictId: nameFor('notWritten', side, field),
		kind: 'notWritten',
		name,
		reason,
		whatToDo: row.whatToDo,
		aId: listed(group.map((one) => one.row.aId)),
		bId: listed(group.map((one) => one.row.bId)),
		field,
		rule: row.rule,
	});
}
