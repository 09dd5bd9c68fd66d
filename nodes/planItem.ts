import { dayOr } from './engine/dates';
import type { Io } from './engine/operation';

/** What a field of a plan item may hold; `null` clears it. */
export type PlanValue = string | number | boolean | readonly string[] | null;

/**
 * One write that Contact Sync has planned: the part of the item that a service needs to carry it out.
 */
export interface PlanItem {
	action: 'create' | 'update';
	side: 'A' | 'B';
	/** The record to update; empty for a create. */
	id: string;
	name: string;
	keys: {
		linkedIn?: string | readonly (string | null)[] | null;
		memberId?: string | number | null;
		emails?: readonly (string | null)[] | null;
		phone?: string | readonly (string | null)[] | null;
	};
	set: Readonly<Record<string, PlanValue>>;
	addTags: readonly string[];
	removeTags: readonly string[];
	/** The values that the plan saw in the fields of `set`. */
	expect: Readonly<Record<string, PlanValue>>;
	/** A create that may have happened already. */
	lookUpFirst: boolean;
	/** The idempotency key: the same write has the same key in every run. */
	opKey?: string;
}

/** A value that was not written, because another record has it. */
export interface Taken {
	/** The field, as in `set`. */
	name: string;
	/** Of the record that has it. */
	id: string;
	/** The name of that record, for people to read. */
	owner: string;
}

/** In `left`: the tags, of which none counts as written. No field of a plan item has this name. */
export const TAGS = 'tags';

/** The prefix of a custom field that has the name of one of the service's own fields. */
export const CUSTOM_PREFIX = 'custom:';

/** The custom field's own name. */
export function customNameOf(name: string): string {
	return name.startsWith(CUSTOM_PREFIX) ? name.slice(CUSTOM_PREFIX.length) : name;
}

/** The result of a write, which is put out with the item. */
export interface PlanResult {
	/** Of the written record; empty for a create that was not carried out. */
	id: string;
	/** As they stand after the write; a field that was not read back is left out. */
	fields?: Record<string, PlanValue>;
	tags?: string[];
	/** Nothing was written, because the record is no longer what the plan saw. */
	stale?: boolean;
	/** Fields that were left out, each with the reason; the others were written. */
	left?: Record<string, string>;
	/** With `stale` nothing was written; else all but these fields was. */
	taken?: Taken[];
}

/** Why a plan item was not carried out, for people to read. */
export interface ApplyFailure {
	message: string;
	description?: string;
	/** Of a create: whether it may have been carried out all the same. */
	sent?: boolean;
	/** The account refuses everything: its credential is refused, or no call is left for today. */
	ends?: boolean;
}

/** What came of a plan item. */
export type Applied =
	| { result: PlanResult; error?: undefined }
	| { error: ApplyFailure; result?: undefined };

/** The creates of this process. They are kept because a search shows a new record only after a while. */
const made = new Map<string, { id: string; at: number }>();
const MADE_MAX = 10_000;
const MADE_MS = 30 * 60_000;

const madeKey = (io: Io, opKey: string) => `${io.account.budgetKey} ${opKey}`;

export function rememberMade(io: Io, { opKey }: PlanItem, id: string): void {
	if (!opKey) return;
	made.set(madeKey(io, opKey), { id, at: Date.now() });
	const [oldest] = made.keys();
	if (made.size > MADE_MAX) made.delete(oldest);
}

/** The ID of the record that the same create (by `opKey`) has made in the last half hour. */
export function madeBefore(io: Io, { opKey }: PlanItem): string | undefined {
	const found = opKey ? made.get(madeKey(io, opKey)) : undefined;
	return found && Date.now() - found.at < MADE_MS ? found.id : undefined;
}

/**
 * The fields that the record has changed since the plan, each with the reason why it is not written. A
 * field that holds the value to be written already is not among them, nor is a field that was not read
 * (`now` does not have it).
 */
export function changedSince(
	{ set, expect }: PlanItem,
	now: Record<string, PlanValue | undefined>,
): Record<string, string> {
	const left: Record<string, string> = {};
	for (const name of Object.keys(expect)) {
		const value = now[name];
		if (value === undefined || isSame(value, expect[name]) || isSame(value, set[name])) continue;
		left[name] = `it holds ${shown(value)}, and the plan saw ${shown(expect[name])}`;
	}
	return left;
}

/** The item without the fields that are left out. */
export function without(item: PlanItem, left: Record<string, string>): PlanItem {
	const kept = Object.entries(item.set).filter(([name]) => !(name in left));
	return { ...item, set: Object.fromEntries(kept) };
}

/** Whether nothing of the item can be written. */
export function isAllLeft({ set, addTags, removeTags }: PlanItem): boolean {
	return Object.keys(set).length + addTags.length + removeTags.length === 0;
}

/**
 * Whether two values are equal. Null, an empty text and an empty list are equal. Upper and lower case and
 * the order of a list do not count. A list equals its own text, and a day equals itself in every form.
 */
function isSame(a: PlanValue, b: PlanValue): boolean {
	const isDay = [a, b].some((one) => typeof one === 'string' && /^\d{4}-\d\d-\d\d$/.test(one));
	if (isDay) return dayOr(a, 'UTC') === dayOr(b, 'UTC');
	const asLists = Array.isArray(a) || Array.isArray(b);
	return comparable(a, asLists) === comparable(b, asLists);
}

function comparable(value: PlanValue | undefined, asList: boolean): string {
	if (value === null || value === undefined) return '';
	const text = String(value).trim().toLowerCase().normalize('NFC');
	if (!asList) return text;
	const parts = text.split(',').map((part) => part.trim());
	return [...new Set(parts)].sort().join('\n');
}

function shown(value: PlanValue): string {
	const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
	return text.trim() === '' ? 'nothing' : `“${text}”`;
}
