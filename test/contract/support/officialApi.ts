import { Endpoints, type Endpoint } from './endpoints';
import { parsedBody } from './parsedBody';
import { Schemas, type Described, type RawSchema } from './schemas';
import type { OwnSchema } from './ownSchemas';
import {
	ABSENT,
	CORRECTIONS,
	OWN_SCHEMAS,
	RELAXED,
	SEEN_STATUSES,
	STATUSES_ANYWHERE,
} from './undocumented';

interface Parameter {
	name: string;
	in: 'path' | 'query' | 'header' | 'cookie';
	required?: boolean;
	schema: RawSchema;
}

type Content = Record<string, { schema: RawSchema }>;

export interface RawOperation {
	operationId?: string;
	deprecated?: boolean;
	parameters?: Parameter[];
	requestBody?: { required?: boolean; content: Content };
	responses: Record<string, { content?: Content }>;
}

export interface OpenApiFile {
	paths?: Record<string, Record<string, RawOperation>>;
	components?: { schemas?: Record<string, RawSchema> };
}

/** One endpoint as the official files describe it. */
export interface OfficialOperation extends Endpoint {
	operationId?: string;
	deprecated: boolean;
	/** The file it stands in, as an address. */
	file: string;
	raw: RawOperation;
}

type Query = string | URLSearchParams | Record<string, unknown>;

/** A request as it went over the wire. */
export interface SentRequest {
	method: string;
	/** Behind the API's base address; a query string may hang on it. */
	path: string;
	query?: Query;
	headers?: Record<string, unknown>;
	/** Parsed, or the text that was sent. */
	body?: unknown;
}

export interface ReceivedResponse {
	method: string;
	path: string;
	status: number;
	/** Parsed. */
	body?: unknown;
}

/** Checks requests and answers against the official files. Violations are sentences; none is good. */
export class OfficialApi {
	/** Every endpoint of the files. */
	readonly operations: OfficialOperation[];
	private readonly schemas: Schemas;
	private readonly endpoints: Endpoints<OfficialOperation>;

	constructor(files: Map<string, OpenApiFile>) {
		this.schemas = new Schemas(
			new Map([...files].map(([file, content]) => [file, corrected(file, content)])),
		);
		this.operations = [...files].flatMap(([file, { paths = {} }]) =>
			Object.entries(paths).flatMap(([path, methods]) =>
				Object.entries(methods).map(([method, raw]) => ({
					method: method.toUpperCase(),
					path,
					operationId: raw.operationId,
					deprecated: raw.deprecated === true,
					file,
					raw,
				})),
			),
		);
		this.endpoints = new Endpoints(this.operations);
	}

	/** The endpoint that a path, or a path template, belongs to; a fixed part goes before `{name}`. */
	operation(method: string, path: string): OfficialOperation | undefined {
		return this.endpoints.find(method, path)?.endpoint;
	}

	/**
	 * Path known, query complete and without unknown names, Version as documented, body as the schema
	 * says with no unknown key at any depth: the live API answers 422 to those.
	 */
	validateRequest(request: SentRequest): string[] {
		const found = this.endpoints.find(request.method, request.path);
		if (!found) return [`${request.method} ${request.path}: no such endpoint is documented`];
		const operation = found.endpoint;
		return [
			...this.pathViolations(operation, found.values),
			...this.queryViolations(operation, request),
			...this.headerViolations(operation, lowerCase(request.headers)),
			...this.bodyViolations(operation, request),
		];
	}

	/**
	 * Status documented, body as its schema says. With `unknownKeys`, top-level keys that the schema
	 * does not name are reported too (`traceId` may always be there: docs/apis/highlevel.md#addresses-and-versions).
	 */
	validateResponse(response: ReceivedResponse, { unknownKeys = false } = {}): string[] {
		const operation = this.operation(response.method, response.path);
		if (!operation) return [`${response.method} ${response.path}: no such endpoint is documented`];
		const { status, body } = response;
		const { seen, described } = SEEN_STATUSES[nameOf(operation)] ?? {};
		const documented = operation.raw.responses[String(status === seen ? described : status)];
		if (!documented && !STATUSES_ANYWHERE.includes(status)) {
			const statuses = Object.keys(operation.raw.responses).join(', ');
			return [`status ${status}: only ${statuses} are documented`];
		}
		const own = status < 300 && ownSchema(operation, 'response');
		const schema = own || firstOf(documented?.content)?.schema;
		if (!schema) return [];
		const violations = this.schemas.violations(schema, operation.file, body, 'open', 'response');
		const named = unknownKeys ? this.schemas.keys(schema, operation.file) : undefined;
		if (named && typeof body === 'object' && body !== null && !Array.isArray(body)) {
			for (const key of Object.keys(body)) {
				if (key === 'traceId' || named.includes(key)) continue;
				violations.push(`response: unknown key "${key}"`);
			}
		}
		return violations;
	}

