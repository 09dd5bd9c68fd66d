import { KEY_LABELS, KEY_TYPES, KeyList } from './keys';
import { OPEN } from './population';
import { SIDES, other } from './policy';
import type { Run } from './run';
import type { Both, Side } from './types';

/** Two kinds of keys come before `KEY_TYPES`: the id on side B that a record of A names, and the reverse. */
const CROSS = { A: 0, B: 1 };
const PERSONAL = 2;

/** The kinds in order, the surest first. Those of one level decide together. */
export const LEVELS: readonly { kinds: readonly number[]; label: string }[] = [
	{ kinds: [CROSS.A, CROSS.B], label: KEY_LABELS.crossId },
	...KEY_TYPES.map((type, at) => ({ kinds: [PERSONAL + at], label: KEY_LABELS[type] })),
];

/** Stands for one key of one kind. */
export type Slot = number;

const NONE: readonly Slot[] = [];

/**
 * Who holds which key. Only keys of records that nothing has been decided about are in it, but all
 * records are counted: a key that somebody else holds too tells nobody apart.
 */
export class KeyIndex {
	private readonly slots: Map<string, Slot>[];
	private size = 0;
	private readonly counts: Both<number[]> = { A: [], B: [] };
	private readonly firsts: Both<number[]> = { A: [], B: [] };
	/** Holders after the first. */
	private readonly more: Both<Map<Slot, number[]>> = { A: new Map(), B: new Map() };
	private readonly held: Both<(readonly Slot[])[]> = { A: [], B: [] };
	private readonly keys: KeyList;

	constructor(private readonly run: Run) {
		this.keys = new KeyList(run.policy.policy.matchByPhone ?? false);
		this.slots = Array.from({ length: PERSONAL + KEY_TYPES.length }, () => new Map());
		for (const side of SIDES) this.addOpen(side);
		for (const side of SIDES) this.addNamed(side);
		if (this.size > 0) for (const side of SIDES) this.countRest(side);
	}

	count(side: Side, slot: Slot): number {
		return this.counts[side][slot];
	}

	/** The first record of the side that holds the key. */
	first(side: Side, slot: Slot): number {
		return this.firsts[side][slot];
	}

	holders(side: Side, slot: Slot): readonly number[] {
		if (this.counts[side][slot] === 0) return [];
		return [this.firsts[side][slot], ...(this.more[side].get(slot) ?? [])];
	}

	/** The keys of a record that nothing had been decided about. */
	of(side: Side, at: number): readonly Slot[] {
		return this.held[side][at] ?? NONE;
	}

	ofKind(kind: number): Iterable<Slot> {
		return this.slots[kind].values();
	}

	private addOpen(side: Side): void {
		const { records, place } = this.run[side];
		const { keys } = this;
		for (let at = 0; at < place.length; at++) {
			if (place[at] !== OPEN) continue;
			keys.read(records[at].keys);
			const mine: Slot[] = [];
			for (let i = 0; i < keys.count; i++) {
				const slot = this.slotOf(PERSONAL + keys.types[i], keys.keys[i]);
				this.hold(side, slot, at);
				mine.push(slot);
			}
			if (mine.length > 0) this.held[side][at] = mine;
		}
	}

	/** Records that name their counterpart by its id: both hold that key. */
	private addNamed(side: Side): void {
		const { records, place } = this.run[side];
		for (let at = 0; at < place.length; at++) {
			const crossId = place[at] === OPEN ? records[at].keys?.crossId : undefined;
			if (!crossId) continue;
			const isNew = !this.slots[CROSS[side]].has(crossId);
			const slot = this.slotOf(CROSS[side], crossId);
			this.holdNamed(side, slot, at);
			const named = isNew ? this.run[other(side)].find(crossId) : -1;
			if (named >= 0) this.holdNamed(other(side), slot, named);
		}
	}

	/** Records that are linked or held already: their keys are not free. */
	private countRest(side: Side): void {
		const { records, place } = this.run[side];
		const { keys, slots } = this;
		for (let at = 0; at < place.length; at++) {
			if (place[at] === OPEN || this.run[side].skipped.get(at) === 'alias') continue;
			keys.read(records[at].keys);
			for (let i = 0; i < keys.count; i++) {
				const slot = slots[PERSONAL + keys.types[i]].get(keys.keys[i]);
				if (slot !== undefined) this.hold(side, slot, at);
			}
			const crossId = records[at].keys?.crossId;
			const named = crossId ? slots[CROSS[side]].get(crossId) : undefined;
			if (named !== undefined) this.hold(side, named, at);
		}
	}

	private holdNamed(side: Side, slot: Slot, at: number): void {
		this.hold(side, slot, at);
		if (this.run[side].place[at] === OPEN) this.held[side][at] = [...this.of(side, at), slot];
	}

	private slotOf(kind: number, key: string): Slot {
		const known = this.slots[kind].get(key);
		if (known !== undefined) return known;
		const slot = this.size++;
		this.slots[kind].set(key, slot);
		this.counts.A.push(0);
		this.counts.B.push(0);
		this.firsts.A.push(-1);
		this.firsts.B.push(-1);
		return slot;
	}

	private hold(side: Side, slot: Slot, at: number): void {
		if (this.counts[side][slot]++ === 0) {
			this.firsts[side][slot] = at;
			return;
		}
		const more = this.more[side].get(slot);
		if (more) more.push(at);
		else this.more[side].set(slot, [at]);
	}
}
