import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Field, Send } from '../operation';
import { toList } from '../values';

/** A parameter whose value goes to one place of the request. */
export function field(property: INodeProperties, send?: Send): Field {
	return { property, send };
}

/** Where a parameter's value goes and how it is shown, as far as it is not the usual. */
export type More = Partial<INodeProperties> & Partial<Send>;

/** A parameter whose value goes into the body under the parameter's own name, unless `more` says otherwise. */
export function parameter(
	type: INodeProperties['type'],
	initial: INodeProperties['default'],
	displayName: string,
	name: string,
	more: More,
): Field {
	const { in: part = 'body', key = name, as, cleared, ...property } = more;
	const shown = { displayName, name, type, default: initial, ...property };
	return field(shown, { in: part, key, as, cleared });
}

/** A text, such as a name. */
export const text = (displayName: string, name: string, more: More = {}): Field =>
	parameter('string', '', displayName, name, more);

/** The ID of the record that the path names. */
export const idField = (displayName: string, name: string, example: string, more: More = {}) =>
	required(text(displayName, name, { in: 'path', placeholder: `e.g. ${example}`, ...more }));

/** A number, which the editor begins at 0. */
export const number = (displayName: string, name: string, more: More = {}): Field =>
	parameter('number', 0, displayName, name, more);

/**
 * A moment or a day. `write` brings it into the form of the API; a time without an offset is one of the
 * workflow's time zone.
 */
export const dateTime = (
	displayName: string,
	name: string,
	write: (value: unknown, timezone: string) => unknown,
	more: More = {},
): Field =>
	parameter('dateTime', '', displayName, name, {
		as: (value, io) => write(value, io.context.getTimezone()),
		...more,
		description: more.description?.includes('2026') ? more.description : withForm(more.description),
	});

/** The description of a date, with its form. */
const withForm = (description?: string): string =>
	description ? `${description.replace(/\.$/, '')}. ${DATE_FORM}.` : DATE_FORM;

/** The form of a date that a model or an expression writes. */
export const DATE_FORM = 'ISO 8601, such as 2026-11-24T09:00:00Z';

const LIST_HINT = 'Comma-separated list, or a list from an expression';

/** A text with commas, or a list from an expression, that `read` makes a list of. */
export const list = (
	displayName: string,
	name: string,
	example: string,
	read: (value: unknown) => unknown,
	more: More = {},
): Field =>
	text(displayName, name, {
		placeholder: `e.g. ${example}`,
		description: LIST_HINT,
		as: read,
		...more,
	});

/** A yes or no that is sent once the person adds it, and is then yes unless `more` says otherwise. */
export const flag = (displayName: string, name: string, description: string, more: More = {}) =>
	parameter('boolean', true, displayName, name, { description, ...more });

/** The entries of a list to choose from: `{ Inbound: 'inbound' }`, pairs of name and value, or names that are the values. */
export type Choices = Record<string, string> | Array<[name: string, value: string] | string>;

function asOptions(choices: Choices): INodePropertyOptions[] {
	const entries = Array.isArray(choices) ? choices : Object.entries(choices);
	return entries.map((entry) => {
		const [name, value] = typeof entry === 'string' ? [entry, entry] : entry;
		return { name, value };
	});
}

/** A choice; the first of the choices unless `more` says otherwise. */
export function choice(displayName: string, name: string, choices: Choices, more: More = {}) {
	const options = asOptions(choices);
	return parameter('options', options[0].value, displayName, name, { options, ...more });
}

/** Several choices; none of them unless `more` says otherwise. */
export const choices = (displayName: string, name: string, given: Choices, more: More = {}) =>
	parameter('multiOptions', [], displayName, name, { options: asOptions(given), ...more });

/** A collection whose fields the person adds one by one; each is sent on its own. */
export function collection(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>,
	children: Field[],
): Field {
	return { property: { ...property, type: 'collection', default: {} }, children };
}

const named = (displayName: string, name: string, placeholder: string) => (children: Field[]) =>
	collection({ displayName, name, placeholder }, children);

/** What a create takes beside what it needs. */
export const additionalFields = named('Additional Fields', 'additionalFields', 'Add Field');

/** What an update can change. */
export const updateFields = named('Update Fields', 'updateFields', 'Add Field');

/** By what a list can be narrowed. */
export const filters = named('Filters', 'filters', 'Add Filter');

/**
 * Rows of the same fields (n8n's fixedCollection), several of them unless `more` says otherwise. Its
 * value is `{ [row.name]: [{ … }] }`, or `{ [row.name]: { … } }` of a single row.
 */
export const rowsField = (
	displayName: string,
	name: string,
	row: { displayName: string; name: string },
	fields: Field[],
	more: More,
): Field =>
	parameter('fixedCollection', {}, displayName, name, {
		typeOptions: { multipleValues: true },
		options: [{ ...row, values: fields.map(({ property }) => property) }],
		...more,
	});

/** A collection whose fields go together under one key of the body: `{ filters: { … } }`. */
export function group(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>,
	key: string,
	children: Field[],
): Field {
	return { ...collection(property, children), send: { in: 'body', key } };
}

/** The same parameter, which `{{ null }}` clears by another value than null. */
export function clearedBy(cleared: Send['cleared'], original: Field): Field {
	return { ...original, send: original.send && { ...original.send, cleared } };
}

/** The same parameter, whose value a function of the operation reads. */
export const notSent = ({ property }: Field): Field => ({ property });

/** The same parameter, which the person must fill in. */
export function required(original: Field): Field {
	return { ...original, property: { ...original.property, required: true } };
}

/** The same parameter, which the person may leave empty. */
export function optional(original: Field): Field {
	return { ...original, property: { ...original.property, required: undefined } };
}

/**
 * The same parameter for the workflows that have a value in it. New ones find it in a collection. It is in
 * sight also while the editor finds no value for its expression: it has an empty text then, and never null.
 */
export const formerly = (original: Field): Field => ({
	...original,
	inSight: { show: { [`/${original.property.name}`]: [{ _cnd: { not: null } }] }, unset: null },
});

/** The same collection with these texts among its fields from the start. One that stays empty is not sent. */
export function inSight(original: Field, ...names: string[]): Field {
	const empty = Object.fromEntries(names.map((name) => [name, '']));
	return { ...original, property: { ...original.property, default: empty } };
}

/** Tags of a record. */
export const tagsField = (
	displayName: string,
	description = 'Comma-separated; put a tag with a comma in quotes. An expression can also give a list.',
	more: More = {},
): Field => list(displayName, 'tags', 'webinar, hot lead', toList, { description, ...more });
