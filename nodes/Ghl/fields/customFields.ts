import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { inField } from '../../engine/call/labels';
import { dayOr, toDay } from '../../engine/dates';
import { ApiFault } from '../../engine/call/errors';
import type { Field, Io } from '../../engine/operation';
import {
	listReader,
	toFlag,
	toNumber,
	toText,
	unwrap,
	isObject,
	rowsOf,
} from '../../engine/values';
import { readList, readNames } from '../calls/lists';
import { isSimple } from '../../engine/call/commonParameters';

/** A custom field of the location: `fieldKey` is `contact.job_title`. */
export interface CustomField {
	id: string;
	name: string;
	fieldKey: string;
	dataType: string;
	/** The choices of a dropdown, radio buttons or checkboxes. */
	options: string[];
}

/** What is known of a field that a picker names. */
export type NamedField = Pick<CustomField, 'id' | 'name' | 'dataType'>;

/** The lists of custom fields, by what the fields belong to. */
export const CUSTOM_FIELDS = {
	contact: 'customFields',
	opportunity: 'opportunityCustomFields',
} as const;

export type Model = keyof typeof CUSTOM_FIELDS;

export async function listCustomFields(io: Io, model: Model = 'contact'): Promise<CustomField[]> {
	return (await readList(CUSTOM_FIELDS[model], io)).map(toCustomField);
}

export function toCustomField(row: IDataObject): CustomField {
	return {
		id: String(row.id),
		name: String(row.name ?? ''),
		fieldKey: String(row.fieldKey ?? ''),
		dataType: String(row.dataType ?? ''),
		options: Array.isArray(row.picklistOptions) ? row.picklistOptions.map(String) : [],
	};
}

/** The types that hold a number; the last in HighLevel's own spelling. */
export const NUMBER_TYPES = ['NUMERICAL', 'FLOAT', 'MONETORY'];

const plain = (text: string) => text.trim().toLowerCase();

/** `job_title` of `contact.job_title`. */
const shortKey = ({ fieldKey }: CustomField) => plain(fieldKey.slice(fieldKey.indexOf('.') + 1));

/** The fields that a text can mean: the one with that id or whole key, else all with that short key or name. */
export function customFieldsNamed(fields: CustomField[], wanted: string): CustomField[] {
	const low = plain(wanted);
	const exact =
		fields.find(({ id }) => id === wanted.trim()) ??
		fields.find(({ fieldKey }) => plain(fieldKey) === low);
	if (exact) return [exact];
	return fields.filter((field) => shortKey(field) === low || plain(field.name) === low);
}

/**
 * Finds a field by id, key (with or without its model) or name, without regard to case.
 *
 * @throws BadInput where no field or several fields are meant
 */
export function findCustomField(fields: CustomField[], wanted: string): CustomField {
	const found = customFieldsNamed(fields, wanted);
	if (found.length === 1) return found[0];
	throw found.length === 0
		? new BadInput(
				`HighLevel has no custom field “${wanted}”`,
				'Choose it from the list, or create it: Settings > Custom Fields in HighLevel, or Custom Field: Create in this node.',
			)
		: new BadInput(
				`HighLevel has ${found.length} custom fields that “${wanted}” can mean`,
				`Use the key or ID of the right one: ${found.map(({ fieldKey, id }) => `${fieldKey} (${id})`).join(', ')}.`,
			);
}

/** A distinct name for each field, by its id: its own name, or its key where two fields have one name. */
export function distinctNames(fields: CustomField[], taken: string[] = []): Map<string, string> {
	const names = [...taken, ...fields.map(({ name }) => name)].map(plain);
	const isTwice = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
	return new Map(
		fields.map(({ id, name, fieldKey }) => [id, isTwice(plain(name)) ? fieldKey || id : name]),
	);
}

/**
 * The field that a picker names. An id is used as it is where the token may not read custom fields. The
 * type is then unknown, and the value is sent as the person gave it.
 */
export async function resolveCustomField(reference: unknown, io: Io): Promise<NamedField> {
	const wanted = String(unwrap(reference) ?? '').trim();
	if (wanted === '') throw new BadInput('“Custom Field” is empty', 'Choose a custom field.');
	const [fields] = await Promise.allSettled([listCustomFields(io)]);
	if (fields.status === 'fulfilled') return findCustomField(fields.value, wanted);
	const byId = isObject(reference) && ['list', 'id'].includes(String(reference.mode));
	if (byId && fields.reason instanceof ApiFault) return { id: wanted, name: wanted, dataType: '' };
	throw fields.reason;
}

/**
 * Splits a text at commas into the field's options. An option may hold a comma, so the longest option
 * that fits is taken (maximal munch). A part that is no option stays as it is.
 */
function choicesIn(options: string[]) {
	const known = new Map(options.map((option) => [plain(option), option.trim()]));
	return (text: string): string[] => {
		const parts = text.split(',');
		const chosen: string[] = [];
		for (let start = 0; start < parts.length; ) {
			let end = parts.length;
			while (end > start + 1 && !known.has(plain(parts.slice(start, end).join(',')))) end--;
			const choice = parts.slice(start, end).join(',');
			chosen.push(known.get(plain(choice)) ?? choice);
			start = end;
		}
		return chosen;
	};
}

