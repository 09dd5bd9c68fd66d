import type { IDataObject } from 'n8n-workflow';
import { unwrap } from '../engine/build';
import { toDay } from '../engine/dates';
import { ApiFault, BadInput, isObject } from '../engine/errors';
import { toList } from '../engine/fields';
import type { Field, Io } from '../engine/operation';
import { rowsOf } from '../engine/paginate';
import { readList } from './lists';

/** A custom field of the location: `fieldKey` is `contact.job_title`. */
export interface CustomField {
	id: string;
	name: string;
	fieldKey: string;
	dataType: string;
}

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
	};
}

/** Finds a field by id, key (with or without its model) or name; case does not count. */
export function findCustomField(fields: CustomField[], wanted: string): CustomField {
	const exact = fields.find((field) => field.id === wanted);
	if (exact) return exact;
	const low = wanted.trim().toLowerCase();
	const byKey = fields.find(({ fieldKey }) => {
		const key = fieldKey.toLowerCase();
		return key === low || key.slice(key.indexOf('.') + 1) === low;
	});
	if (byKey) return byKey;
	const byName = fields.filter((field) => field.name.trim().toLowerCase() === low);
	if (byName.length === 1) return byName[0];
	throw byName.length === 0
		? new BadInput(
				`HighLevel has no custom field “${wanted}”`,
				'Choose it from the list, or create it: Settings > Custom Fields in HighLevel, or Custom Field: Create in this node.',
			)
		: new BadInput(
				`HighLevel has ${byName.length} custom fields named “${wanted}”`,
				`Use the ID of the one that is meant: ${byName.map((field) => field.id).join(', ')}.`,
			);
}

/**
 * The field that a picker names. An id is good as it is: with a token that may not read custom
 * fields its type stays unknown, and the value is sent as the person gave it.
 */
export async function resolveCustomField(
	reference: unknown,
	io: Io,
): Promise<Pick<CustomField, 'id' | 'dataType'>> {
	const wanted = String(unwrap(reference) ?? '').trim();
	if (wanted === '') throw new BadInput('“Custom Field” is empty', 'Choose a custom field.');
	const [fields] = await Promise.allSettled([listCustomFields(io)]);
	if (fields.status === 'fulfilled') return findCustomField(fields.value, wanted);
	const byId = isObject(reference) && ['list', 'id'].includes(String(reference.mode));
	if (byId && fields.reason instanceof ApiFault) return { id: wanted, dataType: '' };
	throw fields.reason;
}

/** The form in which a field of this type takes a value. */
export function toFieldValue(value: unknown, dataType: string, io: Io): unknown {
	switch (dataType) {
		case 'NUMERICAL':
		case 'MONETORY': // HighLevel's own spelling
			return typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))
				? Number(value)
				: value;
		case 'CHECKBOX':
		case 'MULTIPLE_OPTIONS':
			return toList(value);
		case 'DATE':
			return toDay(value, io.context.getTimezone());
		default:
			return value;
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
		field_value:
			value === null ? '' : (toFieldValue(value, field.dataType, io) as IDataObject[string]),
	};
}

/** An option of reads: custom fields under their names, beside HighLevel's `[{id, value}]`. */
export const customFieldsByName: Field = {
	property: {
		displayName: 'Custom Fields by Name',
		name: 'customFieldsByName',
		type: 'boolean',
		default: true,
		description:
			'Whether to add customFieldValues, in which each custom field stands under its name. Needs the scope locations/customFields.readonly.',
	},
};

export async function nameCustomFields(
	record: IDataObject,
	io: Io,
	model?: Model,
): Promise<IDataObject> {
	const options = io.parameter('options', {});
	if (!isObject(options) || options.customFieldsByName !== true) return record;
	const names = new Map((await listCustomFields(io, model)).map((field) => [field.id, field.name]));
	const customFieldValuesByName: IDataObject = {};
	// Opportunities have `fieldValue` where contacts have `value`.
	for (const { id, value, fieldValue } of rowsOf(record, 'customFields')) {
		customFieldValuesByName[names.get(String(id)) ?? String(id)] = value ?? fieldValue;
	}
	return { ...record, customFieldValues: customFieldValuesByName };
}
