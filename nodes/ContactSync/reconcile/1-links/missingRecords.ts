import type { LinkJoin, JoinedLink } from './joinLinks';
import { finder } from './findByKeys';
import { idOf } from '../state/linksTable';
import { MergedRecords } from './mergedRecords';
import type { MergePair } from './linkedPair';
import { SIDES } from '../state/compilePolicy';
import type { LinkRow } from '../contract/rows';
import type { PlanRun } from '../state/planRun';
import type { Both, Side } from '../contract/input';

/** A link whose record is gone on one or both sides. */
export interface Gone extends JoinedLink {
	sides: Side[];
}

/** The links that lack a record, by what the run decided about them. */
export interface Absence {
	pairs: MergePair[];
	gone: Gone[];
	/** The records whose counterpart is gone. */
	left: Both<Set<number>>;
	/** Creates that have been pending too long, by the source record. They are planned again with the same name. */
	retries: Both<Map<number, LinkRow>>;
	/** Records whose counterpart was gone in an earlier run already (tombstones). */
	tombstoned: Both<Set<number>>;
	/** Hashes of the keys of all tombstones. */
	tombstonedKeys: Set<string>;
}

const DAY = 86_400_000;
const TOMBSTONE_DAYS = 90;
const TOMBSTONE_RUNS = 3;

/**
 * Decides about each link that lacks a record: the record has another id now, its create is pending, it is
 * gone, or it was not read. Only a side that was read to its end can lack a record.
 */
export function resolveAbsence(run: PlanRun, join: LinkJoin): Absence {
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
	const merges = new MergedRecords(run);
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
	// Merged records come last, because a link that has just ended no longer disputes their records.
	for (const joined of merges.follow(join.incomplete, join.pairs)) {
		if (joined.A >= 0 && joined.B >= 0) absence.pairs.push(joined);
		else missing(run, joined, aliased, absence);
	}
	readTombstones(run, join, absence);
	return absence;
}

function unseen(run: PlanRun, joined: JoinedLink): void {
	for (const side of SIDES) {
		if (joined[side] >= 0) run[side].skip(joined[side], 'counterpartUnseen');
	}
}

function underWay(run: PlanRun, joined: JoinedLink): void {
	for (const side of SIDES) {
		if (joined[side] >= 0) run[side].skip(joined[side], 'createUnderWay');
	}
}

/** Skips records that still show under a former id: they are not new. Returns the links they belong to. */
function passOverAliases(run: PlanRun, join: LinkJoin): Set<string> {
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

/** An earlier run planned a create, and the lists show no record of it. */
function notFound(run: PlanRun, joined: JoinedLink, absence: Absence): void {
	const { link } = joined;
	const source: Side = link.aId === '' ? 'B' : 'A';
	const at = joined[source];
	if (at < 0) {
		// The source is gone too. The tombstone keeps a record that shows up later from being created back here.
		if (isGone(run, source, link)) run.store({ ...link, state: 'tombstone' });
		return;
	}
	if (!run.whole || run.isFresh(link)) return underWay(run, joined);
	run[source].decisions[at] = 'open';
	absence.retries[source].set(at, link);
}

function missing(run: PlanRun, joined: JoinedLink, aliased: Set<string>, absence: Absence): void {
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
		// A person may have restored the counterpart with a new id. The matching can link the two again.
		run[side].decisions[at] = 'open';
		absence.left[side].add(at);
	}
	absence.gone.push({ ...joined, sides: lacks });
}

function isGone(run: PlanRun, side: Side, link: LinkRow): boolean {
	const { complete, gone } = run.input.sides[side];
	return (complete && !run.isFresh(link)) || (gone?.includes(idOf(link, side)) ?? false);
}

function readTombstones(run: PlanRun, join: LinkJoin, absence: Absence): void {
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

function isOld(run: PlanRun, link: LinkRow): boolean {
	return (
		run.input.now - Date.parse(link.changedAt) > TOMBSTONE_DAYS * DAY &&
		run.fullRuns - link.fullRuns > TOMBSTONE_RUNS
	);
}
