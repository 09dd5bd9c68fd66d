import type { RawSchema } from './schemas';
import type { Correction, OwnSchema } from './ownSchemas';

const text: RawSchema = { type: 'string', minLength: 1 };
const textList = (maxItems: number): RawSchema => ({ type: 'array', items: text, maxItems });

/** The keys that the pages on records name, which the files leave empty. */
const recordBody: Record<string, RawSchema> = {
	properties: { type: 'object', properties: {}, additionalProperties: true },
	owner: textList(1),
	followers: textList(10),
};

const texts = (...keys: string[]): RawSchema => ({
	type: 'object',
	required: keys,
	properties: {
		...Object.fromEntries(keys.map((key) => [key, text])),
		traceId: { type: 'string' },
	},
});

const ends = ['firstObjectKey', 'secondObjectKey'];
const association = texts(
	...['id', 'locationId', 'key', 'firstObjectLabel', 'secondObjectLabel', ...ends],
	'associationType',
);
const relation = texts(
	...['id', 'locationId', 'associationId', 'firstRecordId', 'secondRecordId'],
	...ends,
);

const listOf = (key: string, items: RawSchema): RawSchema => ({
	type: 'object',
	required: [key],
	properties: {
		[key]: { type: 'array', items },
		total: { type: 'number' },
		traceId: { type: 'string' },
	},
});

const emptyBody = 'the body schema is an object without properties; other clients send these keys';
const noList = 'described as one association; other clients read a list';
const noRelation = 'described as an association; the events of relations show these keys';

/** Own schemas for custom objects and associations. */
export const OBJECT_SCHEMAS: OwnSchema[] = [
	{
		operation: 'POST /objects/{schemaKey}/records',
		where: 'request',
		why: emptyBody,
		schema: {
			type: 'object',
			required: ['locationId', 'properties'],
			properties: { ...recordBody, locationId: text },
		},
	},
	{
		operation: 'PUT /objects/{schemaKey}/records/{id}',
		where: 'request',
		why: emptyBody,
		schema: { type: 'object', properties: recordBody },
	},
	{
		operation: 'POST /objects/{schemaKey}/records/search',
		where: 'request',
		why: 'the linked page has `filters` too, which two independent clients send; a cursor is a number and a text',
		schema: {
			type: 'object',
			required: ['locationId', 'page', 'pageLimit', 'query', 'searchAfter'],
			properties: {
				locationId: text,
				page: { type: 'number' },
				pageLimit: { type: 'number' },
				query: { type: 'string' },
				searchAfter: { type: 'array' },
				filters: {
					type: 'array',
					items: {
						type: 'object',
						required: ['group', 'filters'],
						properties: {
							group: text,
							filters: {
								type: 'array',
								items: {
									type: 'object',
									required: ['field', 'operator', 'value'],
									properties: { field: text, operator: text, value: {} },
								},
							},
						},
					},
				},
			},
		},
	},
	...['GET /associations/', 'GET /associations/objectKey/{objectKey}'].map(
		(operation): OwnSchema => ({
			operation,
			where: 'response',
			why: noList,
			schema: listOf('associations', association),
		}),
	),
	{
		operation: 'GET /associations/relations/{recordId}',
		where: 'response',
		why: noRelation,
		schema: listOf('relations', relation),
	},
	...['POST /associations/relations', 'DELETE /associations/relations/{relationId}'].map(
		(operation): OwnSchema => ({ operation, where: 'response', why: noRelation, schema: relation }),
	),
];

/** Known faults of the files about custom objects. */
export const OBJECT_CORRECTIONS: Correction[] = [
	...['IRecordSchema', 'RecordResponseDTO'].map(
		(schema): Correction => ({
			file: 'objects.json',
			schema,
			property: 'properties',
			why: 'declared as a text; the official example beside it is an object',
			instead: { type: 'object', properties: {} },
		}),
	),
	{
		file: 'objects.json',
		schema: 'RecordResponseDTO',
		property: 'searchAfter',
		why: 'declared as numbers; the official example beside it is a number and a text',
		instead: { type: 'array' },
	},
];
