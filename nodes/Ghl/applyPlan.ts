import type { IDataObject } from 'n8n-workflow';
import { toPathSegment } from 'n8n-workflow';
import { dayOr, toDay } from '../engine/dates';
import { BadInput, isObject } from '../engine/errors';
import type { Call, Io } from '../engine/operation';
import { rowsOf } from '../engine/paginate';
import { applied, changedSince, isAllLeft, planItemOf, without } from '../engine/planItem';
import type { PlanItem, PlanResult, PlanValue } from '../engine/planItem';
import { textsIn } from '../engine/values';
import { clearing, isStandard, notOnUpdate } from './contactColumns';
import { linkedInKey } from '../linkedIn';
import {
	customFieldsNamed,
	findCustomField,
	listCustomFields,
	toCustomValue,
	valueIn,
} from './customFields';
import { addTagsCall, duplicateCall, removeTagsCall } from './contactCalls';

/** What `startApply` found out and `finishApply` needs. */
interface Found {
	item: PlanItem;
	/** Set where nothing is to be written: how the item ends with the contact that was read. */
	unwritten?: Pick<PlanResult, 'stale'>;
	/** The fields that are left out, each with the reason. */
	left: Record<string, string>;
}

const NOTE = 'apply';

/** HighLevel's search gives a street as `address`, a single contact as `address1`. */
const OTHER_NAMES: Record<string, string> = { address1: 'address' };

/**
 * Looks the record up, compares it with what the plan saw, and gives the call that writes the fields.
 * Where nothing is to be written (the record has changed, or it has been created already), or only
 * tags are, the call reads the contact.
 */
export async function startApply(io: Io): Promise<Call> {
	const item = planItemOf(io, 'A');
	const found: Found = { item, left: {} };
	io.notes.set(NOTE, found);
	return item.action === 'create'
		? await startCreate(item, found, io)
		: startUpdate(item, found, io);
}

async function startUpdate(item: PlanItem, found: Found, io: Io): Promise<Call> {
	const read = readCall(item.id);
	const contact = contactIn((await io.send(read)).body);
	const now = await valuesOf(contact, Object.keys(item.set), io, true);
	found.left = changedSince(item, now);
	const body = await bodyOf(without(item, found.left), found, io);
	found.item = without(item, found.left);
	if (isAllLeft(found.item)) found.unwritten = { stale: true };
	if (Object.keys(body).length === 0) return read;
	return {
		method: 'PUT',
		template: '/contacts/{contactId}',
		path: `/contacts/${toPathSegment(item.id)}`,
		body,
		repeatable: true,
		scope: 'contacts.write',
	};
}

async function startCreate(item: PlanItem, found: Found, io: Io): Promise<Call> {
	const id = await existing(item, io);
	if (id !== undefined) {
		// A create that an earlier run may have made; else somebody else's that the plan did not see.
		found.unwritten = item.lookUpFirst ? {} : { stale: true };
		return readCall(id);
	}
	const { locationId } = io.account.values;
	const tags = item.addTags.length > 0 ? { tags: item.addTags } : {};
	return {
		method: 'POST',
		template: '/contacts/',
		path: '/contacts/',
		body: { locationId, ...(await bodyOf(item, found, io)), ...tags },
		repeatable: false,
		scope: 'contacts.write',
	};
}

/** The contact that has the email, the phone or (where it may have been made before) the LinkedIn address. */
async function existing(item: PlanItem, io: Io): Promise<string | undefined> {
	const { email, phone } = item.set;
	for (const query of [email && { email }, phone && { number: phone }]) {
		if (!query) continue;
		const { body } = await io.send(duplicateCall(io.account.values.locationId, query));
		const contact = isObject(body) ? body.contact : undefined;
		if (isObject(contact)) return String(contact.id);
	}
	return item.lookUpFirst ? await byCustomField(item, io) : undefined;
}

/** By a field that tells one person from all others: one that holds the LinkedIn address or number. */
async function byCustomField(item: PlanItem, io: Io): Promise<string | undefined> {
	for (const [name, value] of Object.entries(item.set)) {
		if (isStandard(name) || typeof value !== 'string' || !isIdentity(value, item)) continue;
		const { id } = findCustomField(await listCustomFields(io), name);
		const { body } = await io.send({
			method: 'POST',
			template: '/contacts/search',
			path: '/contacts/search',
			body: {
				locationId: io.account.values.locationId,
				page: 1,
				pageLimit: 2,
				filters: [{ field: `customFields.${id}`, operator: 'eq', value }],
			},
			repeatable: true,
			scope: 'contacts.readonly',
		});
		const rows = rowsOf(body, 'contacts');
		if (rows.length > 0) return String(rows[0].id);
	}
	return undefined;
}

function isIdentity(value: string, { keys }: PlanItem): boolean {
	return (
		linkedInKey(value) !== undefined || (value !== '' && value === String(keys.memberId ?? ''))
	);
}

