import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { BadInput } from '../badInput';
import { isObject, withTexts } from '../values';
import { fillIn } from './path';

/** What JSON.parse cannot give. */
const INVALID = Symbol('invalid');

/**
 * The object or list in a JSON field: as an expression gave it, or in its text; `undefined` where the field
 * is empty. `{locationId}` and the like in its texts are filled in.
 *
 * @throws BadInput for anything else
 */
export function jsonIn(
	written: unknown,
	label: string,
	values: Record<string, string>,
): IDataObject | unknown[] | undefined {
	const isText = typeof written === 'string';
	if (written === undefined || written === null || (isText && written.trim() === ''))
		return undefined;
	const given: unknown = isText ? jsonParse<unknown>(written, { fallbackValue: INVALID }) : written;
	if (isObject(given)) return filled(given, values) as IDataObject;
	if (Array.isArray(given)) return filled(given, values) as unknown[];
	throw notJson(label);
}

export const notJson = (label: string) =>
	new BadInput(
		`“${label}” is not valid JSON`,
		'Write an object, such as {"limit": 20}: names and texts in double quotes, no comma after the last. Nothing was sent for this item.',
	);

const filled = (value: unknown, values: Record<string, string>): unknown =>
	withTexts(value, (text) => fillIn(text, values));
