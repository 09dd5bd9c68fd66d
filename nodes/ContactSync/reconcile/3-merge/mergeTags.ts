import type { MergeBase } from '../state/mergeBase';
import { tagForm } from '../values/normalise';
import { SIDES, order, other } from '../state/compilePolicy';
import type { Tags } from '../state/compilePolicy';
import type { AuditKind } from '../contract/rows';
import type { Both, Side, SyncRecord } from '../contract/input';

/** The managed tags of a record: the compared form of each, with the tag as it is written. */
export type TagSet = Map<string, string>;

/** The merge base: the tags that both sides had when they last agreed. */
export type TagBase = Both<ReadonlySet<string>>;

/** The tags to add and to remove, by side. */
export interface TagWrites {
	add: Both<string[]>;
	remove: Both<string[]>;
}

/** Reports a decision about one tag. `side` is the one written, or empty. */
export type NoteTag = (kind: AuditKind, tag: string, side: Side | '') => void;

/**
 * The three-way merge of two sets: a tag that one side added is added on the other, a tag that one side
 * removed is removed there. Tags outside the policy's prefixes and list are ignored. A tag that one side
 * added and the other removed stays.
 *
 * The base of tags that need no write moves here. Commit moves the base of the written ones.
 */
export function mergeTags(
	a: SyncRecord,
	b: SyncRecord,
	base: MergeBase,
	rule: Tags,
	note: NoteTag,
): TagWrites | undefined {
	if (a.tags === undefined || b.tags === undefined) return undefined;
	const now = { A: managed(a.tags, rule), B: managed(b.tags, rule) };
	const before = readTags(base.tags);
	const writes: TagWrites = { add: { A: [], B: [] }, remove: { A: [], B: [] } };
	const next = { A: new Set(before.A), B: new Set(before.B) };
	for (const tag of allTags(now, before)) {
		if (mergeTag(tag, { now, before, rule, note, writes })) continue;
		for (const side of SIDES) {
			if (now[side].has(tag)) next[side].add(tag);
			else next[side].delete(tag);
		}
	}
	base.setTags(writeTags(next));
	return writes;
}

interface Merge {
	now: Both<TagSet>;
	before: TagBase;
	rule: Tags;
	note: NoteTag;
	writes: TagWrites;
}

/** Whether the tag needs a write, so that its base stays for now. */
function mergeTag(tag: string, { now, before, rule, note, writes }: Merge): boolean {
	const text = now.A.get(tag) ?? now.B.get(tag) ?? tag;
	if (now.A.has(tag) === now.B.has(tag)) return false;
	const has: Side = now.A.has(tag) ? 'A' : 'B';
	const lacks = other(has);
	const added = !before[has].has(tag);
	const removed = before[lacks].has(tag);
	if (!added && !removed) return false; // They differed before: accepted.
	if (added) {
		if (rule.to[lacks]) {
			writes.add[lacks].push(text);
			if (removed) note('tagKept', text, lacks);
			return true;
		}
		note('directionBlocked', text, '');
		return false;
	}
	if (rule.clears && rule.to[has]) {
		writes.remove[has].push(text);
		return true;
	}
	note(rule.clears ? 'directionBlocked' : 'clearKept', text, '');
	return false;
}

export function managed(tags: readonly string[], rule: Pick<Tags, 'isManaged'>): TagSet {
	const found: TagSet = new Map();
	for (const tag of tags) {
		const form = tagForm(tag);
		const known = found.get(form);
		// Of two spellings always the same one, whatever their order.
		if (rule.isManaged(form) && (known === undefined || tag < known)) found.set(form, tag);
	}
	return found;
}

/** Whether the managed tags equal the base, or were not read. */
export function areTagsInStep(
	a: SyncRecord,
	b: SyncRecord,
	base: string | undefined,
	rule: Tags,
): boolean {
	if (a.tags === undefined || b.tags === undefined) return true;
	if (base === '' && a.tags.length === 0 && b.tags.length === 0) return true;
	const before = readTags(base);
	return base !== undefined && isSame(a.tags, before.A, rule) && isSame(b.tags, before.B, rule);
}

function isSame(tags: readonly string[], before: ReadonlySet<string>, rule: Tags): boolean {
	const now = managed(tags, rule);
	return now.size === before.size && [...now.keys()].every((tag) => before.has(tag));
}

function allTags(now: Both<TagSet>, before: TagBase): string[] {
	const all = new Set([...now.A.keys(), ...now.B.keys(), ...before.A, ...before.B]);
	return [...all].sort(order);
}

const NONE: ReadonlySet<string> = new Set();

/** Reads the tags of a stored base (its part behind `#`). */
export function readTags(text: string | undefined): TagBase {
	if (!text) return { A: NONE, B: NONE };
	const [both, a, b] = text.split(';').map((part) => (part === '' ? [] : part.split(',')));
	return {
		A: new Set([...both, ...(a ?? [])].map(unescape)),
		B: new Set([...both, ...(b ?? [])].map(unescape)),
	};
}

/** Writes the tags of a base: those of both sides, then, if there are any, those of A alone and of B alone. */
export function writeTags({ A, B }: TagBase): string {
	const list = (tags: string[]) => tags.sort(order).map(escape).join(',');
	const both = list([...A].filter((tag) => B.has(tag)));
	const a = list([...A].filter((tag) => !B.has(tag)));
	const b = list([...B].filter((tag) => !A.has(tag)));
	return a === '' && b === '' ? both : `${both};${a};${b}`;
}

const escape = (tag: string) =>
	tag.replace(/[%,;]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
const unescape = (text: string) =>
	text.replace(/%(25|2c|3b)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
