import type { AccountPair, LinkRow, Resolution } from './rows';

/** A is HighLevel's contacts, B is HeyReach's leads; the engine treats both alike. */
export type Side = 'A' | 'B';

/** One value for each side. */
export interface Both<T> {
	A: T;
	B: T;
}

/** What a field may hold. `null`, a text of nothing but space, and an empty list are blank. */
export type Value = string | number | boolean | readonly string[] | null;

/** What a record can be recognised by, as the service gives it: the engine brings it to one form. */
export interface RecordKeys {
	/** Id of this person's record on the other side, where this record carries it (a custom field). */
	crossId?: string | null;
	/** LinkedIn's number for the member. Anything but digits (`imp_…`, negative) is no key. */
	memberId?: string | number | null;
	/** Any LinkedIn addresses of the person, Sales Navigator's too. */
	linkedIn?: string | readonly (string | null)[] | null;
	/** A bare LinkedIn name from a field that holds nothing else. */
	handle?: string | null;
	/** The most trusted first. */
	emails?: readonly (string | null)[] | null;
	phone?: string | readonly (string | null)[] | null;
}

/** A contact or lead. */
export interface SyncRecord {
	/** Unique within its side. */
	id: string;
	/** Who it is, for people to read. */
	name?: string;
	keys?: RecordKeys;
	/**
	 * By the side's own field names (`FieldRule.A`, `FieldRule.B`). A value; or `null` for a field known to
	 * be blank; or no such key for a field that was not read, which never causes a write.
	 */
	fields: Readonly<Record<string, Value | undefined>>;
	/** Fields that were read and tell nothing yet, such as the number of a member not looked up. */
	untold?: readonly string[];
	/** No `tags` = not read. */
	tags?: readonly string[];
	/** When the service says it was last changed (epoch ms); for the rule `latest`. */
	updatedAt?: number;
	/** When the service says it was made (epoch ms). */
	addedAt?: number;
	/** When an event said that a field was changed (epoch ms, by field name); for the rule `field`. */
	eventAt?: Readonly<Record<string, number | undefined>>;
	/** Why no record may be made of this one on the other side, such as “has opted out (DND)”. */
	doNotCreate?: string;
	/** Whether a record may be made of this one on the other side could not be found out in this run. */
	maybeCreate?: true;
}

export interface SideInput {
	records: readonly SyncRecord[];
	/** Whether every record of the side is here. Only then can one be missing, new or unique. */
	complete: boolean;
	/** Records known to be deleted (an event, a 404), also where the side is not complete. */
	gone?: readonly string[];
	/** Records known to have been merged into another. */
	merged?: readonly { from: string; into: string }[];
}

export type Direction = 'both' | 'AtoB' | 'BtoA' | 'off';

/**
 * Who wins when both sides changed a field.
 * `A`, `B`: that side, always. `latest`: the record changed last (our own writes count too, and
 * HeyReach gives no such time). `field`: the field changed last, by when a change was first seen.
 * `fillBlank`: a value is never overwritten. `manual`: a person decides.
 */
export type Rule = 'A' | 'B' | 'latest' | 'field' | 'fillBlank' | 'manual';

/** How values are made comparable: see `normalise.ts`. */
export type Normaliser = 'exact' | 'text' | 'caseless' | 'date' | 'email' | 'phone' | 'linkedIn';

/** What a service lets only one record have. */
export type UniqueKind = 'email' | 'phone';

/** One row of the field table. */
export interface FieldRule {
	/** Unique name, for people and for the stored base: keep it when the table changes. */
	field: string;
	/** The field's name in the records of each side. */
	A: string;
	B: string;
	direction: Direction;
	rule: Rule;
	/** Decides where `latest` and `field` cannot. Default: manual. */
	tiebreak?: Side | 'manual';
	/** What a cleared field does to the other side. Default: keep. */
	clear?: 'keep' | 'propagate';
	/** Default: text. */
	normalise?: Normaliser;
	/** Whether a new record gets it even where `direction` does not let changes travel that way, or is off. */
	onCreate?: boolean;
	/** The caller works the values out for some records alone: that no record has one is nothing to report. */
	occasional?: true;
}

