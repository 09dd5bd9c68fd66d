import type { SandboxState } from '../state';
import { fullName } from './contactWrites';
import type { Contact } from './records';

/** Every operator the validator knows; each field takes a few of them. */
export const OPERATORS = [
	'eq',
	'not_eq',
	'contains',
	'not_contains',
	'wildcard',
	'not_wildcard',
	'match',
	'not_match',
	'exists',
	'not_exists',
	'range',
	'not_range',
	'contains_set',
	'contains_not_set',
	'gt',
	'gte',
	'lt',
	'lte',
	'nested',
	'nested_not',
	'has_child',
	'has_parent',
];

const EQUAL = ['eq', 'not_eq'];
const CONTAIN = ['contains', 'not_contains'];
const EXIST = ['exists', 'not_exists'];

export interface SearchField {
	operators: string[];
	read: (contact: Contact, state: SandboxState) => unknown;
}

const field = (read: SearchField['read'], ...operators: string[][]): SearchField => ({
	read,
	operators: operators.flat(),
});
const time = (iso: string | undefined): number | undefined =>
	iso === undefined ? undefined : Date.parse(iso);

/** The filter fields and what each may be asked. */
const FIELDS: Record<string, SearchField> = {
	id: field(({ id }) => id, EQUAL),
	contactName: field(fullName, EQUAL, EXIST),
	firstNameLowerCase: field((c) => c.firstName?.toLowerCase(), EQUAL, CONTAIN, EXIST),
	lastNameLowerCase: field((c) => c.lastName?.toLowerCase(), EQUAL, CONTAIN, EXIST),
	email: field((c) => c.email, EQUAL, EXIST),
	phone: field((c) => c.phone, EQUAL, CONTAIN, EXIST),
	address: field((c) => c.address1, EQUAL, CONTAIN, EXIST),
	city: field((c) => c.city, EQUAL, CONTAIN, EXIST),
	postalCode: field((c) => c.postalCode, EQUAL, CONTAIN, EXIST),
	companyName: field((c) => c.companyName, EQUAL, CONTAIN, EXIST),
	businessName: field(
		(c, state) => state.businesses.get(c.businessId ?? '')?.name,
		EQUAL,
		CONTAIN,
		EXIST,
	),
	state: field((c) => c.state, EQUAL, EXIST),
	country: field((c) => c.country, EQUAL, EXIST),
	source: field((c) => c.source, EQUAL, EXIST),
	assignedTo: field((c) => c.assignedTo, EQUAL, EXIST),
	dnd: field((c) => c.dnd, EQUAL, EXIST),
	followers: field((c) => c.followers, EQUAL, EXIST),
	isValidWhatsapp: field(() => undefined, EQUAL, EXIST),
	// `contains` is not documented for tags; five independent clients send it.
	tags: field((c) => c.tags, EQUAL, CONTAIN, EXIST, ['contains_set']),
	dateAdded: field((c) => time(c.dateAdded), ['range'], EXIST),
	dateUpdated: field((c) => time(c.dateUpdated), ['range'], EXIST),
	lastEmailClickedDate: field(() => undefined, ['range'], EXIST),
	lastEmailOpenedDate: field(() => undefined, ['range'], EXIST),
	'dndSettings.Email.status': field((c) => c.dndSettings.Email?.status, EQUAL, EXIST),
	'dndSettings.SMS.status': field((c) => c.dndSettings.SMS?.status, EQUAL, EXIST),
	'dndSettings.Call.status': field((c) => c.dndSettings.Call?.status, EQUAL, EXIST),
	'inboundDndSettings.all.status': field((c) => c.inboundDndSettings?.all?.status, EQUAL, EXIST),
};

/** What a custom field may be asked, by its data type; text where it is not listed. */
const CUSTOM_OPERATORS: Record<string, string[]> = {
	DATE: ['range', ...EXIST],
	NUMERICAL: [...EQUAL, 'range', ...EXIST],
	MONETORY: [...EQUAL, 'range', ...EXIST],
};

/** Finds a filter field. Custom fields go by id only (`customFields.<id>`), never by key or name. */
export function searchField(state: SandboxState, name: string): SearchField | undefined {
	const id = /^customFields\.(.+)$/.exec(name)?.[1];
	if (id === undefined) return Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
	const custom = state.customFields.get(id);
	if (custom === undefined) return undefined;
	const isDate = custom.dataType === 'DATE';
	return {
		operators: CUSTOM_OPERATORS[custom.dataType] ?? [...EQUAL, ...CONTAIN, ...EXIST],
		read: (contact) => {
			const value = contact.customFields.find((candidate) => candidate.id === id)?.value;
			return isDate && typeof value === 'string' ? Date.parse(value) : value;
		},
	};
}

/** The fields a search may be sorted by. */
export const SORTS: Record<string, (contact: Contact) => string | number | null> = {
	email: (c) => c.email?.toLowerCase() ?? null,
	dnd: (c) => Number(c.dnd),
	source: (c) => c.source ?? null,
	firstNameLowerCase: (c) => c.firstName?.toLowerCase() ?? null,
	lastNameLowerCase: (c) => c.lastName?.toLowerCase() ?? null,
	dateAdded: (c) => Date.parse(c.dateAdded),
	dateUpdated: (c) => Date.parse(c.dateUpdated),
};
