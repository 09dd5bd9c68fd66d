import type { IDataObject } from 'n8n-workflow';
import { BadInput, isObject, toNodeError } from './errors';
import type { Io } from './operation';

/** What a field of a plan item may hold; `null` clears it. */
export type PlanValue = string | number | boolean | string[] | null;

/**
 * One write that Contact Sync has planned, in the part that a service needs to carry it out. The rest
 * of the item goes through untouched, for Commit.
 */
export interface PlanItem {
	action: 'create' | 'update';
	side: 'A' | 'B';
	/** The record to update; empty for a create. */
	id: string;
	name: string;
	keys: {
		linkedIn?: string | string[] | null;
		memberId?: string | number | null;
		emails?: string[] | null;
		phone?: string | null;
	};
	set: Record<string, PlanValue>;
	addTags: string[];
	removeTags: string[];
	/** What the plan saw in the fields of `set`. */
	expect: Record<string, PlanValue>;
	/** A create that may have happened already. */
	lookUpFirst: boolean;
}

/** What is put out beside the item. */
export interface PlanResult {
	/** Of the written record. */
	id: string;
	/** As they stand after the write; a field that was not read back is left out. */
	fields?: Record<string, PlanValue>;
	tags?: string[];
	/** Nothing was written, because the record is no longer what the plan saw. */
	stale?: boolean;
	/** Fields that were left out, each with the reason; the others were written. */
	left?: Record<string, string>;
}

/** Which outputs of Contact Sync belong to which side. */
const OUTPUTS = { A: 'Apply in GHL', B: 'Apply in HeyReach' };

/**
 * The input item as a plan item for this side.
 *
 * @throws BadInput for anything else
 */
export function planItemOf(io: Io, side: PlanItem['side']): PlanItem {
	const { json } = io.context.getInputData()[io.itemIndex];
	if (!isPlanItem(json)) {
		throw new BadInput(
			'This item was not planned by Contact Sync',
			`Connect this node to the output “${OUTPUTS[side]}” of Contact Sync, with nothing between them that changes the items.`,
		);
	}
	if (json.side === side) return json;
	throw new BadInput(
		`This item is for the other service: it came from “${OUTPUTS[json.side]}”`,
		`Connect this node to the output “${OUTPUTS[side]}” of Contact Sync.`,
	);
}

function isPlanItem(json: unknown): json is PlanItem & IDataObject {
	return (
		isObject(json) &&
		(json.action === 'create' || (json.action === 'update' && Boolean(json.id))) &&
		(json.side === 'A' || json.side === 'B') &&
		[json.set, json.expect, json.keys].every(isObject) &&
		Array.isArray(json.addTags) &&
		Array.isArray(json.removeTags)
	);
}

/** The input item with what came of it. */
export function applied(io: Io, result: PlanResult): IDataObject {
	const { json } = io.context.getInputData()[io.itemIndex];
	return { ...json, result: { ...result } };
}

/** The input item with why it failed. */
export function notApplied(error: unknown, io: Io): IDataObject {
	const { json } = io.context.getInputData()[io.itemIndex];
	const { message, description } = toNodeError(io.context.getNode(), error, io.itemIndex);
	return { ...json, error: { message, ...(description && { description }) } };
}

/**
 * The fields that are not to be written, because the record has changed in them since the plan, each
 * with the reason. A field that holds what is to be written is no obstacle; one that `now` does not have
 * was not read.
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
 * Blank is blank, whether null, an empty text or an empty list; the order of a list does not count, and
 * a list is the same as its own text.
 */
function isSame(a: PlanValue, b: PlanValue): boolean {
	const asLists = Array.isArray(a) || Array.isArray(b);
	return comparable(a, asLists) === comparable(b, asLists);
}

function comparable(value: PlanValue | undefined, asList: boolean): string {
	if (value === null || value === undefined) return '';
	if (!asList) return String(value).trim();
	const parts = String(value)
		.split(',')
		.map((part) => part.trim());
	return [...new Set(parts)].sort().join('\n');
}

function shown(value: PlanValue): string {
	const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
	return text.trim() === '' ? 'nothing' : `“${text}”`;
}
