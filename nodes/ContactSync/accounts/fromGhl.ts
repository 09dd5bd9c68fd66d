import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import { customNameOf } from '../../planItem';
import { linkedInKey } from '../../linkedIn';
import { LINKEDIN_NAME, MEMBER_ID_NAME } from '../../linkedInIdentity';
import { GHL_FIELDS } from '../fieldTable';
import type { FieldTable } from '../fieldTable';
import { OWNER } from '../newContacts';
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

const STANDARD = new Set(GHL_FIELDS.map(({ value }) => value));

/** HighLevel leaves these out of some reads even if they are set. An absent one was not read. */
const SOMETIMES_SHOWN = new Set(['timezone', 'gender']);

/** Columns that only a contact of HighLevel's has. */
const MARKS_OF_A_CONTACT = ['customFieldValues', 'customFields', 'locationId', 'dateAdded', 'dnd'];

/** HighLevel leaves these out of a contact only if they are not set. */
const ALWAYS_SHOWN = new Set(['firstName', 'lastName', 'email', 'phone', 'companyName']);

/** A search gives the street under another name. */
const OTHER_NAMES: Record<string, string> = { address1: 'address' };

const LEAD_ID_NAME = /^heyreach\s+(lead\s+)?id$/i;

/** The content of one item of the input GHL Contacts. */
export interface ReadContact {
	record: SyncRecord;
	/** The item reports that the contact was deleted. */
	gone?: true;
}

/**
 * A contact as GHL Contacts and GHL Trigger put it out (whole or simplified), or a row of any other
 * source that has an `id` and the fields of the table.
 *
 * HighLevel leaves out what is not set. In a whole contact (one with `dateAdded` and `tags`) a field
 * that is not there is therefore blank, where `absentIsBlank`; in anything else it was not read.
 * Custom fields count as read where the contact has `customFieldValues`. `keepsOwners`: a contact
 * without an owner is known as such.
 */
export function fromGhl(
	json: IDataObject,
	{ fields, linkedIn, keepsOwners }: FieldTable & { keepsOwners?: boolean },
	absentIsBlank = true,
	seen = new CustomFieldsSeen(),
): ReadContact {
	const { contact, event } = contactIn(json);
	const custom = new CustomValues(contact, seen);
	const isWhole = absentIsBlank && 'dateAdded' in contact && Array.isArray(contact.tags);
	const values: Array<[name: string, value: Value]> = [];
	for (const { A: name, normalise } of fields) {
		const value = STANDARD.has(name)
			? standard(contact, name, isWhole, normalise)
			: custom.value(name, absentIsBlank, normalise);
		if (value !== undefined) values.push([name, value]);
	}
	// Only that there is none is read: an owner is never overwritten.
	if (keepsOwners && standard(contact, OWNER, isWhole, 'exact') === null)
		values.push([OWNER, null]);
	const record: SyncRecord = {
		id: text(contact.id ?? contact.contactId),
		name: text(contact.contactName) || text(contact.name) || nameOf(contact),
		keys: {
			crossId: custom.first([], LEAD_ID_NAME),
			memberId: custom.first(linkedIn.memberId, MEMBER_ID_NAME),
			linkedIn: custom.addresses(linkedIn.url),
			emails: texts([contact.email, ...list(contact.additionalEmails)]),
			phone: oneOrMore(texts([contact.phone, ...list(contact.additionalPhones)])),
		},
		// An object that grows key by key takes three times the memory from the thirteenth key on.
		fields: Object.fromEntries(values),
		tags: tagNames(contact.tags),
		...moment('updatedAt', contact.dateUpdated),
		...moment('addedAt', contact.dateAdded),
		...(contact.dnd === true && { doNotCreate: 'has opted out (Do Not Disturb)' }),
	};
	const isGone = event === 'ContactDelete' || contact.deleted === true;
	return isGone ? { record, gone: true } : { record };
}

/** The contact itself, whether it came alone, inside an answer, or in an event of the trigger. */
function contactIn(json: IDataObject): { contact: IDataObject; event?: string } {
	const { event, payload, contact } = json;
	if (typeof event === 'string' && isObject(payload)) {
		return { contact: { id: json.contactId, ...payload } as IDataObject, event };
	}
	if (json.id === undefined && isObject(contact)) return { contact: contact as IDataObject };
	return { contact: json };
}

