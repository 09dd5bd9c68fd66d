import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import type { Call, Fold, Io } from '../../engine/operation';
import { textsIn, isObject, rowsOf } from '../../engine/values';
import {
	applied,
	changedSince,
	customNameOf,
	isAllLeft,
	noteCreate,
	planItemOf,
	without,
} from '../../planItem';
import type { PlanItem, PlanResult, PlanValue, Taken } from '../../planItem';
import { readOrNone } from '../../engine/call/callTo';
import { read, readById } from './read';
import { canonicalProfileUrl } from '../../linkedIn';
import { compareIdentities, identityOf, isMemberId } from '../../linkedInIdentity';
import { toProfileUrl } from '../fields/leadKey';
import { confirmTaken, foldLeads } from './foldLeads';
import { idOf } from '../fields/ids';
import { customName, isCustomFieldName, isLeadField } from '../fields/leadColumns';

/** The findings of `startApply`, for `finishApply`. */
interface Found {
	item: PlanItem;
	profileUrl: string;
	listId: number;
	/** The lead before the write; absent where HeyReach does not know it. */
	lead?: IDataObject;
	sent: boolean;
	stale: boolean;
	/** The fields that are left out, each with the reason. */
	left: Record<string, string>;
	/** The lead that has the address of the one to create. */
	taken?: Taken[];
}

const NOTE = 'apply';
const ADD = '/list/AddLeadsToListV2';

/**
 * Compares the lead with what the plan saw and gives the call that writes its fields. HeyReach can
 * change a lead only by adding it to a list again. The call reads the tags instead where no field
 * is to be written: the plan item has tags only, or the lead has changed.
 *
 * @throws BadInput for a list that campaigns use: adding to it could send messages
 */
export async function startApply(io: Io): Promise<Call> {
	const item = planItemOf(io, 'B');
	const listId = idOf(io.parameter('listId'), 'list');
	await refuseEnrolment(listId, io);
	const profileUrl = addressOf(item);
	const lead = await readLead(profileUrl, item, listId, io);
	const taken = takenBy(item, lead);
	const found: Found = {
		item,
		profileUrl,
		listId,
		lead,
		sent: false,
		stale: taken !== undefined || isAnother(item, lead),
		left: item.action === 'update' && lead ? changedSince(item, readFields(lead, item)) : {},
		taken,
	};
	io.notes.set(NOTE, found);
	refuseNames(found);
	found.stale ||= isAllLeft(found.item);
	const changes = found.stale ? {} : writable(found.item, lead);
	const isNeeded = item.action === 'create' || Object.keys(changes).length > 0;
	if (found.stale || !isNeeded) return read('/lead/GetTags', { profileUrl });
	found.sent = true;
	const call = read(ADD, { listId, leads: [leadOf(changes, found)] });
	noteCreate(io, 'begun');
	return call;
}

async function refuseEnrolment(listId: number, io: Io): Promise<void> {
	if (io.parameter('allowEnrolment', false) === true) return;
	const { body } = await io.read(readById('/list/GetById', { listId }));
	const { name, campaignIds } = isObject(body) ? body : {};
	if (!Array.isArray(campaignIds) || campaignIds.length === 0) return;
	throw new BadInput(
		`The list “${String(name ?? listId)}” is used by ${campaignIds.length === 1 ? 'a campaign' : `${campaignIds.length} campaigns`}, so adding leads to it could send them messages`,
		'Make a list of its own for the sync, which no campaign uses, and choose it here. If the leads are meant to enter the campaign, turn on Allow Enrolment. Nothing was written for this item.',
	);
}

/** The address of the lead. A public one comes before one of Sales Navigator. */
function addressOf({ set, keys, name }: PlanItem): string {
	const addresses = [set.profileUrl, keys.linkedIn].flat().filter((one) => typeof one === 'string');
	const address = addresses.find((one) => canonicalProfileUrl(one)) ?? addresses[0];
	if (address) return toProfileUrl(address);
	throw new BadInput(
		`${name || 'This lead'} has no LinkedIn address, and HeyReach knows leads by nothing else`,
		'Add the address to the contact in HighLevel, in the custom field that the field table maps to the LinkedIn URL.',
	);
}

