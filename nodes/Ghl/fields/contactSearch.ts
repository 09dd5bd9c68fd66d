import type { IDataObject } from 'n8n-workflow';
import { toDay, toEpochMs } from '../../engine/dates';
import { BadInput } from '../../engine/badInput';
import { choice, formerly, notSent, rowsField, text } from '../../engine/describe/fields';
import type { Field, Io } from '../../engine/operation';
import { toFlag, toList, toNumber, toText, isObject, rowsOf, unwrap } from '../../engine/values';
import { NUMBER_TYPES, resolveCustomField } from './customFields';
import { DATES, filterRow, FLAGS, NO_VALUE, OF_DATE } from './contactFilterRow';
import { DIRECTIONS } from './directions';

const SORT_FIELDS = {
	Created: 'dateAdded',
	DND: 'dnd',
	Email: 'email',
	'First Name': 'firstNameLowerCase',
	'Last Name': 'lastNameLowerCase',
	Source: 'source',
	Updated: 'dateUpdated',
};

const DAY_MS = 86_400_000;

const filters = rowsField(
	'Filters',
	'filters',
	{ displayName: 'Filter', name: 'values' },
	filterRow,
	{
		placeholder: 'Add Filter',
		description: 'Leave empty to return all contacts',
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

/** Heads the filters, once there are two. Not sent: they read it. */
const combine: Field = {
	...notSent(choice('Must Match', 'combine', { 'All Filters': 'AND', 'Any Filter': 'OR' })),
	isBehindLimit: true,
	inSight: { show: { '/filters.values[1]': [{ _cnd: { exists: true } }] }, unset: 'AND' },
};

const query = text('Search Text', 'query', {
	placeholder: 'e.g. jane',
	description:
		'Searches names, emails, phones and other fields, up to 75 characters. Also finds similar ones: for an exact match use a filter.',
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
export const searchFields: Field[] = [formerly(query), combine, filters, formerly(sort)];

/** What a search for contacts has among its options. */
export const searchOptions: Field[] = [query, sort];

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
	const range = rangeOf(row, operator, name, type, label, io);
	if (range) return { field: name, operator: 'range', value: range };
	const value = unwrap(row.value);
	if (!isSet(value)) throw noValue(label);
	// A tag with a comma stands in quotes, as in every list of tags.
	const [tag, ...others] = name === 'tags' && typeof value === 'string' ? toList(value) : [];
	const one = tag !== undefined && others.length === 0 && operator !== 'contains_set' ? tag : value;
	return { field: name, operator, value: filterValue(one, operator, type, label) };
}

/**
 * The range that a filter by time stands for, in epoch ms; `undefined` for other filters.
 *
 * @throws BadInput where no moment is given
 */
function rangeOf(
	row: IDataObject,
	operator: string,
	name: string,
	type: string,
	label: string,
	io: Io,
): IDataObject | undefined {
	if (operator === 'last') {
		const days = toNumber(row.days, `${label}: Days`);
		return { gte: Date.now() - days * DAY_MS };
	}
	if (operator === 'range') {
		const range: IDataObject = {};
		if (isSet(row.from)) range.gte = rangeEnd(row.from, type, 0, io);
		if (isSet(row.to)) range.lte = rangeEnd(row.to, type, DAY_MS - 1, io);
		if (Object.keys(range).length === 0) throw noValue(label);
		return range;
	}
	const isOn = operator === 'on' || (operator === 'eq' && DATES.includes(name));
	if (!isOn && !OF_DATE.includes(operator)) return undefined;
	if (!isSet(row.date)) throw noValue(label);
	if (operator === 'after') return { gt: rangeEnd(row.date, type, DAY_MS - 1, io) };
	if (operator === 'before') return { lt: rangeEnd(row.date, type, 0, io) };
	const timezone = io.context.getTimezone();
	const day = toDay(row.date, timezone);
	const start = type === 'DATE' ? Date.parse(day) : toEpochMs(day, timezone);
	return { gte: start, lte: start + DAY_MS - 1 };
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
		'An empty filter would return the wrong contacts. Give it a value, remove it, or use Is Empty or Is Not Empty.',
	);
}
