import { Breaker } from './3-merge/breaker';
import { BLANK, MergeBase, UNKNOWN, tagsIn } from './state/mergeBase';
import { fieldTag } from './values/fingerprint';
import { withLeft } from './3-merge/rejectedWrites';
import { withId } from './state/linksTable';
import { normalised, normalisedPair, tagForm } from './values/normalise';
import { withoutNeedlessKeys } from './1-links/linkedPair';
import { order, other } from './state/compilePolicy';
import type {
	AppliedItem,
	ApplyResult,
	Change,
	CommitInput,
	CommitOutput,
} from './contract/output';
import type { AuditRow, LinkRow } from './contract/rows';
import { blankAudit, isoMoment, valueText } from './state/planRun';
import { readTags, writeTags } from './3-merge/mergeTags';
import type { Side } from './contract/input';

/** An applied item without an error. */
type Written = AppliedItem & { result: ApplyResult };

/**
 * Makes the written values the new merge base of each pair. It takes the values that were read back, not the
 * planned ones: a service that changes a value on the way has then not edited it. The base of a failed write
 * stays, and the next plan repeats the write.
 */
export function commit(input: CommitInput): CommitOutput {
	const items = oneRecordEach(distinct(input.items));
	const pairs = new Map<string, AppliedItem[]>();
	for (const item of items) {
		const { pairId } = item.link;
		pairs.set(pairId, [...(pairs.get(pairId) ?? []), item]);
	}
	const output: CommitOutput = {
		links: [],
		audit: items.flatMap((item) => auditOf(item, input)),
		summary: { ok: 0, failed: 0, stale: 0 },
	};
	for (const item of items) output.summary[outcomeOf(item)]++;
	for (const group of pairs.values()) {
		const told = group.filter(({ error, result }) => error === undefined && result !== undefined);
		if (told.some((item) => isWritten(item) || item.action === 'update'))
			commitPair(told as Written[], input, output);
		else output.links.push(...group.flatMap((item) => unmade(item, input)));
	}
	// What failed is left over: the next run may do it, as this one might.
	if (input.runRow && output.summary.failed === 0) {
		const { runRow: row, now } = input;
		output.links.push({ ...row, opKey: '', rev: row.rev + 1, changedAt: isoMoment(now) });
	}
	output.links.sort((a, b) => order(a.pairId, b.pairId));
	return output;
}

/** Each write once, in a fixed order. Of a write that is reported twice the success counts. */
function distinct(items: readonly AppliedItem[]): AppliedItem[] {
	const byKey = new Map<string, AppliedItem>();
	for (const item of items) {
		const known = byKey.get(item.opKey);
		if (!known || (!isWritten(known) && isWritten(item))) byKey.set(item.opKey, item);
	}
	return [...byKey.values()].sort(
		(a, b) => order(a.link.pairId, b.link.pairId) || order(a.side, b.side),
	);
}

/**
 * Keeps each record in one link. Two creates that were answered with the same record, or with a linked one,
 * link nobody. The next plan sees the record and matches it.
 */
function oneRecordEach(items: readonly AppliedItem[]): AppliedItem[] {
	const owners = new Map<string, Set<string>>();
	const own = (side: Side, id: string, { pairId }: LinkRow) => {
		if (id === '') return;
		const key = `${side} ${id}`;
		owners.set(key, (owners.get(key) ?? new Set<string>()).add(pairId));
	};
	const isCreated = (item: AppliedItem) => item.action === 'create' && isWritten(item);
	for (const item of items) {
		own('A', item.link.aId, item.link);
		own('B', item.link.bId, item.link);
		if (isCreated(item)) own(item.side, item.result?.id ?? '', item.link);
	}
	return items.map((item) => {
		const id = item.result?.id ?? '';
		if (!isCreated(item) || owners.get(`${item.side} ${id}`)?.size === 1) return item;
		return linkedToNobody(item, id);
	});
}

/** A create that was answered with a record of somebody else. */
export const linkedToNobody = (item: AppliedItem, id: string): AppliedItem => ({
	...item,
	result: undefined,
	error: `The record ${id} matches several people, so it was not linked`,
});

/**
 * Whether a create was certainly not carried out, neither in this run nor in an earlier one: another record
 * has one of its values, or it failed before it was sent.
 */
function wasNeverSent(item: AppliedItem): boolean {
	const { action, lookUpFirst, result } = item;
	if (action !== 'create' || lookUpFirst) return false;
	return result?.stale ? result.id === '' : failedUnsent(item);
}

const failedUnsent = ({ error }: AppliedItem): boolean =>
	typeof error === 'object' && error.sent === false;

