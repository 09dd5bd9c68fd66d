import { isAbout } from './accountPair';
import { nameFor } from '../values/fingerprint';
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
	/** Whether two of the others have the same `pairId`. */
	repeats: boolean;
	/** Rows of the same link and revision that differ: nobody knows which is right. */
	torn: LinkRow[];
	/** Rows that make no sense, and why. */
	bad: { row: LinkRow; why: string }[];
	run: LinkRow | undefined;
	/** The highest. */
	generation: number;
	/** Rows that are about other accounts. */
	otherRows: number;
}

/**
 * Sorts the stored rows.
 *
 * @param mayRepeat take of each link the newest row: a Data Table can hold a row twice. It costs time, and
 * such rows claim the same record; so it is done when two rows do.
 */
export function readLinks(
	given: readonly LinkRow[],
	pair: AccountPair,
	mayRepeat = false,
): Versions {
	const bad: Versions['bad'] = [];
	let rows: LinkRow[] = [];
	let generation = 0;
	let otherRows = 0;
	for (const one of given) {
		if (!isAbout(one, pair)) {
			otherRows++;
			continue;
		}
		const row = isWhole(one) ? one : tidyRow(one);
		generation = Math.max(generation, row.generation);
		const why = row === one ? undefined : whyBad(row);
		if (why) bad.push({ row, why });
		else rows.push(row);
	}
	let torn: LinkRow[] = [];
	if (mayRepeat) ({ rows, torn } = newestOf(rows));
	const linked: LinkRow[] = [];
	const rest = new Map<string, LinkRow>();
	let repeats = false;
	for (const row of rows) {
		if (row.state === 'linked') linked.push(row);
		else {
			repeats ||= rest.has(row.pairId);
			rest.set(row.pairId, row);
		}
	}
	const run = rest.get(RUN_ROW_ID);
	rest.delete(RUN_ROW_ID);
	return { linked, rest, repeats, torn, bad, run, generation, otherRows };
}

function newestOf(rows: readonly LinkRow[]): Pick<Versions, 'torn'> & { rows: LinkRow[] } {
	const newest = new Map<string, LinkRow>();
	const torn = new Map<string, LinkRow[]>();
	for (const row of rows) {
		const known = newest.get(row.pairId);
		if (known === undefined || row.rev > known.rev) {
			newest.set(row.pairId, row);
			torn.delete(row.pairId);
		} else if (row.rev === known.rev && !isSame(row, known))
			torn.set(row.pairId, [...(torn.get(row.pairId) ?? [known]), row]);
	}
	for (const pairId of torn.keys()) newest.delete(pairId);
	return { rows: [...newest.values()], torn: [...torn.values()].flat() };
}

const isSame = (one: LinkRow, two: LinkRow) =>
	one.aId === two.aId &&
	one.bId === two.bId &&
	one.state === two.state &&
	one.base === two.base &&
	one.aliases === two.aliases;

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
	if (!STATES.includes(row.state)) return `its state “${String(row.state)}” is unknown`;
	if (row.state === 'run') return row.pairId === RUN_ROW_ID ? undefined : 'it is no row of a run';
	const ids = [row.aId, row.bId].filter((id) => id !== '').length;
	if (row.state === 'pendingCreate' && ids !== 1) return 'a pending create has exactly one id';
	if ((row.state === 'linked' || row.state === 'keepApart') && ids < 2) return 'an id is missing';
	return undefined;
}
