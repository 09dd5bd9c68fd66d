import Ajv from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { IANAZone } from 'luxon';
import { unprocessable } from './errors';
import { dateOfBirth } from './normalise';

export type Schema = Record<string, unknown>;

const FORMATS: Record<string, { check: (text: string) => boolean; message: string }> = {
	'iana-timezone': {
		check: (text) => IANAZone.isValidZone(text),
		message: 'must be a valid IANA time zone',
	},
	'iso-country': {
		check: (text) => /^[A-Z]{2}$/.test(text),
		message: 'must be a valid ISO31661 Alpha2 code',
	},
	'date-of-birth': {
		check: (text) => dateOfBirth(text) !== undefined,
		message: 'must be a valid date',
	},
	'iso-utc': {
		check: (text) => ISO_UTC.test(text) && isTime(text),
		message: 'must be a valid ISO 8601 date string',
	},
	// A task's due date comes back with milliseconds, and an update refuses them.
	'iso-utc-seconds': {
		check: (text) => ISO_UTC.test(text) && !text.includes('.') && isTime(text),
		message: 'must be a valid ISO 8601 date string',
	},
	'iso-offset': {
		check: (text) => ISO_OFFSET.test(text) && isTime(text),
		message: 'must be a valid ISO 8601 date string',
	},
	'epoch-ms': {
		check: (text) => /^\d{1,15}$/.test(text),
		message: 'must be a number string',
	},
	'iso-day': {
		check: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isTime(text),
		message: 'must be a date as YYYY-MM-DD',
	},
	e164: {
		check: (text) => /^\+[1-9]\d{1,14}$/.test(text),
		message: 'must be a phone number in E.164 format',
	},
	'hex-color': {
		check: (text) => /^#[0-9a-f]{6}$/i.test(text),
		message: 'must be a hexadecimal color',
	},
	'month-day-year': {
		check: (text) => /^\d{2}-\d{2}-\d{4}$/.test(text),
		message: 'must be a date as mm-dd-yyyy',
	},
};

const ISO_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;
const ISO_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const isTime = (text: string): boolean => !Number.isNaN(Date.parse(text));

/** Query values arrive as text, so that side reads numbers and booleans from it. */
function compiler(coerceTypes: boolean): Ajv {
	const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, coerceTypes });
	addFormats(ajv, ['email']);
	for (const [name, { check }] of Object.entries(FORMATS)) ajv.addFormat(name, check);
	return ajv;
}
const COMPILERS = { body: compiler(false), query: compiler(true) };

/** Compiles a DTO; the check throws the 422 that names every fault of the value. */
export function dto(part: 'body' | 'query', schema: Schema): (value: unknown) => void {
	const check: ValidateFunction = COMPILERS[part].compile(schema);
	return (value) => {
		if (check(value)) return;
		const messages = (check.errors ?? []).flatMap(sentences);
		throw unprocessable([...new Set(messages)]);
	};
}

const TYPE_WORDS: Record<string, string> = {
	string: 'must be a string',
	number: 'must be a number conforming to the specified constraints',
	integer: 'must be an integer number',
	boolean: 'must be a boolean value',
	array: 'must be an array',
	object: 'must be an object',
};

/** The sentences of HighLevel's validator (class-validator) for the rules the DTOs use. */
const SENTENCES: Record<string, (error: ErrorObject, path: string[]) => string[]> = {
	additionalProperties: ({ params }, path) => [
		[...path, `property ${params.additionalProperty} should not exist`].join('.'),
	],
	required: ({ params }, path) => [
		// The one missing key whose sentence is known.
		params.missingProperty === 'locationId'
			? "LocationId can't be undefined"
			: `${[...path, params.missingProperty].join('.')} should not be empty`,
	],
	type: ({ params, parentSchema }, path) => {
		const type = [params.type].flat()[0];
		// A value that is no text fails both rules of an e-mail address.
		const email = parentSchema?.format === 'email' ? [`${path.join('.')} must be an email`] : [];
		return [...email, `${path.join('.')} ${TYPE_WORDS[type]}`];
	},
	format: ({ params }, path) => [
		`${path.join('.')} ${FORMATS[params.format]?.message ?? `must be an ${params.format}`}`,
	],
	enum: ({ params }, path) => [
		`${path.join('.')} must be one of the following values: ${params.allowedValues.join(', ')}`,
	],
	maximum: ({ params }, path) => [`${path.join('.')} must not be greater than ${params.limit}`],
	minimum: ({ params }, path) => [`${path.join('.')} must not be less than ${params.limit}`],
	minLength: (_error, path) => [`${path.join('.')} should not be empty`],
	maxLength: ({ params }, path) => [
		`${path.join('.')} must be shorter than or equal to ${params.limit} characters`,
	],
	maxItems: ({ params }, path) => [
		`${path.join('.')} must contain no more than ${params.limit} elements`,
	],
	minItems: ({ params }, path) => [
		`${path.join('.')} must contain at least ${params.limit} elements`,
	],
};

function sentences(error: ErrorObject): string[] {
	const path = error.instancePath.split('/').slice(1);
	return SENTENCES[error.keyword]?.(error, path) ?? [`${path.join('.')} ${error.message}`];
}

/** An object that refuses every key it does not name (422 on unknown keys). */
export const closed = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
	type: 'object',
	properties,
	required,
	additionalProperties: false,
});
export const text: Schema = { type: 'string' };
export const requiredText: Schema = { type: 'string', minLength: 1 };
export const formatted = (format: string): Schema => ({ type: 'string', format });
export const number: Schema = { type: 'number' };
export const flag: Schema = { type: 'boolean' };
export const listOf = (items: Schema): Schema => ({ type: 'array', items });
export const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });
export const wholeNumber = (minimum: number, maximum?: number): Schema => ({
	type: 'integer',
	minimum,
	...(maximum === undefined ? {} : { maximum }),
});
