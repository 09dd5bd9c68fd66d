import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import { customNameOf } from '../../planItem';
import { HEYREACH_FIELDS } from '../fieldTable';
import type { FieldTable } from '../fieldTable';
import { linkedInKey } from '../../linkedIn';
import { isMemberId } from '../../linkedInIdentity';
import type { Normaliser, SyncRecord, Value } from '../reconcile';
import {
	CustomFieldsSeen,
	UNCLEAR,
	byName,
	fullName,
	readValue,
	tagNames,
	text,
	texts,
	type Found,
} from './values';

const STANDARD = new Set(HEYREACH_FIELDS.map(({ value }) => value));

/** The keys of a lead in HeyReach, in lower case. None of them is a custom field. */
const LEAD_KEYS = new Set(
	`id linkedin_id profileurl linkedinurl firstname lastname fullname headline imageurl location summary
	about companyname companyurl position industry username connections followers experiences education
	email emailaddress enrichedemail enrichedemailaddress customemail customemailaddress emailenrichments
	tags autotags lists listids`.split(/\s+/),
);

/** A custom field that holds the id of the contact in HighLevel. */
const CONTACT_ID_NAME = /^(ghl|highlevel)_?(contact)?_?id$/i;

/**
 * A lead from HeyReach (leads of a list or a campaign, Get, conversations), from HeyReach Trigger,
 * or a row of another source with `linkedin_id` (or `id`) and the fields of the table.
 *
 * An absent field was not read. HeyReach gives `null` for a blank field, and the leads of a
 * campaign come without custom fields.
 */
export function fromHeyReach(
	json: IDataObject,
	{ fields }: FieldTable,
	seen = new CustomFieldsSeen(),
): SyncRecord {
	const { lead, isWhole } = leadIn(json);
	const id = text(lead.linkedin_id ?? lead.id);
	const custom = new CustomValues(lead, isWhole, seen);
	const values: Array<[name: string, value: Value]> = [];
	const untold: string[] = [];
	for (const { B: name, normalise } of fields) {
		const value = STANDARD.has(name)
			? standard(lead, name, id, normalise)
			: custom.value(name, normalise);
		if (value !== undefined) values.push([name, value]);
		else if (STANDARD.has(name) && name in lead) untold.push(name);
	}
	return {
		id,
		...(untold.length > 0 && { untold }),
		name: text(lead.fullName) || fullName(lead.firstName, lead.lastName) || text(lead.profileUrl),
		keys: {
			crossId: custom.first(CONTACT_ID_NAME),
			memberId: id || null,
			linkedIn: [...new Set(texts([lead.profileUrl, lead.linkedInUrl]))],
			handle: text(lead.username) || null,
			emails: texts([lead.emailAddress, lead.enrichedEmailAddress, lead.customEmailAddress]),
		},
		// As in fromGhl: not key by key, which takes more memory.
		fields: Object.fromEntries(values),
		tags: tagNames(lead.tags),
	};
}

/** The profile in an item. `isWhole` tells that all its custom fields are there. */
function leadIn(json: IDataObject): { lead: IDataObject; isWhole: boolean } {
	const { linkedInUserProfile, correspondentProfile, lead } = json;
	if (isObject(linkedInUserProfile))
		return { lead: linkedInUserProfile as IDataObject, isWhole: false };
	if (isObject(correspondentProfile))
		return { lead: correspondentProfile as IDataObject, isWhole: false };
	if (isObject(lead)) return { lead: ofTrigger(lead as IDataObject), isWhole: false };
	return { lead: json, isWhole: true };
}

/** The emails of a trigger's lead under the names that the API has for them. */
function ofTrigger({ email, enrichedEmail, customEmail, ...lead }: IDataObject): IDataObject {
	return {
		...lead,
		...(email !== undefined && { emailAddress: email }),
		...(enrichedEmail !== undefined && { enrichedEmailAddress: enrichedEmail }),
		...(customEmail !== undefined && { customEmailAddress: customEmail }),
	};
}

function standard(
	lead: IDataObject,
	name: string,
	id: string,
	how: Normaliser | undefined,
): Value | undefined {
	if (name === 'linkedin_id') return isMemberId(id) ? id : undefined;
	const value = readValue(lead[name], how);
	// The other side gets no address that names nobody.
	return name === 'profileUrl' && value && linkedInKey(value) === undefined ? undefined : value;
}

/**
 * The custom fields of a lead, from `[{ name, value }]` or by name. A field of the lead itself is
 * never one of them.
 */
class CustomValues {
	private readonly rows: Array<[name: string, value: unknown]> | undefined;

	constructor(
		private readonly lead: IDataObject,
		private readonly isWhole: boolean,
		private readonly seen: CustomFieldsSeen,
	) {
		const { customFields } = lead;
		// An event gives them by name, and only those of the lists.
		if (Array.isArray(customFields))
			this.rows = customFields.filter(isObject).map(({ name, value }) => [text(name), value]);
		else if (isObject(customFields)) this.rows = Object.entries(customFields);
	}

	value(name: string, how?: Normaliser): Value | undefined {
		const absent = this.rows && this.isWhole ? null : undefined;
		return this.seen.read(name, this.find(customNameOf(name)), absent, how);
	}

	first(pattern: RegExp): string | null {
		return text(this.rows?.find(([name]) => pattern.test(name))?.[1]) || null;
	}

	private find(name: string): Found {
		const found = byName(Object.fromEntries(this.rows ?? []), name);
		const same = this.rows?.filter(([one]) => one === name).map(([, value]) => value) ?? [];
		if (same.some((value) => value !== same[0])) return UNCLEAR;
		const isLead = this.rows !== undefined || LEAD_KEYS.has(name.toLowerCase());
		return found ?? (isLead ? undefined : byName(this.lead, name));
	}
}
