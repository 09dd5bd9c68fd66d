import type {
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { mappedValues, mapperColumn, mapperProperty } from '../../engine/describe/mapper';
import type { Field } from '../../engine/operation';
import {
	CUSTOM_FIELDS,
	distinctNames,
	toCustomField,
	toCustomValues,
	type CustomField,
	type Model,
} from './customFields';
import { listCall, listRows } from '../calls/lists';
import { ask } from '../editor/ask';

/** The column type for a type of custom field. A type that is not here is a text. */
const COLUMN_TYPES: Record<string, ResourceMapperField['type']> = {
	NUMERICAL: 'number',
	MONETORY: 'number',
	DATE: 'dateTime',
};

/** The location's custom fields, asked for by the editor. */
export async function askCustomFields(
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
export function customColumns(fields: CustomField[], taken: string[] = []): ResourceMapperField[] {
	const names = distinctNames(fields, taken);
	return fields.map(({ id, fieldKey, name, dataType }) => {
		const label = names.get(id) === name ? name : `${name} (${fieldKey})`;
		return mapperColumn(fieldKey, label, COLUMN_TYPES[dataType], { removed: true });
	});
}

export async function getOpportunityColumns(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return { fields: customColumns(await askCustomFields(this, 'opportunity')) };
}

const NAME = 'customFields';

/** The table of an opportunity's custom fields. A column is a field's key, name or ID. */
export const opportunityCustomFields: Field = {
	property: mapperProperty(
		'Custom Fields',
		NAME,
		'getOpportunityColumns',
		'Empty fields are not sent, so nothing is wiped by accident. To clear a field, use the expression {{ null }}.',
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
