import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { PlanItem, PlanOutput } from './reconcile';
import type { PlanSettings } from './settings';

/** The most rows that the summary holds of each preview, and of the skipped records. */
const SHOWN = 500;

/** Planned writes that are told in words, and the longest value in them (characters). */
const IN_WORDS = 12;
const LONGEST = 60;

/**
 * The output Summary. A row of the links table that has an id above `newestRowId` is unknown to this run: one
 * that has lost its lease may have stored it since. Whoever removes old versions leaves it.
 */
export function summaryOf(
	{ summary, skipped, preview }: PlanOutput,
	{ notes, newestRowId }: { notes: string[]; newestRowId: number },
): IDataObject {
	const shown: object = {
		...summary,
		newestRowId,
		text: [...notes, summary.text].join(' '),
		skipped: skipped.slice(0, SHOWN),
		...(preview && {
			changes: [...plannedChanges(preview), ...leftAlone(summary)],
			preview: {
				applyInGhl: preview.applyA.slice(0, SHOWN),
				applyInHeyReach: preview.applyB.slice(0, SHOWN),
				shownAtMost: SHOWN,
			},
		}),
	};
	return shown as IDataObject;
}

/** A dozen of the planned writes, half of each service, in a sentence each; then how many more there are. */
function plannedChanges({ applyA, applyB }: NonNullable<PlanOutput['preview']>): string[] {
	const half = IN_WORDS / 2;
	const contacts = applyA.slice(0, IN_WORDS - Math.min(half, applyB.length));
	const shown = [...contacts, ...applyB.slice(0, IN_WORDS - contacts.length)];
	const more = applyA.length + applyB.length - shown.length;
	return [...shown.map(inWords), ...(more > 0 ? [`And ${more} more.`] : [])];
}

/** How many have nobody on the other side, and get nobody. */
function leftAlone({ sides }: PlanOutput['summary']): string[] {
	const told = (some: number | undefined, one: string, other: string) =>
		some
			? [`${some} ${one}${some === 1 ? '' : 's'} without a ${other}: no ${other} is created.`]
			: [];
	return [
		...told(sides.B.skipped.noCounterpart, 'lead', 'contact'),
		...told(sides.A.skipped.noCounterpart, 'contact', 'lead'),
	];
}

function inWords({ action, side, name, changes, addTags, removeTags }: PlanItem): string {
	const where = `${name || 'Somebody without a name'} in ${side === 'A' ? 'HighLevel' : 'HeyReach'}`;
	if (action === 'create') return `${where}: new.`;
	const values = changes.map(({ field, before, after }) =>
		isBlank(after)
			? `${field} is cleared (was ${quoted(before)})`
			: isBlank(before)
				? `${field} is set to ${quoted(after)}`
				: `${field} changes from ${quoted(before)} to ${quoted(after)}`,
	);
	const tags = [
		...(addTags.length > 0 ? [`gets the tags ${addTags.join(', ')}`] : []),
		...(removeTags.length > 0 ? [`loses the tags ${removeTags.join(', ')}`] : []),
	];
	return `${where}: ${[...values, ...tags].join('; ')}.`;
}

const isBlank = (value: unknown): boolean => value === null || value === undefined || value === '';

/** A value as one short line. */
const quoted = (value: unknown): string => {
	const line = String(value).replace(/\s+/g, ' ');
	return `“${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}”`;
};

/** Shows the notes and the tripped brakes as hints below the node. */
export function showHints(
	context: IExecuteFunctions,
	{ table, policy }: PlanSettings,
	unknownRows: number,
	{ summary }: PlanOutput,
	notes: string[],
): void {
	const hints: string[] = [...table.notes, ...notes];
	if (unknownRows > 0)
		hints.push(
			`${unknownRows} items of the inputs Links and Answers are not rows of this node and were not used.`,
		);
	if (summary.otherRows > 0)
		hints.push(
			`${summary.otherRows} stored rows are of another location or workspace and were not used.`,
		);
	const { tags } = policy;
	if (tags && (tags.prefixes ?? []).length + (tags.allow ?? []).length === 0)
		hints.push('No tag is synced: choose in Tags which ones may be changed.');
	for (const { tripped, sentence } of summary.brakes) if (tripped) hints.push(sentence);
	for (const message of hints) {
		context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
	}
}
