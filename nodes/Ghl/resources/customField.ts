import type { IDataObject } from 'n8n-workflow';
import {
	additionalFields,
	choice,
	flag,
	list,
	number,
	required,
	text,
	updateFields,
} from '../../engine/describe/fields';
import { byId, fromList, mode, picker } from '../../engine/describe/locator';
import { verbs } from '../../engine/describe/verbs';
import type { Field, Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { toLabels, toList, isObject } from '../../engine/values';
import { keepUnchanged } from '../calls/keepUnchanged';
import { givenByName, readList } from '../calls/lists';
import { listed, readAt } from '../calls/recover';
import { unlessOneExists, unlessThere } from '../calls/unlessThere';
import { findCustomField, toCustomField } from '../fields/customFields';
import { uploadFiles } from './customFieldUpload';

const pickerModes = [
	fromList('searchAllCustomFields'),
	mode('By Name or Key', 'name', { placeholder: 'e.g. contact.linkedin_profile' }),
	byId('3sv6UEo51C9Bmpo1cKTq'),
];

const customFieldPicker = picker('Custom Field', 'customFieldId', pickerModes, {
	in: 'path',
	key: 'id',
	required: true,
	as: async (value, io) => {
		if (!givenByName('customFieldId', io)) return value;
		const fields = await readList('allCustomFields', io);
		return findCustomField(fields.map(toCustomField), String(value)).id;
	},
});

const MODELS = { Contacts: 'contact', Opportunities: 'opportunity' };

const model = choice('Belongs To', 'model', MODELS);

/** The names on HighLevel's own page, and the API's spellings. */
const TYPES = {
	Checkbox: 'CHECKBOX',
	'Date Picker': 'DATE',
	'Dropdown (Multiple)': 'MULTIPLE_OPTIONS',
	'Dropdown (Single)': 'SINGLE_OPTIONS',
	'File Upload': 'FILE_UPLOAD',
	Float: 'FLOAT',
	Monetary: 'MONETORY',
	'Multi Line': 'LARGE_TEXT',
	Number: 'NUMERICAL',
	Phone: 'PHONE',
	'Radio Select': 'RADIO',
	Signature: 'SIGNATURE',
	'Single Line': 'TEXT',
	'Text Box List': 'TEXTBOX_LIST',
};

const name = text('Name', 'fieldName', { key: 'name', placeholder: 'e.g. LinkedIn profile' });

/** `[{ label, prefillValue }]`. A list of such objects from an expression is taken as it is. */
function toChoices(value: unknown): IDataObject[] {
	const isWhole = (row: unknown) => isObject(row) && typeof row.label === 'string';
	if (Array.isArray(value) && value.every(isWhole)) return value as IDataObject[];
	return toLabels(value).map((label) => ({ label }));
}

const details: Field[] = [
	list('Accepted File Types', 'acceptedFormat', '.pdf, .docx, .jpeg', toList, {
		description: 'File types for a file upload: comma-separated list, or a list from an expression',
	}),
	list('Choices', 'textBoxListOptions', 'Gold, Silver, Bronze', toChoices, {
		description:
			'Choices of a dropdown, radio select, checkbox or text box list: one per line, comma-separated, or a list from an expression',
		typeOptions: { rows: 3 },
	}),
	number('Max Files', 'maxNumberOfFiles', {
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'How many files a file upload may hold',
	}),
	flag('Multiple Files', 'isMultipleFile', 'Whether a file upload may hold several files'),
	text('Placeholder', 'placeholder', { placeholder: 'e.g. Job title' }),
	number('Position', 'position', {
		description: 'Position of the field among the others, from 0',
	}),
];

const ofLocation = verbs('custom field', {
	path: '/locations/{locationId}/customFields/{id}',
	id: customFieldPicker,
	scope: 'locations/customFields',
	result: 'customField',
	reads: {
		simple: toList(
			'id, name, fieldKey, dataType, model, placeholder, position, picklistOptions, isMultiFileAllowed, maxFileLimit',
		),
	},
});

const create = ofLocation.create({
	description:
		'Create a custom field in the location and return it. HighLevel allows two fields with the same name; Skip If One Exists prevents that.',
	fields: [
		required(name),
		choice('Type', 'dataType', TYPES, { default: 'TEXT' }),
		model,
		additionalFields([...details, unlessOneExists('the custom field with the same name')]),
	],
	recover: listed({
		rows: 'customFields',
		record: 'customField',
		equal: ['name', 'dataType', 'model'],
		query: () => ({ model: 'all' }),
	}),
});

const low = (value: unknown): string =>
	String(value ?? '')
		.trim()
		.toLowerCase();

const update = ofLocation.update({
	description: 'Change settings of a custom field and return it; its type and values are kept',
	fields: [updateFields([name, model, ...details])],
});

export const customField: Resource = {
	value: 'customField',
	name: 'Custom Field',
	operations: [
		unlessThere(
			{
				rows: 'customFields',
				isLike: (row, body) => row.model === body.model && low(row.name) === low(body.name),
				list: (call) => readAt(call, { model: 'all' }),
			},
			create,
		),
		ofLocation.delete({
			description: 'Delete a custom field permanently, with its values on all records',
		}),
		ofLocation.get({ description: 'Get one custom field by its name, key or ID' }),
		ofLocation.getMany({
			description: 'Get the custom fields of the location',
			fields: [
				choice(
					'Belongs To',
					'modelFilter',
					{ All: 'all', ...MODELS },
					{ in: 'query', key: 'model', default: 'contact' },
				),
			],
			pages: onePage('customFields'),
		}),
		keepUnchanged(['name'], 'customField', update),
		uploadFiles,
	],
};
