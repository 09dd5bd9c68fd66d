import type {
	INodePropertyOptions,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { mappedValues, mapperColumn, mapperProperty } from '../../engine/describe/mapper';
import type { Field } from '../../engine/operation';
import { isObject } from '../../engine/values';
import {
	CUSTOM_FIELDS,
	distinctNames,
	toCustomField,
	toCustomValues,
	type CustomField,
	type Model,
} from './customFields';
import { listCall, listRows } from '../calls/lists';
import { ask, knowsLocation } from '../editor/ask';
import { CHOSEN_LOCATION } from '../editor/locations';

/** The column type for a type of custom field. A type that is not here is a text. */
export const COLUMN_TYPES: Record<string, ResourceMapperField['type']> = {
	NUMERICAL: 'number',
	MONETORY: 'number',
	DATE: 'dateTime',
};

/** The types of custom field that hold one of their options. */
const ONE_OF = ['RADIO', 'SINGLE_OPTIONS'];

/**
 * The location's custom fields as columns, asked for by the editor. While no location is known, those that
 * the table `name` has already: a person may choose a location, map its fields, and then write an expression
 * into Location. `taken` are the columns that are no custom fields.
 */
export async function askCustomColumns(
	context: ILoadOptionsFunctions,
	model: Model,
	name: string,
	taken: Array<{ id: string; name: string }> = [],
): Promise<ResourceMapperField[]> {
	if (await knowsLocation(context)) {
		const names = taken.flatMap((column) => [column.id, column.name]);
		return customColumns(await askCustomFields(context, model), names);
	}
	const table: unknown = context.getCurrentNodeParameter(name);
	const schema = isObject(table) && Array.isArray(table.schema) ? table.schema : [];
	return (schema as ResourceMapperField[]).filter(
		(column) => !taken.some(({ id }) => id === column.id),
	);
}

async function askCustomFields(
	context: ILoadOptionsFunctions,
	model: Model,
): Promise<CustomField[]> {
	const list = CUSTOM_FIELDS[model];
	const answer = await ask(context, (locationId) => listCall(list, locationId));
	return listRows(list, answer).map(toCustomField);
}

/**
 * Custom fields as columns, under their keys. They are shown once the person adds them. Fields with the
 * same name show their keys too. `taken` are the names of columns that are no custom fields.
 */
function customColumns(fields: CustomField[], taken: string[] = []): ResourceMapperField[] {
	const names = distinctNames(fields, taken);
	return fields.map(({ id, fieldKey, name, dataType, options }) => {
		const label = names.get(id) === name ? name : `${name} (${fieldKey})`;
		if (ONE_OF.includes(dataType) && options.length > 0)
			return optionsColumn(fieldKey, label, options, { removed: true });
		return mapperColumn(fieldKey, label, COLUMN_TYPES[dataType], { removed: true });
	});
}

/** A column whose value is chosen. */
export const optionsColumn = (
	id: string,
	label: string,
	options: Array<string | INodePropertyOptions>,
	more: Partial<ResourceMapperField> = {},
): ResourceMapperField =>
	mapperColumn(id, label, 'options', {
		options: options.map((one) => (typeof one === 'string' ? { name: one, value: one } : one)),
		...more,
	});

const NAME = 'customFields';

export async function getOpportunityColumns(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return { fields: await askCustomColumns(this, 'opportunity', NAME) };
}

/** The table of an opportunity's custom fields. A column is a field's key, name or ID. */
export const opportunityCustomFields: Field = {
	property: mapperProperty(
		'Custom Fields',
		NAME,
		'getOpportunityColumns',
		'Empty fields are not sent, so no value is deleted by accident. To clear a field, use the expression {{ null }}.',
		CHOSEN_LOCATION,
	),
	spread: async (value, io) => {
		const columns = Object.entries(mappedValues(value, io, NAME));
		const customFields = await toCustomValues(columns, io, 'opportunity');
		for (const custom of customFields) {
			// Documented as text, a list or an object here, and so never as a number.
			if (typeof custom.field_value === 'number') custom.field_value = String(custom.field_value);
		}
		return customFields.length > 0 ? { customFields } : {};
	},
};
