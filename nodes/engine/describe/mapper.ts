import type { IDataObject, INodeProperties, ResourceMapperField } from 'n8n-workflow';
import { isObject, rowsOf } from '../values';
import type { Io } from '../operation';
import { isCleared } from '../call/rawParameter';

/**
 * A resource mapper (n8n's table of columns and values) without matching columns. n8n reads the columns
 * again when a parameter in `dependsOn` changes.
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
				// Errors name the table so, and the editor would say “Values to Send”.
				valuesLabel: displayName,
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				supportAutoMap: true,
				noFieldsError: 'No fields were found. Check the credential.',
			},
		},
	};
}

/** One column of a resource mapper. A column with `removed` is shown once the person adds it. */
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
 * The values of the resource mapper `name`, by column. With automatic mapping these are the columns that
 * the item has, by their own name or by the one in `others`; a hint names the other fields of the item,
 * which are not sent. An empty text, null and an empty list count as not set. The value of a column that
 * the person cleared by `{{ null }}` is null.
 */
export function mappedValues(
	value: unknown,
	io: Io,
	name: string,
	others: Record<string, string> = {},
): IDataObject {
	if (!isObject(value)) return {};
	if (value.mappingMode === 'autoMapInputData') return fromItem(value, io, others);
	const entries = Object.entries(isObject(value.value) ? (value.value as IDataObject) : {});
	const set = entries.filter(
		([column, entry]) => isSet(entry) || (entry === null && isCleared(io, [name, 'value', column])),
	);
	return Object.fromEntries(set);
}

function fromItem(value: unknown, io: Io, others: Record<string, string>): IDataObject {
	const item = io.context.getInputData()[io.itemIndex]?.json ?? {};
	const left = new Set(Object.keys(item).filter((key) => isSet(item[key])));
	const set: IDataObject = {};
	for (const { id } of rowsOf(value, 'schema')) {
		const column = String(id);
		const key = [column, others[column]].find((one) => left.has(one));
		if (key === undefined) continue;
		set[column] = item[key];
		left.delete(key);
	}
	for (const key of left)
		io.tell('Mapped automatically, so these fields of the items were not sent', key);
	return set;
}

function isSet(entry: unknown): boolean {
	if (Array.isArray(entry)) return entry.length > 0;
	return entry !== undefined && entry !== null && String(entry).trim() !== '';
}
