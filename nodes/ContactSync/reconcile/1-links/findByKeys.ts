import { holdBack } from './joinLinks';
import type { LinkJoin, JoinedLink } from './joinLinks';
import { SHARED_TYPES, isProvisional } from '../values/identityKeys';
import { idOf, pairOf, withId } from '../state/linksTable';
import { renamed, withoutNeedlessKeys } from './linkedPair';
import type { MergePair } from './linkedPair';
import { SIDES, other } from '../state/compilePolicy';
import { listed, reportProblem } from '../report/reviewRow';
import type { LinkRow } from '../contract/rows';
import type { PlanRun } from '../state/planRun';
import type { RecordKeys, Side } from '../contract/input';

/** The largest difference between two clocks (ms). */
const CLOCKS_MS = 60_000;

/** The longest time between the plan and the sending of a create (ms): a run ends within a day. */
const LONGEST_RUN_MS = 86_400_000;

/** The links whose record was found, and those whose record was not. */
export interface Found {
	found: MergePair[];
	missing: MergePair[];
}

interface Seeker {
	joined: MergePair;
	/** The side whose record is sought. */
	side: Side;
	hashes: Set<string>;
	candidates: number[];
	/** Records that share only a mailbox or a phone with the link. */
	possible: number[];
}

/**
 * Finds the records of links that know only keys: leads whose provisional id (`imp_…`) HeyReach has
 * replaced, and creates whose answer was lost. A link needs exactly one candidate, and it alone may want it.
 */
export function finder(
	run: PlanRun,
	{ pending, keptApart }: Pick<LinkJoin, 'pending' | 'keptApart'>,
	incomplete: readonly JoinedLink[],
): Found {
	const search = (links: readonly MergePair[], sideOf: (joined: JoinedLink) => Side | undefined) =>
		searchIn(run, keptApart, links, sideOf);
	const renames = search([...pending, ...incomplete], provisionalSide);
	const isCreate = ({ link }: JoinedLink) => link.state === 'pendingCreate';
	const waiting = [...renames.found, ...renames.missing];
	const creates = search(waiting.filter(isCreate), createdSide);
	const rest = waiting.filter((joined) => !isCreate(joined));
	const isWhole = ({ A, B }: JoinedLink) => A >= 0 && B >= 0;
	const all = [...rest, ...creates.found, ...creates.missing];
	return { found: all.filter(isWhole), missing: all.filter((joined) => !isWhole(joined)) };
}

function searchIn(
	run: PlanRun,
	keptApart: ReadonlySet<string>,
	links: readonly MergePair[],
	sideOf: (joined: JoinedLink) => Side | undefined,
): Found {
	const result: Found = { found: [], missing: [] };
	const seekers: Seeker[] = [];
	for (const joined of links) {
		const side = sideOf(joined);
		if (side && run.input.sides[side].complete) seekers.push(seeker(run, joined, side));
		else result.missing.push(joined);
	}
	for (const side of SIDES) {
		const mine = seekers.filter((one) => one.side === side);
		if (mine.length > 0) collectCandidates(run, keptApart, side, mine);
		conclude(run, side, mine, result);
	}
	return result;
}

/** The side whose provisional id is no longer there. */
function provisionalSide({ link, A, B }: JoinedLink): Side | undefined {
	if (link.keys === '') return undefined;
	const lacks = SIDES.filter((side) => (side === 'A' ? A : B) < 0);
	return lacks.find((side) => isProvisional(idOf(link, side)));
}

function createdSide({ link }: JoinedLink): Side {
	return link.aId === '' ? 'A' : 'B';
}

function seeker(run: PlanRun, joined: MergePair, side: Side): Seeker {
	const hashes = new Set(joined.link.keys.split(' ').filter((key) => key !== ''));
	const source = other(side);
	if (joined[source] >= 0 && joined.link.state === 'pendingCreate') {
		for (const hash of run.keys.hashes(keysOf(run, source, joined[source]))) hashes.add(hash);
	}
	return { joined, side, hashes, candidates: [], possible: [] };
}

function keysOf(run: PlanRun, side: Side, at: number): RecordKeys | undefined {
	return run[side].records[at].keys;
}

function collectCandidates(
	run: PlanRun,
	keptApart: ReadonlySet<string>,
	side: Side,
	seekers: readonly Seeker[],
): void {
	const byHash = new Map<string, Seeker[]>();
	const bySource = new Map<string, Seeker>();
	for (const one of seekers) {
		for (const hash of one.hashes) byHash.set(hash, [...(byHash.get(hash) ?? []), one]);
		bySource.set(idOf(one.joined.link, other(side)), one);
	}
	for (const at of run[side].open()) {
		const { id, keys } = run[side].records[at];
		const hits = new Set(run.keys.hashes(keys).flatMap((hash) => byHash.get(hash) ?? []));
		const crossId = keys?.crossId;
		const named = crossId ? bySource.get(crossId) : undefined;
		if (named) hits.add(named);
		for (const one of hits) {
			const source = idOf(one.joined.link, other(side));
			const pair = side === 'A' ? pairOf(id, source) : pairOf(source, id);
			if (keptApart.has(pair) || speaksAgainst(run, one, keys)) continue;
			if (one === named || isMarked(run, one, at)) one.candidates.push(at);
			else one.possible.push(at);
		}
	}
}