/** After the call: the tags, and the item with the contact as it now is. */
export async function finishApply(record: IDataObject, io: Io): Promise<IDataObject> {
	const { item, unwritten, left } = io.notes.get(NOTE) as Found;
	const contact = contactIn(record);
	const id = String(contact.id ?? item.id);
	const fields = await valuesOf(contact, Object.keys(item.set), io, unwritten !== undefined);
	const result: PlanResult = { id, fields, tags: textsIn(contact.tags), ...unwritten };
	if (Object.keys(left).length > 0) result.left = left;
	if (unwritten) return applied(io, result);
	const isTagged = item.action === 'create';
	if (!isTagged && item.addTags.length > 0)
		result.tags = await tagsAfter(addTagsCall(id, item.addTags), io);
	if (item.removeTags.length > 0)
		result.tags = await tagsAfter(removeTagsCall(id, item.removeTags), io);
	return applied(io, result);
}

async function tagsAfter(call: Call, io: Io): Promise<string[] | undefined> {
	const { body } = await io.send(call);
	return isObject(body) && Array.isArray(body.tags) ? textsIn(body.tags) : undefined;
}

function readCall(id: string): Call {
	return {
		method: 'GET',
		template: '/contacts/{contactId}',
		path: `/contacts/${toPathSegment(id)}`,
		repeatable: true,
		scope: 'contacts.readonly',
	};
}

function contactIn(body: unknown): IDataObject {
	if (!isObject(body)) return {};
	return (isObject(body.contact) ? body.contact : body) as IDataObject;
}

/**
 * The contact's values by the names that a plan has for them: HighLevel's own, or those of custom
 * fields. HighLevel leaves out what is not set: in a contact that was `read` it is blank; in the
 * answer to a write it is unknown.
 */
async function valuesOf(
	contact: IDataObject,
	names: string[],
	io: Io,
	read: boolean,
): Promise<Record<string, PlanValue>> {
	const values: Record<string, PlanValue> = {};
	for (const name of names) {
		const value = isStandard(name)
			? standardIn(contact, name, io)
			: await customIn(contact, name, io);
		if (value !== undefined && (value !== null || read)) values[name] = value as PlanValue;
	}
	return values;
}

function standardIn(contact: IDataObject, name: string, io: Io): IDataObject[string] {
	const value = contact[name] ?? contact[OTHER_NAMES[name]] ?? null;
	return name === 'dateOfBirth' ? dayOr(value, io.context.getTimezone()) : value;
}

/** `undefined` for a name that means no field, or several: it was not read. */
async function customIn(
	contact: IDataObject,
	name: string,
	io: Io,
): Promise<IDataObject[string] | undefined> {
	const [field, ...others] = customFieldsNamed(await listCustomFields(io), name);
	if (!field || others.length > 0) return undefined;
	const row = rowsOf(contact, 'customFields').find(({ id }) => id === field.id);
	return row ? valueIn({ ...row, value: row.value ?? row.field_value }, field, io) : null;
}

/**
 * The body with every field that HighLevel can take; the others go to `found.left`.
 *
 * @throws BadInput where none is left, and for a field that tells who the person is
 */
async function bodyOf(item: PlanItem, { left }: Found, io: Io): Promise<IDataObject> {
	const body: IDataObject = {};
	const customFields: IDataObject[] = [];
	for (const [name, value] of Object.entries(item.set)) {
		const [ready] = await Promise.allSettled([ownValue(name, value, item.action, io)]);
		if (ready.status === 'rejected') {
			if (!(ready.reason instanceof BadInput)) throw ready.reason;
			left[name] = ready.reason.message;
			const isCreatedBy = item.action === 'create' && isIdentity(String(value), item);
			if (isCreatedBy || isAllLeft(without(item, left))) throw ready.reason;
		} else if (isStandard(name)) body[name] = ready.value;
		else customFields.push(ready.value as IDataObject);
	}
	if (customFields.length > 0) body.customFields = customFields;
	return body;
}

/** A field as HighLevel takes it; of a custom field the row of `customFields`. */
async function ownValue(
	name: string,
	value: PlanValue,
	action: PlanItem['action'],
	io: Io,
): Promise<IDataObject[string]> {
	if (!isStandard(name)) return await toCustomValue(name, value, io);
	if (action === 'update' && notOnUpdate(name)) throw cannotChange(name);
	if (value === null) return clearing(name);
	if (name === 'dateOfBirth') return toDay(value, io.context.getTimezone());
	return Array.isArray(value) ? value.join(', ') : String(value);
}

function cannotChange(name: string): BadInput {
	return new BadInput(
		`HighLevel does not let “${name}” of an existing contact be changed`,
		'Set the direction of this row of the field table to New Records Only, or map it to a custom field.',
	);
}