function standard(
	contact: IDataObject,
	name: string,
	isWhole: boolean,
	how: Normaliser | undefined,
): Value | undefined {
	const keys = [name, OTHER_NAMES[name]].filter((key) => key !== undefined && key in contact);
	const found = keys.find((key) => contact[key] !== undefined && contact[key] !== null) ?? keys[0];
	if (found !== undefined) return readValue(contact[found], how);
	const isShown = ALWAYS_SHOWN.has(name) || 'locationId' in contact;
	return isWhole && isShown && !SOMETIMES_SHOWN.has(name) ? null : undefined;
}

function nameOf({ firstName, lastName, email, companyName }: IDataObject): string {
	return fullName(firstName, lastName) || text(email) || text(companyName);
}

const oneOrMore = (found: string[]) => (found.length > 1 ? found : (found[0] ?? null));

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function moment(name: 'updatedAt' | 'addedAt', value: unknown): Partial<SyncRecord> {
	const epoch = typeof value === 'string' ? Date.parse(value) : Number(value);
	return Number.isFinite(epoch) && epoch > 0 ? { [name]: epoch } : {};
}

/**
 * The custom fields of a contact: `customFieldValues` by name (by key where two have one name), `[{
 * id, value }]` by id. A field of the contact itself is never one of them.
 */
class CustomValues {
	private readonly names: Record<string, unknown> | undefined;
	private readonly ids = new Map<string, unknown>();

	constructor(
		private readonly contact: IDataObject,
		private readonly seen: CustomFieldsSeen,
	) {
		const { customFieldValues, customFields } = contact;
		if (isObject(customFieldValues)) this.names = customFieldValues;
		for (const field of list(customFields)) {
			if (!isObject(field)) continue;
			const value = field.value ?? field.field_value ?? field.fieldValue;
			for (const id of texts([field.id, field.key, field.fieldKey])) this.ids.set(id, value);
		}
	}

	value(name: string, absentIsBlank: boolean, how?: Normaliser): Value | undefined {
		// A field that is named by its id was read only where the contact has the list of ids.
		const isId = /^(?=.*\d)[A-Za-z\d]{20}$/.test(name) && !Array.isArray(this.contact.customFields);
		const absent = this.names && absentIsBlank && !isId ? null : undefined;
		return this.seen.read(name, this.find(customNameOf(name)), absent, how);
	}

	private find(name: string): Found {
		const found = byName(this.names, name);
		if (found) return found;
		for (const id of [name, `contact.${name}`]) {
			if (this.ids.has(id)) return { value: this.ids.get(id) };
		}
		if (this.standsTwice(name)) return UNCLEAR;
		const isContact = MARKS_OF_A_CONTACT.some((key) => key in this.contact);
		return isContact || STANDARD.has(name) ? undefined : byName(this.contact, name);
	}

	/**
	 * Whether two fields have this name. Both then stand under their keys: `contact.region` and
	 * `contact.region_2`.
	 */
	private standsTwice(name: string): boolean {
		const key = `contact.${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_')}`;
		return Object.keys(this.names ?? {}).some((one) => one.replace(/_\d+$/, '') === key);
	}

	/**
	 * The first value that is not blank, of the named fields and of those whose name fits the
	 * pattern.
	 */
	first(names: readonly string[], pattern: RegExp): string | null {
		const values = [
			...names.map((name) => this.value(name, false)),
			...Object.entries(this.names ?? {})
				.filter(([name]) => pattern.test(name.trim()))
				.map(([, value]) => value),
		];
		return texts(values)[0] ?? null;
	}

	/**
	 * The LinkedIn addresses by the names of their fields. Where only ids are known: the one value
	 * that is a person's address.
	 */
	addresses(names: readonly string[]): string[] {
		const named = texts([
			...names.map((name) => this.value(name, false)),
			...Object.entries(this.names ?? {})
				.filter(([name]) => LINKEDIN_NAME.test(name.trim()))
				.map(([, value]) => value),
			this.contact.linkedIn,
			this.contact.linkedInUrl,
			this.contact.profileUrl,
		]);
		if (named.length > 0 || this.names) return [...new Set(named)];
		const persons = [
			...new Set(texts([...this.ids.values()]).filter((one) => linkedInKey(one) !== undefined)),
		];
		return persons.length === 1 ? persons : [];
	}
}
