import type { IDataObject } from 'n8n-workflow';
import { sumOf, type ApplyMemory } from './applyMemory';
import type { Portion } from './portions';
import type { AppliedItem, Side } from './reconcile';

const SERVICES: Record<Side, string> = { A: 'HighLevel', B: 'HeyReach' };
const RECORDS: Record<Side, [one: string, many: string]> = {
	A: ['contact', 'contacts'],
	B: ['lead', 'leads'],
};
const SIDES: Side[] = ['A', 'B'];

const amount = (count: number, [one, many]: [string, string]): string =>
	`${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** A write that was not carried out, or not in full, as the output Not Applied gives it. */
export function notApplied({ side, action, name, id, link, result, error }: AppliedItem) {
	const { left = {}, taken = [] } = result ?? {};
	const reasons = [
		typeof error === 'string' ? error : error?.message,
		...taken.map(({ name: field, id: owner, owner: who }) => `${who} (${owner}) has this ${field}`),
		...Object.entries(left).map(([field, reason]) => `${field}: ${reason}`),
	].filter(Boolean);
	const fields = [...taken.map((one) => one.name), ...Object.keys(left)];
	return {
		...{ service: SERVICES[side], side, action, name, pairId: link.pairId },
		recordId: id || (result?.id ?? ''),
		reason: [...new Set(reasons)].join('; ') || unsaid(action, side),
		fields: [...new Set(fields)],
	};
}

/** Why a record was left alone, where the service has said nothing about single fields. */
const unsaid = (action: AppliedItem['action'], side: Side): string =>
	action === 'update'
		? 'The record had changed since the plan'
		: `The ${RECORDS[side][0]} already exists with other values; the next run compares them`;

/** Whether something of the write was not carried out. */
export const isNotWhole = ({ result, error }: AppliedItem): boolean =>
	error !== undefined || result?.stale === true || Object.keys(result?.left ?? {}).length > 0;

/** The output Summary: the figures of this run up to here. */
export function applySummary(memory: ApplyMemory, portion: Portion): IDataObject {
	const { written, failed, stale, runId } = memory;
	const isLast = portion.portion === portion.of;
	return {
		runId,
		...{ portion: portion.portion, of: portion.of, isLast },
		...{ written: sumOf(written), failed: sumOf(failed), stale: sumOf(stale) },
		secondsLeft: portion.secondsLeft,
		text: isLast ? finalText(memory, portion) : progressText(memory, portion),
	};
}

/** How far the run is. A write that failed is none that was done, and a service that has ended has no time left. */
function progressText(
	{ failed, ended }: ApplyMemory,
	{ writes, items, secondsLeft }: Portion,
): string {
	const begun = (writes.before + items.length).toLocaleString('en');
	const failures = sumOf(failed).toLocaleString('en');
	const how = sumOf(failed) > 0 ? `tried, ${failures} of which failed` : 'done';
	const minutes = Math.ceil(secondsLeft / 60);
	const left =
		minutes <= 1 ? 'less than a minute' : `about ${amount(minutes, ['minute', 'minutes'])}`;
	const refusals = SIDES.filter((side) => ended[side] !== undefined).map(
		(side) => ` ${SERVICES[side]} takes no more writes in this run (${ended[side]}).`,
	);
	const rest = refusals.length > 0 ? `.${refusals.join('')}` : `, ${left} left.`;
	return `${begun} of ${amount(writes.total, ['write', 'writes'])} ${how}${rest}`;
}

const PEOPLE: [string, string] = ['person', 'people'];

/** What a run has done that wrote to neither service. Links are stored rows alone. */
function nothingWritten(planned: number, plan: Portion['plan']): string {
	if (planned > 0) return 'Nothing was written.';
	const { linked = 0, unlinked = 0 } = plan ?? {};
	const parts = [
		...(linked > 0 ? [`${amount(linked, PEOPLE)} ${linked === 1 ? 'was' : 'were'} linked`] : []),
		...(unlinked > 0
			? [`${amount(unlinked, PEOPLE)} ${unlinked === 1 ? 'was' : 'were'} unlinked`]
			: []),
	];
	return parts.length > 0
		? `${parts.join(' and ')}; nothing had to be written.`
		: 'Nothing had to be written.';
}

function finalText(memory: ApplyMemory, { writes, plan }: Portion): string {
	if (plan?.previewOnly) return plan.text;
	const { written, failed, stale, ended } = memory;
	const done = SIDES.filter((side) => written[side] > 0);
	const sentences = [
		done.length === 0
			? nothingWritten(writes.total, plan)
			: `${done.map((side) => amount(written[side], RECORDS[side])).join(' and ')} ${sumOf(written) === 1 ? 'was' : 'were'} written.`,
	];
	for (const side of SIDES)
		if (ended[side])
			sentences.push(
				`${SERVICES[side]} took no more writes (${ended[side]}), so ${amount(failed[side], RECORDS[side])} ${failed[side] === 1 ? 'is' : 'are'} left for the next run.`,
			);
	const others = SIDES.filter((side) => !ended[side]).reduce((sum, side) => sum + failed[side], 0);
	if (others > 0)
		sentences.push(
			`${amount(others, ['write', 'writes'])} failed; the next run tries again. The audit rows give the reason.`,
		);
	if (sumOf(stale) > 0)
		sentences.push(
			`${amount(sumOf(stale), ['record', 'records'])} ${sumOf(stale) === 1 ? 'was' : 'were'} not changed, because of a change since the plan or a value that belongs to another person. The audit rows give the reason.`,
		);
	if (plan && plan.questions > 0)
		sentences.push(
			`${amount(plan.questions, ['question', 'questions'])} ${plan.questions === 1 ? 'waits' : 'wait'} for a person.`,
		);
	return sentences.join(' ');
}
