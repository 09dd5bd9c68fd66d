import type {
	IDataObject,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { mappedValues, mapperColumn, mapperProperty } from '../../engine/describe/mapper';
import type { Field, Io } from '../../engine/operation';
import { isObject, rowsOf, toUrls, unwrap } from '../../engine/values';
import { objectCall, readObject, shortKey } from '../calls/objects';
import { ask, knowsLocation } from '../editor/ask';
import { CHOSEN_LOCATION } from '../editor/locations';
import { customFieldsNamed, distinctNames, toFieldValue, type CustomField } from './customFields';
import { COLUMN_TYPES } from './customFieldColumns';

/** A field of an object. Its `fieldKey` is the short one, under which a record has the value. */
interface ObjectField extends CustomField {
	/** The keys of its choices, in the order of `options`, which are their labels. */
	keys: string[];
}

/** The fields in the answer to the read of an object. Each box of a text box list is a field of its own. */
function fieldsIn(body: unknown): ObjectField[] {
	return rowsOf(body, 'fields').flatMap((row): ObjectField[] => {
		const choices = rowsOf(row, 'options');
		const field = {
			id: String(row.id),
			name: String(row.name ?? row.fieldKey),
			fieldKey: shortKey(row.fieldKey),
			dataType: String(row.dataType ?? ''),
			options: choices.map(({ label }) => String(label)),
			keys: choices.map(({ key }) => String(key)),
		};
		if (field.dataType !== 'TEXTBOX_LIST') return [field];
		return choices.map(({ key, label }) => ({
			...field,
			id: `${field.id}.${String(key)}`,
			name: `${field.name}: ${String(label)}`,
			fieldKey: `${field.fieldKey}.${String(key)}`,
			dataType: 'TEXT',
		}));
	});
}

const NAME = 'recordFields';

/** The columns of the table, asked for by the editor: the fields of the object that is chosen. */
export async function getRecordColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const key = unwrap(this.getCurrentNodeParameter('objectKey'));
	const isChosen = typeof key === 'string' && key !== '' && !key.startsWith('=');
	if (!isChosen || !(await knowsLocation(this))) {
		const table: unknown = this.getCurrentNodeParameter(NAME);
		const known = isObject(table) && Array.isArray(table.schema) ? table.schema : [];
		return {
			fields: known as ResourceMapperField[],
			emptyFieldsNotice: 'Choose the object first.',
		};
	}
	const fields = fieldsIn(await ask(this, (locationId) => objectCall(key, locationId)));
	const names = distinctNames(fields);
	const updating = this.getCurrentNodeParameter('operation') === 'update';
	return {
		fields: fields.map(({ id, fieldKey, name, dataType }) => {
			const label = names.get(id) === name ? name : `${name} (${fieldKey})`;
			return mapperColumn(fieldKey, label, COLUMN_TYPES[dataType], { removed: updating });
		}),
	};
}

/** The table of a record's fields. A column is a field's key, name or ID. */
export const recordFields: Field = {
	property: mapperProperty(
		'Record Fields',
		NAME,
		'getRecordColumns',
		'Empty fields are not sent, so no value is deleted by accident. To clear a field, use the expression {{ null }}.',
		['objectKey.value', ...CHOSEN_LOCATION],
	),
	spread: async (value, io) => {
		const properties = await toProperties(mappedValues(value, io, NAME), io);
		return Object.keys(properties).length > 0 ? { properties } : {};
	},
};

/** The properties of a record from columns that name fields of the object by key, name or ID. */
export async function toProperties(columns: IDataObject, io: Io): Promise<IDataObject> {
	const properties: IDataObject = {};
	if (Object.keys(columns).length === 0) return properties;
	const objectKey = String(io.parameter('objectKey')).trim();
	const fields = fieldsIn(await readObject(objectKey, io));
	for (const [column, value] of Object.entries(columns)) {
		const field = fieldNamed(fields, column, objectKey);
		const ready = value === null ? null : toProperty(value, field, io);
		if (Array.isArray(ready) && ready.length === 0) continue;
		properties[field.fieldKey] = ready;
	}
	return properties;
}

function fieldNamed(fields: ObjectField[], wanted: string, objectKey: string): ObjectField {
	const found = customFieldsNamed(fields, wanted);
	const named = found.length > 0 ? found : customFieldsNamed(fields, shortKey(wanted));
	if (named.length === 1) return fields.find(({ id }) => id === named[0].id) as ObjectField;
	throw named.length === 0
		? new BadInput(
				`The object “${objectKey}” has no field “${wanted}”`,
				`It has: ${fields.map(({ fieldKey }) => fieldKey).join(', ')}. Add the field in HighLevel: Settings > Objects.`,
			)
		: new BadInput(
				`The object “${objectKey}” has ${named.length} fields that “${wanted}” can mean`,
				`Use the key of the right one: ${named.map(({ fieldKey }) => fieldKey).join(', ')}.`,
			);
}

/** The value in the form that a property of the field's type has. */
function toProperty(value: unknown, field: ObjectField, io: Io): IDataObject[string] {
	const { dataType, options, keys } = field;
	const keyOf = (choice: string) => {
		const low = choice.trim().toLowerCase();
		const at = options.findIndex((label) => label.trim().toLowerCase() === low);
		return keys[at] ?? choice;
	};
	if (isObject(value)) return value as IDataObject;
	if (dataType === 'FILE_UPLOAD') {
		const isWhole = Array.isArray(value) && value.every(isObject);
		return isWhole ? (value as IDataObject[]) : toUrls(value).map((url) => ({ url }));
	}
	const ready = toFieldValue(value, { ...field, options: [...options, ...keys] }, io);
	if (dataType === 'MONETORY') return { currency: 'default', value: ready as number };
	if (Array.isArray(ready)) return ready.map((choice) => keyOf(String(choice)));
	const isChoice = ['RADIO', 'SINGLE_OPTIONS'].includes(dataType);
	return isChoice ? keyOf(String(ready)) : (ready as IDataObject[string]);
}