/**
 * The lead, with its custom fields where the plan writes some. HeyReach shows custom fields in
 * lists only.
 */
async function readLead(
	profileUrl: string,
	{ set }: PlanItem,
	listId: number,
	io: Io,
): Promise<IDataObject | undefined> {
	const found = await readOrNone(read('/lead/GetLead', { profileUrl }), io);
	if (!isObject(found)) return undefined;
	const lead = found as IDataObject;
	if (Object.keys(set).every(isLeadField)) return lead;
	const body = { listId, leadProfileUrl: profileUrl, offset: 0, limit: 1 };
	const [row] = rowsOf(await readOrNone(read('/list/GetLeadsFromList', body), io), 'items');
	return { ...lead, ...(row?.customFields && { customFields: row.customFields }) };
}

/** Leaves out what has changed meanwhile, and custom fields whose name HeyReach does not take. */
function refuseNames(found: Found): void {
	const { item, left } = found;
	for (const name of Object.keys(item.set)) {
		if (isLeadField(name) || isCustomFieldName(customNameOf(name))) continue;
		left[name] = `“${name}” cannot be the name of a custom field in HeyReach`;
		if (isAllLeft(without(item, left))) customName(name);
	}
	found.item = without(item, left);
}

/**
 * The lead that has the address and is another person than the contact, by its member id. A name on
 * LinkedIn can pass from one person to another.
 */
function takenBy({ action, keys }: PlanItem, lead: IDataObject | undefined): Taken[] | undefined {
	if (action === 'update' || !lead) return undefined;
	const [wanted, has] = [keys.memberId, lead.linkedin_id].map((id) => identityOf([], [id]));
	if (compareIdentities(wanted, has) !== 'other') return undefined;
	const id = String(lead.linkedin_id);
	const owner = [lead.firstName, lead.lastName].filter(Boolean).join(' ');
	return [{ name: 'profileUrl', id, owner: owner || id }];
}

/**
 * Whether the lead is another person than the plan saw. An id that becomes a number is no other
 * person: the first one was provisional.
 */
function isAnother(item: PlanItem, lead: IDataObject | undefined): boolean {
	if (item.action === 'create') return false;
	if (!lead) {
		throw new BadInput(
			`HeyReach does not find ${item.name || 'this lead'} by its LinkedIn address`,
			'It may have been removed since the plan was made. The next run sees it.',
		);
	}
	const id = String(lead.linkedin_id ?? '');
	return id !== item.id && isMemberId(id) && isMemberId(item.id);
}

/**
 * The values to send. HeyReach cannot clear a field. A lead that exists before its create keeps its
 * values, since the plan has not seen them.
 */
function writable(item: PlanItem, lead: IDataObject | undefined): Record<string, PlanValue> {
	const now = lead && item.action === 'create' ? readFields(lead, item) : {};
	return Object.fromEntries(
		Object.entries(item.set).filter(([name, value]) => value !== null && !now[name]),
	);
}

function leadOf(
	changes: Record<string, PlanValue>,
	{ item, profileUrl, lead }: Found,
): IDataObject {
	const body: IDataObject = {
		profileUrl,
		firstName: String(lead?.firstName || (item.set.firstName ?? '')),
		lastName: String(lead?.lastName || (item.set.lastName ?? '')),
	};
	const customUserFields: IDataObject[] = [];
	for (const [name, value] of Object.entries(changes)) {
		const text = Array.isArray(value) ? value.join(', ') : String(value);
		if (name === 'profileUrl') continue;
		if (isLeadField(name)) body[name] = text;
		else customUserFields.push({ name: customName(customNameOf(name)), value: text });
	}
	if (customUserFields.length > 0) body.customUserFields = customUserFields;
	if (body.firstName && body.lastName) return body;
	throw new BadInput(
		`${item.name || 'This lead'} has no first or last name, and HeyReach drops a lead without both`,
		'Add the name in HighLevel, or map the fields First Name and Last Name.',
	);
}

