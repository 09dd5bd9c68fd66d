import type {
	IDataObject,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { toDay } from '../engine/dates';
import { mappedValues, mapperColumn, mapperProperty } from '../engine/mapper';
import type { Field } from '../engine/operation';
import { askCustomFields, customColumn } from './customColumns';
import { toCustomValue } from './customFields';

interface Column {
	/** HighLevel's name of the field. */
	id: string;
	name: string;
	type?: ResourceMapperField['type'];
	/** Shown from the start; the others once they are added. */
	main?: true;
	/** HighLevel answers 422 to it on an update. */
	notOnUpdate?: true;
}

/** The fields of a contact that hold one value. */
const COLUMNS: Column[] = [
	{ id: 'email', name: 'Email', main: true },
	{ id: 'phone', name: 'Phone', main: true },
	{ id: 'firstName', name: 'First Name', main: true },
	{ id: 'lastName', name: 'Last Name', main: true },
	{ id: 'name', name: 'Full Name' },
	{ id: 'companyName', name: 'Company Name', notOnUpdate: true },
	{ id: 'address1', name: 'Address' },
	{ id: 'city', name: 'City' },
	{ id: 'state', name: 'State' },
	{ id: 'postalCode', name: 'Postal Code' },
	{ id: 'country', name: 'Country (2 Letters)' },
	{ id: 'website', name: 'Website' },
	{ id: 'timezone', name: 'Timezone' },
	{ id: 'source', name: 'Source' },
	{ id: 'dateOfBirth', name: 'Date of Birth', type: 'dateTime' },
	{ id: 'gender', name: 'Gender', notOnUpdate: true },
];

const STANDARD = new Map(COLUMNS.map((column) => [column.id, column]));

/** Whether it is a field of HighLevel's contact, and not a custom one. */
export const isStandard = (name: string): boolean => STANDARD.has(name);

/** Whether HighLevel takes it for new contacts alone. */
export const notOnUpdate = (name: string): boolean => STANDARD.get(name)?.notOnUpdate === true;

/** The columns of the mapper, asked for by the editor. Custom fields stand under their keys. */
export async function getContactColumns(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const updating = this.getCurrentNodeParameter('operation') === 'update';
	const custom = await askCustomFields(this, 'contact');
	return {
		fields: [
			...COLUMNS.filter(({ notOnUpdate }) => !(updating && notOnUpdate)).map(
				({ id, name, type, main }) =>
					mapperColumn(id, name, type, { removed: updating || main !== true }),
			),
			...custom.map(customColumn),
		],
	};
}

/**
 * The table of a contact's fields. A column that is no field of HighLevel's contact is a custom
 * field by key, name or ID, so that a template works in every location.
 */
export const contactFields: Field = {
	property: mapperProperty(
		'Contact Fields',
		'contactFields',
		'getContactColumns',
		'Empty fields are not sent, so nothing is wiped by accident. To clear a field, use the expression {{ null }}.',
	),
	spread: async (value, io) => {
		const item = io.context.getInputData()[io.itemIndex]?.json ?? {};
		const timezone = io.context.getTimezone();
		const body: IDataObject = {};
		const customFields: IDataObject[] = [];
		for (const [column, entry] of Object.entries(mappedValues(value, item))) {
			if (!isStandard(column)) {
				customFields.push(await toCustomValue(column, entry, io));
			} else if (column === 'dateOfBirth' && entry !== null) {
				body[column] = toDay(entry, timezone);
			} else {
				body[column] = typeof entry === 'number' ? String(entry) : entry;
			}
		}
		if (customFields.length > 0) body.customFields = customFields;
		return body;
	},
};
