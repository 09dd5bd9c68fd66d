import type { RecordCounts, SkipReason } from '../contract/output';
import type { Side, SideInput, SyncRecord } from '../contract/input';

/** What the run has decided about a record so far. The summary counts each record under it. */
export type Decision =
	| 'open'
	| 'linked'
	| 'newlyLinked'
	| 'toCreate'
	| 'ambiguous'
	| 'held'
	| 'skipped';

/** The records of one side, each with the decision about it. A record is named by its index. */
export class SideRecords {
	readonly records: readonly SyncRecord[];
	readonly decisions: Decision[];
	readonly skipped = new Map<number, SkipReason>();
	/** Ids that several records have. None of these records is used. */
	readonly duplicateIds = new Set<string>();
	withoutId = 0;
	private readonly byId = new Map<string, number>();

	constructor(
		readonly side: Side,
		readonly input: SideInput,
	) {
		const { records } = input;
		this.records = records;
		this.decisions = new Array<Decision>(records.length).fill('open');
		for (let at = 0; at < records.length; at++) this.add(at, records[at].id);
	}

	/** The index of the record with this id; -1 if it is not here. */
	find(id: string): number {
		return this.byId.get(id) ?? -1;
	}

	skip(at: number, reason: SkipReason): void {
		this.decisions[at] = 'skipped';
		this.skipped.set(at, reason);
	}

	isOpen(at: number): boolean {
		return this.decisions[at] === 'open';
	}

	/** The records about which nothing is decided. */
	open(): number[] {
		return this.indexes((decision) => decision === 'open');
	}

	/** The records about which something is decided. */
	decided(): number[] {
		return this.indexes((decision) => decision !== 'open');
	}

	hasDecided(): boolean {
		return this.decisions.some((decision) => decision !== 'open');
	}

	counts(): RecordCounts {
		const counts = { linked: 0, newlyLinked: 0, toCreate: 0, ambiguous: 0, held: 0, skipped: 0 };
		for (const decision of this.decisions) if (decision !== 'open') counts[decision]++;
		return counts;
	}

	private indexes(wanted: (decision: Decision) => boolean): number[] {
		const found: number[] = [];
		for (let at = 0; at < this.decisions.length; at++) {
			if (wanted(this.decisions[at])) found.push(at);
		}
		return found;
	}

	private add(at: number, id: string): void {
		if (typeof id !== 'string' || id === '') {
			this.decisions[at] = 'held';
			this.withoutId++;
			return;
		}
		const before = this.byId.get(id);
		if (before === undefined) {
			this.byId.set(id, at);
			return;
		}
		this.decisions[at] = 'held';
		this.decisions[before] = 'held';
		this.duplicateIds.add(id);
	}
}
