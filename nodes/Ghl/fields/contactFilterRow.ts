import type { INodeProperties } from 'n8n-workflow';
import { DATE_FORM, choice, number, text, type More } from '../../engine/describe/fields';
import { listOrId, picker } from '../../engine/describe/locator';
import type { Field } from '../../engine/operation';
import { countryModes, customFieldModes, listOrName, tagNameModes } from '../editor/pickers';

/** Fields that `POST /contacts/search` filters by, in the words of HighLevel's own filters. */
const FILTER_FIELDS = {
	Address: 'address',
	'Assigned To': 'assignedTo',
	'Business Name': 'businessName',
	City: 'city',
	'Company Name': 'companyName',
	'Contact ID': 'id',
	Country: 'country',
	Created: 'dateAdded',
	'Custom Field': 'customField',
	DND: 'dnd',
	Email: 'email',
	'First Name': 'firstNameLowerCase',
	Followers: 'followers',
	'Full Name': 'contactName',
	'Last Email Clicked': 'lastEmailClickedDate',
	'Last Email Opened': 'lastEmailOpenedDate',
	'Last Name': 'lastNameLowerCase',
	Phone: 'phone',
	'Postal Code': 'postalCode',
	Source: 'source',
	State: 'state',
	Tags: 'tags',
	Updated: 'dateUpdated',
	'Valid WhatsApp': 'isValidWhatsapp',
};

/** The fields that are true or false. In all others “true” is a text. */
export const FLAGS = ['dnd', 'isValidWhatsapp'];

/** The fields that hold a user. */
export const USERS = ['assignedTo', 'followers'];

/** The fields that hold a moment. */
export const DATES = ['dateAdded', 'dateUpdated', 'lastEmailClickedDate', 'lastEmailOpenedDate'];

/** These take Is, Is Not, and whether there is a value at all. */
const WHOLE = ['contactName', 'country', 'email', 'source', 'state', ...USERS, ...FLAGS];

/** What these hold is chosen; the value of all others, and of custom fields, is typed. */
const CHOSEN = ['businessName', 'country', 'tags', ...USERS, ...FLAGS];

const TEXTS = Object.values(FILTER_FIELDS).filter(
	(field) => ![...WHOLE, ...DATES, 'customField', 'id', 'tags'].includes(field),
);

const TYPED = Object.values(FILTER_FIELDS).filter(
	(field) => ![...CHOSEN, ...DATES].includes(field),
);

export const NO_VALUE = ['exists', 'not_exists'];

/** Comparisons with one moment. */
export const OF_DATE = ['after', 'before', 'on'];

const EQUAL = { Is: 'eq', 'Is Not': 'not_eq' };
const EXIST = { 'Is Empty': 'not_exists', 'Is Not Empty': 'exists' };
const CONTAIN = { Contains: 'contains', 'Does Not Contain': 'not_contains' };
const DATE = {
	'In the Last (Days)': 'last',
	After: 'after',
	Before: 'before',
	'Is Between': 'range',
};

type Rules = Record<string, string[]>;

/** Shown for these values of the other parameters of the row. */
const shown = (show: Rules, hide?: Rules): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show, ...(hide && { hide }) },
});

/** Every kind of field has one of the value `eq`, so that the default fits after a change of Field. */
const operator = (fields: string[], choices: Record<string, string>): Field =>
	choice(
		'Operator',
		'operator',
		Object.entries(choices).sort(([a], [b]) => a.localeCompare(b)),
		{ default: 'eq', ...shown({ field: fields }) },
	);

const needsValue = { operator: NO_VALUE };

const OTHER_INPUT = { operator: [...NO_VALUE, ...OF_DATE, 'last', 'range'] };

/** A value that is picked from a list, or typed by name. */
const picked = (fields: string[], modes: Parameters<typeof picker>[2]): Field =>
	picker('Value', 'value', modes, shown({ field: fields }, needsValue));

const ofDate: More = { type: 'dateTime', description: DATE_FORM };

const ofRange: More = { ...ofDate, ...shown({ operator: ['range'] }) };

/** The parameters of one filter. Those of one name are one parameter, which follows Field. */
export const filterRow: Field[] = [
	choice('Field', 'field', FILTER_FIELDS, { default: 'email' }),
	picker('Custom Field', 'customField', customFieldModes, shown({ field: ['customField'] })),
	operator(['id'], EQUAL),
	operator(WHOLE, { ...EQUAL, ...EXIST }),
	operator(TEXTS, { ...EQUAL, ...CONTAIN, ...EXIST }),
	operator(['tags'], {
		Include: 'eq',
		'Do Not Include': 'not_eq',
		'Include All Of': 'contains_set',
		'Include a Tag With the Text': 'contains',
		'Include No Tag With the Text': 'not_contains',
		'Is Empty': 'not_exists',
		'Is Not Empty': 'exists',
	}),
	operator(DATES, { 'Is On': 'eq', ...DATE, ...EXIST }),
	operator(['customField'], { ...EQUAL, ...CONTAIN, ...DATE, 'Is On': 'on', ...EXIST }),
	picked(['tags'], tagNameModes),
	picked(USERS, listOrId('searchUsers', '0IHuJvc2ofPAAA8GzTRi')),
	picked(['businessName'], listOrName('searchBusinessNames', 'Acme')),
	picked(['country'], countryModes),
	choice('Value', 'value', { Yes: 'true', No: 'false' }, shown({ field: FLAGS }, needsValue)),
	number('Days', 'days', {
		description: 'Number of days before now',
		default: 30,
		typeOptions: { minValue: 1 },
		...shown({ operator: ['last'] }),
	}),
	text('Date', 'date', { ...ofDate, ...shown({ operator: OF_DATE }) }),
	text('Date', 'date', { ...ofDate, ...shown({ field: DATES, operator: ['eq'] }) }),
	text('From', 'from', ofRange),
	text('To', 'to', ofRange),
	// The last of its name: n8n gives a new row the default of the last.
	text('Value', 'value', {
		placeholder: 'e.g. jane@example.com',
		...shown({ field: TYPED }, OTHER_INPUT),
	}),
];
