import type {
	IDataObject,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { mappedValues, mapperColumn, mapperProperty } from '../engine/mapper';
import type { Field } from '../engine/operation';
import {
	CUSTOM_FIELDS,
	toCustomField,
	toCustomValue,
	type CustomField,
	type Model,
} from './customFields';
import { listCall, listRows } from './lists';
import { ask } from './listSearch';

/** How a type of custom field looks as a column; text where it is not here. */
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

/** A custom field as a column, under its key; shown once the person adds it. */
export function customColumn({ fieldKey, name, dataType }: CustomField): ResourceMapperField {
	return mapperColumn(fieldKey, name, COLUMN_TYPES[dataType], { removed: true });
}

export async function getOpportunityColumns(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return { fields: (await askCustomFields(this, 'opportunity')).map(customColumn) };
}

/** The table of an opportunity's custom fields; a column is a field's key, name or ID. */
export const opportunityCustomFields: Field = {
	property: mapperProperty(
		'Custom Fields',
		'customFields',
		'getOpportunityColumns',
		'Empty fields are not sent, so nothing is wiped by accident. To clear a field, use the expression {{ null }}.',
	),
	spread: async (value, io) => {
		const item = io.context.getInputData()[io.itemIndex]?.json ?? {};
		const customFields: IDataObject[] = [];
		for (const [column, entry] of Object.entries(mappedValues(value, item))) {
			const custom = await toCustomValue(column, entry, io, 'opportunity');
			// Documented as text, a list or an object here, and so never as a number.
			if (typeof custom.field_value === 'number') custom.field_value = String(custom.field_value);
			customFields.push(custom);
		}
		return customFields.length > 0 ? { customFields } : {};
	},
};
