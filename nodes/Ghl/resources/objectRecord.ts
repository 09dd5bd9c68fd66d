import type { IDataObject } from 'n8n-workflow';
import { additionalFields, rowsField, text, updateFields } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Field, Io, Resource } from '../../engine/operation';
import { isObject, rowsOf, toIds, toList, toOneId } from '../../engine/values';
import {
	equalFilters,
	mainProperty,
	readObject,
	recordPages,
	recordSearch,
} from '../calls/objects';
import { lookedUp } from '../calls/recover';
import { objectPicker, recordPicker } from '../editor/objectPickers';
import { userPicker } from '../editor/pickers';
import { recordFields, toProperties } from '../fields/recordFields';

const people: Field[] = [
	userPicker('Followers', 'followers', {
		as: toIds,
		description:
			'Users who follow the record, 10 at most. By ID you can give several, separated by commas.',
	}),
	userPicker('Owner', 'owner', { as: toOneId }),
];

/** Rows of a field and its value, as the filters of the search. */
async function toFilters(value: unknown, io: Io): Promise<IDataObject[] | undefined> {
	const rows = rowsOf(value, 'values');
	const columns = rows.map(({ field, is }): [string, IDataObject[string]] => [String(field), is]);
	return equalFilters(await toProperties(Object.fromEntries(columns), io));
}

const fieldsAre = rowsField(
	'Fields',
	'fieldsAre',
	{ displayName: 'Field', name: 'values' },
	[
		text('Field', 'field', { placeholder: 'e.g. website' }),
		text('Is', 'is', { placeholder: 'e.g. https://example.com' }),
	],
	{
		key: 'filters',
		as: toFilters,
		placeholder: 'Add Field',
		description: 'Only return records in which each field has exactly this value',
	},
);

/** A record without its empty properties is equal to what was sent, if each value that was sent is there. */
function holds(row: IDataObject, sent: IDataObject | undefined): boolean {
	const properties = isObject(row.properties) ? (row.properties as IDataObject) : {};
	const plain = (value: unknown) => JSON.stringify(value ?? null).toLowerCase();
	return Object.entries(sent ?? {}).every(
		([key, value]) => plain(properties[key]) === plain(value),
	);
}

const records = verbs('record', {
	of: 'an object',
	path: '/objects/{schemaKey}/records/{id}',
	parent: [objectPicker('path')],
	id: recordPicker,
	scope: 'objects/record',
	result: 'record',
});

export const objectRecord: Resource = {
	value: 'objectRecord',
	name: 'Object Record',
	operations: [
		records.create({
			description: 'Create a record of a custom object, or a business, and return it',
			body: { locationId: '{locationId}' },
			fields: [recordFields, additionalFields(people)],
			recover: lookedUp({
				pages: recordPages,
				read: async ({ body = {} }, io) => {
					const key = String(io.parameter('objectKey')).trim();
					const main = mainProperty(await readObject(key, io));
					const sent = isObject(body.properties) ? (body.properties as IDataObject) : {};
					const equal = main in sent ? { [main]: sent[main] } : {};
					return recordSearch(key, io.account.values.locationId, { equal });
				},
				added: 'createdAt',
				fits: (row, { body = {} }) => holds(row, body.properties as IDataObject) || 'maybe',
				body: (record) => ({ record }),
				lagMs: 5_000,
			}),
		}),
		records.delete(),
		records.get(),
		records.getMany({
			route: 'POST /objects/{schemaKey}/records/search',
			writes: false,
			description: 'Search the records of an object',
			body: { locationId: '{locationId}', query: '' },
			fields: [
				text('Search Text', 'textQuery', {
					key: 'query',
					placeholder: 'e.g. jane',
					description: 'Searches the searchable fields of the object',
				}),
				fieldsAre,
			],
			pages: recordPages,
			simple: toList('id, properties, owner, followers, createdAt, updatedAt'),
		}),
		records.update({
			query: { locationId: '{locationId}' },
			fields: [recordFields, updateFields(people)],
		}),
	],
};
