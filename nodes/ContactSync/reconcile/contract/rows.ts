/**
 * What is stored between runs, as flat rows that fit an n8n Data Table or a table of any database:
 * three tables, each with its list of columns.
 *
 * - **links** (`LINK_COLUMNS`): one row a pair of records, and one row for the run itself.
 * - **review** (`REVIEW_COLUMNS`): what a person should look at. An answer is a copy of the row with
 *   `choose`, `value`, `by` and `at`.
 * - **audit** (`AUDIT_COLUMNS`): one row a decision.
 *
 * Rows are only ever appended. Of links the row with the highest `rev` counts, of review rows the one with
 * the highest `generation`; a full run replaces all of them by rows of a new generation, and the older ones
 * may then be deleted.
 *
 * A Data Table adds `id`, `createdAt` and `updatedAt` to each row and gives `null` for an empty
 * cell: both are fine on the way in.
 */

/** A column of a stored table, in the words of n8n's Data Table. */
export interface Column {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

/** The columns of a table that holds such rows: each key of the row, and no other. */
const columns = <Row>(spec: Record<keyof Row & string, Column['type']>): Column[] =>
	Object.entries<Column['type']>(spec).map(([name, type]) => ({ name, type }));

/** The two accounts that a row is about. One table may hold the rows of many clients. */
export interface AccountPair {
	/** HighLevel location ID; empty: the location of the credential. */
	location: string;
	/** HeyReach workspace ID; empty: the workspace of the credential. */
	workspace: string;
}

/**
 * - `linked`: the two records are the same person and are kept the same.
 * - `pendingCreate`: the record on the side whose id is empty is about to be created.
 * - `tombstone`: the record is gone on a side. It is never created again.
 * - `keepApart`: a person has said that these two records are not the same person; without ids, that the
 *   mailbox or phone in `keys` is shared by many and tells nothing about who somebody is.
 * - `expired`: of no further use; may be deleted from the table.
 * - `run`: not a pair, but what the run itself has to remember (`RUN_ROW_ID`).
 */
export type LinkState = 'linked' | 'pendingCreate' | 'tombstone' | 'keepApart' | 'expired' | 'run';

/**
 * One version of a row of the links table. Of one `pairId` the highest `rev` counts, and of equal ones the
 * highest `generation`. Two different rows of one `rev` are both held back and reported.
 */
export interface LinkRow extends AccountPair {
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
	/** Grows each time all present rows are stored again so that the older ones can be deleted; from 0. */
	generation: number;
	/** Recent writes of fields, and the fields that are frozen: `3-merge/breaker.ts` says how they are written. */
	writes: string;
}

export const LINK_COLUMNS: Column[] = columns<LinkRow>({
	location: 'string',
	workspace: 'string',
	pairId: 'string',
	aId: 'string',
	bId: 'string',
	state: 'string',
	rev: 'number',
	base: 'string',
	aliases: 'string',
	keys: 'string',
	opKey: 'string',
	fullRuns: 'number',
	changedAt: 'date',
	generation: 'number',
	writes: 'string',
});

/**
 * `pairId` and `state` of the row that is not a pair: `base` is the hash of the policy that was last
 * previewed, `keys` its settings (`PlanInput.kept`), `fullRuns` the number of full runs carried out, `changedAt` the last run, `opKey` what the
 * first real run was to do, until a run has come to its end (`5-emit/firstRunProgress.ts`).
 */
export const RUN_ROW_ID = 'run';

export type ReviewStatus =
	/** Waits for a person (or for the cause to go away). */
	| 'open'
	/** Decided by a rule; to know, not to do. */
	| 'info'
	/** The write that carries out a person's answer is under way. */
	| 'underWay'
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
	| 'oscillation' // the two services rewrite it in turn: frozen
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
	| 'answer' // an answer whose row does not tell its question
	| 'notWritten' // a field that could not be written again, nor the time before
	| 'halfReadSide';

/**
 * Something to look at. An item of the output Needs Review, a row of the review table, and, with its
 * `choose` filled in, the answer that the next Plan obeys. Of one `conflictId` the row with the highest
 * `generation` counts.
 */
export interface ReviewRow extends AccountPair {
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
	/** When the row was written (epoch ms): by the run, or by the person who answered. */
	generation: number;
}

/** Whether the row is a question that waits for an answer. */
export const isQuestion = ({ status, choose }: Pick<ReviewRow, 'status' | 'choose'>): boolean =>
	status === 'open' && choose === '';

export const REVIEW_COLUMNS: Column[] = columns<ReviewRow>({
	location: 'string',
	workspace: 'string',
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
	generation: 'number',
});

/**
 * A stored row of the review table: a `ReviewRow`, or a row with some of its columns. With `choose` filled
 * in and a status other than `applied` and `stale` it is a person's answer. Of several answers the one that
 * was given last counts (`at`; where that is empty `generation`).
 */
export type Resolution = Pick<ReviewRow, 'conflictId' | 'choose'> & {
	[Name in Exclude<keyof ReviewRow, 'conflictId' | 'choose' | 'generation'>]?:
		| ReviewRow[Name]
		| ''
		| null;
} & { generation?: number | null };

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

/** One decision. */
export interface AuditRow extends AccountPair {
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

export const AUDIT_COLUMNS: Column[] = columns<AuditRow>({
	location: 'string',
	workspace: 'string',
	runId: 'string',
	at: 'date',
	pairId: 'string',
	aId: 'string',
	bId: 'string',
	side: 'string',
	field: 'string',
	kind: 'string',
	rule: 'string',
	winner: 'string',
	before: 'string',
	after: 'string',
	other: 'string',
	opKey: 'string',
	applied: 'string',
	actor: 'string',
	error: 'string',
});
