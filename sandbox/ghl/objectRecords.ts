import { badRequest, notFound, unprocessable, wrongLocation } from './errors';
import { objectNamed, propertyKey } from './objects';
import type { CustomObject, ObjectField, ObjectRecord } from './objectTypes';
import { checkUser, route } from './route';
import type { Call, Route } from './route';
import { closed, listOf, requiredText, text, wholeNumber } from './validate';

type Properties = Record<string, unknown>;

interface RecordBody {
	properties?: Properties;
	owner?: string[];
	followers?: string[];
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isOption = ({ options = [] }: ObjectField, value: unknown): boolean =>
	options.some(({ key }) => key === value);

/** Whether a property of that type takes the value. An empty text, null and an empty list clear it. */
function takes(field: ObjectField, value: unknown): boolean {
	if (value === null || value === '') return true;
	switch (field.dataType) {
		case 'NUMERICAL':
			return typeof value === 'number';
		case 'MONETORY':
			return typeof (value as { value?: unknown }).value === 'number';
		case 'CHECKBOX':
		case 'MULTIPLE_OPTIONS':
			return Array.isArray(value) && value.every((one) => isOption(field, one));
		case 'SINGLE_OPTIONS':
		case 'RADIO':
			return isOption(field, value);
		case 'FILE_UPLOAD':
			return Array.isArray(value) && value.every((one) => isText((one as { url?: unknown }).url));
		case 'DATE':
			return isText(value) && /^\d{4}-\d{2}-\d{2}$/.test(value as string);
		default:
			return isText(value);
	}
}

/** 422 for a key that the object does not have, and for a value that its field does not take. */
function checkProperties({ fields }: CustomObject, properties: Properties): void {
	const faults = Object.entries(properties).flatMap(([key, value]) => {
		// `my_list.option_a` is one box of a text box list.
		const field = fields.find(
			(one) =>
				propertyKey(one) === key ||
				(one.dataType === 'TEXTBOX_LIST' &&
					one.options?.some((option) => `${propertyKey(one)}.${option.key}` === key)),
		);
		if (field === undefined) return [`properties.${key} should not exist`];
		return takes(field, value) ? [] : [`properties.${key} is not valid for ${field.dataType}`];
	});
	if (faults.length > 0) throw unprocessable(faults);
}

function recordOf({ state, token, params }: Call<unknown, unknown>): ObjectRecord {
	const record = state.objectRecords.get(params.id);
	if (record === undefined) throw notFound('Record', params.id);
	if (record.locationId !== token.locationId) throw wrongLocation();
	const isIts = [record.objectKey, record.objectId].includes(params.schemaKey);
	if (!isIts) throw notFound('Record', params.id);
	return record;
}

const shown = ({ id, owner, followers, properties, createdAt, updatedAt }: ObjectRecord) => ({
	record: { id, owner, followers, properties, dateAdded: createdAt, dateUpdated: updatedAt },
});

function save(
	call: Call<RecordBody, unknown>,
	object: CustomObject,
	before: Pick<ObjectRecord, 'id' | 'createdAt'> & Partial<ObjectRecord>,
): object {
	const { state, body } = call;
	const { properties = {}, owner = before.owner ?? [], followers = before.followers ?? [] } = body;
	checkProperties(object, properties);
	for (const user of [...owner, ...followers]) checkUser(call, user);
	const merged = Object.entries({ ...before.properties, ...properties }).filter(
		([, value]) => value !== null && value !== '',
	);
	const record: ObjectRecord = {
		id: before.id,
		locationId: object.locationId,
		objectId: object.id,
		objectKey: object.key,
		owner,
		followers,
		properties: Object.fromEntries(merged),
		createdAt: before.createdAt,
		updatedAt: new Date().toISOString(),
	};
	state.objectRecords.set(record.id, record);
	return shown(record);
}

interface Filter {
	field: string;
	operator: 'eq';
	value: unknown;
}

interface SearchBody {
	locationId: string;
	page: number;
	pageLimit: number;
	query: string;
	searchAfter: unknown[];
	filters?: Array<{ group: 'AND'; filters: Filter[] }>;
}

const person = { channel: 'OAUTH', createdAt: '2024-01-01T00:00:00.000Z', source: 'PUBLIC_API' };
const createdBy = { ...person, sourceId: 'sandbox' };

/** Newest first. `searchAfter` is the time of creation and the id of the last record that was read. */
function search({ state, params, body }: Call<SearchBody, unknown>): object {
	const object = objectNamed(state, body.locationId, params.schemaKey);
	const searched = object.searchableProperties.map((key) => key.slice(object.key.length + 1));
	const low = body.query.toLowerCase();
	const equal = (body.filters ?? []).flatMap(({ filters }) => filters);
	const place = ({ createdAt, id }: ObjectRecord): [number, string] => [Date.parse(createdAt), id];
	const isBehind = (record: ObjectRecord) => {
		if (body.searchAfter.length === 0) return true;
		const [at, id] = place(record);
		const [last, lastId] = body.searchAfter as [number, string];
		return at < last || (at === last && id > lastId);
	};
	const found = [...state.objectRecords.values()]
		.filter(({ objectId }) => objectId === object.id)
		.filter(
			({ properties }) =>
				low === '' ||
				searched.some((key) =>
					String(properties[key] ?? '')
						.toLowerCase()
						.includes(low),
				),
		)
		.filter(({ properties }) =>
			equal.every(
				({ field, value }) =>
					JSON.stringify(properties[field.replace('properties.', '')]) === JSON.stringify(value),
			),
		)
		.sort((a, b) => place(b)[0] - place(a)[0] || (a.id < b.id ? -1 : 1));
	return {
		records: found
			.filter(isBehind)
			.slice(0, body.pageLimit)
			.map((record) => ({
				...record,
				createdBy,
				lastUpdatedBy: createdBy,
				searchAfter: place(record),
			})),
		total: found.length,
	};
}

const body = {
	properties: { type: 'object' },
	owner: { ...listOf(requiredText), maxItems: 1 },
	followers: { ...listOf(requiredText), maxItems: 10 },
};

export const objectRecords: Route[] = [
	route<RecordBody & { locationId: string }>({
		method: 'POST',
		path: '/objects/:schemaKey/records',
		scope: 'objects/record.write',
		status: 201,
		body: closed({ ...body, locationId: requiredText }, ['locationId', 'properties']),
		handle: (call) => {
			const object = objectNamed(call.state, call.body.locationId, call.params.schemaKey);
			if (['contact', 'opportunity'].includes(object.key)) {
				throw badRequest(`Object ${object.key} is not supported`);
			}
			const id = call.state.ids.next('objectRecord');
			return save(call, object, { id, createdAt: new Date().toISOString() });
		},
	}),
	route<SearchBody>({
		method: 'POST',
		path: '/objects/:schemaKey/records/search',
		scope: 'objects/record.readonly',
		body: closed(
			{
				locationId: requiredText,
				page: wholeNumber(1),
				pageLimit: wholeNumber(1, 100),
				query: text,
				searchAfter: { type: 'array' },
				filters: listOf(
					closed(
						{
							group: { const: 'AND' },
							filters: listOf(
								closed(
									{
										field: { type: 'string', pattern: '^properties\\.' },
										operator: { const: 'eq' },
										value: {},
									},
									['field', 'operator', 'value'],
								),
							),
						},
						['group', 'filters'],
					),
				),
			},
			['locationId', 'page', 'pageLimit', 'query', 'searchAfter'],
		),
		handle: search,
	}),
	route({
		method: 'GET',
		path: '/objects/:schemaKey/records/:id',
		scope: 'objects/record.readonly',
		handle: (call) => shown(recordOf(call)),
	}),
	route<RecordBody, { locationId: string }>({
		method: 'PUT',
		path: '/objects/:schemaKey/records/:id',
		scope: 'objects/record.write',
		query: closed({ locationId: requiredText }, ['locationId']),
		body: closed(body),
		handle: (call) =>
			save(
				call,
				objectNamed(call.state, call.query.locationId, call.params.schemaKey),
				recordOf(call),
			),
	}),
	route({
		method: 'DELETE',
		path: '/objects/:schemaKey/records/:id',
		scope: 'objects/record.write',
		handle: (call) => {
			const { id } = recordOf(call);
			call.state.objectRecords.delete(id);
			for (const [key, relation] of call.state.relations) {
				if ([relation.firstRecordId, relation.secondRecordId].includes(id))
					call.state.relations.delete(key);
			}
			return { id, success: true };
		},
	}),
];
