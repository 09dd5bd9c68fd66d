import { GroupAnswers } from './groups';
import type { KeyIndex, Slot } from './keyIndex';
import { LEVELS } from './keyIndex';
import { KeyList, contradict } from './keys';
import { pairOf } from './linkRows';
import { withoutNeedlessKeys } from './pairs';
import type { MergePair } from './pairs';
import { AMBIGUOUS, NEWLY_LINKED, OPEN } from './population';
import { SIDES, other } from './policy';
import type { Run } from './run';
import type { Both, Side } from './types';

/** Links found in this run, and records that a person has said are not each other. */
export interface Matched {
	pairs: MergePair[];
	apart: Both<Set<number>>;
}

interface Edge {
	A: number;
	B: number;
}

/**
 * Links records that are surely the same person, by the surest kind of key first. A key links only if
 * exactly one record on each side holds it, of all records, linked ones too; and not where a surer
 * kind of key speaks against it. Otherwise nobody who holds the key is linked or created, and a person
 * is asked. Nothing is ever guessed from names.
 */
export class Matcher {
	private readonly matched: Matched = { pairs: [], apart: { A: new Set(), B: new Set() } };
	private readonly groups: GroupAnswers;
	private readonly keysA: KeyList;
	private readonly keysB: KeyList;

	constructor(
		private readonly run: Run,
		private readonly index: KeyIndex,
		private readonly keptApart: ReadonlySet<string>,
	) {
		const byPhone = run.policy.policy.matchByPhone ?? false;
		this.keysA = new KeyList(byPhone);
		this.keysB = new KeyList(byPhone);
		this.groups = new GroupAnswers(run, {
			link: (edge, by) => this.link(edge, by),
			keepApart: (edge) => this.keepApart(edge),
		});
	}

	match(): Matched {
		for (const { kinds, label } of LEVELS) this.level(kinds, label);
		return this.matched;
	}

	private level(kinds: readonly number[], label: string): void {
		const crowded: Slot[] = [];
		const edges: Edge[] = [];
		for (const kind of kinds) {
			for (const slot of this.index.ofKind(kind)) this.sortOut(slot, crowded, edges);
		}
		// Who is in a crowd is out before pairs are made of the others.
		const crowds = crowded.map((slot) => this.openHolders(slot));
		crowds.forEach((crowd, at) => this.ask(crowd, crowded[at], label));
		this.pairUp(
			edges.filter((edge) => this.isOpen(edge)),
			label,
		);
	}

	private sortOut(slot: Slot, crowded: Slot[], edges: Edge[]): void {
		const { index } = this;
		const a = index.count('A', slot);
		const b = index.count('B', slot);
		if (a === 0 || b === 0) return;
		if (a > 1 || b > 1) {
			crowded.push(slot);
			return;
		}
		const edge = { A: index.first('A', slot), B: index.first('B', slot) };
		if (this.isOpen(edge)) edges.push(edge);
		else crowded.push(slot);
	}

	private isOpen({ A, B }: Edge): boolean {
		return this.run.A.place[A] === OPEN && this.run.B.place[B] === OPEN;
	}

	private openHolders(slot: Slot): Both<number[]> {
		const open = (side: Side) =>
			this.index.holders(side, slot).filter((at) => this.run[side].place[at] === OPEN);
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
		this.groups.ask({ kind, label, open: left, all });
	}

	/** Those for whom not every record on the other side is known to be somebody else. */
	private notApart(side: Side, open: readonly number[], rivals: readonly number[]): number[] {
		return open.filter((at) => {
			const possible = rivals.some((rival) => !this.areApart(side, at, rival));
			if (!possible) this.matched.apart[side].add(at);
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
	private pairUp(edges: readonly Edge[], label: string): void {
		const partners: Both<Map<number, number>> = { A: new Map(), B: new Map() };
		const torn: Both<Set<number>> = { A: new Set(), B: new Set() };
		const possible = edges.filter((edge) => this.isPossible(edge, label));
		for (const edge of possible) {
			for (const side of SIDES) {
				const mine = edge[side];
				const before = partners[side].get(mine);
				if (before !== undefined && before !== edge[other(side)]) torn[side].add(mine);
				partners[side].set(mine, edge[other(side)]);
			}
		}
		if (torn.A.size + torn.B.size > 0) this.askTorn(possible, torn, label);
		for (const edge of possible) if (this.isOpen(edge)) this.link(edge);
	}

	private isPossible(edge: Edge, label: string): boolean {
		if (this.areApart('A', edge.A, edge.B)) {
			this.setApart(edge);
			return false;
		}
		const { A, B } = this.run;
		this.keysA.read(A.records[edge.A].keys);
		this.keysB.read(B.records[edge.B].keys);
		if (label === LEVELS[0].label || !contradict(this.keysA, this.keysB)) return true;
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
				if (this.run[side].place[start] !== OPEN) continue;
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
			for (const at of group[side]) this.run[side].place[at] = AMBIGUOUS;
		}
	}

	private setApart(edge: Edge): void {
		for (const side of SIDES) this.matched.apart[side].add(edge[side]);
	}

	/** A person says so now: they take no further part in this run. */
	private keepApart(edge: Edge): void {
		for (const side of SIDES) {
			if (this.run[side].place[edge[side]] === AMBIGUOUS)
				this.run[side].skip(edge[side], 'keptApart');
		}
	}

	private link(edge: Edge, by?: string): void {
		const { run } = this;
		const a = run.A.records[edge.A];
		const b = run.B.records[edge.B];
		for (const side of SIDES) run[side].place[edge[side]] = NEWLY_LINKED;
		const link = run.newLink(a.id, b.id, 'linked');
		const keys = withoutNeedlessKeys({ ...link, keys: '?' }).keys;
		if (keys !== '') link.keys = this.hashesOf(edge);
		if (by !== undefined) run.note(link, 'linked', { rule: 'answer', actor: by });
		this.matched.pairs.push({ link, ...edge, touched: true, storeFirst: by !== undefined });
	}

	/** To find the record again when its provisional id is replaced. */
	private hashesOf({ A, B }: Edge): string {
		const a = this.keysA.read(this.run.A.records[A].keys).hashes();
		const b = this.keysB.read(this.run.B.records[B].keys).hashes();
		return [...new Set([...a, ...b])].sort().join(' ');
	}
}
