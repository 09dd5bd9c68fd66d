import type { IDataObject } from 'n8n-workflow';
import { daysAgo, toDay, toEpochMs } from '../../engine/dates';
import { BadInput } from '../../engine/badInput';
import { named } from '../../engine/call/labels';
import { choice, formerly, notSent, rowsField, text } from '../../engine/describe/fields';
import type { Field, Io } from '../../engine/operation';
import { toFlag, toList, toNumber, toText, isObject, rowsOf, unwrap } from '../../engine/values';
import { LONGEST_SEARCHED } from '../calls/contactByIdentity';
import { userByName } from '../calls/userByName';
import { toCountry } from '../editor/countries';
import { NUMBER_TYPES, resolveCustomField, type NamedField } from './customFields';
import { DATES, filterRow, FLAGS, NO_VALUE, OF_DATE, USERS } from './contactFilterRow';
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
			return isAnyEnough(io) && ready.length > 1 ? [{ group: 'OR', filters: ready }] : ready;
		},
	},
);

/** @throws BadInput for another word than those of the choice, which an expression may give */
function isAnyEnough(io: Io): boolean {
	const given = String(io.parameter('combine', 'AND'));
	if (['AND', 'OR'].includes(given)) return given === 'OR';
	throw new BadInput(
		`“Must Match” is neither AND nor OR: “${given}”`,
		'Choose All Filters or Any Filter, or let the expression give AND or OR.',
	);
}

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
 * One filter in HighLevel's form. Its errors say which filter it is.
 *
 * @throws BadInput for an empty value, which would match far more contacts than the person means
 */
async function toFilter(row: IDataObject, index: number, io: Io): Promise<IDataObject> {
	const label = `Filter ${index + 1}`;
	try {
		return await readFilter(row, label, io);
	} catch (error) {
		throw named(label, error);
	}
}

async function readFilter(row: IDataObject, label: string, io: Io): Promise<IDataObject> {
	const given = String(row.operator ?? 'eq');
	let operator = given;
	let name = String(row.field ?? '');
	let type = FLAGS.includes(name) ? 'flag' : '';
	if (name === 'customField') {
		const custom = await resolveCustomField(row.customField, io);
		name = `customFields.${custom.id}`;
		type = custom.dataType;
		operator = operatorOf(custom, given);
	}
	if (NO_VALUE.includes(operator)) return { field: name, operator };
	const isDay = operator === 'on' && given === 'eq';
	const date = unwrap(row.value) as IDataObject[string];
	const dated = isDay && !isSet(row.date) ? { ...row, date } : row;
	const range = rangeOf(dated, operator, name, type, label, io);
	if (range) return { field: name, operator: 'range', value: range };
	const value = unwrap(row.value);
	if (!isSet(value)) throw noValue(label);
	if (name === 'tags' && operator !== 'contains_set') return tagFilter(value, operator, label);
	const ready = filterValue(await chosenValue(name, value, io), operator, type, label);
	if (Array.isArray(ready) && ready.length === 0) throw noValue(label);
	checkLength(ready, label);
	return { field: name, operator, value: ready };
}

/** Several tags are one filter each: any of them is enough to be included, and none may be there to be left out. */
function tagFilter(value: unknown, operator: string, label: string): IDataObject {
	const tags = toList(value);
	if (tags.length === 0) throw noValue(label);
	checkLength(tags, label);
	const filters = tags.map((tag) => ({ field: 'tags', operator, value: tag }));
	if (filters.length === 1) return filters[0];
	return { group: operator.startsWith('not_') ? 'AND' : 'OR', filters };
}

/** What is chosen from a list is also found by its name: a user, a country. */
async function chosenValue(field: string, value: unknown, io: Io): Promise<unknown> {
	if (Array.isArray(value)) return value;
	if (USERS.includes(field)) return await userByName(value, io);
	return field === 'country' ? toCountry(value) : value;
}

/**
 * The operator for a custom field of this type. HighLevel refuses the others with the ID of the field
 * alone. A date is equal to another on the whole of its day.
 *
 * @throws BadInput for an operator that the type does not have
 */
function operatorOf({ name, dataType }: NamedField, operator: string): string {
	const isOfDate = [...OF_DATE, 'last', 'range'].includes(operator);
	if (dataType === '' || NO_VALUE.includes(operator)) return operator;
	if (dataType === 'DATE') {
		if (isOfDate) return operator;
		if (operator === 'eq') return 'on';
		throw new BadInput(
			`“${name}” is a date`,
			'Choose After, Before, In the Last (Days), Is Between, Is On, Is Empty or Is Not Empty as Operator.',
		);
	}
	if (isOfDate) {
		throw new BadInput(
			`“${name}” is not a custom field of the type Date`,
			'Choose Is, Is Not, Contains or another Operator for texts and numbers, or a custom field that holds a date.',
		);
	}
	if (NUMBER_TYPES.includes(dataType) && /contains/.test(operator)) {
		throw new BadInput(
			`“${name}” is a number`,
			'Choose Is, Is Not, Is Empty or Is Not Empty as Operator.',
		);
	}
	return operator;
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
		return { gte: daysAgo(row.days, `${label}: Days`) };
	}
	if (operator === 'range') {
		const range: IDataObject = {};
		if (isSet(row.from)) range.gte = rangeEnd(row.from, type, 0, io);
		if (isSet(row.to)) range.lte = rangeEnd(row.to, type, DAY_MS - 1, io);
		if (Object.keys(range).length === 0) throw noValue(label);
		if (Number(range.gte) > Number(range.lte)) {
			throw new BadInput(
				`${label}: “From” is after “To”`,
				'No contact can be in between. Check both dates.',
			);
		}
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

/** HighLevel's own refusal of a longer one does not say which. */
function checkLength(value: IDataObject[string], label: string): void {
	const longest = [value]
		.flat()
		.find((one) => typeof one === 'string' && one.length > LONGEST_SEARCHED);
	if (longest === undefined) return;
	throw new BadInput(
		`${label} has a value of more than ${LONGEST_SEARCHED} characters`,
		'HighLevel compares no longer ones. Shorten it, or filter by another field.',
	);
}

function isSet(value: unknown): boolean {
	if (isObject(value)) return true;
	if (Array.isArray(value)) return value.some(isSet);
	return value !== undefined && value !== null && String(value).trim() !== '';
}

function noValue(label: string): BadInput {
	return new BadInput(
		`${label} has no value`,
		'An empty filter would return the wrong contacts. Give it a value, remove it, or use Is Empty or Is Not Empty.',
	);
}
