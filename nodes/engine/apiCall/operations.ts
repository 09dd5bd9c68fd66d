import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../badInput';
import { choice, flag, notSent, required, text, type More } from '../describe/fields';
import { operation, type Told } from '../describe/verbs';
import type { Answer, Call, Io, Operation, Resource, Route } from '../operation';
import { flagIn, isObject, toText } from '../values';
import { chosenPages, pagingFields } from './paging';
import { jsonIn, notJson } from './parts';
import { targetOf } from './path';

const HEADERS = 'includeHeaders';
const HEADERS_LABEL = 'Include Response Headers';

/** What differs between the services. */
interface Settings {
	/** As people know it. */
	service: string;
	/** A path, for the placeholder. */
	example: string;
	/** How the service mostly reads lists, and what it calls the offset of one. */
	lists: 'GET' | 'POST';
	offset: string;
	/** The service has a version in a header. */
	versioned?: true;
	/** A credential may be that of a whole agency. */
	agencies?: true;
	/** Paths whose answer is a token. */
	secrets?: RegExp;
	/** Takes out of an answer what must not be stored with the execution. */
	finish?: Operation['finish'];
}

const METHODS: Array<Call['method']> = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

/** Repeating one of these after a lost answer changes nothing more. */
const REPEATABLE = ['DELETE', 'GET', 'PUT'];

/**
 * Calls that no operation describes, to the address of the credential alone and under the same rules as all
 * others: rate limit, renewal, account, errors.
 */
export function apiCalls(settings: Settings): Resource {
	const { service, finish } = settings;
	const { readMethod, writeMethod, path, query, body, options, whole } = fieldsFor(settings);
	const build = async (io: Io) => callOf(io, settings);
	const common = {
		build,
		...(finish && { finish }),
		...(settings.agencies && { asOwner: 'ifChosen' as const }),
	};
	return {
		value: 'apiCall',
		name: 'API Call',
		operations: [
			anyCall(`${settings.lists} /{path}`, {
				value: 'getMany',
				writes: false,
				action: 'Get many records by API call',
				description: `Read any list of ${service}’s API, page by page; returns one item per record`,
				fields: [readMethod, path, query, body, ...pagingFields(settings.offset)],
				options,
				pages: chosenPages,
				...common,
			}),
			anyCall('POST /{path}', {
				value: 'send',
				action: 'Send an API call',
				description: `Send any request to ${service}’s API, such as to an endpoint without an operation; returns the answer`,
				fields: [writeMethod, path, query, body],
				options: [...options, ...whole],
				whole: wholeAnswer,
				...common,
			}),
		],
	};
}

/** A POST is never sent twice: nobody knows what it does. */
function anyCall(route: Route, parts: Told): Operation {
	const made = operation(route, parts);
	return { ...made, request: { ...made.request, repeatable: undefined } };
}

function fieldsFor({ service, example, lists, versioned, agencies }: Settings) {
	const method = (methods: string[], initial: string) =>
		choice('Method', 'method', methods, { default: initial });
	const json = (displayName: string, name: string, more: More = {}) =>
		text(displayName, name, { type: 'json', default: '{}', ...more });
	const version = text('Version', 'version', {
		placeholder: 'e.g. v3',
		description: `Version header, if ${service} documents another one for the path`,
	});
	const asOwner = flag(
		'Use the Agency Token',
		'asOwner',
		'Whether to call as the whole agency, for endpoints that are not about one sub-account, such as /locations/search. Needs OAuth2 connected by an agency user; Location is not used.',
	);
	const headers = flag(
		HEADERS_LABEL,
		HEADERS,
		'Whether to return the status and the headers too, such as the calls that are left',
	);
	return {
		readMethod: notSent(method(['GET', 'POST'], lists)),
		writeMethod: notSent(method(METHODS, 'POST')),
		path: notSent(
			required(
				text('Path', 'path', {
					placeholder: `e.g. ${example}`,
					description: `Path as in ${service}’s documentation, without the server address`,
				}),
			),
		),
		query: notSent(
			json('Query (JSON)', 'queryJson', { description: 'Query parameters as a JSON object' }),
		),
		body: notSent(
			json('Body (JSON)', 'bodyJson', {
				description: 'Request body as JSON',
				displayOptions: { hide: { method: ['GET'] } },
			}),
		),
		options: [...(agencies ? [notSent(asOwner)] : []), ...(versioned ? [notSent(version)] : [])],
		// HeyReach's headers tell nothing that a person could use.
		whole: versioned ? [notSent(headers)] : [],
	};
}

