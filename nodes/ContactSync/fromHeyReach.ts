import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../engine/errors';
import { HEYREACH_FIELDS } from './fieldTable';
import type { FieldTable } from './fieldTable';
import { linkedInKey } from '../linkedIn';
import type { SideInput, SyncRecord, Value } from './reconcile';
import { byName, fullName, tagNames, text, texts, toValue } from './values';

const STANDARD = new Set(HEYREACH_FIELDS.map(({ value }) => value));

/** A custom field that holds the id of the contact in HighLevel. */
const CONTACT_ID_NAME = /^(ghl|highlevel)_?(contact)?_?id$/i;

/** Until HeyReach has looked a profile up. */
const isProvisional = (id: string): boolean => !/^\d+$/.test(id);

/**
 * A lead as HeyReach (leads of a list or a campaign, Get, conversations) and HeyReach Trigger put it
 * out, or a row of any other source with `linkedin_id` (or `id`) and the fields of the table.
 *
 * A field that is not there was not read: HeyReach gives `null` for one that is blank, and the leads
 * of a campaign come without custom fields.
 */
export function fromHeyReach(json: IDataObject, { fields }: FieldTable): SyncRecord {
	const { lead, isWhole } = leadIn(json);
	const id = text(lead.linkedin_id ?? lead.id);
	const custom = customValues(lead);
	const values: Record<string, Value> = {};
	for (const { B: name } of fields) {
		const value = STANDARD.has(name)
			? standard(lead, name, id)
			: customValue(lead, custom, name, isWhole);
		if (value !== undefined) values[name] = value;
	}
	const crossId = [...custom].find(([name]) => CONTACT_ID_NAME.test(name));
	return {
		id,
		name: text(lead.fullName) || fullName(lead.firstName, lead.lastName) || text(lead.profileUrl),
		keys: {
			crossId: text(crossId?.[1]) || null,
			memberId: id || null,
			linkedIn: [...new Set(texts([lead.profileUrl, lead.linkedInUrl]))],
			handle: text(lead.username) || null,
			emails: texts([lead.emailAddress, lead.enrichedEmailAddress, lead.customEmailAddress]),
		},
		fields: values,
		tags: tagNames(lead.tags),
	};
}

/** The profile itself; `isWhole` where its custom fields are all there. */
function leadIn(json: IDataObject): { lead: IDataObject; isWhole: boolean } {
	const { linkedInUserProfile, correspondentProfile, lead } = json;
	if (isObject(linkedInUserProfile))
		return { lead: linkedInUserProfile as IDataObject, isWhole: false };
	if (isObject(correspondentProfile))
		return { lead: correspondentProfile as IDataObject, isWhole: false };
	if (isObject(lead)) return { lead: ofTrigger(lead as IDataObject), isWhole: false };
	return { lead: json, isWhole: true };
}

/** The trigger's names for the three emails. */
function ofTrigger({ email, enrichedEmail, customEmail, ...lead }: IDataObject): IDataObject {
	return {
		...lead,
		...(email !== undefined && { emailAddress: email }),
		...(enrichedEmail !== undefined && { enrichedEmailAddress: enrichedEmail }),
		...(customEmail !== undefined && { customEmailAddress: customEmail }),
	};
}

function standard(lead: IDataObject, name: string, id: string): Value | undefined {
	// A provisional id is not LinkedIn's number.
	if (name === 'linkedin_id') return isProvisional(id) ? undefined : id;
	const value = name in lead ? toValue(lead[name]) : undefined;
	// An address that names nobody is not told to anybody.
	return name === 'profileUrl' && value && linkedInKey(value) === undefined ? undefined : value;
}

function customValues({ customFields }: IDataObject): Map<string, unknown> {
	const rows = Array.isArray(customFields) ? customFields : [];
	return new Map(
		rows.filter(isObject).map(({ name, value }) => [text(name), value] as [string, unknown]),
	);
}

function customValue(
	lead: IDataObject,
	custom: Map<string, unknown>,
	name: string,
	isWhole: boolean,
): Value | undefined {
	const value = byName(Object.fromEntries(custom), name) ?? byName(lead, name);
	if (value !== undefined) return toValue(value);
	return isWhole && Array.isArray(lead.customFields) ? null : undefined;
}

/**
 * The leads of several lists as one side: each once. The same lead from two lists is joined, unless it
 * was read with different values: then both go on, to be reported. One that has a provisional id in one
 * list and its number in another (by the same address) is the numbered one.
 */
export function unionOfLeads(
	leads: readonly SyncRecord[],
): Pick<SideInput, 'merged'> & { records: SyncRecord[] } {
	const byId = new Map<string, SyncRecord>();
	const records: SyncRecord[] = [];
	const extra: SyncRecord[] = [];
	for (const lead of leads) {
		const known = lead.id === '' ? undefined : byId.get(lead.id);
		if (!known) {
			byId.set(lead.id, lead);
			records.push(lead);
		} else if (contradicts(known, lead)) extra.push(lead);
		else Object.assign(known, joined(known, lead));
	}
	const { kept, merged } = withoutProvisional(records);
	return { records: [...kept, ...extra], ...(merged.length > 0 && { merged }) };
}

function contradicts(a: SyncRecord, b: SyncRecord): boolean {
	return Object.entries(b.fields).some(([name, value]) => {
		const other = a.fields[name];
		return other !== undefined && JSON.stringify(other) !== JSON.stringify(value);
	});
}

function joined(a: SyncRecord, b: SyncRecord): Partial<SyncRecord> {
	const both = (x: unknown, y: unknown) => [...new Set(texts([x, y].flat()))];
	return {
		fields: { ...b.fields, ...a.fields },
		keys: {
			...b.keys,
			...a.keys,
			crossId: a.keys?.crossId ?? b.keys?.crossId,
			linkedIn: both(a.keys?.linkedIn, b.keys?.linkedIn),
			emails: both(a.keys?.emails, b.keys?.emails),
		},
		tags: a.tags ?? b.tags,
	};
}

function withoutProvisional(records: readonly SyncRecord[]) {
	const numbered = new Map<string, string>();
	for (const record of records) {
		if (isProvisional(record.id)) continue;
		for (const key of addressKeys(record)) numbered.set(key, record.id);
	}
	const merged: Array<{ from: string; into: string }> = [];
	const kept = records.filter((record) => {
		if (record.id === '' || !isProvisional(record.id)) return true;
		const into = addressKeys(record)
			.map((key) => numbered.get(key))
			.find((id) => id !== undefined);
		if (into !== undefined) merged.push({ from: record.id, into });
		return into === undefined;
	});
	return { kept, merged };
}

function addressKeys({ keys }: SyncRecord): string[] {
	return texts([keys?.linkedIn].flat())
		.map((url) => linkedInKey(url))
		.filter((found) => found !== undefined)
		.map(({ type, key }) => `${type}:${key}`);
}
