import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { PlanOutput } from './reconcile';
import type { PlanSettings } from './settings';

/** The most rows that the summary holds of each preview, and of the skipped records. */
const SHOWN = 500;

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
			preview: {
				applyInGhl: preview.applyA.slice(0, SHOWN),
				applyInHeyReach: preview.applyB.slice(0, SHOWN),
				shownAtMost: SHOWN,
			},
		}),
	};
	return shown as IDataObject;
}

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
