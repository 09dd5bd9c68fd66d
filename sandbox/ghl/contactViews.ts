import { fullName } from './contactWrites';
import type { Contact } from './records';

/**
 * A contact as the single-contact routes answer it: custom fields as `{id, value}`, no keys; what
 * is not set is left out.
 */
export function contactView(contact: Contact): object {
	const name = fullName(contact);
	return {
		...contact,
		gender: undefined,
		name,
		fullNameLowerCase: name.toLowerCase(),
		firstNameLowerCase: contact.firstName?.toLowerCase(),
		lastNameLowerCase: contact.lastName?.toLowerCase(),
		emailLowerCase: contact.email?.toLowerCase(),
	};
}

/** The answer to a create carries the birth day in parts too. */
export function createdContactView(contact: Contact): object {
	const born = contact.dateOfBirth === undefined ? undefined : new Date(contact.dateOfBirth);
	return {
		...contactView(contact),
		birthMonth: born && born.getUTCMonth() + 1,
		birthDay: born?.getUTCDate(),
		deleted: false,
	};
}

/** A row of a list: no DND settings, `address` instead of `address1`. */
export function contactRow(contact: Contact, businessName?: string): object {
	return {
		...contact,
		gender: undefined,
		dndSettings: undefined,
		inboundDndSettings: undefined,
		address1: undefined,
		address: contact.address1,
		businessName,
		contactName: fullName(contact),
		firstNameLowerCase: contact.firstName?.toLowerCase(),
		lastNameLowerCase: contact.lastName?.toLowerCase(),
	};
}

/**
 * A row of the search: what a list gives, with the DND settings and without the time zone; names in
 * title case, the day of birth in epoch milliseconds (highlevel-api-docs issues 185 and 314).
 */
export function searchRow(contact: Contact, businessName?: string): object {
	const { firstName, lastName, dateOfBirth, dndSettings, inboundDndSettings } = contact;
	return {
		...contactRow(contact, businessName),
		firstName: inTitleCase(firstName),
		lastName: inTitleCase(lastName),
		contactName: inTitleCase(fullName(contact)),
		timezone: undefined,
		dateOfBirth: dateOfBirth === undefined ? undefined : Date.parse(dateOfBirth),
		dndSettings,
		inboundDndSettings,
	};
}

/** `van der berg`: Van Der Berg. */
const inTitleCase = <Name extends string | undefined>(name: Name) =>
	name?.replace(/(?<=^|\s)\p{Lowercase}/gu, (letter) => letter.toUpperCase());
