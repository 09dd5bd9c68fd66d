import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import {
	additionalFields,
	choice,
	group,
	list,
	notSent,
	required,
	text,
	updateFields,
} from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import { onePage } from '../../engine/call/paginate';
import type { Field, Resource } from '../../engine/operation';
import { isObject, toList } from '../../engine/values';
import { shortKey } from '../calls/objects';
import { lookedUp } from '../calls/recover';
import { objectPicker } from '../editor/objectPickers';

/** `LinkedIn company` as `linkedin_company`. */
const keyFrom = (name: unknown): string =>
	String(name)
		.trim()
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_');

const singular = text('Singular Name', 'singular', { placeholder: 'e.g. LinkedIn company' });
const plural = text('Plural Name', 'plural', { placeholder: 'e.g. LinkedIn companies' });
const description = text('Description', 'description', { placeholder: 'e.g. Asked for a demo' });

/** The names and the key, which follows from the singular name. */
const names: Field = {
	property: { ...singular.property, required: true },
	spread: async (value, io) => ({
		labels: { singular: String(value).trim(), plural: String(io.parameter('plural')).trim() },
		key: keyFrom(value),
	}),
};

const mainFieldType = choice('Main Field Type', 'mainFieldType', {
	Text: 'TEXT',
	Number: 'NUMERICAL',
});

const mainField: Field = {
	property: {
		displayName: 'Main Field',
		name: 'mainField',
		type: 'string',
		default: 'Name',
		required: true,
		description: 'Name of the field that identifies a record in lists',
	},
	spread: async (value, io) => ({
		primaryDisplayPropertyDetails: {
			key: keyFrom(value),
			name: String(value).trim(),
			dataType: String(io.parameter('mainFieldType')),
		},
	}),
};

const searchable = list('Searchable Fields', 'searchableProperties', 'name, website', toList, {
	required: true,
	description:
		'Keys of all fields that Search Text searches. Name all of them: HighLevel replaces the list with every update.',
	as: (value, io) => {
		const key = String(io.parameter('objectKey')).trim();
		return toList(value).map((field) => `${key}.${shortKey(field)}`);
	},
});

const customObjects = verbs('custom object', {
	path: '/objects/{key}',
	listPath: '/objects/',
	id: objectPicker('path', { key: 'key' }),
	scope: 'objects/schema',
	result: 'object',
});

export const customObject: Resource = {
	value: 'customObject',
	name: 'Custom Object',
	operations: [
		customObjects.create({
			description: 'Create a custom object, such as LinkedIn company, and return it',
			body: { locationId: '{locationId}' },
			fields: [
				names,
				required(notSent(plural)),
				mainField,
				notSent(mainFieldType),
				additionalFields([
					description,
					text('Key', 'key', {
						placeholder: 'e.g. linkedin_company',
						description: 'Key of the object. Default: made from the singular name.',
					}),
				]),
			],
			recover: lookedUp({
				pages: onePage('objects'),
				read: ({ body = {} }) =>
					callTo('GET /objects/', {
						query: { locationId: body.locationId },
						scope: 'objects/schema.readonly',
					}),
				added: 'dateAdded',
				fits: ({ key }, { body = {} }) =>
					String(key).replace('custom_objects.', '') ===
					String(body.key).replace('custom_objects.', ''),
				body: (object) => ({ object }),
			}),
		}),
		customObjects.get({
			description: 'Get one object with its fields',
			query: { locationId: '{locationId}', fetchProperties: 'true' },
			result: undefined,
			finish: ({ object, fields, ...rest }): IDataObject =>
				isObject(object) ? { ...(object as IDataObject), fields } : { object, fields, ...rest },
		}),
		customObjects.getMany({
			description:
				'Get the objects of the location: contacts, opportunities, businesses and custom objects',
			query: { locationId: '{locationId}' },
			pages: onePage('objects'),
		}),
		customObjects.update({
			description: 'Change the names, description and searchable fields of an object and return it',
			body: { locationId: '{locationId}' },
			fields: [
				searchable,
				group({ displayName: 'Names', name: 'labels', placeholder: 'Add Name' }, 'labels', [
					singular,
					plural,
				]),
				updateFields([description]),
			],
			check: undefined,
		}),
	],
};
