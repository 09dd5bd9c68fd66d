import { isAbout } from './accountPair';
import { nameFor } from '../values/fingerprint';
import { withoutMarks } from '../values/writeMarks';
import { RUN_ROW_ID } from '../contract/rows';
import type { AccountPair, LinkRow, LinkState } from '../contract/rows';
import type { Side } from '../contract/input';

const STATES: readonly LinkState[] = [
	'linked',
	'pendingCreate',
	'tombstone',
	'keepApart',
	'expired',
	'run',
];

export const pairOf = (aId: string, bId: string): string => `${aId.length}:${aId}${bId}`;
export const pairName = (aId: string, bId: string): string => nameFor('pair', aId, bId);
export const idOf = (link: LinkRow, side: Side): string => (side === 'A' ? link.aId : link.bId);
export const withId = (link: LinkRow, side: Side, id: string): LinkRow =>
	side === 'A' ? { ...link, aId: id } : { ...link, bId: id };

/** The stored rows, each link once. */
export interface Versions {
	/** Two ids, kept in step. */
	linked: LinkRow[];
	/** All others, by their `pairId`. */
	rest: Map<string, LinkRow>;
	/** Rows of the same link and revision that differ: nobody knows which is right. */
	torn: LinkRow[];
	/** Rows that make no sense, and why. */
	bad: { row: LinkRow; why: string }[];
	run: LinkRow | undefined;
	/** The highest generation. */
	generation: number;
	/** The number of rows that a newer version has replaced. */
	replaced: number;
	/** Rows that are about other accounts. */
	otherRows: number;
}

/** Whether the row says of a mailbox or a phone that many people share it. */
export const isSharedKey = ({ state, aId, bId, keys }: LinkRow): boolean =>
	state === 'keepApart' && aId === '' && bId === '' && keys !== '';

/** The hashes of all keys that a person has called shared. */
export function sharedKeys({ rest }: Pick<Versions, 'rest'>): Set<string> {
	return new Set([...rest.values()].filter(isSharedKey).map(({ keys }) => keys));
}

/**
 * Takes of each link the newest of the stored rows, which come in any order, and sorts them by kind.
 *
 * @param mayRepeat look for the first version of a link more than once too. It costs time, and such rows
 * claim the same records; so it is done when two rows do
 */
export function readLinks(
	given: readonly LinkRow[],
	pair: AccountPair,
	mayRepeat = false,
): Versions {
	const newest = new NewestRows();
	// Nearly all rows are the only version of their link. They need not be looked up one by one.
	const first: LinkRow[] = [];
	let generation = 0;
	let own = 0;
	let usual: number | undefined;
	for (const one of given) {
		if (!isAbout(one, pair)) continue;
		own++;
		const row = isWhole(one) ? one : tidyRow(one);
		if (row.generation > generation) generation = row.generation;
		usual ??= row.generation;
		const isFirst = row === one && row.rev === 1 && row.generation === usual;
		if (isFirst && !mayRepeat) first.push(row);
		else newest.add(row);
	}
	const only = newest.withoutKnown(first);
	const { rows, torn } = newest.settle();
	const replaced = own - only.length - rows.length - torn.length;
	const otherRows = given.length - own;
	return { ...byKind(rows, only), torn, generation, replaced, otherRows };
}

/** Of each pair of these accounts the newest row, without rows that nobody can read. */
export function newestLinks(rows: readonly LinkRow[], pair: AccountPair): LinkRow[] {
	const { linked, rest } = readLinks(rows, pair, true);
	return [...linked, ...rest.values()];
}

/** Keeps of each link the newest row, and sets apart those that are torn. */
class NewestRows {
	private readonly newest = new Map<string, LinkRow>();
	private readonly torn = new Map<string, LinkRow[]>();

	add(row: LinkRow): void {
		const { pairId } = row;
		const known = this.newest.get(pairId);
		if (known === undefined) this.newest.set(pairId, row);
		else if (row.rev > known.rev) {
			this.newest.set(pairId, row);
			this.torn.delete(pairId);
		} else if (row.rev === known.rev) {
			const rivals = this.torn.get(pairId) ?? [known];
			const isCopy = pairId === RUN_ROW_ID || rivals.some((rival) => isSame(row, rival));
			if (!isCopy) this.torn.set(pairId, [...rivals, row]);
			else if (isLater(row, known)) this.newest.set(pairId, row);
		}
	}

