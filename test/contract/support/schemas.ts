import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2019';
import addFormats from 'ajv-formats';

/** A schema as it stands in an OpenAPI file: not valid JSON Schema everywhere. */
export interface RawSchema {
	$ref?: string;
	type?: unknown;
	nullable?: unknown;
	enum?: unknown;
	required?: unknown;
	properties?: Record<string, RawSchema>;
	items?: RawSchema;
	additionalProperties?: boolean | RawSchema;
	allOf?: RawSchema[];
	oneOf?: RawSchema[];
	anyOf?: RawSchema[];
	[keyword: string]: unknown;
}

type JsonSchema = Record<string, unknown>;

/** The named schemas of each file, by the file's address. */
export type SchemaFiles = Map<string, Record<string, RawSchema>>;

const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/** Kept as they are; all others are dropped (`example`, `examples`, `default`, `description`, …). */
const PLAIN_KEYWORDS = [
	'format',
	'pattern',
	'minimum',
	'maximum',
	'minLength',
	'maxLength',
	'minItems',
	'maxItems',
];

/** Compiles schemas of the official files, after bringing them into the form of JSON Schema. */
export class Schemas {
	private readonly open = newAjv();
	private readonly closed = newAjv();
	private readonly query = newAjv({ coerceTypes: 'array' });
	private readonly compiled = new Map<RawSchema, Partial<Record<Mode, ValidateFunction>>>();

	constructor(private readonly files: SchemaFiles) {
		for (const [file, schemas] of files) {
			for (const mode of ['open', 'closed', 'query'] as const) {
				const named = Object.entries(schemas).map(([name, schema]) => [
					name,
					// A named schema is closed where it is used: it may be one part of an `allOf`.
					this.clean(schema, file, mode === 'closed', false),
				]);
				this[mode].addSchema({ $id: file, components: { schemas: Object.fromEntries(named) } });
			}
		}
	}

	/**
	 * What is wrong with `value`, in words; empty if nothing is. `closed` refuses keys that no part
	 * of the schema names, at any depth; `query` takes `"20"` for a number and one value for a list.
	 */
	violations(schema: RawSchema, file: string, value: unknown, mode: Mode, where: string): string[] {
		const validators = this.compiled.get(schema) ?? {};
		this.compiled.set(schema, validators);
		validators[mode] ??= this[mode].compile(this.clean(schema, file, mode === 'closed', true));
		const validate = validators[mode];
		if (validate(mode === 'query' ? structuredClone(value) : value)) return [];
		return [...new Set((validate.errors ?? []).map((error) => inWords(error, where)))];
	}

	/** The keys that a schema names at its top level; `undefined` if it takes any. */
	keys(schema: RawSchema, file: string): string[] | undefined {
		const target = this.resolve(schema, file);
		if (target.additionalProperties) return undefined;
		const parts = [target.allOf, target.oneOf, target.anyOf].flatMap((list) => list ?? []);
		const inParts = parts.map((part) => this.keys(part, file) ?? []);
		return [...Object.keys(target.properties ?? {}), ...inParts.flat()];
	}

	/** @param valuePosition whether the schema stands for a whole value, not for a part of one */
	private clean(
		schema: RawSchema,
		file: string,
		closed: boolean,
		valuePosition: boolean,
	): JsonSchema {
		const value = (inner: RawSchema) => this.clean(inner, file, closed, true);
		const part = (inner: RawSchema) => this.clean(inner, file, closed, false);
		let out: JsonSchema = {};
		if (schema.$ref) {
			out.$ref = new URL(schema.$ref, file).href;
		} else {
			for (const keyword of PLAIN_KEYWORDS) {
				if (schema[keyword] !== undefined) out[keyword] = schema[keyword];
			}
			if (isType(schema.type) && !isBareObject(schema)) out.type = schema.type;
			if (Array.isArray(schema.enum) && schema.enum.length > 0) out.enum = schema.enum;
			if (Array.isArray(schema.required)) out.required = schema.required;
			if (schema.properties) {
				out.properties = Object.fromEntries(
					Object.entries(schema.properties).map(([name, inner]) => [name, value(inner)]),
				);
			}
			if (schema.items) out.items = value(schema.items);
			if (typeof schema.additionalProperties === 'boolean') {
				out.additionalProperties = schema.additionalProperties;
			} else if (schema.additionalProperties) {
				out.additionalProperties = value(schema.additionalProperties);
			}
			if (schema.allOf) out.allOf = schema.allOf.map(part);
			// Their alternatives overlap, so that more than one may fit.
			const alternatives = schema.anyOf ?? schema.oneOf;
			if (alternatives) out.anyOf = alternatives.map(part);
		}
		if (schema.nullable === true) out = { anyOf: [out, { type: 'null' }] };
		if (closed && valuePosition && this.namesItsKeys(schema, file)) {
			out.unevaluatedProperties = false;
		}
		return out;
	}

	private namesItsKeys(schema: RawSchema, file: string): boolean {
		const target = this.resolve(schema, file);
		if (target.properties) return true;
		if (target.allOf) return target.allOf.some((part) => this.namesItsKeys(part, file));
		const alternatives = target.anyOf ?? target.oneOf ?? [];
		return alternatives.length > 0 && alternatives.every((one) => this.namesItsKeys(one, file));
	}

	private resolve(schema: RawSchema, file: string): RawSchema {
		if (!schema.$ref) return schema;
		const { href, hash } = new URL(schema.$ref, file);
		const name = decodeURIComponent(hash.split('/').at(-1) ?? '');
		const target = this.files.get(href.slice(0, -hash.length))?.[name];
		if (!target) throw new Error(`${schema.$ref} of ${file} leads nowhere`);
		return this.resolve(target, href.slice(0, -hash.length));
	}
}

type Mode = 'open' | 'closed' | 'query';

function newAjv(options: { coerceTypes?: 'array' } = {}): Ajv {
	const ajv = new Ajv({
		...options,
		strict: false,
		validateSchema: false,
		allErrors: true,
		logger: false,
	});
	addFormats(ajv);
	return ajv;
}

function isType(type: unknown): type is string {
	return typeof type === 'string' && TYPES.includes(type);
}

/**
 * `{"type": "object"}` and nothing more is what the generator of the official files writes for a
 * union or a date: their own examples beside it are strings, numbers and lists (`dateOfBirth`,
 * `field_value`, `startTime`). It says nothing.
 */
function isBareObject(schema: RawSchema): boolean {
	return schema.type === 'object' && !schema.properties && !schema.additionalProperties;
}

function inWords({ instancePath, keyword, message, params }: ErrorObject, where: string): string {
	const at = `${where}${instancePath}`;
	const extra = (params as { unevaluatedProperty?: string; additionalProperty?: string }) ?? {};
	const unknown = extra.unevaluatedProperty ?? extra.additionalProperty;
	if (unknown !== undefined) return `${at}: unknown key "${unknown}"`;
	if (keyword === 'enum') {
		return `${at}: must be one of ${(params as { allowedValues: unknown[] }).allowedValues.join(', ')}`;
	}
	return `${at}: ${message ?? keyword}`;
}
