import { idOf, isSharedKey, pairOf, readLinks } from '../state/linksTable';
import { SIDES } from '../state/compilePolicy';
import { listed, reportProblem } from '../report/reviewRow';
import type { Decision } from '../state/sideRecords';
import type { LinkRow } from '../contract/rows';
import type { PlanRun } from '../state/planRun';
import type { Both, Side } from '../contract/input';

/** A link with the indexes of its records; -1 where a record is not here. */
export interface JoinedLink {
	link: LinkRow;
	A: number;
	B: number;
}

/** The stored links, by kind. */
export interface LinkJoin {
	/** Links with both records, in the order of side A's records. */
	pairs: JoinedLink[];
	/** Links that lack a record. */
	incomplete: JoinedLink[];
	pending: JoinedLink[];
	tombstones: LinkRow[];
	/** By `pairOf(aId, bId)`. */
	keptApart: Set<string>;
	/** Former ids, by side, with the link they belong to. */
	aliases: Both<Map<string, LinkRow>>;
	linkedRows: number;
}

/** Gives each link its records. Links that claim the same record are held back with it and reported. */
export function joinLinks(run: PlanRun): LinkJoin {
	let claims = claimRecords(run);
	if (claims.areDisputed) {
		run.versions = readLinks(run.input.links, run.pair, true);
		claims = claimRecords(run);
	}
	const join: LinkJoin = {
		pairs: [],
		incomplete: [],
		pending: [],
		tombstones: [],
		keptApart: new Set(),
		aliases: { A: new Map(), B: new Map() },
		linkedRows: 0,
	};
	for (const link of run.versions.rest.values()) {
		if (link.state === 'tombstone') join.tombstones.push(link);
		else if (link.state === 'keepApart' && !isSharedKey(link))
			join.keptApart.add(pairOf(link.aId, link.bId));
	}
	holdUnreadable(run);
	for (const joined of claims.undisputed()) sortIn(joined, join, run);
	return join;
}

function claimRecords(run: PlanRun): Claims {
	const claims = new Claims(run);
	for (const link of run.versions.linked) claims.add(link);
	for (const link of run.versions.rest.values()) {
		if (link.state === 'pendingCreate') claims.add(link);
	}
	return claims;
}

/** Puts a link into the list of its kind. */
function sortIn(joined: JoinedLink, join: LinkJoin, run: PlanRun): void {
	const { link, A, B } = joined;
	if (link.state === 'linked') join.linkedRows++;
	if (link.aliases !== '') readAliases(link, join);
	const here = SIDES.filter((side) => joined[side] >= 0);
	const isHeld = here.some((side) => run[side].decisions[joined[side]] === 'held');
	for (const side of here) run[side].decisions[joined[side]] = isHeld ? 'held' : 'linked';
	if (isHeld) return;
	if (link.state === 'pendingCreate') join.pending.push(joined);
	else if (A >= 0 && B >= 0) join.pairs.push(joined);
	else join.incomplete.push(joined);
}

/** The claims of links on records. Two claims on one record make both links disputed. */
class Claims {
	/** Of each record of a side the link that claims it. */
	private readonly owners: Both<(JoinedLink | undefined)[]>;
	private readonly absent: Both<Map<string, JoinedLink>> = { A: new Map(), B: new Map() };
	/** Links whose record on side A is not here. */
	private readonly withoutA: JoinedLink[] = [];
	private readonly disputed = new Set<JoinedLink>();

	constructor(private readonly run: PlanRun) {
		const none = (side: Side) =>
			new Array<JoinedLink | undefined>(run[side].records.length).fill(undefined);
		this.owners = { A: none('A'), B: none('B') };
	}

	get areDisputed(): boolean {
		return this.disputed.size > 0;
	}

	add(link: LinkRow): void {
		const joined = { link, A: this.run.A.find(link.aId), B: this.run.B.find(link.bId) };
		this.claim('A', joined, joined.A, link.aId);
		this.claim('B', joined, joined.B, link.bId);
		if (joined.A < 0) this.withoutA.push(joined);
	}

