import { toList } from '../../engine/values';
import { CUSTOM_FIELD_KEYS } from './customFields';

/** The fields that Simplify leaves of a contact. */
export const SIMPLE_CONTACT = [
	...toList('id, firstName, lastName, email, phone, companyName, tags'),
	...CUSTOM_FIELD_KEYS,
	...toList('assignedTo, dateAdded, dateUpdated'),
];