	/** What the files say about the answer to a successful call; `undefined` where they say nothing. */
	answer(method: string, path: string): Described | undefined {
		const operation = this.operation(method, path);
		if (!operation) return undefined;
		const [success] = Object.keys(operation.raw.responses).filter((status) => status < '300');
		const schema = firstOf(operation.raw.responses[success]?.content)?.schema;
		return schema && this.schemas.describe(schema, operation.file);
	}

	private pathViolations(
		{ raw, file }: OfficialOperation,
		values: Record<string, string | undefined>,
	): string[] {
		return parametersIn(raw, 'path').flatMap(({ name, schema }) =>
			this.schemas.violations(schema, file, values[name], 'query', `path {${name}}`),
		);
	}

	private queryViolations({ raw, file }: OfficialOperation, request: SentRequest): string[] {
		const declared = parametersIn(raw, 'query');
		const sent = queryOf(request);
		const missing = declared.filter(({ name, required }) => required && sent[name] === undefined);
		const violations = missing.map(({ name }) => `query: "${name}" is missing`);
		for (const [name, value] of Object.entries(sent)) {
			const parameter = declared.find((one) => one.name === name);
			if (!parameter) violations.push(`query: unknown name "${name}"`);
			else {
				const { schema } = parameter;
				violations.push(...this.schemas.violations(schema, file, value, 'query', `query ${name}`));
			}
		}
		return violations;
	}

	private headerViolations({ raw }: OfficialOperation, sent: Record<string, unknown>): string[] {
		const version = parametersIn(raw, 'header').find(({ name }) => name === 'Version');
		if (!version) return [];
		if (sent.version === undefined) return ['Version header is missing'];
		const known = Array.isArray(version.schema.enum) ? version.schema.enum : [];
		if (known.length === 0 || known.includes(sent.version)) return [];
		return [`Version header: ${String(sent.version)} is sent, ${known.join(', ')} is documented`];
	}

	private bodyViolations(operation: OfficialOperation, request: SentRequest): string[] {
		const { content } = operation.raw.requestBody ?? {};
		const type = contentType(lowerCase(request.headers));
		const body = parsedBody(request.body, type);
		if (!content) return body === undefined ? [] : ['body: none is documented'];
		const violations: string[] = [];
		if (type && body !== undefined && !content[type]) {
			violations.push(`body: sent as ${type}, documented as ${Object.keys(content).join(', ')}`);
		}
		const schema = ownSchema(operation, 'request') ?? (content[type] ?? firstOf(content))?.schema;
		if (!schema) return violations;
		// The service reads an absent body as an empty object (n8n sends none for one).
		const value = body ?? {};
		return [
			...violations,
			...this.schemas.violations(schema, operation.file, value, 'closed', 'body'),
		];
	}
}

function nameOf({ method, path }: OfficialOperation): string {
	return `${method} ${path}`;
}

function ownSchema(operation: OfficialOperation, where: OwnSchema['where']): RawSchema | undefined {
	return OWN_SCHEMAS.find((own) => own.operation === nameOf(operation) && own.where === where)
		?.schema;
}

/** The named schemas of a file, known faults corrected. */
function corrected(file: string, { components }: OpenApiFile): Record<string, RawSchema> {
	const schemas = { ...components?.schemas };
	for (const { file: name, schema } of ABSENT) {
		if (file.endsWith(`/${name}`)) schemas[schema] ??= {};
	}
	for (const { file: name, schema, required } of RELAXED) {
		if (file.endsWith(`/${name}`)) schemas[schema] = { ...schemas[schema], required };
	}
	for (const { file: name, schema, property, instead, absent = false } of CORRECTIONS) {
		const faulty = schemas[schema];
		if (!file.endsWith(`/${name}`)) continue;
		const isThere = faulty?.properties?.[property] !== undefined;
		if (isThere === absent) throw new Error(`${name}: ${schema}.${property} has changed`);
		schemas[schema] = { ...faulty, properties: { ...faulty.properties, [property]: instead } };
	}
	return schemas;
}

function parametersIn({ parameters = [] }: RawOperation, place: Parameter['in']): Parameter[] {
	return parameters.filter((parameter) => parameter.in === place);
}

function queryOf({ path, query = {} }: SentRequest): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	const add = (key: string, value: unknown) => {
		// The official SDK, like n8n, writes a list as `name[]=a&name[]=b`.
		const name = key.replace(/\[\d*\]$/, '');
		values[name] = values[name] === undefined ? value : [values[name], value].flat();
	};
	for (const [key, value] of new URLSearchParams(path.split('?')[1])) add(key, value);
	const isText = typeof query === 'string' || query instanceof URLSearchParams;
	const given = isText ? [...new URLSearchParams(query)] : Object.entries(query);
	for (const [key, value] of given) if (value !== undefined) add(key, value);
	return values;
}

function lowerCase(headers: Record<string, unknown> = {}): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
}

function contentType(headers: Record<string, unknown>): string {
	return String(headers['content-type'] ?? '').split(';')[0];
}

function firstOf<T>(record: Record<string, T> = {}): T | undefined {
	return Object.values(record)[0];
}