	/** In the order of side A's records, which lie in memory one after the other; the rest follows. */
	undisputed(): JoinedLink[] {
		const all = this.owners.A.filter((joined) => joined !== undefined).concat(this.withoutA);
		if (this.disputed.size === 0) return all;
		for (const joined of this.disputed) holdBack(this.run, joined);
		for (const side of SIDES) this.report(side);
		return all.filter((joined) => !this.disputed.has(joined));
	}

	private claim(side: Side, joined: JoinedLink, at: number, id: string): void {
		if (id === '') return;
		const rival = at >= 0 ? this.owners[side][at] : this.absent[side].get(id);
		if (rival) this.disputed.add(rival).add(joined);
		else if (at >= 0) this.owners[side][at] = joined;
		else this.absent[side].set(id, joined);
	}

	/** One report for each record that is claimed more than once. */
	private report(side: Side): void {
		const { run } = this;
		const claims = new Map<string, LinkRow[]>();
		for (const { link } of this.disputed) {
			const id = idOf(link, side);
			if (id !== '') claims.set(id, [...(claims.get(id) ?? []), link]);
		}
		for (const [id, links] of claims) {
			if (links.length < 2) continue;
			reportProblem(run, 'mappingNotOneToOne', `${side} ${id}`, {
				reason: `The ${run.policy.names[side]} record ${id} is in more than one row of the links table. None of these links is used, so that nothing is written to the wrong person.`,
				whatToDo: 'Delete the wrong rows from the links table, so that each record is in one row.',
				aId: listed(links.map(({ aId }) => aId)),
				bId: listed(links.map(({ bId }) => bId)),
				pairId: listed(links.map(({ pairId }) => pairId)),
			});
		}
	}
}

function holdUnreadable(run: PlanRun): void {
	const { torn, bad } = run.versions;
	for (const link of torn) holdIds(run, link);
	for (const pairId of new Set(torn.map((link) => link.pairId))) {
		const rows = torn.filter((link) => link.pairId === pairId);
		reportProblem(run, 'mappingNotOneToOne', `pair ${pairId}`, {
			reason: `The link ${pairId} is in the links table more than once, and the rows differ. It is not used.`,
			whatToDo: 'Delete the wrong row from the links table.',
			aId: listed([...new Set(rows.map(({ aId }) => aId))]),
			bId: listed([...new Set(rows.map(({ bId }) => bId))]),
			pairId,
		});
	}
	for (const { row, why } of bad) {
		holdIds(run, row);
		reportBadRow(run, row, why);
	}
}

export function reportBadRow(run: PlanRun, row: LinkRow, why: string): void {
	reportProblem(run, 'badMappingRow', `${row.pairId} ${row.aId} ${row.bId}`, {
		reason: `A row of the links table cannot be used: ${why}. Its records are left alone.`,
		whatToDo: 'Correct the row or delete it.',
		aId: row.aId,
		bId: row.bId,
		pairId: row.pairId,
	});
}

function holdIds(run: PlanRun, link: LinkRow): void {
	holdBack(run, { link, A: run.A.find(link.aId), B: run.B.find(link.bId) });
}

/** The decisions that a disputed link takes back. */
const HOLDABLE: readonly Decision[] = ['open', 'linked'];

/** Keeps the link's records out of the run. */
export function holdBack(run: PlanRun, joined: JoinedLink): void {
	for (const side of SIDES) {
		const at = joined[side];
		if (at >= 0 && HOLDABLE.includes(run[side].decisions[at])) run[side].decisions[at] = 'held';
	}
}

function readAliases(link: LinkRow, join: LinkJoin): void {
	for (const alias of link.aliases.split(' ')) {
		const side = alias[0];
		if ((side === 'A' || side === 'B') && alias[1] === ':')
			join.aliases[side].set(alias.slice(2), link);
	}
}
