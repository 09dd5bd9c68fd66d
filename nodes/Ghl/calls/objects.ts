import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import type { Call, Io, PageStyle } from '../../engine/operation';
import { withBody, withQuery } from '../../engine/call/paginate';
import { isObject, rowsOf } from '../../engine/values';

/** The call that reads an object with its fields. */
export const objectCall = (key: string, locationId: string): Call =>
	callTo('GET /objects/{key}', {
		values: { key },
		query: { locationId, fetchProperties: 'true' },
		scope: 'objects/schema.readonly',
	});

/** An object with its fields: `{ object, fields }`. One run reads it once, for all of its items. */
export async function readObject(key: string, io: Io): Promise<IDataObject> {
	const { body } = await io.read(objectCall(key, io.account.values.locationId));
	return isObject(body) ? (body as IDataObject) : {};
}

/** `name` of `custom_objects.pet.name`, which is how the properties of a record name the field. */
export const shortKey = (fieldKey: unknown): string =>
	String(fieldKey ?? '').replace(/^(custom_objects?\.)?[^.]+\./, '');

/** The key of the field that a record of the object shows as its name. */
export const mainProperty = ({ object }: IDataObject): string =>
	isObject(object) ? shortKey(object.primaryDisplayProperty) : '';

/**
 * The first page has an empty cursor, and `searchAfter` of its last record leads on. `page` is asked for
 * beside it. No maximum is documented.
 */
export const recordPages: PageStyle = {
	size: 100,
	items: 'records',
	first: (call, pageLimit) => withBody(call, { page: 1, pageLimit, searchAfter: [] }),
	next: (call, rows) => {
		const { searchAfter } = rows[rows.length - 1];
		return Array.isArray(searchAfter) ? withBody(call, { searchAfter }) : undefined;
	},
};

/** The search for records that have these values: all of them where there is none. */
export function recordSearch(
	schemaKey: string,
	locationId: string,
	{ query = '', equal = {} }: { query?: string; equal?: IDataObject },
): Call {
	const filters = equalFilters(equal);
	return callTo('POST /objects/{schemaKey}/records/search', {
		values: { schemaKey },
		body: { locationId, query, ...(filters && { filters }) },
		repeatable: true,
		scope: 'objects/record.readonly',
	});
}

/** `[{ group, filters: [{ field, operator, value }] }]` for records in which the properties have these values. */
export function equalFilters(equal: IDataObject): IDataObject[] | undefined {
	const filters = Object.entries(equal).map(([key, value]) => ({
		field: `properties.${key}`,
		operator: 'eq',
		value,
	}));
	return filters.length > 0 ? [{ group: 'AND', filters }] : undefined;
}

/** Some answers hold the list, and others are described as one association. */
const associationsIn = (body: unknown): IDataObject[] | undefined => {
	if (Array.isArray(body)) return rowsOf(body, undefined);
	if (!isObject(body)) return undefined;
	if (Array.isArray(body.associations)) return rowsOf(body, 'associations');
	return 'id' in body ? [body as IDataObject] : undefined;
};

const paged = (items: PageStyle['items']): PageStyle => ({
	size: 100,
	items,
	first: (call, limit) => withQuery(call, { skip: 0, limit }),
	next: (call, rows) => withQuery(call, { skip: Number(call.query?.skip) + rows.length }),
});

export const associationPages = paged(associationsIn);
export const relationPages = paged('relations');

/** The associations of one object come all at once. */
export const associationsOfObject: PageStyle = {
	size: Infinity,
	items: associationsIn,
	first: (call) => call,
	next: () => undefined,
};

export const associationsCall = (locationId: string): Call =>
	callTo('GET /associations/', { query: { locationId }, scope: 'associations.readonly' });
