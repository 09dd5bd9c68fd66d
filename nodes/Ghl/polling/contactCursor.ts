import type { IDataObject } from 'n8n-workflow';

/** Up to where contacts have been put out. */
export interface ContactCursor {
	/** Epoch ms of HighLevel's stamps: what is stamped earlier is done with. */
	from: number;
	/** Contacts stamped `from` or later that have been put out, with the stamp they had. */
	seen: Record<string, number>;
	/**
	 * A pass that the end of a poll cut: when it began (HighLevel's time, ms), its last row and how many
	 * full pages it has read.
	 */
	pass?: { startedAt: number; after: unknown[]; pages?: number };
}

/** One contact of the search, with the stamp that it is sorted by (epoch ms). */
export interface StampedContact {
	id: string;
	at: number;
	row: IDataObject;
}

export interface ContactPage {
	/** In ascending order of their stamps. */
	contacts: StampedContact[];
	/** Where the next page begins; absent on the last one. */
	after?: unknown[];
	/** HighLevel's own time (epoch ms) when it answered, if it said so. */
	serverTime?: number;
}

export interface ContactReading {
	/** How long (ms) after its stamp a contact may become visible in the search. */
	lagMs: number;
	/**
	 * The page of contacts stamped `from` or later, behind `pages` that were read; `undefined` when the
	 * poll's time is up.
	 */
	read(from: number, after?: unknown[], pages?: number): Promise<ContactPage | undefined>;
	/** Which contacts the person wants. */
	wanted(row: IDataObject): boolean;
	/** This machine's time, epoch ms. */
	now(): number;
}

/**
 * How many contacts are remembered at the most. One more that is young enough to need it waits
 * until it is older than the lag, and is then put out without being remembered.
 */
export const SEEN_LIMIT = 5_000;

/** A cursor that starts now: what was stamped before is not put out. */
export async function beginCursor(reading: ContactReading): Promise<ContactCursor> {
	const asked = reading.now();
	const page = await reading.read(asked);
	return { from: startOf(asked, page, reading.now()), seen: {} };
}

/**
 * Reads the contacts that are new to the cursor, each once for each stamp it has had when a poll
 * saw it.
 *
 * The search shows a contact up to `lagMs` after its stamp. So a pass reads again from `lagMs`
 * before the pass before it began, and drops what it knows by id and stamp. Whatever is stamped
 * earlier was visible to the pass before.
 *
 * Nothing of `cursor` is changed.
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

/** Moves what is new from the page to `found`; `true` when no more can be remembered. */
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
			// All that come behind this one are as young: they wait with it.
			if (young >= SEEN_LIMIT) return true;
			young++;
			seen.set(id, at);
		}
		found.push(row);
	}
	return false;
}

/** When the page was asked for, by HighLevel's clock, which sets the stamps: this one may be off. */
function startOf(asked: number, page: ContactPage | undefined, answered: number): number {
	const serverTime = page?.serverTime;
	return serverTime === undefined ? asked : serverTime - (answered - asked);
}

function asObject(seen: Map<string, number>, from = -Infinity): Record<string, number> {
	return Object.fromEntries([...seen].filter(([, at]) => at >= from));
}