/**
 * The row of a create that has made no record, as far as anyone knows. One whose answer is lost may have made
 * one, which lists do not show at once: it is given the time for that from its own portion on, however long
 * ago it was planned. The record is not older than the portion, by which it may be recognised.
 */
function unmade(item: AppliedItem, { now, begunAt = now }: CommitInput): LinkRow[] {
	const { link } = item;
	const row = { ...link, rev: link.rev + 1 };
	if (wasNeverSent(item))
		return [{ ...row, state: 'expired', opKey: '', changedAt: isoMoment(now) }];
	return item.action === 'create' && wasSent(item)
		? [{ ...row, changedAt: isoMoment(begunAt) }]
		: [];
}

/** Whether a write that failed may have been carried out. */
const wasSent = (item: AppliedItem): boolean => outcomeOf(item) === 'failed' && !failedUnsent(item);

function isWritten(item: AppliedItem): item is Written {
	return outcomeOf(item) === 'ok';
}

/** What came of an item, as the audit and the counts tell it. */
export function outcomeOf({ result, error, action }: AppliedItem): 'ok' | 'failed' | 'stale' {
	if (error !== undefined || !result) return 'failed';
	if (result.stale) return 'stale';
	return action === 'create' && !result.id ? 'failed' : 'ok';
}

function commitPair(items: readonly Written[], input: CommitInput, output: CommitOutput): void {
	const newest = items.reduce((best, item) => (item.link.rev > best.link.rev ? item : best));
	let { link } = newest;
	for (const item of items) link = withCreated(link, item);
	const left = items.flatMap((item) => leftOf(item).map((change) => ({ side: item.side, change })));
	const changes = items.flatMap((item) => item.changes);
	const tags = [...new Set([...tagsIn(link.base), ...changes.map(({ field }) => fieldTag(field))])];
	const base = new MergeBase(tags.sort((a, b) => a - b));
	base.load(link.base);
	const at = (change: Change) => tags.indexOf(fieldTag(change.field));
	const breaker = new Breaker(link.writes, input.now);
	for (const item of items) {
		for (const change of item.changes) {
			if (isLeft(item, change)) continue;
			countWrite(breaker, change, item);
			if (!isSettled(change, item.side, items)) continue;
			moveField(base, at(change), change, item, items);
			const { conflictId } = change;
			if (conflictId) breaker.forget(fieldTag(change.field));
		}
		if (item.result.stale) continue;
		moveTags(base, item);
		if (item.action === 'create') settleRest(base, item.side, tags.length);
	}
	// Where nothing was written, the row is that of the table again, with the marks of what was left. A portion
	// that is carried out a second time, or after a later plan, must not come into conflict with the row of
	// what was written.
	const state = items.some(isWritten)
		? { base: base.save(), rev: link.rev + 1 }
		: (newest.stored ?? { base: link.base, rev: link.rev });
	output.links.push({
		...withLeft(link, left),
		...state,
		writes: breaker.save(),
		changedAt: isoMoment(input.now),
	});
}

/** Counts what the sync has written on its own: only that can bounce. */
function countWrite(breaker: Breaker, { field, conflictId }: Change, { side, action }: Written) {
	if (action === 'update' && !conflictId) breaker.count(fieldTag(field), side);
}

function withCreated(link: LinkRow, { action, side, result }: Written): LinkRow {
	if (action !== 'create' || result.stale) return link;
	return withoutNeedlessKeys({ ...withId(link, side, result.id), state: 'linked' });
}

/** Whether the change is complete: a value that a person gave for both sides counts when both have it. */
function isSettled(change: Change, side: Side, items: readonly Written[]): boolean {
	return !change.needsBoth || items.some((item) => item.side !== side && writes(item, change));
}

const writes = (item: Written, { field }: Change) =>
	item.changes.some((change) => change.field === field && !isLeft(item, change));

/** Whether the field was left out of the write: it had changed meanwhile, or cannot hold the value. */
const isLeft = ({ result }: AppliedItem, { name }: Change): boolean =>
	result?.stale === true || result?.left?.[name] !== undefined;

const leftOf = (item: Written): Change[] => item.changes.filter((change) => isLeft(item, change));

function moveField(
	base: MergeBase,
	at: number,
	change: Change,
	item: Written,
	items: readonly Written[],
): void {
	const source = other(item.side);
	base.setSide(base[item.side], at, readBack(change, item.result));
	const isWrittenToo = items.some((one) => one.side === source && writes(one, change));
	if (isWrittenToo) return;
	const value = change.other === undefined ? change.after : change.other;
	base.setSide(base[source], at, normalised(value, change.normalise));
}

