import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/call/errors';
import { choice, field, flag, required, text } from '../../engine/describe/fields';
import { byId, fromList, locator, mode } from '../../engine/describe/locator';
import type { Field, Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { toLabels, toList } from '../../engine/values';
import { findCustomField, toCustomField } from '../fields/customFieldValues';
import { givenByName, readList } from '../calls/lists';
import { additionalFields, deleted, keeping, needsAChange, updateFields } from '../fields/records';
import { listed } from '../calls/recover';
import { uploadFiles } from './customFieldUpload';

const PATH = '/locations/{locationId}/customFields';
const READ = { scope: 'locations/customFields.readonly', writes: false };
const WRITE = { scope: 'locations/customFields.write', writes: true };

const picker: Field = {
	property: locator(
		'Custom Field',
		'customFieldId',
		[
			fromList('searchAllCustomFields'),
			mode('By Name or Key', 'name', { placeholder: 'e.g. contact.linkedin_profile' }),
			byId('3sv6UEo51C9Bmpo1cKTq'),
		],
		{ required: true },
	),
	send: {
		in: 'path',
		key: 'id',
		as: async (value, io) => {
			if (!givenByName('customFieldId', io)) return value;
			const fields = await readList('allCustomFields', io);
			return findCustomField(fields.map(toCustomField), String(value)).id;
		},
	},
};

const MODELS: Array<[name: string, value: string]> = [
	['Contacts', 'contact'],
	['Opportunities', 'opportunity'],
];

const model = choice('Belongs To', 'model', MODELS);

/** As HighLevel's own page names them, and its spellings in the API. */
const TYPES: Array<[name: string, value: string]> = [
	['Checkbox', 'CHECKBOX'],
	['Date Picker', 'DATE'],
	['Dropdown (Multiple)', 'MULTIPLE_OPTIONS'],
	['Dropdown (Single)', 'SINGLE_OPTIONS'],
	['File Upload', 'FILE_UPLOAD'],
	['Float', 'FLOAT'],
	['Monetary', 'MONETORY'],
	['Multi Line', 'LARGE_TEXT'],
	['Number', 'NUMERICAL'],
	['Phone', 'PHONE'],
	['Radio Select', 'RADIO'],
	['Signature', 'SIGNATURE'],
	['Single Line', 'TEXT'],
	['Text Box List', 'TEXTBOX_LIST'],
];

const name = text('Name', 'fieldName', { key: 'name', placeholder: 'e.g. LinkedIn profile' });

/** `[{label, prefillValue}]`; a list of such objects from an expression is taken as it is. */
function toChoices(value: unknown): IDataObject[] {
	const isWhole = (row: unknown) => isObject(row) && typeof row.label === 'string';
	if (Array.isArray(value) && value.every(isWhole)) return value as IDataObject[];
	return toLabels(value).map((label) => ({ label }));
}

const details: Field[] = [
	field(
		{
			displayName: 'Accepted File Types',
			name: 'acceptedFormat',
			type: 'string',
			default: '',
			placeholder: 'e.g. .pdf, .docx, .jpeg',
			description: 'For a file upload: separated by commas, or a list from an expression',
		},
		{ in: 'body', key: 'acceptedFormat', as: toList },
	),
	field(
		{
			displayName: 'Choices',
			name: 'textBoxListOptions',
			type: 'string',
			default: '',
			placeholder: 'e.g. Gold, Silver, Bronze',
			description:
				'For dropdowns, radio select, checkboxes and text box lists: one a line, separated by commas, or a list from an expression',
			typeOptions: { rows: 3 },
		},
		{ in: 'body', key: 'textBoxListOptions', as: toChoices },
	),
	field(
		{
			displayName: 'Max Files',
			name: 'maxNumberOfFiles',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description: 'For a file upload: how many files it may hold',
		},
		{ in: 'body', key: 'maxNumberOfFiles' },
	),
	flag('Multiple Files', 'isMultipleFile', 'Whether a file upload may hold several files'),
	text('Placeholder', 'placeholder'),
	field(
		{
			displayName: 'Position',
			name: 'position',
			type: 'number',
			default: 0,
			description: 'Where the field stands among the others, from 0',
		},
		{ in: 'body', key: 'position' },
	),
];

const SIMPLE = [
	'id',
	'name',
	'fieldKey',
	'dataType',
	'model',
	'placeholder',
	'position',
	'picklistOptions',
	'isMultiFileAllowed',
	'maxFileLimit',
];

export const customField: Resource = {
	value: 'customField',
	name: 'Custom Field',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a custom field',
			description:
				'Create a custom field in the location. A second one of the same name is not refused: look with Get Many first.',
			request: { method: 'POST', path: PATH },
			...WRITE,
			fields: [
				required(name),
				choice('Type', 'dataType', TYPES, { default: 'TEXT' }),
				model,
				additionalFields(details),
			],
			result: 'customField',
			recover: listed({
				rows: 'customFields',
				record: 'customField',
				equal: ['name', 'dataType', 'model'],
				query: () => ({ model: 'all' }),
			}),
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a custom field',
			description: 'Delete a custom field for good, with what it holds on every record',
			request: { method: 'DELETE', path: `${PATH}/{id}` },
			...WRITE,
			fields: [picker],
			finish: deleted,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a custom field',
			description: 'Get one custom field by its name, key or ID',
			request: { method: 'GET', path: `${PATH}/{id}` },
			...READ,
			fields: [picker],
			result: 'customField',
			simple: SIMPLE,
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many custom fields',
			description: 'Get the custom fields of the location, which HighLevel returns all at once',
			request: { method: 'GET', path: PATH },
			...READ,
			fields: [
				choice('Belonging To', 'modelFilter', [['All', 'all'], ...MODELS], {
					in: 'query',
					key: 'model',
					default: 'contact',
				}),
			],
			pages: onePage('customFields'),
			simple: SIMPLE,
		},
		keeping(['name'], 'customField', {
			value: 'update',
			name: 'Update',
			action: 'Update a custom field',
			description: 'Change some settings of a custom field; its type and its values stay',
			request: { method: 'PUT', path: `${PATH}/{id}` },
			...WRITE,
			fields: [picker, updateFields([name, model, ...details])],
			check: needsAChange,
			result: 'customField',
		}),
		uploadFiles,
	],
};