/** Whether the LinkedIn ids of the remaining record and of the candidate belong to two people. */
function speaksAgainst(
	run: PlanRun,
	{ joined, side }: Seeker,
	keys: RecordKeys | undefined,
): boolean {
	const source = other(side);
	if (joined[source] < 0) return false;
	return run.keys.contradict(keysOf(run, source, joined[source]), keys, SHARED_TYPES);
}

/**
 * Whether the candidate is identified: by an id of LinkedIn, or, where a create was sent, by the time of its
 * creation. A mailbox or a phone alone identifies nobody: then the matching decides.
 */
function isMarked(run: PlanRun, { joined, side, hashes }: Seeker, at: number): boolean {
	const { keys, addedAt } = run[side].records[at];
	if (run.keys.hashes(keys, SHARED_TYPES).some((hash) => hashes.has(hash))) return true;
	if (joined.link.state !== 'pendingCreate') return !hasLinkedIn(run, keys);
	// The source itself, under its number now: nobody is linked by it yet.
	if (idOf(joined.link, side) !== '') return true;
	const plannedAt = Date.parse(joined.link.changedAt);
	return (
		addedAt !== undefined &&
		addedAt >= plannedAt - CLOCKS_MS &&
		addedAt <= plannedAt + LONGEST_RUN_MS
	);
}

const hasLinkedIn = (run: PlanRun, keys: RecordKeys | undefined): boolean =>
	run.keys.hashes(keys, SHARED_TYPES).length > 0;

function conclude(run: PlanRun, side: Side, seekers: readonly Seeker[], result: Found): void {
	const wanted = new Map<number, number>();
	for (const { candidates } of seekers) {
		for (const at of candidates) wanted.set(at, (wanted.get(at) ?? 0) + 1);
	}
	for (const one of seekers) {
		const { joined, candidates } = one;
		if (candidates.length === 0) result.missing.push(joined);
		else if (candidates.length > 1 || wanted.get(candidates[0]) !== 1) unclear(run, one);
		else {
			run[side].decisions[candidates[0]] = 'linked';
			result.found.push(completed(run, joined, side, candidates[0]));
		}
	}
	for (const one of seekers) if (one.candidates.length === 0) waitForCounterpart(run, one);
}

/**
 * A link whose two records are both unseen, because one was just created and the other has a new id: the
 * lists show the created record soon, and the matching can decide then. Until then a record that shares a
 * mailbox with the link is not created again.
 */
function waitForCounterpart(run: PlanRun, { joined, side, possible }: Seeker): void {
	if (joined[other(side)] >= 0 || !run.isFresh(joined.link)) return;
	for (const at of possible) {
		if (run[side].isOpen(at)) run[side].skip(at, 'counterpartUnseen');
	}
}

function completed(run: PlanRun, joined: MergePair, side: Side, at: number): MergePair {
	const { link } = joined;
	if (idOf(link, side) !== '') {
		const pair = renamed(run, joined, { [side]: at });
		// A pending create still needs its keys.
		if (link.state === 'pendingCreate') return pair;
		return { ...pair, link: withoutNeedlessKeys(pair.link) };
	}
	const { id } = run[side].records[at];
	const row: LinkRow = { ...withId(link, side, id), state: 'linked' };
	run.note(row, 'created', { side, opKey: link.opKey, applied: 'ok' });
	return {
		...joined,
		link: withoutNeedlessKeys(row),
		[side]: at,
		touched: true,
		storeFirst: true,
	};
}

function unclear(run: PlanRun, { joined, side, candidates }: Seeker): void {
	const ids = candidates.map((at) => run[side].records[at].id);
	holdBack(run, joined);
	for (const at of candidates) holdBack(run, { ...joined, A: -1, B: -1, [side]: at });
	const { link } = joined;
	const name = run.policy.names[side];
	reportProblem(run, 'ambiguous', `${link.pairId} ${listed(ids)}`, {
		reason: `A record should have been created in ${name}, or has got a new id there, and several records could be the one: ${listed(ids)}. None is linked, and none is created.`,
		whatToDo: `Correct the records that are not the person, or delete the row ${link.pairId} from the links table.`,
		aId: side === 'A' ? listed(ids) : link.aId,
		bId: side === 'B' ? listed(ids) : link.bId,
		pairId: link.pairId,
	});
}
