import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { More } from '../../engine/describe/fields';
import { byId, fromList, listOrId, mode, picker } from '../../engine/describe/locator';
import { readPages } from '../../engine/call/paginate';
import type { Field, Send } from '../../engine/operation';
import { isObject, matching, rowsOf, unwrap } from '../../engine/values';
import { callTo } from '../../engine/call/callTo';
import {
	associationPages,
	associationsCall,
	mainProperty,
	objectCall,
	recordPages,
	recordSearch,
} from '../calls/objects';
import { ask, asking } from './ask';

const objectModes = [
	fromList('searchObjects'),
	mode('By Key', 'key', { placeholder: 'e.g. custom_objects.linkedin_company' }),
];

const object = picker('Object', 'objectKey', objectModes, { required: true });

/** An object of the location: a custom one, or contacts, opportunities, businesses. */
export const objectPicker = (place: Send['in'], { key = 'schemaKey' }: More = {}): Field => ({
	property: object.property,
	send: { in: place, key },
});

/** The object at one end of an association. */
export const endPicker = (displayName: string, name: string): Field =>
	picker(displayName, name, objectModes, { required: true });

export const recordPicker = picker(
	'Record',
	'recordId',
	[fromList('searchRecords'), byId('661c06b4ffde146bdb469442')],
	{ in: 'path', key: 'id', required: true },
);

const association = picker(
	'Association',
	'associationId',
	listOrId('searchAssociations', 've9EPM428h8vShlRW1KT'),
	{ required: true },
);

export const associationPicker = (place: Send['in']): Field => ({
	property: association.property,
	send: { in: place, key: 'associationId' },
});

export async function searchObjects(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const body = await ask(this, (locationId) =>
		callTo('GET /objects/', { query: { locationId }, scope: 'objects/schema.readonly' }),
	);
	const results = rowsOf(body, 'objects').map(({ key, labels }) => ({
		name: String((isObject(labels) && labels.plural) || key),
		value: String(key),
	}));
	return { results: results.filter(matching(filter)) };
}

/** The records of the object that is chosen beside it, under their main field. */
export async function searchRecords(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const key = String(unwrap(this.getCurrentNodeParameter('objectKey')) ?? '');
	if (key === '') return { results: [] };
	return await asking(this, async (locationId, sendOne) => {
		const whole = (await sendOne(objectCall(key, locationId))).body;
		const main = mainProperty(whole as IDataObject);
		const search = recordSearch(key, locationId, { query: filter });
		const first = recordPages.first(search, 50);
		const searchAfter = paginationToken
			? (JSON.parse(paginationToken) as IDataObject[])
			: undefined;
		const { body } = await sendOne({
			...first,
			body: { ...first.body, ...(searchAfter && { searchAfter }) },
		});
		const rows = rowsOf(body, 'records');
		const last = rows[rows.length - 1]?.searchAfter;
		return {
			results: rows.map(({ id, properties }) => ({
				name: String((isObject(properties) && properties[main]) || id),
				value: String(id),
			})),
			paginationToken: rows.length === 50 && last ? JSON.stringify(last) : undefined,
		};
	});
}

/** The associations of the location. The label says which object comes first. */
export async function searchAssociations(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const rows = await asking(
		this,
		async (locationId, sendOne) =>
			await readPages(associationPages, associationsCall(locationId), sendOne),
	);
	const end = (label: unknown, key: unknown) => `${String(label ?? '')} (${String(key)})`;
	const results = rows.map((row) => ({
		name: `${end(row.firstObjectLabel, row.firstObjectKey)} – ${end(row.secondObjectLabel, row.secondObjectKey)}`,
		value: String(row.id),
	}));
	return { results: results.filter(matching(filter)) };
}