/** The answer with its status and headers, where the item asks for them. Cookies are secrets. */
function wholeAnswer({ statusCode, headers, body }: Answer, io: Io): IDataObject | undefined {
	if (!flagIn(io.parameter('options', {}), HEADERS, HEADERS_LABEL)) return undefined;
	const told = Object.entries(headers).filter(([name]) => name !== 'set-cookie');
	return { statusCode, headers: Object.fromEntries(told), body: body as IDataObject };
}

/** @throws BadInput for a part that cannot be sent, or that would lead to another place than the service */
function callOf(io: Io, { service, secrets }: Settings): Call {
	const { account } = io;
	const { values } = account;
	const options = io.parameter('options', {});
	if (isObject(options) && options.asOwner === true && values.locationId) throw noAgency();
	const method = methodIn(io.parameter('method', 'GET'));
	const target = targetOf(toText(io.parameter('path'), 'Path'), account, service);
	if (secrets?.test(target.path)) {
		throw new BadInput(
			'This endpoint returns tokens, and n8n saves the output of a node with the execution',
			'The node gets and renews tokens automatically: call the endpoint that the token is for. Nothing was sent for this item.',
		);
	}
	const query = jsonIn(io.parameter('queryJson', {}), 'Query (JSON)', values) ?? {};
	if (Array.isArray(query)) throw notJson('Query (JSON)');
	const isRead = method === 'GET';
	const body = isRead ? undefined : jsonIn(io.parameter('bodyJson', {}), 'Body (JSON)', values);
	return {
		...target,
		method,
		query: { ...target.query, ...query },
		...bodyParts(method, body),
		version: versionIn(isObject(options) ? options.version : ''),
		repeatable: REPEATABLE.includes(method),
	};
}

function methodIn(value: unknown): Call['method'] {
	const method = METHODS.find((one) => one === toText(value, 'Method').trim().toUpperCase());
	if (method) return method;
	throw new BadInput(
		`“Method” must be one of ${METHODS.join(', ')}`,
		'Choose it from the list, or let the expression give one of these values.',
	);
}

/** A list, and what no other operation sends, goes out as ready JSON. */
function bodyParts(method: Call['method'], body: ReturnType<typeof jsonIn>): Partial<Call> {
	if (Array.isArray(body)) {
		const data = Buffer.from(JSON.stringify(body));
		return { readyBody: { contentType: 'application/json', data } };
	}
	const isEmpty = Object.keys(body ?? {}).length === 0;
	// As with all other operations: DELETE has a body only where there is something to say.
	return isEmpty && (method === 'GET' || method === 'DELETE') ? {} : { body: body ?? {} };
}

function noAgency(): BadInput {
	return new BadInput(
		'“Use the Agency Token” needs a credential of an agency user, but this one is for a single sub-account',
		'Choose OAuth2 as Authentication and let an agency user connect the credential, or turn the option off. Nothing was sent for this item.',
	);
}

/** @throws BadInput for what could be more than the value of a header */
function versionIn(value: unknown): string | undefined {
	const version = toText(value ?? '', 'Version').trim();
	if (version === '') return undefined;
	if (/^[\w.-]{1,30}$/.test(version)) return version;
	throw new BadInput(
		'“Version” is not a version',
		'Write it as HighLevel documents it: a date, such as 2021-07-28, or v3.',
	);
}
