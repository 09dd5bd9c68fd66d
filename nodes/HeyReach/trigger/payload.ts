import { isObject } from '../../engine/values';

/**
 * The keys of an object in a delivery, in one spelling: `profile_url`, `profileUrl` and
 * `ProfileURL` are `profileurl`. HeyReach spells them differently from event to event. Null and a
 * blank text are no value.
 */
export type Keys = ReadonlyMap<string, unknown>;

export function keysOf(value: unknown): Keys {
	if (!isObject(value)) return new Map();
	const found = Object.entries(value).filter(([, one]) => !isBlank(one));
	return new Map(found.map(([key, one]) => [key.replace(/_/g, '').toLowerCase(), one]));
}

/** Reads one part of a delivery: the value of the first name that has one. */
export type Part = (...names: string[]) => unknown;

/** A part that stands in an object of its own (`lead.profile_url`) or flat (`leadProfileUrl`). */
export function partOf(root: Keys, name: string): Part {
	const nested = keysOf(root.get(name));
	return (...names) =>
		[...names.map((key) => nested.get(key)), ...names.map((key) => root.get(name + key))].find(
			(value) => value !== undefined,
		);
}

function isBlank(value: unknown): boolean {
	return value === null || value === undefined || (typeof value === 'string' && !value.trim());
}

/** A text that is not blank; a number as its text. */
export function text(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A number, also where it is written as a text; another text as it is. */
export function wholeNumber(value: unknown): number | string | undefined {
	const found = text(value);
	return found !== undefined && /^\d{1,15}$/.test(found) ? Number(found) : found;
}

export function flag(value: unknown): boolean | undefined {
	if (value === 'true' || value === 'false') return value === 'true';
	return typeof value === 'boolean' ? value : undefined;
}

/** The text itself, or the name in an object. */
export function nameOf(value: unknown): string | undefined {
	return text(isObject(value) ? keysOf(value).get('name') : value);
}

/** The names in a list; one name alone is a list too. */
export function names(value: unknown): string[] | undefined {
	const list = Array.isArray(value) ? value : nameOf(value) === undefined ? undefined : [value];
	return list?.map(nameOf).filter((name) => name !== undefined);
}
