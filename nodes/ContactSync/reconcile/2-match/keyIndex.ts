import { print } from '../values/fingerprint';
import { KEY_LABELS, KEY_TYPES } from '../values/identityKeys';
import { OPEN } from '../state/sideRecords';
import { SIDES, other } from '../state/compilePolicy';
import { PrintTable } from '../fast/fingerprintTable';
import type { Run } from '../state/planRun';
import type { Both, Side } from '../contract/input';

/**
 * One step of the matching: keys of one sureness. The first step is the id that a record names on the
 * other side; the others are `KEY_TYPES` in their order.
 */
export interface Level {
	label: string;
	/** Place in `KEY_TYPES`; -1 for the ids of the other side. */
	type: number;
}

export const LEVELS: readonly Level[] = [
	{ label: KEY_LABELS.crossId, type: -1 },
	...KEY_TYPES.map((type, at) => ({ label: KEY_LABELS[type], type: at })),
];

const mine = { x: 0, y: 0 };

/** Stands for one key. */
export type Slot = number;

/**
 * Who holds which key of one level. Only keys of records that nothing has been decided about are in
 * it, but all records are counted: a key that somebody else holds too tells nobody apart.
 *
 * Made anew for each level: what a surer key has linked is then only looked at.
 */
export class KeyIndex {
	/** How many keys there are: slots are the numbers below. */
	size = 0;
	private readonly slots: PrintTable;
	private counts: Both<Int32Array>;
	private firsts: Both<Int32Array>;
	/** Holders after the first. */
	private readonly more: Both<Map<Slot, number[]>> = { A: new Map(), B: new Map() };

	constructor(
		private readonly run: Run,
		private readonly level: Level,
	) {
		this.slots = new PrintTable(64);
		this.counts = { A: new Int32Array(64), B: new Int32Array(64) };
		this.firsts = { A: new Int32Array(64), B: new Int32Array(64) };
		this.addOpen('A', true);
		// What no open record of side A holds matters where others of A may hold it, or would be created.
		const matters = level.type < 0 || run.policy.policy.create.A || run.A.place.some(isDecided);
		this.addOpen('B', matters);
		if (this.size > 0) for (const side of SIDES) this.countRest(side);
	}

	/** The place of its kind of key in `KEY_TYPES`. */
	get type(): number {
		return this.level.type;
	}

	/** Whether the two really hold the same key: the index knows only prints. */
	share(a: number, b: number): boolean {
		if (this.level.type < 0) return this.names('A', a, b) || this.names('B', b, a);
		const list = this.keysOf('A', a);
		if (list.length === 1) {
			const [key] = list;
			return this.keysOf('B', b).includes(key);
		}
		const keys = [...list];
		return this.keysOf('B', b).some((key) => keys.includes(key));
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

	/** The keys of a record. */
	of(side: Side, at: number): Slot[] {
		const slots: Slot[] = [];
		for (const key of this.keysOf(side, at)) {
			print(key, mine);
			const slot = this.slots.get(mine);
			if (slot >= 0) slots.push(slot);
		}
		return slots;
	}

	private names(side: Side, at: number, theirs: number): boolean {
		const { crossId } = this.run[side].records[at].keys ?? {};
		return crossId === this.run[other(side)].records[theirs].id;
	}

	private addOpen(side: Side, adds: boolean): void {
		if (!adds && this.size === 0) return;
		const { place } = this.run[side];
		for (let at = 0; at < place.length; at++) {
			if (place[at] !== OPEN) continue;
			for (const key of this.keysOf(side, at)) {
				print(key, mine);
				let slot = this.slots.get(mine);
				if (slot < 0 && adds) slot = this.newSlot(side, at);
				if (slot >= 0) this.hold(side, slot, at);
			}
		}
	}

	/** Records that are linked or held already: their keys are not free. */
	private countRest(side: Side): void {
		const { place, skipped } = this.run[side];
		for (let at = 0; at < place.length; at++) {
			if (place[at] === OPEN || skipped.get(at) === 'alias') continue;
			for (const key of this.keysOf(side, at)) {
				print(key, mine);
				const slot = this.slots.get(mine);
				if (slot >= 0) this.hold(side, slot, at);
			}
		}
	}

	private keysOf(side: Side, at: number): readonly string[] {
		const { keys } = this.run[side].records[at];
		if (this.level.type >= 0) return this.run.keys.ofType(keys, this.level.type);
		return keys?.crossId ? [`${other(side)} ${keys.crossId}`] : [];
	}

	/** For the key whose print was made last. */
	private newSlot(side: Side, at: number): Slot {
		const slot = this.slots.getOrSet(mine, this.size++);
		if (this.size > this.counts.A.length) {
			this.counts = { A: twice(this.counts.A), B: twice(this.counts.B) };
			this.firsts = { A: twice(this.firsts.A), B: twice(this.firsts.B) };
		}
		if (this.level.type < 0) {
			// The record that is named holds the key too.
			const named = this.run[other(side)].find(this.run[side].records[at].keys?.crossId ?? '');
			if (named >= 0) this.hold(other(side), slot, named);
		}
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

const isDecided = (place: number) => place !== OPEN;

function twice(numbers: Int32Array): Int32Array {
	const grown = new Int32Array(2 * numbers.length);
	grown.set(numbers);
	return grown;
}
