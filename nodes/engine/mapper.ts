import type { IDataObject, INodeProperties, ResourceMapperField } from 'n8n-workflow';
import { isObject } from './errors';

/**
 * A resource mapper (n8n's table of columns and values) without matching columns. Its columns are
 * asked for anew when one of the parameters in `dependsOn` changes.
 */
export function mapperProperty(
	displayName: string,
	name: string,
	method: string,
	description: string,
	dependsOn?: string[],
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description,
		typeOptions: {
			...(dependsOn && { loadOptionsDependsOn: dependsOn }),
			resourceMapper: {
				resourceMapperMethod: method,
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				supportAutoMap: true,
				noFieldsError: 'No fields were found. Check the credential.',
			},
		},
	};
}

/** One column of a resource mapper; with `removed` it is shown once the person adds it. */
export function mapperColumn(
	id: string,
	displayName: string,
	type: ResourceMapperField['type'] = 'string',
	more: Partial<ResourceMapperField> = {},
): ResourceMapperField {
	return {
		id,
		displayName,
		type,
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		...more,
	};
}

/**
 * What a resource mapper sets, by column. Mapped automatically: the columns that the item has; the
 * others of its fields are not sent. An empty text counts as not set.
 */
export function mappedValues(value: unknown, item: IDataObject): IDataObject {
	if (!isObject(value)) return {};
	const columns = Array.isArray(value.schema)
		? value.schema.map((column) => String(column.id))
		: [];
	const source = value.mappingMode === 'autoMapInputData' ? item : value.value;
	if (!isObject(source)) return {};
	const automatic = value.mappingMode === 'autoMapInputData';
	const entries = Object.entries(source as IDataObject).filter(
		([key, entry]) =>
			(!automatic || columns.includes(key)) &&
			entry !== undefined &&
			!(typeof entry === 'string' && entry.trim() === ''),
	);
	return Object.fromEntries(entries);
}
