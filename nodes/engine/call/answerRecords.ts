import type { IDataObject } from 'n8n-workflow';
import { isObject, rowsOf } from '../values';
import type { Operation } from '../operation';

/** The records of an answer: what stands under the key `result`, or the body itself where the body is the record. */
export function recordsOf(body: unknown, { result }: Operation): IDataObject[] {
	const isWrapped = result !== undefined && isObject(body) && !('id' in body && !(result in body));
	const at = isWrapped ? body[result] : body;
	if (Array.isArray(at)) return rowsOf(at, undefined);
	return [isObject(at) ? (at as IDataObject) : {}];
}

/** The named fields of a record, in that order, where it has them. */
export function pick(record: IDataObject, names: string[]): IDataObject {
	const present = names.filter((name) => record[name] !== undefined);
	return Object.fromEntries(present.map((name) => [name, record[name]]));
}
