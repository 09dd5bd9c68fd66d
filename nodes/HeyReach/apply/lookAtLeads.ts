import type { IDataObject } from 'n8n-workflow';
import { ApiFault } from '../../engine/call/errors';
import { readPages } from '../../engine/call/paginate';
import { offsetPages } from '../calls/pages';
import { read } from '../calls/read';
import { isLeadField } from '../fields/leadColumns';
import { leadAt, listsOfLead, rowIn } from './leadCalls';
import { keysOfItem } from './leadKeys';
import { LeadIndex, joined } from './leadIndex';
import { profileAddress } from '../../linkedIn';
import type { LeadPortion, LeadWrite } from './leadPortion';
import { pagesFor, readList } from './listPages';

/** So few creates are looked up one by one, without a question for the lists of the workspace. */
const FEW_CREATES = 3;

const isCreate = ({ item }: LeadWrite) => item.action === 'create';
/** Whether the item writes custom fields. */
export const hasCustom = ({ item }: LeadWrite) => !Object.keys(item.set).every(isLeadField);

/**
 * Looks at the leads before they are written: in pages of the lists where that takes fewer calls, else one
 * by one. Nothing may be written over a value that the plan has not seen.
 *
 * The leads to update are in the lists that the plan has read; the reading ends once they are found. A lead
 * to create is in none of these, but HeyReach may have it in any other list. So all lists of the workspace
 * are read where that takes fewer calls than one for each create.
 */
export async function lookAtLeads(portion: LeadPortion): Promise<void> {
	const index = new LeadIndex(portion.open, ({ item }) => keysOfItem(item));
	const creates = portion.open.filter(isCreate);
	const lists = await listsForCreates(portion, creates);
	const isSure = lists ? await readAll(portion, index, lists) : false;
	if (!isSure) await readForUpdates(portion, index);
	for (const write of portion.open) {
		const row = index.rowOf(write);
		if (!row) continue;
		know(write, row);
		write.isListed = index.isIn(write, portion.to.listId);
	}
	for (const write of isSure ? creates : []) write.isProbe = write.lead === undefined;
	const others = portion.open.filter(({ lead, isProbe }) => !lead && !isProbe);
	await portion.each(others, async (write) => await lookAtOne(write, portion));
	const unseen = portion.open.filter(({ item, lead }) => lead && lacksField(item, lead));
	await portion.each(unseen, async (write) => await completeLead(write, portion));
}

/** Takes over what HeyReach shows of the lead. */
function know(write: LeadWrite, lead: IDataObject): void {
	write.lead = lead;
	write.address = profileAddress(lead.profileUrl) ?? write.address;
}

/** A list of the workspace, and how many leads it has. */
interface ListSize {
	id: number;
	leads: number;
}

/** The lists of the workspace, where reading all of them takes fewer calls than looking up each create. */
async function listsForCreates(
	portion: LeadPortion,
	creates: readonly LeadWrite[],
): Promise<ListSize[] | undefined> {
	if (creates.length <= FEW_CREATES) return undefined;
	const lists = await userLists(portion);
	if (!lists) return undefined;
	const pages = lists.reduce((sum, { leads }) => sum + Math.max(1, pagesFor(leads)), 0);
	const own = lists.find(({ id }) => id === portion.to.listId)?.leads ?? 0;
	const more = Math.ceil(creates.length / 100) + pagesFor(own + creates.length);
	return pages + more < creates.length ? lists : undefined;
}

/** All lists that hold leads; `undefined` where HeyReach does not give them. */
async function userLists({ send, to }: LeadPortion): Promise<ListSize[] | undefined> {
	const call = read('/list/GetAll', { listType: 'USER_LIST' });
	const rows = await unlessRefused(readPages(offsetPages(100), call, send));
	if (!Array.isArray(rows)) return undefined;
	const found = rows
		.filter(({ listType, isDeleted }) => listType !== 'COMPANY_LIST' && isDeleted !== true)
		.map(({ id, totalItemsCount }) => ({ id: Number(id), leads: Number(totalItemsCount ?? 1) }));
	// The count can be behind what was just added to a list of the sync.
	const needed = new Set([...to.lists, to.listId]);
	const known = new Set(found.map(({ id }) => id));
	return [
		...found.filter(({ id, leads }) => leads > 0 || needed.has(id)),
		...[...needed].filter((id) => !known.has(id)).map((id) => ({ id, leads: 1 })),
	];
}

/** @returns whether every list was read to its end */
async function readAll(
	{ send }: LeadPortion,
	index: LeadIndex,
	lists: readonly ListSize[],
): Promise<boolean> {
	let isWhole = true;
	for (const { id } of lists) {
		const reading = { listId: id, send, take: (row: IDataObject) => index.take(row, id) };
		const found = await unlessRefused(readList(reading));
		isWhole &&= found === 'gone' || (found !== 'refused' && found.isWhole);
	}
	return isWhole;
}

async function readForUpdates({ send, to }: LeadPortion, index: LeadIndex): Promise<void> {
	const wanted = () => index.missing.filter((write) => !isCreate(write));
	/** How many calls the leads that are still to be found take one by one. */
	const single = () => {
		const writes = wanted();
		return writes.length + writes.filter(hasCustom).length;
	};
	const lists = [...new Set([...to.lists, to.listId])];
	for (const [at, listId] of lists.entries()) {
		if (single() <= lists.length - at) return;
		const reading = {
			listId,
			send,
			take: (row: IDataObject) => index.take(row, listId),
			isDone: (pagesLeft: number) => single() <= pagesLeft,
		};
		await unlessRefused(readList(reading));
	}
}

/** A list that cannot be read shows nothing; its leads are looked up one by one. */
async function unlessRefused<Found>(work: Promise<Found>): Promise<Found | 'gone' | 'refused'> {
	return await work.catch((error: unknown) => {
		if (!(error instanceof ApiFault)) throw error;
		const { kind, missing, about } = error.problem;
		if (missing) return 'gone';
		if (kind === 'refused' && about === undefined) return 'refused';
		throw error;
	});
}

/** Reads one lead. HeyReach shows custom fields in lists only. */
async function lookAtOne(write: LeadWrite, portion: LeadPortion): Promise<void> {
	const { address } = write;
	if (address === undefined) return;
	const found = await leadAt(address, portion);
	if (!found) return;
	know(write, found);
	if (!hasCustom(write)) return;
	for (const listId of await listsOf(write, portion)) {
		const row = await rowIn(listId, address, portion);
		if (!row) continue;
		if (listId === portion.to.listId) write.isListed = true;
		write.lead = joined(write.lead ?? {}, row);
		if (!isCreate(write)) return;
	}
}

/** The lists in which the lead of a write may be. */
async function listsOf(write: LeadWrite, portion: LeadPortion): Promise<number[]> {
	const { listId, lists } = portion.to;
	return isCreate(write)
		? await listsOfLead(write.address, portion)
		: [...new Set([listId, ...lists])];
}

/** Whether the item writes a field that rows of lists do not show, such as the summary. */
export const lacksField = ({ set }: LeadWrite['item'], lead: IDataObject): boolean =>
	Object.keys(set).some((name) => isLeadField(name) && lead[name] === undefined);

/** Adds what only the lead itself shows. */
export async function completeLead(write: LeadWrite, portion: LeadPortion): Promise<void> {
	const found = await leadAt(write.address, portion);
	if (found) write.lead = { ...found, ...write.lead };
}
