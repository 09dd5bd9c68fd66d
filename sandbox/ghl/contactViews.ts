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

/** A row of a list or of the search: no DND settings, `address` instead of `address1`. */
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
