import Ajv from 'ajv';
import type { ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { invalidModel } from './errors';

export type Schema = Record<string, unknown>;

function compiler(coerceTypes: boolean): Ajv {
	const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, coerceTypes });
	addFormats(ajv, ['date', 'date-time', 'iso-date-time', 'uri', 'uuid']);
	return ajv;
}
const COMPILERS = { body: compiler(false), query: compiler(true) };

/** Compiles a model; the check throws the problem answer. Unknown keys are ignored. */
export function model(part: 'body' | 'query', schema: Schema): (value: unknown) => void {
	const check = COMPILERS[part].compile(schema);
	return (value) => {
		if (check(value)) return;
		const errors: Record<string, string[]> = {};
		for (const error of check.errors ?? []) {
			const name = fieldName(error);
			errors[name] = [...(errors[name] ?? []), sentence(error, name)];
		}
		throw invalidModel(errors);
	};
}

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** `/leads/0/profileUrl` is `Leads[0].ProfileUrl`. */
const fieldName = ({ instancePath, params, keyword }: ErrorObject): string =>
	[...instancePath.split('/').slice(1), ...(keyword === 'required' ? [params.missingProperty] : [])]
		.map(pascal)
		.join('.')
		.replace(/\.(\d+)/g, '[$1]');

const SENTENCES: Record<string, (name: string) => string> = {
	required: (name) => `The ${name} field is required.`,
	type: (name) => `The JSON value of ${name} could not be converted.`,
	enum: (name) => `The value of ${name} is not one of the accepted values.`,
	format: (name) => `The ${name} field is not in the accepted format.`,
};

const sentence = ({ keyword, message }: ErrorObject, name: string): string =>
	SENTENCES[keyword]?.(name) ?? `The field ${name} ${message}.`;

export const fields = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
	type: 'object',
	properties,
	required,
});
export const text: Schema = { type: 'string' };
export const optionalText: Schema = { type: ['string', 'null'] };
export const flag: Schema = { type: 'boolean' };
export const whole: Schema = { type: 'integer' };
export const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
/** A moment, with an offset or without (then UTC), or a day alone. */
export const time: Schema = {
	type: ['string', 'null'],
	anyOf: [{ type: 'null' }, { format: 'date' }, { format: 'iso-date-time' }],
};
export const listOf = (items: Schema, maxItems?: number): Schema => ({
	type: 'array',
	items,
	...(maxItems === undefined ? {} : { maxItems }),
});

/** `offset` and `limit`; most lists end at 100 a page, leads of a list at 1000. */
export const paging = (maximum = 100): Record<string, Schema> => ({
	offset: { type: 'integer', minimum: 0 },
	limit: { type: 'integer', minimum: 1, maximum },
});
