import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';

/**
 * The fields of a profile, in the API's words, in which a change is an update. Connections,
 * followers and signed image addresses change by themselves and are not among them.
 */
export const WATCHED_FIELDS = [
	'about',
	'companyName',
	'companyUrl',
	'customEmailAddress',
	'customFields',
	'emailAddress',
	'enrichedEmailAddress',
	'firstName',
	'headline',
	'industry',
	'lastName',
	'location',
	'position',
	'summary',
	'tags',
] as const;

/** Characters of the hash of one field. One change in 262,144 stays without its name. */
const FIELD_CHARS = 3;

/** The first characters of a hash: each carries 6 bits. */
export function shortHash(text: string, chars: number): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, chars);
}

/** A short hash for each of the fields, in their order, all in one text. */
export function hashFields(profile: IDataObject, fields: readonly string[]): string {
	return fields.map((name) => shortHash(readable(profile[name]), FIELD_CHARS)).join('');
}

/** One short hash over all of the fields: two different profiles have the same one in 2^36. */
export function hashProfile(profile: IDataObject, fields: readonly string[]): string {
	return shortHash(JSON.stringify(fields.map((name) => readable(profile[name]))), 6);
}

/** The names of the fields whose hashes differ. */
export function changedFields(before: string, after: string, fields: readonly string[]): string[] {
	const part = (hashes: string, at: number) =>
		hashes.slice(at * FIELD_CHARS, (at + 1) * FIELD_CHARS);
	return fields.filter((_name, at) => part(before, at) !== part(after, at));
}

/** One text for each value. Missing, null and empty values are the same; lists have no order. */
function readable(value: unknown): string {
	if (value === undefined || value === null || value === '') return '';
	if (Array.isArray(value)) return value.map(readable).sort().join('\n');
	if (!isObject(value)) return String(value);
	const parts = Object.keys(value).sort();
	return JSON.stringify(parts.map((key) => [key, readable(value[key])]));
}
