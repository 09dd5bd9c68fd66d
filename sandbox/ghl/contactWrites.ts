import { MATCH_ORDER } from './contactOwners';
import type { SandboxState } from '../state';
import type { ContactBody } from './contactDtos';
import { duplicateContact, notFound } from './errors';
import { dateOfBirth, phoneNumber, splitName, tagNames } from './normalise';
import type { Contact, CustomFieldValue } from './records';

export const fullName = ({ firstName, lastName }: Contact): string =>
	[firstName, lastName].filter(Boolean).join(' ');

export function newContact(id: string, locationId: string, now: string): Contact {
	return {
		id,
		locationId,
		type: 'lead',
		dnd: false,
		dndSettings: {},
		tags: [],
		customFields: [],
		additionalEmails: [],
		additionalPhones: [],
		followers: [],
		dateAdded: now,
		dateUpdated: now,
	};
}

type PlainField =
	| 'firstName'
	| 'lastName'
	| 'email'
	| 'address1'
	| 'city'
	| 'state'
	| 'postalCode'
	| 'country'
	| 'website'
	| 'timezone'
	| 'companyName'
	| 'source'
	| 'gender'
	| 'assignedTo';
const PLAIN_FIELDS: PlainField[] = [
	'firstName',
	'lastName',
	'email',
	'address1',
	'city',
	'state',
	'postalCode',
	'country',
	'website',
	'timezone',
	'companyName',
	'source',
	'gender',
	'assignedTo',
];

/**
 * The contact with a write applied: keys that were not sent stay, null clears, tags replace all
 * tags, custom fields and DND channels merge.
 */
export function written(state: SandboxState, contact: Contact, body: ContactBody): Contact {
	const next: Contact = { ...contact, dateUpdated: new Date().toISOString() };
	if (typeof body.name === 'string') Object.assign(next, splitName(body.name));
	if (body.name === null) Object.assign(next, { firstName: undefined, lastName: undefined });
	for (const field of PLAIN_FIELDS) {
		if (body[field] !== undefined) next[field] = body[field] || undefined;
	}
	if (body.phone !== undefined) next.phone = phoneNumber(body.phone ?? '');
	if (body.dateOfBirth !== undefined) next.dateOfBirth = dateOfBirth(body.dateOfBirth ?? '');
	if (body.dnd !== undefined) next.dnd = body.dnd;
	if (body.dndSettings !== undefined) {
		next.dndSettings = { ...contact.dndSettings, ...body.dndSettings };
	}
	if (body.inboundDndSettings !== undefined) next.inboundDndSettings = body.inboundDndSettings;
	if (body.tags !== undefined) next.tags = tagNames(body.tags);
	if (body.customFields !== undefined) {
		next.customFields = mergedCustomFields(state, contact, body.customFields);
	}
	if (next.assignedTo !== undefined && !state.isUserOf(next.locationId, next.assignedTo)) {
		throw notFound('User', next.assignedTo);
	}
	return next;
}

/** Merges by id; null, an empty text or an empty list clears. Fields nobody made are dropped. */
function mergedCustomFields(
	state: SandboxState,
	contact: Contact,
	given: NonNullable<ContactBody['customFields']>,
): CustomFieldValue[] {
	const values = new Map(contact.customFields.map(({ id, value }) => [id, value]));
	for (const { id, key, field_value: fieldValue, ...other } of given) {
		const field = [...state.customFields.values()].find(
			(candidate) =>
				candidate.locationId === contact.locationId &&
				(candidate.id === id ||
					candidate.fieldKey === key ||
					candidate.fieldKey === `contact.${key}`),
		);
		if (field === undefined) continue;
		const value = storedValue(field.dataType, fieldValue ?? other.fieldValue);
		if (value === undefined) values.delete(field.id);
		else values.set(field.id, value);
	}
	return [...values].map(([id, value]) => ({ id, value }));
}

const NUMBER_TYPES = ['NUMERICAL', 'MONETORY'];

/** A number stays a number whatever form it was sent in; undefined for what clears the field. */
export function storedValue(dataType: string, given: unknown): unknown {
	if (given === undefined || given === null || given === '') return undefined;
	if (Array.isArray(given) && given.length === 0) return undefined;
	if (!NUMBER_TYPES.includes(dataType)) return given;
	const number = Number(given);
	return Number.isNaN(number) ? given : number;
}

/** Throws the 400 with `meta.contactId` when another contact owns the e-mail or the phone. */
export function refuseDuplicate(state: SandboxState, contact: Contact): void {
	const clash = state.contactOwners
		.of(contact.locationId, contact)
		.find(({ contact: owner }) => owner.id !== contact.id);
	if (clash === undefined) return;
	throw duplicateContact({
		contactId: clash.contact.id,
		matchingField: clash.field,
		contactName: fullName(clash.contact),
	});
}

/**
 * An upsert onto an existing contact. An identifier that belongs to somebody else is dropped
 * without a word; an additional e-mail becomes the primary one and the old primary is lost;
 * gender is accepted and ignored.
 */
export function upserted(state: SandboxState, contact: Contact, body: ContactBody): Contact {
	const next = written(state, contact, { ...body, gender: undefined });
	for (const field of MATCH_ORDER) {
		const others = state.contactOwners
			.of(contact.locationId, { [field]: next[field] })
			.filter((owner) => owner.contact.id !== contact.id);
		if (others.length > 0) next[field] = contact[field];
	}
	next.additionalEmails = next.additionalEmails.filter((address) => address !== next.email);
	return next;
}
