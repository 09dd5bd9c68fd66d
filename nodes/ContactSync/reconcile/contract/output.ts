import type { AuditKind, AuditRow, LinkRow, ReviewRow } from './rows';
import type { Both, BrakeName, Normaliser, RecordKeys, Side, Value } from './input';

/** One field that a plan item writes; for Commit and the audit. */
export interface Change {
	/** The row of the field table. */
	field: string;
	/** The field's name on the written side. */
	name: string;
	before: Value;
	after: Value;
	/** The other side's value, where it is not `after`. */
	other?: Value;
	kind: AuditKind;
	rule: string;
	winner: Side | '';
	/** `rule`, or who answered. */
	actor: string;
	/** The answer that this carries out. */
	conflictId?: string;
	normalise: Normaliser;
	/** Both sides are written to the same value: the base moves only when both have it. */
	needsBoth?: boolean;
}

/**
 * One write, for Apply. It is complete: nothing has to be looked up in the
 * workflow, and Commit needs nothing else.
 */
export interface PlanItem {
	action: 'create' | 'update';
	side: Side;
	/** The record to update; empty for a create. */
	id: string;
	/** The record on the other side. */
	sourceId: string;
	/** Who it is, for people to read. */
	name: string;
	/** What the service can find the record by: the target's own for an update, the source's for a create. */
	keys: RecordKeys;
	/** Only what changes, by the side's field names. `null` clears. */
	set: Record<string, Value>;
	addTags: string[];
	removeTags: string[];
	/** Those of `addTags` that the source does not have. */
	ownTags?: string[];
	/** What the plan saw at the target in the fields of `set`. If it is another now, apply nothing and report `stale`. */
	expect: Record<string, Value>;
	/** A create that may have happened already (a run that ended early): look before creating. */
	lookUpFirst: boolean;
	/** Names the write: the same plan gives the same key, so that it can be done once. */
	opKey: string;
	runId: string;
	changes: Change[];
	/** The link as it is without this write. */
	link: LinkRow;
	/** What of it the links table has, where that is not the same. */
	stored?: Stored;
}

/** A row that says that nothing was written must not differ from the one of its revision in the table. */
export type Stored = Pick<LinkRow, 'rev' | 'base'>;

/** A record that was left out, with the reason. */
export interface SkippedRecord {
	side: Side;
	id: string;
	name: string;
	reason: SkipReason;
	/** The reason in a sentence. */
	sentence: string;
}

export type SkipReason =
	/** It has no counterpart, and none is to be created. */
	| 'noCounterpart'
	/** A field without which it cannot be created is blank. */
	| 'missingRequired'
	/** It has a LinkedIn address that cannot be read, so nobody is found by it and nobody created. */
	| 'unreadableAddress'
	/** Opted out. */
	| 'doNotCreate'
	/** Whether it may be created could not be found out. */
	| 'unknownStatus'
	/** Gone on the other side before: never created again. */
	| 'tombstone'
	/** A person has said that it is not the same as the record that has its key. */
	| 'keptApart'
	/** Its create is under way. */
	| 'createUnderWay'
	/** The other side, or its own, was not read to its end. */
	| 'halfRead'
	/** Partial run: it waits for the next full run. */
	| 'waitsForFullRun'
	/** A former id of a linked record. */
	| 'alias'
	/** Its counterpart was not among the records of this run. */
	| 'counterpartUnseen'
	/** Its counterpart is gone: unlinked in this run. */
	| 'gone';

/** Every record of the input is counted in exactly one of these. */
export interface RecordCounts {
	linked: number;
	newlyLinked: number;
	/** Sources of a create on the other side. */
	toCreate: number;
	/** In Needs Review because it could be several people, or one person twice. */
	ambiguous: number;
	/** Held back because the input is wrong. */
	held: number;
	skipped: number;
}

export interface BrakeReport {
	brake: BrakeName;
	side: Side | '';
	measured: number;
	/** What was allowed, the override of this run included. */
	limit: number;
	tripped: boolean;
	/** What was measured, as a part of a sentence. */
	reason: string;
	/** What it means and how it is lifted. */
	sentence: string;
}