/** Writes share calls of up to 100 leads; each read is a call of its own. */
const leads = foldLeads('leads');
const isAdd = ({ path }: Call) => path === ADD;
export const foldApply: Fold = {
	...leads,
	key: (call) => (isAdd(call) ? leads.key(call) : JSON.stringify([call.path, call.body])),
	join: (calls, account) => (isAdd(calls[0]) ? leads.join(calls, account) : calls[0]),
	split: (answer, calls) =>
		isAdd(calls[0])
			? leads.split(answer, calls)
			: calls.map(() => ({ record: isObject(answer.body) ? (answer.body as IDataObject) : {} })),
};

/** Changes the tags after the call and puts out the item with the lead as it is now. */
export async function finishApply(record: IDataObject, io: Io): Promise<IDataObject> {
	const found = io.notes.get(NOTE) as Found;
	const { item, profileUrl, listId, sent, stale, taken } = found;
	const left = Object.keys(found.left).length > 0 && { left: found.left };
	if (stale) return applied(io, { id: item.id, stale, ...left, ...(taken && { taken }) });
	let { lead } = found;
	if (sent) {
		await confirmTaken(record, io);
		noteCreate(io, 'done');
		lead = await readLead(profileUrl, item, listId, io);
	}
	const id = item.action === 'update' ? item.id : String(lead?.linkedin_id ?? '');
	if (!id) {
		throw new BadInput(
			`HeyReach took ${item.name || 'the lead'}, and does not show it yet`,
			'Nothing is lost: the next run finds it and links it.',
		);
	}
	const result: PlanResult = { id, ...left };
	if (lead) result.fields = readFields(lead, item);
	result.tags = await changeTags(item, profileUrl, sent ? undefined : record.tags, io);
	return applied(io, result);
}

/**
 * Reads the tags and replaces them, since HeyReach cannot remove a single tag. HeyReach makes a tag
 * that the workspace does not have yet.
 *
 * @param read the tags, where they have been read just now
 * @returns the tags after it, where they are known
 */
async function changeTags(
	{ addTags, removeTags }: PlanItem,
	profileUrl: string,
	tagsRead: unknown,
	io: Io,
): Promise<string[] | undefined> {
	const known = Array.isArray(tagsRead) ? textsIn(tagsRead) : undefined;
	const options = { leadProfileUrl: profileUrl, createTagIfNotExisting: true };
	if (removeTags.length === 0) {
		if (addTags.length === 0) return known;
		await io.send(read('/lead/AddTags', { ...options, tags: addTags }));
		return known && [...new Set([...known, ...addTags])];
	}
	const { body } = await io.send(read('/lead/GetTags', { profileUrl }));
	const before = isObject(body) ? textsIn(body.tags) : [];
	const dropped = new Set(removeTags.map((tag) => tag.trim().toLowerCase()));
	const kept = before.filter((tag) => !dropped.has(tag.trim().toLowerCase()));
	const tags = [...new Set([...kept, ...addTags])];
	await io.send(read('/lead/ReplaceTags', { ...options, tags }));
	return tags;
}

/**
 * The fields of the lead by the plan's names for them. Fields that HeyReach did not show are
 * absent.
 */
function readFields(lead: IDataObject, { set }: PlanItem): Record<string, PlanValue> {
	const custom = Array.isArray(lead.customFields)
		? new Map(rowsOf(lead, 'customFields').map(({ name, value }) => [String(name), value]))
		: undefined;
	const values: Record<string, PlanValue> = {};
	for (const name of Object.keys(set)) {
		const value = isLeadField(name)
			? lead[name]
			: custom && (custom.get(customNameOf(name)) ?? null);
		if (value !== undefined) values[name] = value === '' ? null : (value as PlanValue);
	}
	return values;
}