/** Tags are sets: what was added on one side is added on the other, what was removed is removed. */
export interface TagRule {
	direction: Direction;
	/** Only these tags are ever touched: those that begin with a prefix, and those listed. Case does not count. */
	prefixes?: readonly string[];
	allow?: readonly string[];
	/** Default: propagate. */
	clear?: 'keep' | 'propagate';
}

export type BrakeName =
	/** A side with no record at all, though it has links. Measured: links. */
	| 'emptySide'
	/** A side that was not read to its end. Nothing is linked, created or taken for gone; cannot be lifted. */
	| 'halfRead'
	/** Measured for each side: records that would be created. Not on the first real run. */
	| 'creates'
	/** Measured for each side: records that would be updated. Not on the first real run. */
	| 'updates'
	/** Measured for each side: records that are gone. */
	| 'gone'
	/** The policy is new or has changed: this run is a preview. Measured: planned writes. */
	| 'newPolicy';

/** What a new record gets beside the values of its source. */
export interface NewRecordDefaults {
	/** By the side's field names. A value of the field table comes before it. */
	fields: Readonly<Record<string, string>>;
	/** Beside those of the source; `Policy.tags` does not limit them. */
	tags: readonly string[];
}

/** A limit is the larger of a number and a share (0..1). */
export interface Limit {
	count: number;
	share: number;
}

export interface Policy {
	fields: readonly FieldRule[];
	tags?: TagRule;
	/** When two records are first linked and both have a value: who wins. `fillBlank`, `manual`: a person decides. */
	initial: Side | 'fillBlank' | 'manual';
	/** Whether records missing on that side are created there. */
	create: Both<boolean>;
	/** Fields (names of that side) without which no record can be created there. */
	requiredToCreate?: Partial<Both<readonly string[]>>;
	/** What a record that is created on that side gets beside the values of its source. */
	created?: Partial<Both<NewRecordDefaults>>;
	/** What the caller has decided values and creates by, as a text: another text is another policy. */
	decidedBy?: string;
	/**
	 * Fields (names of that side) of which the service lets only one record have a value, with the kind of
	 * key they hold. Nobody is given a value that is somebody else's, role mailboxes and shared phones too.
	 */
	unique?: Partial<Both<Readonly<Record<string, UniqueKind>>>>;
	/** A tag for the record that is left when its counterpart is gone. Must be within the tag rule. */
	goneTag?: Partial<Both<string>>;
	/** Whether a phone number identifies a person. Default: no, because lines are shared. */
	matchByPhone?: boolean;
	brakes?: Partial<Record<'creates' | 'updates' | 'gone', Limit>> & { newPolicy?: boolean };
	/** Whether audit rows carry the values. Default: yes. */
	auditValues?: boolean;
	/** How people call the sides. Default: GHL and HeyReach. */
	names?: Both<string>;
	/** What writes cost in calls, for the estimate. Default: `DEFAULT_COSTS`. */
	costs?: Both<Costs>;
	/**
	 * How long (ms) a service may be slow to list what is new. So long a record that was just created is
	 * not taken for gone, and a create whose answer never came is not made again. Default: 15 minutes.
	 */
	graceMs?: number;
}

/** API calls that one plan item takes, its read-back among them. */
export interface Costs {
	create: number;
	update: number;
	addTags: number;
	removeTags: number;
	perMinute: number;
}

export interface PlanInput {
	runId: string;
	/** Epoch ms. */
	now: number;
	/** Partial: only pairs that are linked already and whose two records are both here. */
	mode: 'full' | 'partial';
	/** Nothing to write; everything is in `preview`. */
	dryRun: boolean;
	sides: Both<SideInput>;
	/** The two accounts. Rows of other accounts are not used. Default: both texts are empty. */
	pair?: AccountPair;
	/** All rows of the links table, in any order. */
	links: readonly LinkRow[];
	/**
	 * So many stored rows may have a newer version before all present rows are stored again, to delete the
	 * others. Default: the larger of 1,000 and half of the present rows.
	 */
	mostReplaced?: number;
	/** All rows of the review table, or those with an answer. */
	resolutions?: readonly Resolution[];
	policy: Policy;
	/** Lifts a brake for this run up to a number: one that measures more still holds. */
	overrides?: Partial<Record<BrakeName, number>>;
	/** Of a full run: what its row keeps for those who plan partial runs (`LinkRow.keys` of the run). */
	kept?: string;
}