export interface SideSummary {
	records: RecordCounts;
	creates: number;
	updates: number;
	fieldsChanged: number;
	tagsAdded: number;
	tagsRemoved: number;
	gone: number;
	skipped: Partial<Record<SkipReason, number>>;
	/** Planned API calls, and how long they take at the service's rate. */
	calls: number;
	minutes: number;
}

export interface Summary {
	runId: string;
	mode: 'full' | 'partial';
	dryRun: boolean;
	/** True if a brake or the dry run kept everything from being written; the plan is in `preview`. */
	previewOnly: boolean;
	/** What the run does, or would do, in a sentence; then what to do about it. */
	text: string;
	/** Of what is planned, also where it is only a preview. */
	sides: Both<SideSummary>;
	/** Planned calls to both services, and how long all of them take at the services' limits. */
	calls: number;
	secondsLeft: number;
	/** Rows of Needs Review that wait for a person. */
	questions: number;
	pairs: {
		linked: number;
		/** Linked pairs with nothing to write and nothing open. */
		inSync: number;
		newlyLinked: number;
		unlinked: number;
		openConflicts: number;
		ambiguous: number;
	};
	/** Only the brakes that tripped, or that an override has lifted. */
	brakes: BrakeReport[];
	policyHash: string;
	/**
	 * Rows of the links table of a lower generation may be deleted once `links` are stored: each of them has
	 * a newer version. Where nothing is to be deleted no row has a lower one.
	 */
	generation: number;
	/** Whether `links` holds all present rows, so that the older ones can be deleted. */
	compacted: boolean;
	/** Rows of the links and the review table that are about other accounts, and were not used. */
	otherRows: number;
	/**
	 * The row of the run as it is stored before the writes, where the run is to be known as unfinished
	 * until Commit has got this summary.
	 */
	runRow?: LinkRow;
}

export interface PlanOutput {
	/** To store before anything is written: links, pending creates, bases that moved without a write, the run row. */
	links: LinkRow[];
	/** To append before anything is written: decisions without a write, and values about to be overwritten. */
	audit: AuditRow[];
	applyA: PlanItem[];
	applyB: PlanItem[];
	/**
	 * To append: all that waits for a person now, and what becomes of each answer. One row a `conflictId`,
	 * sorted by it. After a full run that has come to its end older rows are of no use.
	 */
	review: ReviewRow[];
	skipped: SkippedRecord[];
	summary: Summary;
	/** What would have been done, had it not been a dry run and no brake tripped. */
	preview?: Pick<PlanOutput, 'links' | 'audit' | 'applyA' | 'applyB'>;
}

// ---------------------------------------------------------------- Commit

/** What Apply has read back after it wrote. */
export interface ApplyResult {
	/** Of the written record; for a create, the new one (or the one found by looking first). */
	id: string;
	/** By the side's field names. A field that was not read back counts as written as asked. */
	fields?: Readonly<Record<string, Value | undefined>>;
	tags?: readonly string[];
	/** Nothing was written, because the record was no longer what the plan saw. */
	stale?: boolean;
	/** Fields (of that side) that were left out, each with the reason; the others were written. */
	left?: Readonly<Record<string, string>>;
	/** Values that another record has, by that side's field names. Of a create nothing was sent then. */
	taken?: readonly { name: string; id: string; owner: string }[];
}

/** A plan item that came back: exactly one of `result` and `error` is there. */
export interface AppliedItem extends PlanItem {
	result?: ApplyResult;
	/** `sent`: whether a create may have been carried out all the same. */
	error?: string | { message?: string; sent?: boolean };
}

export interface CommitInput {
	runId: string;
	/** Epoch ms. */
	now: number;
	/** When the first of these items was written, or tried (epoch ms). Default: `now`. */
	begunAt?: number;
	/**
	 * Applied items of both sides, in any order, repeats allowed. The items of one pair belong into one
	 * call: the row of a pair is written as a whole.
	 */
	items: readonly AppliedItem[];
	/** From the plan's summary: the run has come to its end. */
	runRow?: LinkRow;
	/** Default: yes. */
	auditValues?: boolean;
}

export interface CommitOutput {
	/**
	 * To store. A pair whose writes all failed is among them only where that was a create: the next plan does the
	 * others again.
	 */
	links: LinkRow[];
	/** To append. */
	audit: AuditRow[];
	summary: { ok: number; failed: number; stale: number };
}
