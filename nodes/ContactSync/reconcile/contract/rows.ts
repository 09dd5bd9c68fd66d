/**
 * What is stored between runs, as flat rows that fit an n8n Data Table or a table of any database:
 * three tables, each with its list of columns.
 *
 * - **links** (`LINK_COLUMNS`): one row a pair of records, and one row for the run itself.
 * - **review** (`REVIEW_COLUMNS`): what a person should look at. The same row is where the person
 *   answers, in the columns `choose`, `value`, `by` and `at`.
 * - **audit** (`AUDIT_COLUMNS`): one row a decision; only ever appended.
 *
 * A Data Table adds `id`, `createdAt` and `updatedAt` to each row and gives `null` for an empty
 * cell: both are fine on the way in.
 */

/** A column of a stored table, in the words of n8n's Data Table. */
export interface Column {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

const columns = (spec: Record<string, Column['type']>): Column[] =>
	Object.entries(spec).map(([name, type]) => ({ name, type }));

/**
 * - `linked`: the two records are the same person and are kept the same.
 * - `pendingCreate`: the record on the side whose id is empty is about to be created.
 * - `tombstone`: the record is gone on a side. It is never created again.
 * - `keepApart`: a person has said that these two records are not the same person.
 * - `expired`: of no further use; may be deleted from the table.
 * - `run`: not a pair, but what the run itself has to remember (`RUN_ROW_ID`).
 */
export type LinkState = 'linked' | 'pendingCreate' | 'tombstone' | 'keepApart' | 'expired' | 'run';

/**
 * A row of the links table, unique by `pairId`.
 *
 * Store it with “update where `pairId` and `rev` = `rev` - 1, else insert if `rev` is 1”: a row that
 * somebody else has changed meanwhile is then left alone, and the next plan begins from what it is.
 */
export interface LinkRow {
	pairId: string;
	/** Record id on side A (GHL contact); empty where there is none yet. */
	aId: string;
	/** Record id on side B (HeyReach lead); empty where there is none yet. */
	bId: string;
	state: LinkState;
	/** Grows by one each time the row is written. */
	rev: number;
	/** What both sides were when they were last in step: `base.ts` says how it is written. */
	base: string;
	/**
	 * Former ids of the two records, as `A:id` and `B:id` with spaces between; and the writes that a
	 * service did not take the last time (`left.ts`), as `!hash`.
	 */
	aliases: string;
	/**
	 * Hashes of identity keys, with spaces between. Kept only where the ids do not suffice to find the
	 * person again: pending creates, tombstones, and ids that HeyReach will replace (`imp_…`).
	 */
	keys: string;
	/** The `opKey` of the plan item that created, or is about to create, one of the records; else empty. */
	opKey: string;
	/** How many full runs had been made when the row was written (tombstones age by it). */
	fullRuns: number;
	/** ISO moment (UTC) of the run that wrote the row. */
	changedAt: string;
}

/**
 * `pairId` and `state` of the row that is not a pair: `base` is the hash of the policy that was last
 * previewed, `fullRuns` the number of full runs carried out, `changedAt` the last run, `opKey` what the
 * first real run was to do, until a run has come to its end (`5-emit/firstRunProgress.ts`).
 */
export const RUN_ROW_ID = 'run';

export type ReviewStatus =
	/** Waits for a person (or for the cause to go away). */
	| 'open'
	/** Decided by a rule; to know, not to do. */
	| 'info'
	/** A person's answer was carried out. */
	| 'applied'
	/** A person's answer came too late: the values have changed since. */
	| 'stale';

/** What a person may answer: see `ReviewRow.choose`. */
export type Choice = 'A' | 'B' | 'value' | 'skip' | 'link' | 'keepApart';

export type ReviewKind =
	// one field of a linked pair
	| 'concurrent' // both sides changed it
	| 'initial' // the sides differed when they were first linked
	| 'setVsClear' // one side changed it, the other cleared it
	| 'deleteVsUpdate' // the record is gone on one side and was changed on the other
	// records that may be one person
	| 'ambiguous' // several records hold the same key
	| 'contradiction' // a weaker key says same person, a stronger key says not
	| 'taken' // a record with this key exists already, linked to somebody else
	| 'duplicateSameSide' // the side has this person more than once
	| 'mergeCollision' // merged into a record that has a link of its own
	// bad input
	| 'recordWithoutId'
	| 'duplicateId'
	| 'mappingNotOneToOne'
	| 'badMappingRow'
	| 'unknownField'
	| 'staleResolution'
	| 'notWritten' // a field that could not be written again, nor the time before
	| 'halfReadSide';

/**
 * Something to look at; flat, unique by `conflictId`. An item of the output Needs Review, a row of
 * the review table, and, once its `choose` is filled in, the resolution that the next Plan obeys.
 */
export interface ReviewRow {
	/** The same in every run for as long as the cause is the same. */
	conflictId: string;
	kind: ReviewKind;
	status: ReviewStatus;
	/** Who it is about, as a person would say it. */
	name: string;
	/** What happened, in a sentence for somebody who knows the contacts and not the software. */
	reason: string;
	/** What they can do. */
	whatToDo: string;
	/** What may stand in `choose`, with commas between; empty if there is nothing to choose. */
	choices: string;
	pairId: string;
	/** Id of the record on side A; several (at most 20) with spaces between. */
	aId: string;
	bId: string;
	/** The row of the field table, where it is about a field. */
	field: string;
	/** The field's value on each side, as text. */
	valueA: string;
	valueB: string;
	/** The rule that decided, or that left it open. */
	rule: string;
	/** The side whose value was taken, where a rule decided. */
	winner: '' | 'A' | 'B';
	runId: string;
	/**
	 * The answer; empty until a person gives one. Of a field: `A` or `B` takes that side's value, `value`
	 * what stands in the column `value`, `skip` leaves both as they are. Of records: `link` links the two
	 * in `aId` and `bId` (where several stand there, `value` says which: two ids with a space between),
	 * `keepApart` never proposes them again.
	 */
	choose: '' | Choice;
	value: string;
	/** Who answered. */
	by: string;
	/** When (ISO). */
	at: string;
}

export const REVIEW_COLUMNS: Column[] = columns({
	conflictId: 'string',
	kind: 'string',
	status: 'string',
	name: 'string',
	reason: 'string',
	whatToDo: 'string',
	choices: 'string',
	pairId: 'string',
	aId: 'string',
	bId: 'string',
	field: 'string',
	valueA: 'string',
	valueB: 'string',
	rule: 'string',
	winner: 'string',
	runId: 'string',
	choose: 'string',
	value: 'string',
	by: 'string',
	at: 'string',
});

/**
 * A person's answer: a `ReviewRow` with `choose` filled in, or a row with just these columns. Rows
 * with an empty `choose`, or with the status `applied` or `stale`, are no answers.
 */
export interface Resolution {
	conflictId: string;
	choose: Choice | '';
	value?: string | null;
	by?: string | null;
	at?: string | null;
	status?: ReviewStatus | '' | null;
	/** With it a partial run can tell an answer that is out of date from one about another pair. */
	pairId?: string | null;
}

/** What became of an answer: update the review row with this `conflictId`. */
export interface ResolutionOutcome {
	conflictId: string;
	status: 'applied' | 'stale';
}

export type AuditKind =
	| 'changed' // one side changed it, the other follows
	| 'filled' // a blank was filled
	| 'cleared' // one side cleared it, the other follows
	| 'conflict' // both changed it and a rule decided
	| 'setVsClear' // one changed it, the other cleared it: the value stays
	| 'initial' // they differed when first linked and a rule decided
	| 'resolved' // a person decided
	| 'clearKept' // a side cleared it; the other keeps its value
	| 'directionBlocked' // a change that may not travel this way
	| 'notOverwritten' // a change that the rule Fill Blanks does not let overwrite
	| 'alteredByPeer' // the value read back is not the value written
	| 'tagAdded'
	| 'tagRemoved'
	| 'tagKept' // one side added the tag, the other removed it: it stays
	| 'created'
	| 'linked' // by a person, or again; links found by a key are in the links table alone
	| 'renamed' // an id was replaced by another (`imp_…`, merged contacts)
	| 'gone' // the record is gone on a side: unlinked
	| 'keptApart';

/** One decision; append only. */
export interface AuditRow {
	runId: string;
	/** ISO moment of the run. */
	at: string;
	pairId: string;
	aId: string;
	bId: string;
	/** The side that was written, or empty where nothing was. */
	side: '' | 'A' | 'B';
	/** The row of the field table, `tags`, or empty where it is about the record. */
	field: string;
	kind: AuditKind;
	rule: string;
	winner: '' | 'A' | 'B';
	/** Value of the written side before and after, and of the other side, as text; empty if the policy keeps values out. */
	before: string;
	after: string;
	other: string;
	opKey: string;
	/**
	 * `planned`: about to overwrite a value, on record before it is written. `ok`, `failed`, `stale`
	 * (the record had changed meanwhile, nothing written): how it ended. `none`: nothing to write.
	 */
	applied: 'planned' | 'ok' | 'failed' | 'stale' | 'none';
	/** `rule`, or who answered a conflict. */
	actor: string;
	/** Why the write failed. */
	error: string;
}
