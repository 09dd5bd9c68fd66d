import type { RecordCounts, SkipReason } from './results';
import type { Side, SideInput, SyncRecord } from './types';

/** What has become of a record: it is counted where it ends up. */
export const OPEN = 0;
export const LINKED = 1;
export const NEWLY_LINKED = 2;
export const TO_CREATE = 3;
export const AMBIGUOUS = 4;
export const HELD = 5;
export const SKIPPED = 6;

/** The records of one side, by id, each with what has become of it. */
export class Population {
	readonly records: readonly SyncRecord[];
	readonly place: Uint8Array;
	readonly skipped = new Map<number, SkipReason>();
	/** Ids that several records have; none of these records is used. */
	readonly duplicateIds = new Set<string>();
	withoutId = 0;
	private readonly index = new Map<string, number>();

	constructor(
		readonly side: Side,
		readonly input: SideInput,
	) {
		const { records } = input;
		this.records = records;
		this.place = new Uint8Array(records.length);
		for (let at = 0; at < records.length; at++) this.take(at, records[at].id);
	}

	/** Where the record with this id is; -1 if it is not here. */
	find(id: string): number {
		return this.index.get(id) ?? -1;
	}

	skip(at: number, reason: SkipReason): void {
		this.place[at] = SKIPPED;
		this.skipped.set(at, reason);
	}

	/** The records nothing has been decided about. */
	open(): number[] {
		const found: number[] = [];
		for (let at = 0; at < this.place.length; at++) if (this.place[at] === OPEN) found.push(at);
		return found;
	}

	counts(): RecordCounts {
		const places = [0, 0, 0, 0, 0, 0, 0];
		for (const place of this.place) places[place]++;
		const [, linked, newlyLinked, toCreate, ambiguous, held, skipped] = places;
		return { linked, newlyLinked, toCreate, ambiguous, held, skipped };
	}

	private take(at: number, id: string): void {
		if (typeof id !== 'string' || id === '') {
			this.place[at] = HELD;
			this.withoutId++;
			return;
		}
		const before = this.index.get(id);
		if (before === undefined) {
			this.index.set(id, at);
			return;
		}
		this.place[at] = HELD;
		this.place[before] = HELD;
		this.duplicateIds.add(id);
	}
}
