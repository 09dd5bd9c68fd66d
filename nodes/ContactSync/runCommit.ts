import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { isObject } from '../engine/values';
import { commit } from './reconcile';
import type { AppliedItem, LinkRow } from './reconcile';

/**
 * Reads the items that Apply Plan Item of both services put out. The outputs are: rows to store, audit rows
 * to append, and counts. The item of the output Summary of Plan may be among the items. It goes into the
 * summary, and it lets the workflow go on where there was nothing to write.
 */
export function runCommit(context: IExecuteFunctions): INodeExecutionData[][] {
	const items = context.getInputData();
	const applied: AppliedItem[] = [];
	const strange: number[] = [];
	let planned: IDataObject | undefined;
	for (const [index, { json }] of items.entries()) {
		if (isApplied(json)) applied.push(json);
		else if (isSummary(json)) planned = json;
		else if (Object.keys(json).length > 0) strange.push(index);
	}
	if (strange.length > 0) report(context, strange, applied.length);
	const { auditValues = true } = context.getNodeParameter('commitOptions', 0, {}) as IDataObject;
	const { links, audit, resolutions, summary } = commit({
		runId: applied[0]?.runId ?? context.getExecutionId(),
		now: Date.now(),
		items: applied,
		runRow: isObject(planned?.runRow) ? (planned.runRow as object as LinkRow) : undefined,
		auditValues: auditValues !== false,
	});
	const origin = new Map(items.map(({ json }, item) => [String(json.opKey ?? ''), item]));
	const state = [
		...links.map((row) => ({ table: 'links', ...row })),
		...resolutions.map((row) => ({ table: 'review', ...row })),
	];
	return [
		state.map((row) => ({ json: row as IDataObject, pairedItem: [] })),
		audit.map((row) => ({
			json: { ...row } as IDataObject,
			pairedItem: { item: origin.get(row.opKey) ?? 0 },
		})),
		[
			{
				json: { ...summary, text: sentence(summary, applied), ...(planned && { plan: planned }) },
				pairedItem: [],
			},
		],
	];
}

/** Whether the item is an applied plan item. `error` can also be n8n's own error of a failed item. */
function isApplied(json: IDataObject): json is IDataObject & AppliedItem {
	return (
		typeof json.opKey === 'string' &&
		isObject(json.link) &&
		Array.isArray(json.changes) &&
		(isObject(json.result) || json.error !== undefined)
	);
}

/** Whether the item is the output Summary of Plan. */
function isSummary(json: IDataObject): boolean {
	return typeof json.policyHash === 'string' && isObject(json.sides);
}

/** Reports foreign items: as a hint beside usable ones, else as an error. The next plan repeats what is lost. */
function report(context: IExecuteFunctions, strange: number[], usable: number): void {
	const message = `${strange.length} items were not put out by Apply Plan Item (the first is item ${strange[0]})`;
	const description =
		'Connect this node to Sync: Apply Plan Item of GHL Contacts and of HeyReach, with nothing between them that changes the items. Nothing is lost: run the workflow again.';
	if (usable === 0) {
		throw new NodeOperationError(context.getNode(), message, {
			itemIndex: strange[0],
			description,
		});
	}
	context.addExecutionHints({
		message: `${message}. ${description}`,
		location: 'outputPane',
		type: 'warning',
	});
}

function sentence(
	{ ok, failed, stale }: { ok: number; failed: number; stale: number },
	items: readonly AppliedItem[],
): string {
	const parts = [`${ok} written`];
	const partly = items.filter(({ result }) => result?.left && !result.stale).length;
	if (partly > 0)
		parts.push(`${partly} of them without a field (the audit rows say which and why)`);
	if (failed > 0) parts.push(`${failed} failed (the audit rows say why; the next run tries again)`);
	if (stale > 0)
		parts.push(
			`${stale} left alone because the record had changed meanwhile, could not take it, or has an email or phone that is somebody else’s (the audit rows say which field and why)`,
		);
	return `${parts.join(', ')}.`;
}
