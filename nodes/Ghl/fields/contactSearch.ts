import type { IDataObject } from 'n8n-workflow';
import { toDay, toEpochMs } from '../../engine/dates';
import { BadInput } from '../../engine/badInput';
import { choice, rowsField, text, type More } from '../../engine/describe/fields';
import { picker } from '../../engine/describe/locator';
import type { Field, Io } from '../../engine/operation';
import { toFlag, toList, toNumber, toText, isObject, rowsOf } from '../../engine/values';
import { NUMBER_TYPES, resolveCustomField } from './customFields';
import { customFieldModes } from '../editor/pickers';
import { DIRECTIONS } from './directions';

/** Fields that `POST /contacts/search` filters by. */
const FILTER_FIELDS = {
	Address: 'address',
	'Assigned To': 'assignedTo',
	'Business Name': 'businessName',
	City: 'city',
	'Company Name': 'companyName',
	'Contact ID': 'id',
	'Contact Name': 'contactName',
	Country: 'country',
	'Custom Field': 'customField',
	'Date Added': 'dateAdded',
	'Date Updated': 'dateUpdated',
	'Do Not Disturb': 'dnd',
	Email: 'email',
	'First Name (Lower Case)': 'firstNameLowerCase',
	Followers: 'followers',
	'Last Email Clicked': 'lastEmailClickedDate',
	'Last Email Opened': 'lastEmailOpenedDate',
	'Last Name (Lower Case)': 'lastNameLowerCase',
	Phone: 'phone',
	'Postal Code': 'postalCode',
	Source: 'source',
	State: 'state',
	Tags: 'tags',
	'Valid WhatsApp': 'isValidWhatsapp',
};

const SORT_FIELDS = {
	'Date Added': 'dateAdded',
	'Date Updated': 'dateUpdated',
	'Do Not Disturb': 'dnd',
	Email: 'email',
	'First Name': 'firstNameLowerCase',
	'Last Name': 'lastNameLowerCase',
	Source: 'source',
};

/** The fields that are true or false. In all others “true” is a text. */
const FLAGS = ['dnd', 'isValidWhatsapp'];

const DAY_MS = 86_400_000;

const NO_VALUE = ['exists', 'not_exists'];

const OPERATORS = {
	Contains: 'contains',
	'Contains Any Of (Tags)': 'contains_set',
	'Does Not Contain': 'not_contains',
	'Does Not Exist': 'not_exists',
	Exists: 'exists',
	Is: 'eq',
	'Is Between': 'range',
	'Is Not': 'not_eq',
};

const ofRange: More = { type: 'dateTime', displayOptions: { show: { operator: ['range'] } } };

const filterRow = [
	choice('Field', 'field', FILTER_FIELDS, { default: 'email' }),
	picker('Custom Field', 'customField', customFieldModes, {
		displayOptions: { show: { field: ['customField'] } },
	}),
	choice('Operator', 'operator', OPERATORS, {
		default: 'eq',
		description: 'HighLevel takes Is Between for dates alone, and Contains for some texts',
	}),
	text('Value', 'value', { displayOptions: { hide: { operator: ['range', ...NO_VALUE] } } }),
	text('From', 'from', ofRange),
	text('To', 'to', ofRange),
];

const filters = rowsField(
	'Filters',
	'filters',
	{ displayName: 'Filter', name: 'values' },
	filterRow,
	{
		placeholder: 'Add Filter',
		description: 'Without a filter all contacts are returned',
		as: async (value, io) => {
			const ready: IDataObject[] = [];
			for (const [index, row] of rowsOf(value, 'values').entries())
				ready.push(await toFilter(row, index, io));
			if (ready.length === 0) return undefined;
			const any = io.parameter('combine') === 'OR' && ready.length > 1;
			return any ? [{ group: 'OR', filters: ready }] : ready;
		},
	},
);

/** Not sent: the filters read it. */
const combine: Field = {
	...choice('Must Match', 'combine', { 'All Filters': 'AND', 'Any Filter': 'OR' }),
	send: undefined,
};

const query = text('Search Text', 'query', {
	placeholder: 'e.g. jane',
	description:
		'Looks through names, emails, phones and other searchable fields, and finds similar ones too: use a filter for an exact match. Up to 75 characters.',
});

const sort = rowsField(
	'Sort',
	'sort',
	{ displayName: 'Sort Rule', name: 'values' },
	[
		choice('Field', 'field', SORT_FIELDS, { default: 'dateAdded' }),
		choice('Direction', 'direction', DIRECTIONS),
	],
	{
		placeholder: 'Add Sort Rule',
		as: (value) => {
			const rows = rowsOf(value, 'values');
			return rows.length > 0 ? rows.map((row) => ({ ...row })) : undefined;
		},
	},
);

/** The fields of a search for contacts. */
export const searchFields: Field[] = [query, combine, filters, sort];

/**
 * One filter in HighLevel's form.
 *
 * @throws BadInput for an empty value, which would match far more contacts than the person means
 */
async function toFilter(row: IDataObject, index: number, io: Io): Promise<IDataObject> {
	const operator = String(row.operator ?? 'eq');
	const label = `Filter ${index + 1}`;
	let name = String(row.field ?? '');
	let type = FLAGS.includes(name) ? 'flag' : '';
	if (name === 'customField') {
		const { id, dataType } = await resolveCustomField(row.customField, io);
		name = `customFields.${id}`;
		type = dataType;
	}
	if (NO_VALUE.includes(operator)) return { field: name, operator };
	if (operator === 'range') {
		const range: IDataObject = {};
		if (isSet(row.from)) range.gte = rangeEnd(row.from, type, 0, io);
		if (isSet(row.to)) range.lte = rangeEnd(row.to, type, DAY_MS - 1, io);
		if (Object.keys(range).length === 0) throw noValue(label);
		return { field: name, operator, value: range };
	}
	if (!isSet(row.value)) throw noValue(label);
	return { field: name, operator, value: filterValue(row.value, operator, type, label) };
}

/** The end of a range in epoch ms. For a custom field of days it is that day in UTC. */
function rangeEnd(value: unknown, type: string, intoDay: number, io: Io): number {
	const timezone = io.context.getTimezone();
	if (type !== 'DATE') return toEpochMs(value, timezone);
	return Date.parse(toDay(value, timezone)) + intoDay;
}

/** The value in the form that the field's type has. */
function filterValue(
	value: unknown,
	operator: string,
	type: string,
	label: string,
): IDataObject[string] {
	if (operator === 'contains_set' || Array.isArray(value)) return toList(value);
	if (type === 'flag') return toFlag(value, label);
	if (NUMBER_TYPES.includes(type) && operator !== 'contains') return toNumber(value, label);
	return toText(value, label).trim();
}

function isSet(value: unknown): boolean {
	if (isObject(value)) return true;
	return value !== undefined && value !== null && String(value).trim() !== '';
}

function noValue(label: string): BadInput {
	return new BadInput(
		`${label} has no value`,
		'An empty filter would return contacts that were not meant. Give it a value, or remove it, or use Exists or Does Not Exist.',
	);
}
