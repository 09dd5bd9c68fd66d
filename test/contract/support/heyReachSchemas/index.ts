import Ajv, { type ValidateFunction } from 'ajv/dist/2019';
import addFormats from 'ajv-formats';
import traverse from 'json-schema-traverse';
import { Endpoints } from '../endpoints';
import { parsedBody } from '../parsedBody';
import { inWords } from '../schemas';
import { campaigns } from './campaigns';
import { inbox } from './inbox';
import { leads, network } from './leads';
import { lists } from './lists';
import { auth, blacklist, enrichment, organization } from './others';
import { senders, stats } from './senders';
import type { HeyReachOperation, JsonSchema } from './shapes';
import { webhooks } from './webhooks';

export type { HeyReachOperation } from './shapes';

/** Every endpoint of HeyReach the facts know the shape of. */
export const heyReachOperations: HeyReachOperation[] = [
	...auth,
	...campaigns,
	...lists,
	...leads,
	...inbox,
	...senders,
	...stats,
	...network,
	...webhooks,
	...blacklist,
	...enrichment,
	...organization,
];

const endpoints = new Endpoints(heyReachOperations);

/** A request as it went over the wire; `path` is behind the base address and may carry its query. */
export interface SentRequest {
	method: string;
	path: string;
	query?: Record<string, unknown>;
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

/** The endpoint that a path, or a path template, belongs to; a fixed part goes before `{name}`. */
export function heyReachOperation(method: string, path: string): HeyReachOperation | undefined {
	return endpoints.find(method, path)?.endpoint;
}

/**
 * What is wrong with a request, in sentences; nothing is good. HeyReach ignores keys it does not
 * know, so that a misspelt one does nothing: here it is reported.
 */
export function validateHeyReachRequest(request: SentRequest): string[] {
	const found = endpoints.find(request.method, request.path);
	if (found === undefined) return [`${request.method} ${request.path}: no such endpoint`];
	const { query, pathParameters, body } = found.endpoint;
	const headers = Object.keys(request.headers ?? {}).map((name) => name.toLowerCase());
	const sent = parsedBody(request.body);
	const search = new URLSearchParams(request.path.split('?')[1]);
	return [
		...(request.headers !== undefined && !headers.includes('x-api-key')
			? ['X-API-KEY header is missing']
			: []),
		...check(query ?? NOTHING, { ...Object.fromEntries(search), ...request.query }, 'query'),
		...check(pathParameters ?? NOTHING, found.values, 'path'),
		...(body === undefined
			? sent === undefined
				? []
				: ['body: none is expected']
			: check(body, sent ?? {}, 'body')),
	];
}

/** With `unknownKeys`, keys that the facts do not name are reported too. */
export function validateHeyReachResponse(
	response: ReceivedResponse,
	{ unknownKeys = false } = {},
): string[] {
	const { method, path, status, body } = response;
	const operation = heyReachOperation(method, path);
	if (operation === undefined) return [`${method} ${path}: no such endpoint`];
	const isEmpty = body === undefined || body === null || body === '';
	if (status !== 200) return errorViolations(status, body, isEmpty);
	const { answer, mayBeEmpty = false } = operation;
	if (answer === 'empty') return isEmpty ? [] : ['response: it should be empty'];
	if (isEmpty) return mayBeEmpty ? [] : ['response: it is empty'];
	return check(answer, body, unknownKeys ? 'closed response' : 'response');
}

const NOTHING: JsonSchema = { type: 'object', properties: {} };

/** The bodies of refusals: a sentence, the problem of a model, a plain text, or nothing. */
const ERRORS: Record<number, JsonSchema> = {
	400: {
		anyOf: [
			{ type: 'object', required: ['errorMessage'] },
			{ type: 'object', required: ['detail'] },
			{ type: 'object', required: ['title', 'status', 'errors'] },
		],
	},
	401: { enum: ['Missing API key', 'Invalid API key'] },
	403: { type: 'object', required: ['errorMessage'] },
	404: { type: 'object', required: ['errorMessage'] },
};

function errorViolations(status: number, body: unknown, isEmpty: boolean): string[] {
	const schema = ERRORS[status];
	if (status < 400) return [`status ${status}: only 200 and refusals are known`];
	if (schema === undefined || (isEmpty && status === 404)) return [];
	return check(schema, body, 'response');
}

type Mode = 'query' | 'path' | 'body' | 'response' | 'closed response';

/** Texts stand for numbers in a query string and a path; keys without a name are refused in requests. */
const COERCED: Mode[] = ['query', 'path'];
const compiled = new Map<JsonSchema, Map<boolean, ValidateFunction>>();

function check(schema: JsonSchema, value: unknown, mode: Mode): string[] {
	const isOpen = mode === 'response';
	const validators = compiled.get(schema) ?? new Map<boolean, ValidateFunction>();
	compiled.set(schema, validators);
	// A compiler each: the same named part may stand in several schemas.
	const validate =
		validators.get(isOpen) ??
		newAjv(COERCED.includes(mode)).compile(isOpen ? schema : closed(schema));
	validators.set(isOpen, validate);
	if (validate(structuredClone(value))) return [];
	const where = mode.replace('closed ', '');
	return [...new Set((validate.errors ?? []).map((error) => inWords(error, where)))];
}

/** A schema that names its keys takes no others, at any depth. */
function closed(schema: JsonSchema): JsonSchema {
	const copy = JSON.parse(JSON.stringify(schema)) as JsonSchema;
	traverse(copy, (part: JsonSchema) => {
		// A branch of an `anyOf` names keys too, but has no type: it speaks of a part only.
		if (part.type === 'object' && part.properties) part.additionalProperties = false;
	});
	return copy;
}

function newAjv(coerceTypes: boolean): Ajv {
	const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strict: false, coerceTypes });
	addFormats(ajv);
	return ajv;
}
