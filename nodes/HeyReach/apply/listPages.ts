import type { IDataObject } from 'n8n-workflow';
import { inParallel } from '../../engine/call/inParallel';
import { pagesOf, totalIn } from '../../engine/call/paginate';
import type { Answer, Call } from '../../engine/operation';
import { rowsOf } from '../../engine/values';
import { offsetPages } from '../calls/pages';
import { read } from '../calls/read';

/** The most rows of a page (docs/apis/heyreach.md#pages). */
const PAGE = 1_000;
const PATH = '/list/GetLeadsFromList';
const PAGES_AT_ONCE = 5;

/** How often a list is read in which rows moved while it was read. */
const TRIES = 3;

export const pagesFor = (leads: number): number => Math.ceil(leads / PAGE);

interface Reading {
	listId: number;
	send: (call: Call) => Promise<Answer>;
	take: (row: IDataObject) => void;
	/** Whether what was looked for is found, or not worth that many pages more. */
	isDone?: (pagesLeft: number) => boolean;
	/** The last page comes second: where the newest rows are seen to stand. */
	fromEnd?: boolean;
}

/**
 * Reads a list in pages until `isDone`, or to its end.
 *
 * @returns how many leads the list has, and whether all of them were read. A row is missed where the list
 * got shorter between two pages: the rows behind move up. Such a list is read again.
 */
export async function readList(reading: Reading): Promise<{ total: number; isWhole: boolean }> {
	let found = await readSideBySide(reading);
	for (let tries = 1; tries < TRIES && !found.isWhole && !found.isDone; tries++) {
		found = await readInOrder(reading);
	}
	return found;
}

interface Found {
	total: number;
	isWhole: boolean;
	isDone: boolean;
}

/** The rows that were read, and how many there are. */
class Rows {
	/** By the row's own ID, so that a row on two pages counts once. */
	private readonly ids = new Set<string>();
	total = 0;
	/** Whether HeyReach has said how many there are. */
	isCounted = false;

	constructor(private readonly reading: Reading) {}

	add(body: unknown): void {
		const total = totalIn(body);
		if (total !== undefined) {
			this.isCounted = true;
			this.total = Math.max(this.total, total);
		}
		for (const row of rowsOf(body, 'items')) {
			this.ids.add(JSON.stringify([row.id, row.linkedin_id, row.profileUrl]));
			this.reading.take(row);
		}
	}

	get count(): number {
		return this.ids.size;
	}

	get isWhole(): boolean {
		return this.isCounted && this.count >= this.total;
	}
}

/** The first page tells how many there are. The others are then read at the same time. */
async function readSideBySide(reading: Reading): Promise<Found> {
	const { listId, send, isDone = () => false, fromEnd } = reading;
	const rows = new Rows(reading);
	const page = async (offset: number) => {
		const { body } = await send(read(PATH, { listId, offset, limit: PAGE }));
		rows.add(body);
	};
	await page(0);
	const offsets = Array.from(
		{ length: Math.max(0, pagesFor(rows.total) - 1) },
		(_, index) => (index + 1) * PAGE,
	);
	if (fromEnd) offsets.reverse();
	let left = offsets.length;
	await inParallel(
		offsets,
		PAGES_AT_ONCE,
		async (offset) => {
			left--;
			await page(offset);
		},
		() => isDone(left),
	);
	return { total: rows.total, isWhole: rows.isWhole, isDone: isDone(left) };
}

/** Each page begins where the one before it ended. */
async function readInOrder(reading: Reading): Promise<Found> {
	const { listId, send, isDone = () => false } = reading;
	const rows = new Rows(reading);
	const sendPage = async (call: Call) => {
		const answer = await send(call);
		rows.add(answer.body);
		return answer;
	};
	for await (const page of pagesOf(offsetPages(PAGE), read(PATH, { listId }), sendPage)) {
		if (page.length > 0 && isDone(pagesFor(Math.max(0, rows.total - rows.count)))) {
			return { total: rows.total, isWhole: false, isDone: true };
		}
	}
	return { total: rows.total, isWhole: rows.isWhole || !rows.isCounted, isDone: false };
}
