import { countWork } from '../state/planItem';
import { SIDES } from '../state/compilePolicy';
import type { LinkRow } from '../contract/rows';
import type { PlanRun } from '../state/planRun';
import type { Both } from '../contract/input';

/** The numbers of creates and updates that a run planned, by side. */
export type Work = Both<Record<'creates' | 'updates', number>>;

const FORM = /^A(\d+)\+(\d+) B(\d+)\+(\d+)$/;

/**
 * The work that the first real run planned and may not have finished. The run's own row holds it (`opKey`)
 * until a run reaches its end. Undefined where no run ended early.
 */
export function unfinished(row: LinkRow | undefined): Work | undefined {
	const [, ...numbers] = FORM.exec(row?.opKey ?? '') ?? [];
	if (numbers.length === 0) return undefined;
	const [a, b, c, d] = numbers.map(Number);
	return { A: { creates: a, updates: b }, B: { creates: c, updates: d } };
}

/**
 * The text for the run's own row: the work of a run that is about to write. Commit takes it out at the end.
 * A run that continues the first run's work writes at most the numbers that it found, so they only sink.
 */
export function leftOver(run: PlanRun, stored: LinkRow | undefined): string {
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
