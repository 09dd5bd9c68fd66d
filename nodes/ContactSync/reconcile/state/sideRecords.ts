import { print } from '../values/fingerprint';
import { PrintTable } from '../fast/fingerprintTable';
import type { RecordCounts, SkipReason } from '../contract/output';
import type { Side, SideInput, SyncRecord } from '../contract/input';

/** What has become of a record: it is counted where it ends up. */
export const OPEN = 0;
export const LINKED = 1;
export const NEWLY_LINKED = 2;
export const TO_CREATE = 3;
export const AMBIGUOUS = 4;
export const HELD = 5;
export const SKIPPED = 6;

const mine = { x: 0, y: 0 };

/** The records of one side, by id, each with what has become of it. */
export class Population {
	readonly records: readonly SyncRecord[];
	readonly place: Uint8Array;
	readonly skipped = new Map<number, SkipReason>();
	/** Ids that several records have; none of these records is used. */
	readonly duplicateIds = new Set<string>();
	withoutId = 0;
	private readonly index: PrintTable;
	/** Ids that share their print with another: as good as never. */
	private readonly rest = new Map<string, number>();

	constructor(
		readonly side: Side,
		readonly input: SideInput,
	) {
		const { records } = input;
		this.records = records;
		this.place = new Uint8Array(records.length);
		this.index = new PrintTable(records.length);
		for (let at = 0; at < records.length; at++) this.take(at, records[at].id);
	}

	/** Where the record with this id is; -1 if it is not here. */
	find(id: string): number {
		const at = this.guess(id);
		if (at < 0 || this.records[at].id === id) return at;
		return this.rest.get(id) ?? -1;
	}

	/**
	 * Where the record is whose id has the same print. Who calls this has to look at the record's id when
	 * the record is in hand anyway: to fetch it just for that takes ten times as long as the rest.
	 */
	guess(id: string): number {
		print(id, mine);
		return this.index.get(mine);
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
		print(id, mine);
		let before = this.index.getOrSet(mine, at);
		if (before === at) return;
		if (this.records[before].id !== id) {
			before = this.rest.get(id) ?? -1;
			if (before < 0) {
				this.rest.set(id, at);
				return;
			}
		}
		this.place[at] = HELD;
		this.place[before] = HELD;
		this.duplicateIds.add(id);
	}
}
