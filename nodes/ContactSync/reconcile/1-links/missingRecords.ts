import type { Join, Joined } from './joinLinks';
import { finder } from './findByKeys';
import { idOf } from '../state/linksTable';
import { Merges } from './mergedRecords';
import type { MergePair } from './linkedPair';
import { SIDES } from '../state/compilePolicy';
import type { LinkRow } from '../contract/rows';
import type { Run } from '../state/planRun';
import type { Both, Side } from '../contract/input';

/** A link whose record is gone on one side or on both. */
export interface Gone extends Joined {
	sides: Side[];
}

/** What became of the links that have not both their records. */
export interface Absence {
	pairs: MergePair[];
	gone: Gone[];
	/** The records that are left of them. */
	left: Both<Set<number>>;
	/** Creates that were under way too long, by the source: to be planned again under the same name. */
	retries: Both<Map<number, LinkRow>>;
	/** Records whose counterpart has been gone since an earlier run. */
	tombstoned: Both<Set<number>>;
	/** Hashes of the keys of people who are gone. */
	tombstonedKeys: Set<string>;
}

const DAY = 86_400_000;
const TOMBSTONE_DAYS = 90;
const TOMBSTONE_RUNS = 3;

/**
 * Goes through the links that lack a record, and decides whether it has another id now, is about to be
 * created, is gone, or was just not read. Only a side that is wholly here can miss a record.
 */
export function resolveAbsence(run: Run, join: Join): Absence {
	const absence: Absence = {
		pairs: [],
		gone: [],
		left: { A: new Set(), B: new Set() },
		retries: { A: new Map(), B: new Map() },
		tombstoned: { A: new Set(), B: new Set() },
		tombstonedKeys: new Set(),
	};
	const aliased = passOverAliases(run, join);
	if (run.input.mode === 'partial') {
		for (const joined of join.incomplete) unseen(run, joined);
		for (const joined of join.pending) underWay(run, joined);
		return absence;
	}
	const merges = new Merges(run);
	const seekers = finder(
		run,
		join,
		join.incomplete.filter((joined) => !merges.concerns(joined)),
	);
	absence.pairs.push(...seekers.found);
	for (const joined of seekers.missing) {
		if (joined.link.state === 'pendingCreate') notFound(run, joined, absence);
		else missing(run, joined, aliased, absence);
	}
	// After the others: a link that has just come to its end does not stand in the way.
	for (const joined of merges.follow(join.incomplete, join.pairs)) {
		if (joined.A >= 0 && joined.B >= 0) absence.pairs.push(joined);
		else missing(run, joined, aliased, absence);
	}
	readTombstones(run, join, absence);
	return absence;
}

function unseen(run: Run, joined: Joined): void {
	for (const side of SIDES) {
		if (joined[side] >= 0) run[side].skip(joined[side], 'counterpartUnseen');
	}
}

function underWay(run: Run, joined: Joined): void {
	for (const side of SIDES) {
		if (joined[side] >= 0) run[side].skip(joined[side], 'createUnderWay');
	}
}

/** Records that still show under a former id: they are nobody new. Returns the links they belong to. */
function passOverAliases(run: Run, join: Join): Set<string> {
	const links = new Set<string>();
	for (const side of SIDES) {
		for (const [id, link] of join.aliases[side]) {
			const at = run[side].find(id);
			if (at < 0 || !run[side].isOpen(at)) continue;
			run[side].skip(at, 'alias');
			links.add(`${side} ${link.pairId}`);
		}
	}
	return links;
}

/** A create was planned before, and no record of it is there. */
function notFound(run: Run, joined: Joined, absence: Absence): void {
	const { link } = joined;
	const source: Side = link.aId === '' ? 'B' : 'A';
	const at = joined[source];
	if (at < 0) {
		// The source is gone too; should the record turn up after all, it is not made anew over here.
		if (isGone(run, source, link)) run.store({ ...link, state: 'tombstone' });
		return;
	}
	if (!run.whole || run.isFresh(link)) return underWay(run, joined);
	run[source].decisions[at] = 'open';
	absence.retries[source].set(at, link);
}

function missing(run: Run, joined: Joined, aliased: Set<string>, absence: Absence): void {
	const { link } = joined;
	const lacks = SIDES.filter((side) => joined[side] < 0);
	const certain = lacks.every(
		(side) => isGone(run, side, link) && !aliased.has(`${side} ${link.pairId}`),
	);
	if (!certain) return unseen(run, joined);
	for (const side of lacks) run.gone[side]++;
	for (const side of SIDES) {
		const at = joined[side];
		if (at < 0) continue;
		// A record that people have put back on the other side may be linked to this one again.
		run[side].decisions[at] = 'open';
		absence.left[side].add(at);
	}
	absence.gone.push({ ...joined, sides: lacks });
}

function isGone(run: Run, side: Side, link: LinkRow): boolean {
	const { complete, gone } = run.input.sides[side];
	return (complete && !run.isFresh(link)) || (gone?.includes(idOf(link, side)) ?? false);
}

function readTombstones(run: Run, join: Join, absence: Absence): void {
	for (const link of join.tombstones) {
		const at = { A: run.A.find(link.aId), B: run.B.find(link.bId) };
		const here = SIDES.filter((side) => at[side] >= 0 && run[side].isOpen(at[side]));
		if (here.length === 2 && run.whole) {
			// The record came back (restored, or a run that had not seen all): so does the link.
			for (const side of here) run[side].decisions[at[side]] = 'linked';
			const row: LinkRow = { ...link, state: 'linked', keys: '' };
			run.note(row, 'linked');
			absence.pairs.push({ link: row, ...at, touched: true, storeFirst: false });
			continue;
		}
		for (const side of here) absence.tombstoned[side].add(at[side]);
		for (const key of link.keys.split(' ')) if (key !== '') absence.tombstonedKeys.add(key);
		if (run.whole && at.A < 0 && at.B < 0 && isOld(run, link))
			run.store({ ...link, state: 'expired' });
	}
}

function isOld(run: Run, link: LinkRow): boolean {
	return (
		run.input.now - Date.parse(link.changedAt) > TOMBSTONE_DAYS * DAY &&
		run.fullRuns - link.fullRuns > TOMBSTONE_RUNS
	);
}
