import { KEY_LABELS, KEY_TYPES, SHARED_TYPES, keyHash } from '../values/identityKeys';
import { SIDES, other } from '../state/compilePolicy';
import type { PlanRun } from '../state/planRun';
import type { Both, Side } from '../contract/input';

/**
 * One step of the matching: keys of one certainty. The first step is the id that a record names on the
 * other side. The other steps are `KEY_TYPES` in their order.
 */
export interface Level {
	label: string;
	/** The index in `KEY_TYPES`; -1 for the ids of the other side. */
	type: number;
}

export const LEVELS: readonly Level[] = [
	{ label: KEY_LABELS.crossId, type: -1 },
	...KEY_TYPES.map((type, at) => ({ label: KEY_LABELS[type], type: at })),
];

/** The number of one key in the index. */
export type Slot = number;

/**
 * The holders of each key of one level. Only keys of open records are in it. But all records are counted:
 * a key that a linked record holds too does not tell an open one apart.
 *
 * Each level has an index of its own. A record that a surer key has linked is only counted there.
 */
export class KeyIndex {
	private readonly slots = new Map<string, Slot>();
	private readonly holdersOf: Both<number[][]> = { A: [], B: [] };

	constructor(
		private readonly run: PlanRun,
		private readonly level: Level,
	) {
		this.addOpen('A', true);
		// A key that no open record of side A holds matters where other records of A hold it, or get created.
		const matters = level.type < 0 || run.policy.policy.create.A || run.A.hasDecided();
		this.addOpen('B', matters);
		if (this.size > 0) for (const side of SIDES) this.countOthers(side);
	}

	/** The number of keys. Slots are the numbers below it. */
	get size(): number {
		return this.slots.size;
	}

	/** The index of its type of key in `KEY_TYPES`. */
	get type(): number {
		return this.level.type;
	}

	/** The number of records of the side that hold the key. */
	count(side: Side, slot: Slot): number {
		return this.holdersOf[side][slot].length;
	}

	/** The first record of the side that holds the key. */
	first(side: Side, slot: Slot): number {
		return this.holdersOf[side][slot][0];
	}

	holders(side: Side, slot: Slot): readonly number[] {
		return this.holdersOf[side][slot];
	}

	/** The hash of a key that can be shared: of a mailbox or a phone. */
	sharedHash(slot: Slot): string | undefined {
		const { type } = this.level;
		if (type < SHARED_TYPES) return undefined;
		for (const side of SIDES) {
			if (this.count(side, slot) === 0) continue;
			const keys = this.keysOf(side, this.first(side, slot));
			const key = keys.find((one) => this.slots.get(one) === slot);
			if (key !== undefined) return keyHash(type, key);
		}
		return undefined;
	}

	/** The keys of a record. */
	of(side: Side, at: number): Slot[] {
		return this.keysOf(side, at)
			.map((key) => this.slots.get(key))
			.filter((slot) => slot !== undefined);
	}

	private addOpen(side: Side, adds: boolean): void {
		if (!adds && this.size === 0) return;
		for (const at of this.run[side].open()) {
			for (const key of this.keysOf(side, at)) {
				const slot = this.slots.get(key) ?? (adds ? this.newSlot(key, side, at) : undefined);
				if (slot !== undefined) this.holdersOf[side][slot].push(at);
			}
		}
	}

	/** Counts the records about which something is decided: their keys are not free. */
	private countOthers(side: Side): void {
		for (const at of this.run[side].decided()) {
			if (this.run[side].skipped.get(at) === 'alias') continue;
			for (const key of this.keysOf(side, at)) {
				const slot = this.slots.get(key);
				if (slot !== undefined) this.holdersOf[side][slot].push(at);
			}
		}
	}

	private keysOf(side: Side, at: number): readonly string[] {
		const { keys } = this.run[side].records[at];
		if (this.level.type >= 0) return this.run.keys.ofType(keys, this.level.type);
		return keys?.crossId ? [`${other(side)} ${keys.crossId}`] : [];
	}

	private newSlot(key: string, side: Side, at: number): Slot {
		const slot = this.size;
		this.slots.set(key, slot);
		for (const one of SIDES) this.holdersOf[one].push([]);
		if (this.level.type < 0) {
			// The named record holds the key too.
			const named = this.run[other(side)].find(this.run[side].records[at].keys?.crossId ?? '');
			if (named >= 0) this.holdersOf[other(side)][slot].push(named);
		}
		return slot;
	}
}
