import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { BadInput } from './badInput';

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON value with each of its texts changed, at any depth, and the names of its fields by `changeName`. */
export function withTexts(
	value: unknown,
	change: (text: string) => string,
	changeName = (name: string) => name,
): unknown {
	if (typeof value === 'string') return change(value);
	if (Array.isArray(value)) return value.map((one) => withTexts(one, change, changeName));
	// A Date, say, becomes its text by itself.
	if (!isObject(value) || typeof value.toJSON === 'function') return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [
			changeName(name),
			withTexts(one, change, changeName),
		]),
	);
}

/** The value of a resource locator (n8n's picker), or the value itself. */
export function unwrap(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? value.value : value;
}

/** The records of an answer; none if the body has another shape. */
export function rowsOf(body: unknown, key: string | undefined): IDataObject[] {
	const list = key === undefined ? body : isObject(body) ? body[key] : undefined;
	return Array.isArray(list) ? list.filter((row): row is IDataObject => isObject(row)) : [];
}

/** The number in a header; `undefined` if there is none. */
export function numberIn(text: string | undefined): number | undefined {
	if (text === undefined || text === '') return undefined;
	const value = Number(text);
	return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Whether an entry has the text in its name, or is the record of that id. */
export function matching(filter = '') {
	const low = filter.toLowerCase();
	return ({ name, value }: { name: string; value: string }) =>
		name.toLowerCase().includes(low) || value === filter;
}

/** What stands in for a value in an error: short, and without what an object holds. */
function shown(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' && value !== null ? 'an object' : `“${String(value)}”`;
}

/** @throws BadInput for a list or an object; a Date and a Luxon DateTime are their ISO text */
export function toText(value: unknown, label: string): string {
	if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
	if (isObject(value) && typeof value.toISO === 'function') return String(value.toISO());
	if (typeof value !== 'object' || value === null) return String(value ?? '');
	throw new BadInput(
		`“${label}” is ${shown(value)} instead of a text`,
		'Let the expression choose one value of it, such as {{ $json.company.name }} or {{ $json.names[0] }}.',
	);
}

/** @throws BadInput for what is no number, such as “1,200” or “12 €” */
export function toNumber(value: unknown, label: string): number {
	const isWritten =
		typeof value === 'string' && /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value.trim());
	const number = typeof value === 'number' || isWritten ? Number(value) : NaN;
	if (Number.isFinite(number)) return number;
	throw new BadInput(
		`“${label}” is not a number: ${shown(value)}`,
		'Write it with digits and a point only, such as 1200.50.',
	);
}

/** @throws BadInput for what says neither yes nor no; the words are those that n8n takes itself */
export function toFlag(value: unknown, label: string): boolean {
	const word = String(value).trim().toLowerCase();
	if (word === 'true' || word === '1') return true;
	if (word === 'false' || word === '0') return false;
	throw new BadInput(
		`“${label}” is neither true nor false: ${shown(value)}`,
		'Let the expression give true or false.',
	);
}

/**
 * Whether a flag of a collection is on. One that the person did not add is off.
 *
 * @throws BadInput for one whose expression says neither yes nor no
 */
export const flagIn = (collection: unknown, name: string, label: string): boolean =>
	isObject(collection) && name in collection && toFlag(collection[name], label);

/** How a text becomes the entries of a list. */
type Split = (text: string) => string[];

/** A comma inside an entry in quotes is part of it, as in CSV: `"Berlin, Germany", vip`. */
const atCommas: Split = (text) => {
	const parts = text.match(/\s*"(?:[^"]|"")*"\s*(?=,|$)|[^,]+/g) ?? [];
	const open = parts.find((part) => /^\s*"[^"]*$/.test(part));
	if (open !== undefined && text.split('"').length % 2 === 0) throw unclosed(open.trim());
	return parts.map((part) => {
		const quoted = /^\s*"((?:[^"]|"")*)"\s*$/.exec(part);
		return quoted ? quoted[1].replace(/""/g, '"') : part;
	});
};