function readBack({ name, after, normalise }: Change, result: ApplyResult): string {
	const value = result.fields?.[name];
	return normalisedPair(value === undefined ? after : value, after, normalise)[0];
}

function askedFor({ name, after, normalise }: Change, { fields }: ApplyResult): string {
	return normalisedPair(after, fields?.[name] ?? after, normalise)[0];
}

/** Why the tags were not written, although other parts of the write were. */
const tagsLeft = ({ result }: AppliedItem): string | undefined => result?.left?.tags;

/** Moves the base of the written tags alone: the source has the added ones and lacks the removed ones. */
function moveTags(base: MergeBase, item: Written): void {
	const { side, addTags, removeTags, ownTags = [], result, link } = item;
	const own = new Set(ownTags.map(tagForm));
	if (addTags.length + removeTags.length === 0 || link.state === 'tombstone') return;
	if (tagsLeft(item) !== undefined) return;
	const before = readTags(base.tags);
	const next = { A: new Set(before.A), B: new Set(before.B) };
	const now = result.tags && new Set(result.tags.map(tagForm));
	const put = (set: Set<string>, form: string, has: boolean) =>
		has ? set.add(form) : set.delete(form);
	for (const [tags, wanted] of [
		[addTags, true],
		[removeTags, false],
	] as const) {
		for (const form of tags.map(tagForm)) {
			put(next[side], form, now ? now.has(form) : wanted);
			if (!own.has(form)) put(next[other(side)], form, wanted);
		}
	}
	base.setTags(writeTags(next));
}

/** A new record lacks the fields that were not given to it. */
function settleRest(base: MergeBase, side: Side, fields: number): void {
	for (let at = 0; at < fields; at++) {
		const isKnown = base[other(side)].state[at] !== UNKNOWN;
		if (isKnown && base[side].state[at] === UNKNOWN) base[side].state[at] = BLANK;
	}
}

function auditOf(item: AppliedItem, input: CommitInput): AuditRow[] {
	const outcome = outcomeOf(item);
	const result = outcome === 'ok' ? item.result : undefined;
	const shown = (value: Parameters<typeof valueText>[0]) =>
		input.auditValues === false ? '' : valueText(value);
	const row: AuditRow = {
		...blankAudit(input.runId, isoMoment(input.now), item.link),
		pairId: item.link.pairId,
		aId: item.side === 'A' ? (result?.id ?? item.id) : item.link.aId,
		bId: item.side === 'B' ? (result?.id ?? item.id) : item.link.bId,
		side: item.side,
		opKey: item.opKey,
		applied: outcome,
		error: errorText(item.error),
	};
	const rows: AuditRow[] = [];
	if (item.action === 'create') {
		const { left = {}, taken = [] } = item.result ?? {};
		const whose = taken.map(({ name, id, owner }) => `${owner} (${id}) has this ${name}`);
		const all = [...whose, ...Object.values(left)];
		const why = all.length > 0 ? { error: all.join('; ') } : {};
		rows.push({ ...row, kind: 'created', rule: 'create', ...why });
	} else {
		for (const change of item.changes) {
			const { field, kind, rule, winner, actor } = change;
			const about = { ...row, field, rule, winner, actor };
			const other = shown(change.other === undefined ? change.after : change.other);
			const [before, after] = [shown(change.before), shown(change.after)];
			const error = item.result?.left?.[change.name];
			const why = error === undefined ? {} : { applied: 'stale' as const, error };
			rows.push({ ...about, kind, before, after, other, ...why });
		}
	}
	if (result) rows.push(...alterations(item, result, row, shown));
	const why = tagsLeft(item);
	const untagged = why === undefined ? {} : { applied: 'failed' as const, error: why };
	const tag = (kind: 'tagAdded' | 'tagRemoved') => (text: string) =>
		rows.push({ ...row, ...untagged, field: 'tags', kind, rule: 'set', after: shown(text) });
	item.addTags.forEach(tag('tagAdded'));
	item.removeTags.forEach(tag('tagRemoved'));
	return rows;
}

/** The fields whose value the service changed on the way. */
function alterations(
	item: AppliedItem,
	result: ApplyResult,
	row: AuditRow,
	shown: (value: Change['after'] | undefined) => string,
): AuditRow[] {
	return item.changes
		.filter((change) => !isLeft(item, change))
		.filter((change) => readBack(change, result) !== askedFor(change, result))
		.map(({ field, name, after }) => ({
			...row,
			...{ field, kind: 'alteredByPeer' as const },
			before: shown(after),
			after: shown(result.fields?.[name]),
			other: shown(after),
		}));
}

function errorText(error: AppliedItem['error']): string {
	if (error === undefined) return '';
	return typeof error === 'string' ? error : (error.message ?? 'failed');
}
