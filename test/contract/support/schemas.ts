import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2019';
import addFormats from 'ajv-formats';
import traverse from 'json-schema-traverse';

/** A schema as it stands in an OpenAPI 3.0 file: JSON Schema, but for a few habits of its generator. */
export interface RawSchema {
	$ref?: string;
	type?: unknown;
	properties?: Record<string, RawSchema>;
	items?: RawSchema;
	additionalProperties?: boolean | RawSchema;
	allOf?: RawSchema[];
	oneOf?: RawSchema[];
	anyOf?: RawSchema[];
	[keyword: string]: unknown;
}

/** A schema, and the file that its references start from. */
interface Located {
	schema: RawSchema;
	file: string;
}

/** What a schema says about a value. */
export interface Described {
	/** JSON types that the value may have; none where the schema leaves that open. */
	types: string[];
	/** The keys that it names. */
	names: string[];
	property(name: string): Described | undefined;
	/** Of the elements of a list. */
	items(): Described | undefined;
}

/** The named schemas of each file, by the file's address. */
export type SchemaFiles = Map<string, Record<string, RawSchema>>;

/** What stands below one of these is a part of a schema for a value, not a schema for a whole one. */
const COMBINATIONS = ['allOf', 'anyOf', 'oneOf'];

/** Compiles schemas of the official files. */
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
					this.readable(schema, file, mode === 'closed', false),
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
		validators[mode] ??= this[mode].compile(this.readable(schema, file, mode === 'closed', true));
		const validate = validators[mode];
		if (validate(mode === 'query' ? structuredClone(value) : value)) return [];
		return [...new Set((validate.errors ?? []).map((error) => inWords(error, where)))];
	}

	/** What a schema says about a value and its parts, references followed and alternatives laid together. */
	describe(schema: RawSchema, file: string): Described {
		const partsOf = (inner: RawSchema, from: string): Located[] => {
			const target = this.locate(inner, from);
			const { allOf = [], oneOf = [], anyOf = [] } = target.schema;
			const parts = [...allOf, ...oneOf, ...anyOf];
			return [target, ...parts.flatMap((part) => partsOf(part, target.file))];
		};
		const together = (located: Located[]): Described | undefined => {
			const parts = located.flatMap((one) => partsOf(one.schema, one.file));
			if (parts.length === 0) return undefined;
			const of = (part: (schema: RawSchema) => RawSchema | undefined) =>
				together(
					parts.flatMap(({ schema: whole, file: at }) => {
						const inner = part(whole);
						return inner ? [{ schema: inner, file: at }] : [];
					}),
				);
			const own = parts.map((part) => part.schema);
			return {
				types: own.some((part) => isBareObject(part))
					? []
					: [
							...new Set(
								own.flatMap(({ type }) =>
									typeof type === 'string' && type !== 'any' ? [type] : [],
								),
							),
						],
				names: [...new Set(own.flatMap(({ properties = {} }) => Object.keys(properties)))],
				property: (name) => of(({ properties }) => properties?.[name]),
				items: () => of(({ items }) => items),
			};
		};
		return together([{ schema, file }]) as Described;
	}

	/** The keys that a schema names at its top level; `undefined` if it takes any. */
	keys(schema: RawSchema, file: string): string[] | undefined {
		const target = this.resolve(schema, file);
		if (target.additionalProperties) return undefined;
		const parts = [target.allOf, target.oneOf, target.anyOf].flatMap((list) => list ?? []);
		const inParts = parts.map((part) => this.keys(part, file) ?? []);
		return [...Object.keys(target.properties ?? {}), ...inParts.flat()];
	}

	/**
	 * The schema without the generator's habits, its references as whole addresses.
	 *
	 * @param closeRoot whether the schema itself is closed too, not only those inside it
	 */
	private readable(raw: RawSchema, file: string, closed: boolean, closeRoot: boolean): RawSchema {
		// A part that stands in two places is to be two: structuredClone would keep it one.
		const root = JSON.parse(JSON.stringify(raw)) as RawSchema;
		const visit: traverse.Callback = (schema: RawSchema, _pointer, _root, _above, keyword) => {
			if (schema.type === 'any' || isBareObject(schema)) {
				delete schema.type;
				delete schema.nullable;
			}
			// OpenAPI gives it no meaning without a type, and Ajv refuses it there.
			if (schema.type === undefined) delete schema.nullable;
			// Their alternatives overlap, so that more than one may fit.
			if (schema.oneOf) {
				schema.anyOf = schema.oneOf;
				delete schema.oneOf;
			}
			if (schema.$ref) schema.$ref = new URL(schema.$ref, file).href;
			const isWhole = keyword === undefined ? closeRoot : !COMBINATIONS.includes(keyword);
			if (closed && isWhole && this.namesItsKeys(schema, file))
				schema.unevaluatedProperties = false;
		};
		traverse(root, visit);
		return root;
	}

	private namesItsKeys(schema: RawSchema, file: string): boolean {
		const target = this.resolve(schema, file);
		if (target.properties) return true;
		if (target.allOf) return target.allOf.some((part) => this.namesItsKeys(part, file));
		const alternatives = target.anyOf ?? target.oneOf ?? [];
		return alternatives.length > 0 && alternatives.every((one) => this.namesItsKeys(one, file));
	}

	private resolve(schema: RawSchema, file: string): RawSchema {
		return this.locate(schema, file).schema;
	}

	private locate(schema: RawSchema, file: string): Located {
		if (!schema.$ref) return { schema, file };
		const { href, hash } = new URL(schema.$ref, file);
		const name = decodeURIComponent(hash.split('/').at(-1) ?? '');
		const target = this.files.get(href.slice(0, -hash.length))?.[name];
		if (!target) throw new Error(`${schema.$ref} of ${file} leads nowhere`);
		return this.locate(target, href.slice(0, -hash.length));
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

/**
 * `{"type": "object"}` and nothing more is what the generator of the official files writes for a
 * union or a date: their own examples beside it are strings, numbers and lists (`dateOfBirth`,
 * `field_value`, `startTime`). It says nothing.
 */
function isBareObject(schema: RawSchema): boolean {
	return schema.type === 'object' && !schema.properties && !schema.additionalProperties;
}

/** `body/firstName: must be string`. */
export function inWords(
	{ instancePath, keyword, message, params }: ErrorObject,
	where: string,
): string {
	const at = `${where}${instancePath}`;
	const extra = (params as { unevaluatedProperty?: string; additionalProperty?: string }) ?? {};
	const unknown = extra.unevaluatedProperty ?? extra.additionalProperty;
	if (unknown !== undefined) return `${at}: unknown key "${unknown}"`;
	if (keyword === 'enum') {
		return `${at}: must be one of ${(params as { allowedValues: unknown[] }).allowedValues.join(', ')}`;
	}
	return `${at}: ${message ?? keyword}`;
}
