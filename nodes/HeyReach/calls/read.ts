import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { lacksList } from '../../engine/call/paginate';
import type { Call } from '../../engine/operation';

export type Path = `/${string}`;

/** A read by POST. With a `limit` in its body it is a page of a list. */
export function read(path: Path, body: IDataObject): Call {
	const lacks = 'limit' in body ? lacksList('items', Number(body.offset)) : undefined;
	return callTo(`POST ${path}`, { body, repeatable: true, lacks });
}

/** A read of one record by its id in the query, as `GetById` takes it. */
export const readById = (path: Path, query: IDataObject): Call => callTo(`GET ${path}`, { query });
