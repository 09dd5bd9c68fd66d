import type { IDataObject } from 'n8n-workflow';
import { readMoment } from '../../engine/dates';

/** The position up to which contacts have been put out. */
export interface ContactCursor {
	/** Epoch ms of HighLevel's stamps. All contacts with an earlier stamp are done. */
	from: number;
	/** The contacts stamped `from` or later that have been put out, with their stamps. */
	seen: Record<string, number>;
	/**
	 * A pass that the end of a poll interrupted: its start (HighLevel's time, epoch ms), its last row and
	 * the number of full pages that it has read.
	 */
	pass?: { startedAt: number; after: unknown[]; pages?: number };
}

/** One contact of the search, with the stamp that it is sorted by (epoch ms). */
export interface StampedContact {
	id: string;
	at: number;
	row: IDataObject;
}

/** The record with the stamp in that field; none without an id or a stamp, since it cannot be told apart. */
export function stamped(row: IDataObject, stamp: string): StampedContact[] {
	const at = readMoment(row[stamp]);
	return typeof row.id === 'string' && at !== undefined ? [{ id: row.id, at, row }] : [];
}

export interface ContactPage {
	/** In ascending order of their stamps. */
	contacts: StampedContact[];
	/** The start of the next page; absent on the last page. */
	after?: unknown[];
	/** HighLevel's own time (epoch ms) of the answer, if the answer has one. */
	serverTime?: number;
}

export interface ContactReading {
	/** The longest time (ms) from a contact's stamp until the search shows it. */
	lagMs: number;
	/**
	 * The page of contacts stamped `from` or later, behind `pages` that were read; `undefined` when the
	 * poll's time is up.
	 */
	read(from: number, after?: unknown[], pages?: number): Promise<ContactPage | undefined>;
	/** Whether the settings of the node want a contact. */
	wanted(row: IDataObject): boolean;
	/** This machine's time, epoch ms. */
	now(): number;
}

/**
 * The most contacts that are remembered. A further contact waits until it is older than the lag, and is
 * then put out without being remembered.
 */
export const SEEN_LIMIT = 5_000;

/** A cursor that starts now. Contacts with an earlier stamp are not put out. */
export async function beginCursor(reading: ContactReading): Promise<ContactCursor> {
	const asked = reading.now();
	const page = await reading.read(asked);
	return { from: startOf(asked, page, reading.now()), seen: {} };
}

/**
 * Reads the contacts that are new to the cursor: each contact once for each stamp that a poll sees.
 *
 * The search shows a contact up to `lagMs` after its stamp. A pass therefore starts `lagMs` before the
 * start of the previous pass, and drops the contacts that it knows by id and stamp. Contacts with an
 * earlier stamp were visible to the previous pass.
 *
 * The function does not change `cursor`.
 */
export async function readContacts(
	cursor: ContactCursor,
	reading: ContactReading,
): Promise<{ cursor: ContactCursor; found: IDataObject[] }> {
	const seen = new Map(Object.entries(cursor.seen));
	const found: IDataObject[] = [];
	let pass = cursor.pass;
	for (;;) {
		const asked = reading.now();
		const pages = pass ? pass.pages : 0;
		const page = await reading.read(cursor.from, pass?.after, pages);
		if (!page) return { cursor: { from: cursor.from, seen: asObject(seen), pass }, found };
		const startedAt = pass?.startedAt ?? startOf(asked, page, reading.now());
		const settled = startedAt - reading.lagMs;
		const full = takePage(page, seen, settled, reading, found);
		if (full || !page.after) {
			const from = Math.max(cursor.from, settled);
			return { cursor: { from, seen: asObject(seen, from) }, found };
		}
		pass = { startedAt, after: page.after, ...(pages !== undefined && { pages: pages + 1 }) };
	}
}

/** Moves the new contacts of the page to `found`; `true` when no more can be remembered. */
function takePage(
	{ contacts }: ContactPage,
	seen: Map<string, number>,
	settled: number,
	{ wanted }: ContactReading,
	found: IDataObject[],
): boolean {
	let young = [...seen.values()].filter((at) => at >= settled).length;
	for (const { id, at, row } of contacts) {
		const last = seen.get(id);
		if ((last !== undefined && last >= at) || !wanted(row)) continue;
		if (at >= settled) {
			// The contacts behind this one are as young, and wait with it.
			if (young >= SEEN_LIMIT) return true;
			young++;
			seen.set(id, at);
		}
		found.push(row);
	}
	return false;
}

/** The time of the request by HighLevel's clock. It sets the stamps; this machine's clock may be off. */
function startOf(asked: number, page: ContactPage | undefined, answered: number): number {
	const serverTime = page?.serverTime;
	return serverTime === undefined ? asked : serverTime - (answered - asked);
}

function asObject(seen: Map<string, number>, from = -Infinity): Record<string, number> {
	return Object.fromEntries([...seen].filter(([, at]) => at >= from));
}
