import type { LinkRow, Resolution, ReviewRow } from '../../../../nodes/ContactSync/reconcile';

/** The links table of a workflow. */
export interface LinkTable {
	readonly rows: readonly LinkRow[];
	insert(rows: readonly LinkRow[]): void;
	/** The highest id of the rows that are there. */
	newestRowId(): number;
	/**
	 * Removes the rows of lower generations, but for those that came after the row of this id.
	 *
	 * @returns pairs that are of use, and of which no row as new is left
	 */
	deleteBelow(generation: number, newestRowId: number): string[];
	/** A person deletes rows by hand. */
	remove(isWrong: (row: LinkRow) => boolean): void;
}

/** As on n8n's Data Tables: rows are only appended, and many are deleted at once. */
export class AppendedLinks implements LinkTable {
	rows: LinkRow[] = [];
	private readonly ids = new Map<LinkRow, number>();

	insert(rows: readonly LinkRow[]): void {
		const added = structuredClone([...rows]);
		for (const row of added) this.ids.set(row, this.ids.size + 1);
		this.rows.push(...added);
	}

	newestRowId(): number {
		return this.ids.size;
	}

	deleteBelow(generation: number, newestRowId: number): string[] {
		const before = newestRevs(this.rows);
		const isKnown = (row: LinkRow) => (this.ids.get(row) ?? 0) <= newestRowId;
		this.remove((row) => row.generation < generation && isKnown(row));
		const left = newestRevs(this.rows);
		return [...before].flatMap(([pairId, rev]) => ((left.get(pairId) ?? -1) < rev ? [pairId] : []));
	}

	remove(isWrong: (row: LinkRow) => boolean): void {
		this.rows = this.rows.filter((row) => !isWrong(row));
	}
}

/** As on Postgres: `ON CONFLICT ("pairId") DO UPDATE … WHERE excluded.rev >= links.rev`. */
export class UpsertedLinks implements LinkTable {
	private readonly byPair = new Map<string, LinkRow>();

	get rows(): LinkRow[] {
		return [...this.byPair.values()];
	}

	insert(rows: readonly LinkRow[]): void {
		for (const row of rows) {
			const known = this.byPair.get(row.pairId);
			if (!known || row.rev >= known.rev) this.byPair.set(row.pairId, structuredClone(row));
		}
	}

	newestRowId(): number {
		return 0;
	}

	/** The statement of the workflow deletes nothing: each pair has one row. */
	deleteBelow(): string[] {
		return [];
	}

	remove(isWrong: (row: LinkRow) => boolean): void {
		for (const row of this.rows) if (isWrong(row)) this.byPair.delete(row.pairId);
	}
}

function newestRevs(rows: readonly LinkRow[]): Map<string, number> {
	const newest = new Map<string, LinkRow>();
	for (const row of rows)
		if (row.rev > (newest.get(row.pairId)?.rev ?? -1)) newest.set(row.pairId, row);
	const isOfUse = ({ state }: LinkRow) => state !== 'expired';
	return new Map([...newest.values()].filter(isOfUse).map(({ pairId, rev }) => [pairId, rev]));
}

/** A row of the review table: a question, a person's answer, or what became of one. */
export type StoredReview = ReviewRow;

export class ReviewTable {
	rows: StoredReview[] = [];
	/** All that was ever in it. */
	readonly history: StoredReview[] = [];

	insert(rows: readonly StoredReview[]): void {
		this.rows.push(...structuredClone(rows));
		this.history.push(...structuredClone(rows));
	}

	deleteBelow(generation: number): void {
		this.rows = this.rows.filter((row) => row.generation >= generation);
	}

	/** What the form shows: of each question the newest row, if it waits for somebody. */
	open(): StoredReview[] {
		const newest = new Map<string, StoredReview>();
		for (const row of this.rows) {
			const known = newest.get(row.conflictId);
			if (!known || row.generation >= known.generation) newest.set(row.conflictId, row);
		}
		return [...newest.values()].filter((row) => row.status === 'open' && row.choose === '');
	}

	asRead(): Resolution[] {
		return structuredClone(this.rows);
	}
}

/** The row of the table of runs: who may write, and until when. */
export class Lease {
	holder = '';
	takenAt = 0;
	private until = 0;

	/** @returns whether the run has it now */
	take(holder: string, now: number, span: number): boolean {
		if (this.until > now) return false;
		this.holder = holder;
		this.takenAt = now;
		this.until = now + span;
		return true;
	}

	/** @returns whether the run still has it */
	renew(holder: string, now: number, span: number): boolean {
		if (this.holder !== holder) return false;
		this.until = now + span;
		return true;
	}

	giveBack(holder: string): void {
		if (this.holder === holder) this.until = 0;
	}
}
