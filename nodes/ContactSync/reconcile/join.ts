import { idOf, pairOf } from './linkRows';
import type { Versions } from './linkRows';
import { HELD, LINKED } from './population';
import type { Population } from './population';
import { SIDES } from './policy';
import { listed, reportProblem } from './review';
import type { LinkRow } from './rows';
import type { Run } from './run';
import type { Both, Side } from './types';

/** A link with the records it found; -1 where the record is not here. */
export interface Joined {
	link: LinkRow;
	A: number;
	B: number;
}

/** The stored links, sorted out. */
export interface Join {
	/** Both records are here. */
	pairs: Joined[];
	/** One or both are not. */
	incomplete: Joined[];
	pending: Joined[];
	tombstones: LinkRow[];
	/** By `pairOf(aId, bId)`. */
	keptApart: Set<string>;
	/** Former ids, by side, with the link they belong to. */
	aliases: Both<Map<string, LinkRow>>;
	linkedRows: number;
}

/** Gives each link its records. Links that dispute a record are held with it, and reported. */
export function joinLinks(run: Run, versions: Versions): Join {
	const join: Join = {
		pairs: [],
		incomplete: [],
		pending: [],
		tombstones: [],
		keptApart: new Set(),
		aliases: { A: new Map(), B: new Map() },
		linkedRows: 0,
	};
	const claims = new Claims(run);
	for (const link of versions.newest.values()) {
		if (link.state === 'linked' || link.state === 'pendingCreate') claims.add(link);
		else if (link.state === 'tombstone') join.tombstones.push(link);
		else if (link.state === 'keepApart') join.keptApart.add(pairOf(link.aId, link.bId));
	}
	holdUnreadable(run, versions);
	for (const joined of claims.undisputed()) place(joined, join, run);
	return join;
}

function place(joined: Joined, join: Join, run: Run): void {
	const { link } = joined;
	if (link.state === 'linked') join.linkedRows++;
	if (link.aliases !== '') readAliases(link, join);
	const isHeld = SIDES.some((side) => joined[side] >= 0 && run[side].place[joined[side]] === HELD);
	for (const side of SIDES) {
		if (joined[side] >= 0) run[side].place[joined[side]] = isHeld ? HELD : LINKED;
	}
	if (isHeld) return;
	if (link.state === 'pendingCreate') join.pending.push(joined);
	else if (joined.A >= 0 && joined.B >= 0) join.pairs.push(joined);
	else join.incomplete.push(joined);
}

/** Who claims which record; a second claim spoils both. */
class Claims {
	private readonly all: Joined[] = [];
	private readonly disputed = new Set<Joined>();
	private readonly owners: Both<Owners>;

	constructor(private readonly run: Run) {
		this.owners = { A: new Owners(run.A), B: new Owners(run.B) };
	}

	add(link: LinkRow): void {
		const joined = { link, A: this.run.A.find(link.aId), B: this.run.B.find(link.bId) };
		this.all.push(joined);
		for (const side of SIDES) {
			const rival = this.owners[side].claim(joined, idOf(link, side), joined[side]);
			if (rival) this.disputed.add(rival).add(joined);
		}
	}

	undisputed(): Joined[] {
		if (this.disputed.size === 0) return this.all;
		for (const joined of this.disputed) hold(this.run, joined);
		for (const side of SIDES) this.report(side);
		return this.all.filter((joined) => !this.disputed.has(joined));
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

/** Who owns the records of one side. */
class Owners {
	private readonly present: (Joined | undefined)[];
	private readonly absent = new Map<string, Joined>();

	constructor(population: Population) {
		this.present = new Array<Joined | undefined>(population.records.length).fill(undefined);
	}

	/** Returns the link that has claimed the record before. */
	claim(joined: Joined, id: string, at: number): Joined | undefined {
		if (id === '') return undefined;
		const rival = at >= 0 ? this.present[at] : this.absent.get(id);
		if (rival) return rival;
		if (at >= 0) this.present[at] = joined;
		else this.absent.set(id, joined);
		return undefined;
	}
}

function holdUnreadable(run: Run, { torn, bad }: Versions): void {
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

export function reportBadRow(run: Run, row: LinkRow, why: string): void {
	reportProblem(run, 'badMappingRow', `${row.pairId} ${row.aId} ${row.bId}`, {
		reason: `A row of the links table cannot be used: ${why}. Its records are left alone.`,
		whatToDo: 'Correct the row or delete it.',
		aId: row.aId,
		bId: row.bId,
		pairId: row.pairId,
	});
}

function holdIds(run: Run, link: LinkRow): void {
	hold(run, { link, A: run.A.find(link.aId), B: run.B.find(link.bId) });
}

export function hold(run: Run, joined: Joined): void {
	for (const side of SIDES) {
		const at = joined[side];
		if (at >= 0 && run[side].place[at] <= LINKED) run[side].place[at] = HELD;
	}
}

function readAliases(link: LinkRow, join: Join): void {
	for (const alias of link.aliases.split(' ')) {
		const side = alias[0];
		if ((side === 'A' || side === 'B') && alias[1] === ':')
			join.aliases[side].set(alias.slice(2), link);
	}
}
