import { GroupAnswers } from './askWhoIsWho';
import type { Edge, Group } from './askWhoIsWho';
import { KeyIndex, LEVELS } from './keyIndex';
import type { Level, Slot } from './keyIndex';
import { SHARED_TYPES, isProvisional } from '../values/identityKeys';
import { pairOf } from '../state/linksTable';
import type { MergePair } from '../1-links/linkedPair';
import { SIDES, other } from '../state/compilePolicy';
import type { PlanRun } from '../state/planRun';
import type { Both, Side } from '../contract/input';

/** The links that this run found, and the records that a person keeps apart. */
export interface Matched {
	pairs: MergePair[];
	apart: Both<Set<number>>;
	/** The holders of each key, one index a level. */
	indexes: KeyIndex[];
	/** Asks a person about records that share a key. They take no further part in this run. */
	ask: (group: Group) => void;
}

/** Two records and the key that they share. */
interface Candidates extends Edge {
	slot: Slot;
}

/**
 * Links records of the same person, the most certain type of key first. A key links two records if exactly
 * one record of each side holds it, linked records included, and if no more certain key of both contradicts.
 * Otherwise no holder of the key is linked or created, and a person is asked. Names never link.
 */
export class Matcher {
	private readonly matched: Matched = {
		pairs: [],
		apart: { A: new Set(), B: new Set() },
		indexes: [],
		ask: (group) => {
			this.setAside(group.open);
			this.groups.ask(group);
		},
	};
	private readonly groups: GroupAnswers;
	private index!: KeyIndex;

	constructor(
		private readonly run: PlanRun,
		private readonly keptApart: ReadonlySet<string>,
	) {
		this.groups = new GroupAnswers(run, {
			link: (edge, by) => this.link(edge, by),
			leaveOut: (side, at) => this.leaveOut(side, at),
		});
	}

	match(): Matched {
		for (const level of LEVELS) {
			this.index = new KeyIndex(this.run, level);
			this.matched.indexes.push(this.index);
			this.decide(level);
		}
		return this.matched;
	}

	private decide(level: Level): void {
		const crowded: Slot[] = [];
		const edges: Candidates[] = [];
		for (let slot = 0; slot < this.index.size; slot++) this.sortOut(slot, crowded, edges);
		// Records that share a key are set aside before the others become pairs.
		const crowds = crowded.map((slot) => this.openHolders(slot));
		crowds.forEach((crowd, at) => this.ask(crowd, crowded[at], level.label));
		this.askLeftAlone(edges, level.label);
		this.pairUp(
			edges.filter((edge) => this.isOpen(edge)),
			level,
		);
	}

	/** Asks about each whose only candidate has been set aside meanwhile: it is no new person. */
	private askLeftAlone(edges: readonly Candidates[], label: string): void {
		const asked = new Set<Slot>();
		const isLeft = ({ A, B, slot }: Candidates) =>
			this.run.A.isOpen(A) !== this.run.B.isOpen(B) && !asked.has(slot);
		for (let left = edges.filter(isLeft); left.length > 0; left = edges.filter(isLeft)) {
			// Who is left alone by several is asked about with each of them, whatever their order.
			const open = left.map(({ slot }) => this.openHolders(slot));
			left.forEach(({ slot }, at) => {
				asked.add(slot);
				this.ask(open[at], slot, label);
			});
		}
	}

	private sortOut(slot: Slot, crowded: Slot[], edges: Candidates[]): void {
		const { index } = this;
		const a = index.count('A', slot);
		const b = index.count('B', slot);
		if (a === 0 || b === 0) return;
		if (a > 1 || b > 1) {
			crowded.push(slot);
			return;
		}
		const edge = { A: index.first('A', slot), B: index.first('B', slot), slot };
		if (!this.isOpen(edge)) crowded.push(slot);
		else edges.push(edge);
	}

	private isOpen({ A, B }: Edge): boolean {
		return this.run.A.isOpen(A) && this.run.B.isOpen(B);
	}

	private openHolders(slot: Slot): Both<number[]> {
		const open = (side: Side) =>
			this.index.holders(side, slot).filter((at) => this.run[side].isOpen(at));
		return { A: open('A'), B: open('B') };
	}

	/** Several records hold the key, or one that is not free. */
	private ask(open: Both<number[]>, slot: Slot, label: string): void {
		if (open.A.length + open.B.length === 0) return;
		const all = { A: this.index.holders('A', slot), B: this.index.holders('B', slot) };
		const left = { A: this.notApart('A', open.A, all.B), B: this.notApart('B', open.B, all.A) };
		if (left.A.length + left.B.length === 0) return;
		const kind = all.A.length === 1 && all.B.length === 1 ? 'taken' : 'ambiguous';
		this.setAside(left);
		this.groups.ask({ kind, label, open: left, all, sharedKey: this.index.sharedHash(slot) });
	}

