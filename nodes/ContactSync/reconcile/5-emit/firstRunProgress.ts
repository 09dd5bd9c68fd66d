import { countWork } from '../state/planItem';
import { SIDES } from '../state/compilePolicy';
import type { LinkRow } from '../contract/rows';
import type { Run } from '../state/planRun';
import type { Both } from '../contract/input';

/** How many records of each side a run was to create and to update. */
export type Work = Both<Record<'creates' | 'updates', number>>;

const FORM = /^A(\d+)\+(\d+) B(\d+)\+(\d+)$/;

/**
 * What the first real run was to do and may not have done: it stands in the row of the run (`opKey`)
 * until a run has come to its end. Undefined where none ended early.
 */
export function unfinished(row: LinkRow | undefined): Work | undefined {
	const [, ...numbers] = FORM.exec(row?.opKey ?? '') ?? [];
	if (numbers.length === 0) return undefined;
	const [a, b, c, d] = numbers.map(Number);
	return { A: { creates: a, updates: b }, B: { creates: c, updates: d } };
}

/**
 * What stands in the row of a run that is about to write, until Commit takes it out. A run that goes on
 * with the first one's work leaves at most as much as it found: what is left only gets less.
 */
export function leftOver(run: Run, stored: LinkRow | undefined): string {
	const isFirst = (stored?.fullRuns ?? 0) === 0;
	const before = unfinished(stored);
	if (!isFirst && !before) return '';
	const sides = SIDES.map((side) => {
		const { creates, updates } = countWork(run.items[side]);
		const most = isFirst ? undefined : before?.[side];
		return `${side}${Math.min(creates, most?.creates ?? creates)}+${Math.min(updates, most?.updates ?? updates)}`;
	});
	return sides.join(' ');
}
