import type { IDataObject } from 'n8n-workflow';
import { ApiFault } from '../../engine/call/errors';
import { inParallel } from '../../engine/call/inParallel';
import { pause } from '../../engine/call/pace';
import { leadAt, rowIn } from './leadCalls';
import { addressKey, keysOfItem, keysOfLead, type Keys } from './leadKeys';
import { LeadIndex } from './leadIndex';
import { WIDTH, type LeadPortion, type LeadWrite } from './leadPortion';
import { pagesFor, readList } from './listPages';

/** How long (ms) to wait before each reading: a list can be behind what was just added to it. */
const WAITS = [0, 2_000, 4_000];

/** So few leads that a list does not show are asked for one by one. */
const FEW = 20;

/** What was read of one lead, or why nothing was. */
export type ReadBack = { row?: IDataObject; fault?: ApiFault };

/**
 * Reads the leads that were just added to the sync list: in pages from its end, or one by one where that
 * takes fewer calls.
 *
 * @param isTaken whether HeyReach has said that it took the lead. Only then it is asked for the lead itself
 * where the list does not show it.
 */
export async function readBack(
	portion: LeadPortion,
	writes: readonly LeadWrite[],
	isTaken: (write: LeadWrite) => boolean,
): Promise<(write: LeadWrite) => ReadBack> {
	const index = new LeadIndex(writes, keysAfter);
	const single = new Map<LeadWrite, ReadBack>();
	const pages = await orFault(readPages(portion, index));
	if (typeof pages === 'object') for (const write of index.missing) single.set(write, pages);
	else if (index.missingCount <= Math.max(FEW, pages)) {
		await inParallel(index.missing, WIDTH, async (write) => {
			const row = await orFault(readOne(write, portion, isTaken(write)));
			single.set(write, row && 'fault' in row ? row : { row });
		});
	}
	const isMissing = new Set(index.missing);
	return (write) =>
		isMissing.has(write) ? (single.get(write) ?? {}) : { row: index.rowOf(write) };
}

/** @returns how many pages the list has */
async function readPages({ to, send, io }: LeadPortion, index: LeadIndex): Promise<number> {
	let pages = 1;
	for (const wait of WAITS) {
		if (index.missingCount <= pages || (wait > 0 && index.missingCount <= FEW)) break;
		await pause(wait, io.context.getExecutionCancelSignal());
		const { total } = await readList({
			listId: to.listId,
			send,
			take: (row) => index.take(row, to.listId),
			isDone: (pagesLeft) => index.missingCount <= pagesLeft,
			fromEnd: true,
		});
		pages = pagesFor(total);
	}
	return pages;
}

async function readOne(
	{ address }: LeadWrite,
	portion: LeadPortion,
	isTaken: boolean,
): Promise<IDataObject | undefined> {
	const row = await rowIn(portion.to.listId, address, portion);
	return row || !isTaken ? row : await leadAt(address, portion);
}

/** @throws Cancelled */
async function orFault<Result>(work: Promise<Result>): Promise<Result | { fault: ApiFault }> {
	return await work.catch((error: unknown) => {
		if (error instanceof ApiFault) return { fault: error };
		throw error;
	});
}

/** The keys of a lead after the write: those of the item, and those that HeyReach has shown. */
function keysAfter({ item, lead, address }: LeadWrite): Keys {
	const own = keysOfItem(item);
	const shown = keysOfLead(lead ?? {});
	return {
		id: shown.id ?? own.id,
		addresses: [
			...new Set([...own.addresses, ...shown.addresses, addressKey(address) ?? []].flat()),
		],
	};
}
