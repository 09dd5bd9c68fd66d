import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { isObject } from '../../engine/values';

/** The object in a JSON field: as an expression gave it, or in its text; `undefined` where none is. */
export function jsonObject(value: unknown): IDataObject | undefined {
	const given: unknown =
		typeof value === 'string' ? jsonParse(value, { fallbackValue: null }) : value;
	return isObject(given) ? (given as IDataObject) : undefined;
}