	/** The records that still have a possible counterpart: no answer keeps them apart from each candidate. */
	private notApart(side: Side, open: readonly number[], rivals: readonly number[]): number[] {
		return open.filter((at) => {
			const possible = rivals.some((rival) => !this.areApart(side, at, rival));
			if (!possible) this.setApart(side, at);
			return possible;
		});
	}

	private areApart(side: Side, at: number, rival: number): boolean {
		if (this.keptApart.size === 0) return false;
		const mine = this.run[side].records[at].id;
		const theirs = this.run[other(side)].records[rival].id;
		return this.keptApart.has(side === 'A' ? pairOf(mine, theirs) : pairOf(theirs, mine));
	}

	/** Links each two that have only each other at this level. */
	private pairUp(edges: readonly Candidates[], level: Level): void {
		if (edges.length === 0) return;
		const partners = {
			A: new Int32Array(this.run.A.records.length),
			B: new Int32Array(this.run.B.records.length),
		};
		const torn: Both<Set<number>> = { A: new Set(), B: new Set() };
		const possible = edges.filter((edge) => this.isPossible(edge, level));
		for (const edge of possible) {
			for (const side of SIDES) {
				// 0 is nobody.
				const partner = edge[other(side)] + 1;
				const before = partners[side][edge[side]];
				if (before !== 0 && before !== partner) torn[side].add(edge[side]);
				partners[side][edge[side]] = partner;
			}
		}
		if (torn.A.size + torn.B.size > 0) this.askTorn(possible, torn, level.label);
		this.askLeftAlone(edges, level.label);
		for (const edge of possible) if (this.isOpen(edge)) this.link(edge);
	}

	private isPossible(edge: Edge, { label, type }: Level): boolean {
		if (this.areApart('A', edge.A, edge.B)) {
			for (const side of SIDES) this.setApart(side, edge[side]);
			return false;
		}
		const { A, B } = this.run;
		const [a, b] = [A.records[edge.A].keys, B.records[edge.B].keys];
		// An id of the other side that was copied with a record is nobody's.
		if (!this.run.keys.contradict(a, b, type < 0 ? SHARED_TYPES : type)) return true;
		const group = { A: [edge.A], B: [edge.B] };
		this.setAside(group);
		this.groups.ask({ kind: 'contradiction', label, open: group, all: group });
		return false;
	}

	/** Records with several partners, and all that hangs together with them. */
	private askTorn(edges: readonly Edge[], torn: Both<Set<number>>, label: string): void {
		const neighbours: Both<Map<number, number[]>> = { A: new Map(), B: new Map() };
		for (const edge of edges) {
			for (const side of SIDES) {
				const list = neighbours[side].get(edge[side]) ?? [];
				neighbours[side].set(edge[side], [...list, edge[other(side)]]);
			}
		}
		for (const side of SIDES) {
			for (const start of torn[side]) {
				if (!this.run[side].isOpen(start)) continue;
				const group: Both<Set<number>> = { A: new Set(), B: new Set() };
				const queue: [Side, number][] = [[side, start]];
				for (let next = queue.pop(); next; next = queue.pop()) {
					const [where, at] = next;
					if (group[where].has(at)) continue;
					group[where].add(at);
					for (const one of neighbours[where].get(at) ?? []) queue.push([other(where), one]);
				}
				const open = { A: [...group.A], B: [...group.B] };
				this.setAside(open);
				this.groups.ask({ kind: 'ambiguous', label, open, all: open });
			}
		}
	}

	private setAside(group: Both<readonly number[]>): void {
		for (const side of SIDES) {
			const { decisions } = this.run[side];
			for (const at of group[side]) if (decisions[at] === 'open') decisions[at] = 'ambiguous';
		}
	}

	/** Who shares a mailbox or a phone with somebody else can still be created, without it. */
	private setApart(side: Side, at: number): void {
		if (this.index.type < SHARED_TYPES) this.matched.apart[side].add(at);
	}

	/** A person has decided about the record now: it takes no further part in this run. */
	private leaveOut(side: Side, at: number): void {
		if (this.run[side].decisions[at] === 'ambiguous') this.run[side].skip(at, 'keptApart');
	}

	private link(edge: Edge, by?: string): void {
		const { run } = this;
		const a = run.A.records[edge.A];
		const b = run.B.records[edge.B];
		for (const side of SIDES) run[side].decisions[edge[side]] = 'newlyLinked';
		const link = run.newLink(a.id, b.id, 'linked');
		if (isProvisional(a.id) || isProvisional(b.id)) link.keys = this.hashesOf(edge);
		if (by !== undefined) run.note(link, 'linked', { rule: 'answer', actor: by });
		const storeFirst = by !== undefined;
		this.matched.pairs.push({ link, A: edge.A, B: edge.B, touched: true, storeFirst });
	}

	/** To find the record again when its provisional id is replaced. */
	private hashesOf({ A, B }: Edge): string {
		const a = this.run.keys.hashes(this.run.A.records[A].keys);
		const b = this.run.keys.hashes(this.run.B.records[B].keys);
		return [...new Set([...a, ...b])].sort().join(' ');
	}
}
