import type { IExecuteFunctions } from 'n8n-workflow';
import { linkedToNobody } from './reconcile';
import type { AppliedItem, Both, LinkRow, Side } from './reconcile';
import type { Portion } from './portions';

type Figures = Both<number>;

/** What Apply remembers from portion to portion of one run. n8n keeps it with the execution. */
export interface ApplyMemory {
	runId: string;
	written: Figures;
	failed: Figures;
	/** Writes left alone, because the record had changed meanwhile or cannot take them. */
	stale: Figures;
	/** Why a side takes no more writes in this run. */
	ended: Partial<Both<string>>;
	/** The new rows of pairs of which a later portion writes the other side, by `pairId`. */
	rows: Record<string, LinkRow>;
	/** The pair for which a record was created, by side and record ID. */
	created: Record<string, string>;
}

/** The memory of this execution's run. Another run, or the first portion, begins with an empty one. */
export function memoryOf(context: IExecuteFunctions, { portion, items }: Portion): ApplyMemory {
	const kept = context.getContext('node') as { apply?: ApplyMemory };
	const runId = items[0]?.runId ?? kept.apply?.runId ?? '';
	if (!kept.apply || portion === 1 || kept.apply.runId !== runId) {
		const none = (): Figures => ({ A: 0, B: 0 });
		kept.apply = {
			...{ runId, written: none(), failed: none(), stale: none() },
			...{ ended: {}, rows: {}, created: {} },
		};
	}
	return kept.apply;
}

/** The item with the newest row of its pair: an earlier portion may have written the other side. */
export function withNewestLink(item: AppliedItem, { rows }: ApplyMemory): AppliedItem {
	const newest = rows[item.link.pairId];
	return newest && newest.rev >= item.link.rev
		? { ...item, link: newest, stored: undefined }
		: item;
}

/**
 * A create that was answered with a record which an earlier portion has created for another pair fails:
 * one record cannot be two people. The next plan sees the record and matches it.
 */
export function withoutTwins(item: AppliedItem, { created }: ApplyMemory): AppliedItem {
	const { action, side, result, link } = item;
	if (action !== 'create' || !result?.id || result.stale) return item;
	const key = `${side} ${result.id}`;
	created[key] ??= link.pairId;
	if (created[key] === link.pairId) return item;
	return linkedToNobody(item, result.id);
}

export const sumOf = (figures: Record<Side, number>): number => figures.A + figures.B;
