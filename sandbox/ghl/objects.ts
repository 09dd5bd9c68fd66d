import { idFrom } from '../ids';
import type { SandboxState } from '../state';
import { badRequest, notFound } from './errors';
import type { CustomObject, ObjectField } from './objectTypes';
import { ANYONE, route } from './route';
import type { Call, Route } from './route';
import { closed, flag, listOf, oneOf, requiredText, text } from './validate';

/** `name` of `custom_objects.pet.name`. */
export const propertyKey = ({ fieldKey, objectKey }: ObjectField): string =>
	fieldKey.slice(objectKey.length + 1);

const STANDARD: Array<[key: string, singular: string, plural: string]> = [
	['contact', 'Contact', 'Contacts'],
	['opportunity', 'Opportunity', 'Opportunities'],
	['business', 'Company', 'Companies'],
];

/** The objects that every location has. */
const standardObjects = (locationId: string): CustomObject[] =>
	STANDARD.map(([key, singular, plural]) => ({
		id: idFrom(`object:${locationId}:${key}`),
		standard: true,
		key,
		labels: { singular, plural },
		description: '',
		locationId,
		primaryDisplayProperty: `${key}.name`,
		dateAdded: '2024-01-01T00:00:00.000Z',
		dateUpdated: '2024-01-01T00:00:00.000Z',
		searchableProperties: [`${key}.name`],
		fields: [objectField(locationId, key, ['name', 'Name', 'TEXT'])],
	}));

export function objectField(
	locationId: string,
	objectKey: string,
	[key, name, dataType, options]: [string, string, string, string[]?],
): ObjectField {
	const fieldKey = `${objectKey}.${key}`;
	const moment = '2024-01-01T00:00:00.000Z';
	return {
		id: idFrom(`objectField:${locationId}:${fieldKey}`),
		locationId,
		name,
		objectKey,
		dataType,
		parentId: idFrom(`objectFolder:${locationId}:${objectKey}`),
		fieldKey,
		showInForms: true,
		options: options?.map((label) => ({
			key: label.toLowerCase().replace(/[^a-z0-9]+/g, '_'),
			label,
		})),
		dateAdded: moment,
		dateUpdated: moment,
	};
}

const objectsOf = (state: SandboxState, locationId: string): CustomObject[] => [
	...standardObjects(locationId),
	...[...state.customObjects.values()].filter((object) => object.locationId === locationId),
];

/** An object by its key or id. */
export function objectNamed(state: SandboxState, locationId: string, wanted: string): CustomObject {
	const found = objectsOf(state, locationId).find(({ id, key }) => key === wanted || id === wanted);
	if (found === undefined) throw notFound('Object', wanted);
	return found;
}

const shown = ({ searchableProperties: _searchable, fields: _fields, ...object }: CustomObject) =>
	object;

interface CreateBody {
	labels: CustomObject['labels'];
	key: string;
	description?: string;
	locationId: string;
	primaryDisplayPropertyDetails: { key: string; name: string; dataType: string };
}

function create({ state, body }: Call<CreateBody, unknown>): object {
	const { locationId, labels, description = '', primaryDisplayPropertyDetails: main } = body;
	const key = `custom_objects.${body.key.replace(/^custom_objects\./, '')}`;
	if (!/^custom_objects\.[a-z0-9_]+$/.test(key)) throw badRequest(`Invalid object key ${key}`);
	if (objectsOf(state, locationId).some((object) => object.key === key)) {
		throw badRequest(`Object with key ${key} already exists`);
	}
	const mainKey = main.key.replace(`${key}.`, '');
	const now = new Date().toISOString();
	const object: CustomObject = {
		id: state.ids.next('object'),
		standard: false,
		key,
		labels,
		description,
		locationId,
		primaryDisplayProperty: `${key}.${mainKey}`,
		dateAdded: now,
		dateUpdated: now,
		searchableProperties: [`${key}.${mainKey}`],
		fields: [objectField(locationId, key, [mainKey, main.name, main.dataType])],
	};
	state.customObjects.set(object.id, object);
	return { object: shown(object) };
}

interface UpdateBody {
	labels?: Partial<CustomObject['labels']>;
	description?: string | null;
	locationId: string;
	searchableProperties: string[];
}

function update({ state, params, body }: Call<UpdateBody, unknown>): object {
	const object = objectNamed(state, body.locationId, params.key);
	const unknown = body.searchableProperties.filter(
		(key) => !object.fields.some(({ fieldKey }) => fieldKey === key),
	);
	if (unknown.length > 0) throw badRequest(`Invalid searchable properties: ${unknown.join(', ')}`);
	const updated = {
		...object,
		labels: { ...object.labels, ...body.labels },
		description: body.description === undefined ? object.description : (body.description ?? ''),
		searchableProperties: body.searchableProperties,
		dateUpdated: new Date().toISOString(),
	};
	if (!object.standard) state.customObjects.set(object.id, updated);
	return { object: shown(updated) };
}

export const objects: Route[] = [
	route<unknown, { locationId: string }>({
		method: 'GET',
		path: '/objects/',
		scope: 'objects/schema.readonly',
		query: closed({ locationId: requiredText }, ['locationId']),
		handle: ({ state, query }) => ({ objects: objectsOf(state, query.locationId).map(shown) }),
	}),
	route<CreateBody>({
		method: 'POST',
		path: '/objects/',
		scope: 'objects/schema.write',
		// Described for tokens of agencies; the scope is one of sub-accounts.
		access: ANYONE,
		status: 201,
		body: closed(
			{
				labels: closed({ singular: requiredText, plural: requiredText }, ['singular', 'plural']),
				key: requiredText,
				description: text,
				locationId: requiredText,
				primaryDisplayPropertyDetails: closed(
					{ key: requiredText, name: requiredText, dataType: oneOf('TEXT', 'NUMERICAL') },
					['key', 'name', 'dataType'],
				),
			},
			['labels', 'key', 'locationId', 'primaryDisplayPropertyDetails'],
		),
		handle: create,
	}),
	route<unknown, { locationId: string; fetchProperties?: boolean }>({
		method: 'GET',
		path: '/objects/:key',
		scope: 'objects/schema.readonly',
		query: closed({ locationId: requiredText, fetchProperties: flag }, ['locationId']),
		handle: ({ state, params, query }) => {
			const object = objectNamed(state, query.locationId, params.key);
			return {
				object: shown(object),
				cache: false,
				...(query.fetchProperties === true && { fields: object.fields }),
			};
		},
	}),
	route<UpdateBody>({
		method: 'PUT',
		path: '/objects/:key',
		scope: 'objects/schema.write',
		body: closed(
			{
				labels: closed({ singular: text, plural: text }),
				description: { type: ['string', 'null'] },
				locationId: requiredText,
				searchableProperties: listOf(requiredText),
			},
			['locationId', 'searchableProperties'],
		),
		handle: update,
	}),
];
