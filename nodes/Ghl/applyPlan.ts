import type { IDataObject } from 'n8n-workflow';
import { toPathSegment } from 'n8n-workflow';
import { BadInput, isObject } from '../engine/errors';
import type { Call, Io } from '../engine/operation';
import { rowsOf } from '../engine/paginate';
import { applied, isStale, planItemOf } from '../engine/planItem';
import type { PlanItem, PlanResult, PlanValue } from '../engine/planItem';
import { textsIn } from '../engine/values';
import { clearing, isStandard, notOnUpdate } from './contactColumns';
import { linkedInKey } from '../linkedIn';
import { findCustomField, listCustomFields, toCustomValue } from './customFields';
import { addTagsCall, duplicateCall, removeTagsCall } from './contactCalls';

/** What `startApply` found out and `finishApply` needs. */
interface Found {
	item: PlanItem;
	/** Set where nothing is to be written: how the item ends with the contact that was read. */
	unwritten?: Pick<PlanResult, 'stale'>;
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
	const found: Found = { item };
	io.notes.set(NOTE, found);
	return item.action === 'create'
		? await startCreate(item, found, io)
		: startUpdate(item, found, io);
}

async function startUpdate(item: PlanItem, found: Found, io: Io): Promise<Call> {
	const read = readCall(item.id);
	const contact = contactIn((await io.send(read)).body);
	const names = Object.keys(item.set);
	if (isStale(item, await valuesOf(contact, names, io, true))) found.unwritten = { stale: true };
	if (found.unwritten || names.length === 0) return read;
	return {
		method: 'PUT',
		template: '/contacts/{contactId}',
		path: `/contacts/${toPathSegment(item.id)}`,
		body: await bodyOf(item, io),
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
		body: { locationId, ...(await bodyOf(item, io)), ...tags },
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
	const { item, unwritten } = io.notes.get(NOTE) as Found;
	const contact = contactIn(record);
	const id = String(contact.id ?? item.id);
	const fields = await valuesOf(contact, Object.keys(item.set), io, unwritten !== undefined);
	const result: PlanResult = { id, fields, tags: textsIn(contact.tags), ...unwritten };
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
			? (contact[name] ?? contact[OTHER_NAMES[name]])
			: await customValue(contact, name, io);
		if (value !== undefined && value !== null) values[name] = value as PlanValue;
		else if (read) values[name] = null;
	}
	return values;
}

async function customValue(
	contact: IDataObject,
	name: string,
	io: Io,
): Promise<IDataObject[string] | undefined> {
	const { id } = findCustomField(await listCustomFields(io), name);
	const row = rowsOf(contact, 'customFields').find((one) => one.id === id);
	return row?.value ?? row?.field_value;
}

async function bodyOf({ action, set }: PlanItem, io: Io): Promise<IDataObject> {
	const body: IDataObject = {};
	const customFields: IDataObject[] = [];
	for (const [name, value] of Object.entries(set)) {
		if (!isStandard(name)) customFields.push(await toCustomValue(name, value, io));
		else if (action === 'update' && notOnUpdate(name)) throw cannotChange(name);
		else if (value === null) body[name] = clearing(name);
		else body[name] = Array.isArray(value) ? value.join(', ') : String(value);
	}
	if (customFields.length > 0) body.customFields = customFields;
	return body;
}

function cannotChange(name: string): BadInput {
	return new BadInput(
		`HighLevel does not let “${name}” of an existing contact be changed`,
		'Set the direction of this row of the field table to New Records Only, or map it to a custom field.',
	);
}