/** The option that a text means in either case; the text where it is none. */
const optionOf = (text: string, { options }: CustomField): string =>
	options.find((option) => plain(option) === plain(text))?.trim() ?? text;

/**
 * The value in the form that the field's type takes. A choice of nothing is an empty list.
 *
 * @throws BadInput for what its type cannot hold
 */
export function toFieldValue(value: unknown, field: CustomField, io: Io): unknown {
	const label = field.name || field.fieldKey;
	if (NUMBER_TYPES.includes(field.dataType)) return toNumber(value, label);
	switch (field.dataType) {
		case 'CHECKBOX':
		case 'MULTIPLE_OPTIONS':
			return inField(label, () => listReader(choicesIn(field.options))(value));
		case 'DATE':
			return inField(label, () => toDay(value, io.context.getTimezone()));
		case 'LARGE_TEXT':
			return toText(value, label);
		case 'RADIO':
		case 'SINGLE_OPTIONS':
			return optionOf(toText(value, label).trim(), field);
		case 'TEXT':
		case 'PHONE':
			return toText(value, label).trim();
		default: // files, signatures and lists of text boxes are objects
			return typeof value === 'string' ? value.trim() : value;
	}
}

/** `{ id, field_value }` for a column that names a custom field by key, name or ID. */
export async function toCustomValue(
	column: string,
	value: IDataObject[string],
	io: Io,
	model?: Model,
): Promise<IDataObject> {
	const field = findCustomField(await listCustomFields(io, model), column);
	return {
		id: field.id,
		// HighLevel clears a custom field by an empty text.
		field_value: value === null ? '' : (toFieldValue(value, field, io) as IDataObject[string]),
	};
}

/** The rows of `customFields` for columns that name custom fields. A choice of nothing is left out. */
export async function toCustomValues(
	columns: Array<[column: string, value: IDataObject[string]]>,
	io: Io,
	model?: Model,
): Promise<IDataObject[]> {
	const rows: IDataObject[] = [];
	for (const [column, value] of columns) rows.push(await toCustomValue(column, value, io, model));
	return rows.filter(({ field_value: ready }) => !Array.isArray(ready) || ready.length > 0);
}

/** An option of reads: custom fields under their names, beside HighLevel's `[{id, value}]`. */
export const customFieldsByName: Field = {
	property: {
		displayName: 'Custom Fields by Name',
		name: 'customFieldsByName',
		type: 'boolean',
		default: true,
		description:
			'Whether to add customFieldValues, with each custom field under its name (its key, if two share a name). Simplify adds it automatically. Needs the scope locations/customFields.readonly.',
	},
};

/** The keys of custom fields in a simplified record: what a person reads, then HighLevel's own list. */
export const CUSTOM_FIELD_KEYS = ['customFieldValues', 'customFields'];

/** The keys that can hold the value: the first in a contact, one of the others in an opportunity. */
const VALUE_KEYS = [
	...['value', 'fieldValue', 'fieldValueString', 'fieldValueNumber', 'fieldValueDate'],
	...['fieldValueArray', 'fieldValueFiles'],
];

/** The value of a row of `customFields`. A date is given as its day. */
export function valueIn(
	row: IDataObject,
	field: CustomField | undefined,
	timezone: string,
): IDataObject[string] {
	const values = VALUE_KEYS.map((key) => row[key]);
	const value = values.find((one) => one !== undefined && one !== null && one !== '') ?? null;
	return field?.dataType === 'DATE' ? dayOr(value, timezone) : value;
}

/** Gives the values of a record's custom fields under the names of the fields; under the id where a field has none. */
export function valueNamer(fields: CustomField[], timezone: string) {
	const names = distinctNames(fields);
	const byId = new Map(fields.map((field) => [field.id, field]));
	return (rows: IDataObject[]): IDataObject => {
		const values: IDataObject = {};
		for (const row of rows) {
			const id = String(row.id);
			values[names.get(id) ?? id] = valueIn(row, byId.get(id), timezone);
		}
		return values;
	};
}

/**
 * The record with its custom fields under their names. `customFields` is HighLevel's own list of them; one
 * of its searches calls it `custom_fields`. A simplified record has both where it has custom fields, and
 * only the names or only the list where the person turned the option on or off.
 */
export async function nameCustomFields(
	record: IDataObject,
	io: Io,
	model?: Model,
): Promise<IDataObject> {
	const { custom_fields: searched, ...rest } = record;
	const rows = [...rowsOf(record, 'customFields'), ...rowsOf(record, 'custom_fields')];
	const whole = searched === undefined ? record : { ...rest, customFields: rows };
	const slim: IDataObject = { ...whole };
	const simple = isSimple(io);
	if (simple) delete slim.customFields;
	const options = io.parameter('options', {});
	const wanted = isObject(options) ? options.customFieldsByName : undefined;
	const byName = toFlag(wanted ?? false, 'Custom Fields by Name');
	if (!byName && rows.length === 0) return slim;
	if (!byName && !(simple && wanted === undefined)) return whole;
	const read = async () => await listCustomFields(io, model);
	const fields = byName ? await read() : await readNames('custom fields', read, io);
	if (!fields) return whole;
	const nameValues = valueNamer(fields, io.context.getTimezone());
	return { ...(byName ? slim : whole), customFieldValues: nameValues(rows) };
}