const unclosed = (part: string) =>
	new BadInput(
		`A quote is not closed: ${part}`,
		'Put a name that has a comma in quotes on both sides: "Berlin, Germany", vip.',
	);

/** A name as `toList` reads it as one entry. */
export const asOneEntry = (name: string): string =>
	/,|^\s*["[{]/.test(name) ? `"${name.replace(/"/g, '""')}"` : name;

/**
 * Email addresses as in the head of an email. A comma may stand in the name before one, in quotes
 * (`"Doe, Jane" <jane@example.com>`) or without.
 */
const atEmails: Split = (text) => {
	const parts = text.match(/(?:"(?:\\.|[^"\\])*"|<[^>]*>|[^,;])+/g) ?? [];
	const whole: string[] = [];
	let name = '';
	for (const [index, part] of parts.entries()) {
		const next = parts.slice(index).find((one) => one.includes('@'));
		if (!part.includes('@') && part.trim() !== '' && next?.includes('<')) name += `${part},`;
		else {
			whole.push(name + part);
			name = '';
		}
	}
	return whole;
};

/** Web addresses: a comma may stand in one, and ends it only before the next. */
const atUrls: Split = (text) =>
	text.split(/[\s,]+(?=[a-z][a-z\d+.-]*:\/\/)/i).map((part) => part.replace(/[\s,]+$/, ''));

/**
 * Reads a list: an array, its JSON text, or a text that `split` takes apart. An entry is a text, a
 * number, or an object that has one of the `keys`. Blank entries are dropped.
 *
 * @throws BadInput for null and for other objects
 */
export function listReader(split: Split = atCommas, keys = ['name']) {
	return (value: unknown): string[] => {
		const read = typeof value === 'string' ? fromText(value.trim(), split) : value;
		const entries: unknown[] = Array.isArray(read) ? read : [read];
		return entries.map((entry) => entryOf(entry, keys)).filter((entry) => entry !== '');
	};
}

function fromText(text: string, split: Split): unknown {
	if (!/^[[{]/.test(text)) return split(text);
	const read: unknown = jsonParse(text, { fallbackValue: null });
	if (Array.isArray(read) || isObject(read)) return read;
	if (!/^\[\s*["'{]/.test(text)) return split(text);
	throw new BadInput(
		`“${text}” is not a list that can be read`,
		'It starts like JSON but is not valid JSON: check its brackets, quotes and commas.',
	);
}

function entryOf(entry: unknown, keys: string[]): string {
	const value = isObject(entry) ? entry[keys.find((key) => key in entry) ?? keys[0]] : entry;
	if (['string', 'number', 'bigint', 'boolean'].includes(typeof value)) return String(value).trim();
	throw new BadInput(
		isObject(entry)
			? `A list has an object without “${keys[0]}” in it, but needs texts`
			: `A list has ${value === null || value === undefined ? 'null' : 'a list'} in it, but needs texts`,
		'Let the expression give a list of texts, such as {{ $json.tags.map((tag) => tag.title) }}.',
	);
}

/** Names, such as those of tags. */
export const toList = listReader();

/** IDs; an object gives its `id`. */
export const toIds = listReader(atCommas, ['id']);

/** Choices to offer, one a line or separated by commas. */
export const toLabels = listReader(
	(text) => text.split(/\n/.test(text) ? '\n' : ','),
	['label', 'name'],
);

export const toEmails = listReader(atEmails, ['email']);

export const toUrls = listReader(atUrls, ['url']);

/** One ID, for an endpoint that wants a list. */
export const toOneId = (value: unknown): string[] => [toText(value, 'ID').trim()];

/** The texts of a list that a service answered; whatever else stands in it is left out. */
export function textsIn(list: unknown): string[] {
	if (!Array.isArray(list)) return [];
	return list.flatMap((entry: unknown) => (typeof entry === 'string' ? [entry.trim()] : []));
}
