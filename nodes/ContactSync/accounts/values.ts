import { dayOr } from '../../engine/dates';
import { isObject } from '../../engine/values';
import type { Normaliser, Value } from '../reconcile';

/** Shared by the readers of both services. */

/** A value of a record as the reconciler takes it: `null` for what is known to be blank. */
function toValue(value: unknown): Value {
	if (value === null || value === undefined || value === '') return null;
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
		return value;
	if (Array.isArray(value)) return value.length > 0 ? value.map(text) : null;
	return JSON.stringify(value);
}

export function text(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number') return String(value);
	return isObject(value) ? text(value.name ?? value.email ?? value.phone ?? value.value) : '';
}

/** The texts of a list, without blanks. */
export function texts(values: readonly unknown[]): string[] {
	const all = values.map(text);
	// A filtered list keeps room for more entries than it has: memory, in a hundred thousand records.
	return all.includes('') ? all.filter((one) => one !== '').slice() : all;
}

/** Tags as names; `undefined` where the record has no list of them. */
export function tagNames(value: unknown): string[] | undefined {
	return Array.isArray(value) ? texts(value) : undefined;
}

/**
 * The value of a field: `null` for blank, `undefined` where it was not read. A key whose value is
 * undefined was not read.
 *
 * @param how of a date the day is read, in whatever form it is given
 */
export function readValue(value: unknown, how?: Normaliser): Value | undefined {
	if (value === undefined) return undefined;
	const read = toValue(value);
	return how === 'date' ? dayOr(read, 'UTC') : read;
}

/** Stands for a name that several keys have with different values. */
export const UNCLEAR = Symbol('unclear');

/** The value of a name: `undefined` where no key has it. */
export type Found = { value: unknown } | typeof UNCLEAR | undefined;

/** The custom fields of the table that the records of one side have shown. */
export class CustomFieldsSeen {
	/** Those that some record has, blank or not. */
	readonly shown = new Set<string>();
	/** Those whose name several fields of a record have. */
	readonly unclear = new Set<string>();

	/**
	 * The value of a custom field, given what was found under its name; `absent` where nothing was.
	 */
	read(name: string, found: Found, absent: null | undefined, how?: Normaliser): Value | undefined {
		if (found === undefined) return absent;
		if (found === UNCLEAR) {
			this.unclear.add(name);
			return undefined;
		}
		this.shown.add(name);
		return readValue(found.value, how);
	}
}

/** The value of a key, by its own spelling first, then in any case. */
export function byName(values: unknown, name: string): Found {
	if (!isObject(values)) return undefined;
	if (Object.hasOwn(values, name)) return { value: values[name] };
	const low = name.trim().toLowerCase();
	const [key, ...others] = Object.keys(values).filter((one) => one.trim().toLowerCase() === low);
	if (key === undefined) return undefined;
	const isOne = others.every((one) => JSON.stringify(values[one]) === JSON.stringify(values[key]));
	return isOne ? { value: values[key] } : UNCLEAR;
}

export function fullName(first: unknown, last: unknown): string {
	return texts([first, last]).join(' ');
}