	/** Adds those of which another version is known; returns the others. */
	withoutKnown(rows: readonly LinkRow[]): readonly LinkRow[] {
		if (this.newest.size === 0) return rows;
		return rows.filter((row) => {
			const isKnown = this.newest.has(row.pairId);
			if (isKnown) this.add(row);
			return !isKnown;
		});
	}

	settle(): { rows: LinkRow[]; torn: LinkRow[] } {
		for (const pairId of this.torn.keys()) this.newest.delete(pairId);
		return { rows: [...this.newest.values()], torn: [...this.torn.values()].flat() };
	}
}

/** @param linked rows that are known to be links */
function byKind(rows: readonly LinkRow[], linked: readonly LinkRow[]) {
	const rest = new Map<string, LinkRow>();
	const bad: Versions['bad'] = [];
	const more: LinkRow[] = [];
	for (const row of rows) {
		const why = whyBad(row);
		if (why !== undefined) bad.push({ row, why });
		else if (row.state === 'linked') more.push(row);
		else rest.set(row.pairId, row);
	}
	const run = rest.get(RUN_ROW_ID);
	rest.delete(RUN_ROW_ID);
	return { linked: linked.concat(more), rest, bad, run };
}

/** Whether two rows of one revision say the same. The marks of rejected writes come and go without a new one. */
const isSame = (one: LinkRow, two: LinkRow) =>
	one.aId === two.aId &&
	one.bId === two.bId &&
	one.state === two.state &&
	one.base === two.base &&
	(one.aliases === two.aliases || withoutMarks(one.aliases) === withoutMarks(two.aliases));

/** Which of two rows that say the same counts, whatever order they come in. */
function isLater(one: LinkRow, two: LinkRow): boolean {
	const by = (row: LinkRow) => [row.changedAt, row.opKey, row.keys, row.writes].join(' ');
	return one.generation === two.generation ? by(one) > by(two) : one.generation > two.generation;
}

/** Whether a row is complete, as nearly all are, and can be used as it is. */
function isWhole(row: LinkRow): boolean {
	return (
		row.state === 'linked' &&
		typeof row.pairId === 'string' &&
		row.pairId !== '' &&
		typeof row.aId === 'string' &&
		row.aId !== '' &&
		typeof row.bId === 'string' &&
		row.bId !== '' &&
		typeof row.base === 'string' &&
		typeof row.aliases === 'string' &&
		typeof row.keys === 'string' &&
		typeof row.rev === 'number' &&
		typeof row.generation === 'number' &&
		typeof row.writes === 'string'
	);
}

/** Repairs a row: a table gives null for an empty cell, and people write rows by hand. */
function tidyRow(row: LinkRow): LinkRow {
	const text = (value: unknown): string =>
		typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
	const aId = text(row.aId);
	const bId = text(row.bId);
	return {
		location: text(row.location),
		workspace: text(row.workspace),
		pairId: text(row.pairId) || pairName(aId, bId),
		aId,
		bId,
		state: row.state,
		rev: Number(row.rev) || 0,
		base: text(row.base),
		aliases: text(row.aliases),
		keys: text(row.keys),
		opKey: text(row.opKey),
		fullRuns: Number(row.fullRuns) || 0,
		changedAt: text(row.changedAt),
		generation: Number(row.generation) || 0,
		writes: text(row.writes),
	};
}

function whyBad(row: LinkRow): string | undefined {
	if (row.state === 'linked' && row.aId !== '' && row.bId !== '') return undefined;
	if (!STATES.includes(row.state)) return `its state “${String(row.state)}” is unknown`;
	if (row.state === 'run') return row.pairId === RUN_ROW_ID ? undefined : 'it is no row of a run';
	const ids = [row.aId, row.bId].filter((id) => id !== '').length;
	if (row.state === 'pendingCreate' && ids !== 1) return 'a pending create has exactly one id';
	if (isSharedKey(row)) return undefined;
	if ((row.state === 'linked' || row.state === 'keepApart') && ids < 2) return 'an id is missing';
	return undefined;
}

/** The newest row of the run itself of these accounts. */
export function newestRunRow(rows: readonly LinkRow[], pair: AccountPair): LinkRow | undefined {
	return readLinks(rows, pair, true).run;
}
