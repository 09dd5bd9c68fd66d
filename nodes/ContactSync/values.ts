import { isObject } from '../engine/errors';
import type { Value } from './reconcile';

/** What both readers of records share. */

/** A value of a record as the reconciler takes it: `null` for what is known to be blank. */
export function toValue(value: unknown): Value {
	if (value === null || value === undefined || value === '') return null;
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
		return value;
	if (Array.isArray(value)) return value.length > 0 ? value.map(text) : null;
	return JSON.stringify(value);
}

export function text(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number') return String(value);
	return isObject(value) ? text(value.name ?? value.email ?? value.value) : '';
}

/** The texts of a list, without blanks. */
export function texts(values: readonly unknown[]): string[] {
	return values.map(text).filter((one) => one !== '');
}

/** Tags as names; `undefined` where the record has no list of them. */
export function tagNames(value: unknown): string[] | undefined {
	return Array.isArray(value) ? texts(value) : undefined;
}

/** The value of a key, however it is written; `undefined` where there is none. */
export function byName(values: unknown, name: string): unknown {
	if (!isObject(values)) return undefined;
	if (name in values) return values[name];
	const low = name.trim().toLowerCase();
	const key = Object.keys(values).find((one) => one.trim().toLowerCase() === low);
	return key === undefined ? undefined : values[key];
}

export function fullName(first: unknown, last: unknown): string {
	return texts([first, last]).join(' ');
}
