import type { IDataObject } from 'n8n-workflow';
import { apiVersion } from '../../nodes/Ghl/api';
import { ghlResources } from '../../nodes/Ghl/resources';
import type { LoggedRequest } from '../../sandbox';
import { isAnyEndpoint } from '../examples/anyEndpoint';
import { ghlExamples } from '../examples/ghlContacts';
import { runGhl, tokenFor } from '../workflow/ghl';
import { useSandbox } from '../support/useSandbox';
import { describeOfficial } from './support/openapi';
import { officialSdk } from './support/sdk';
import { sdkCalls } from './support/sdkCalls';
import { sdkDifferences, sdkOutside } from './support/sdkCalls/differences';

const sandbox = useSandbox();

const operations = ghlResources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		key: `${resource.value}:${operation.value}`,
		operation,
	})),
);

const ofOneEndpoint = operations.filter(({ key }) => !isAnyEndpoint(key));

/** Runs an operation's example and returns all that went over the wire, look-ups included. */
async function wireOf(key: string): Promise<LoggedRequest[]> {
	const { error } = await runGhl(sandbox, key, ghlExamples[key](sandbox));
	expect(error).toBeUndefined();
	return sandbox.requests.list({ service: 'highlevel' });
}

describeOfficial('against the official OpenAPI files', (official) => {
	it.each(operations)('$key: every request and every answer is as documented', async ({ key }) => {
		for (const { method, path, query, headers, body, status, response } of await wireOf(key)) {
			const call = { method, path: path.split('?')[0] };
			const request = {
				...call,
				query: query as Record<string, string>,
				headers: headers as Record<string, string>,
				body: body ?? undefined,
			};
			expect(official.validateRequest(request)).toEqual([]);
			expect(official.validateResponse({ ...call, status, body: response })).toEqual([]);
		}
	});

	it.each(ofOneEndpoint)(
		'$key: calls the documented path, scope and Version',
		async ({ key, operation }) => {
			const documented = official.operation(
				operation.request.method,
				operation.request.path.replace(/\{\w+\}/g, 'x'),
			);
			expect(documented?.path.replace(/\{\w+\}/g, '{}')).toBe(
				operation.request.path.replace(/\{\w+\}/g, '{}'),
			);
			const own = (await wireOf(key)).find(({ method }) => method === operation.request.method);
			const { version, path: template } = operation.request;
			expect(own?.headers).toMatchObject({ version: apiVersion({ version, template }) });
		},
	);
});

describe('against the official SDK', () => {
	it.each(ofOneEndpoint.filter(({ key }) => !(key in sdkDifferences)))(
		'$key: the same call on the wire, and the same answer',
		async ({ key, operation }) => {
			const pattern = new RegExp(`^${operation.request.path.replace(/\{\w+\}/g, '([^/]+)')}$`);
			const own = (await wireOf(key)).find(
				({ method, path }) => method === operation.request.method && pattern.test(path),
			);
			if (!own) throw new Error('The node did not make its own call');
			const ids = (pattern.exec(own.path) ?? []).slice(1);
			const id = ids[0] ?? '';

			sandbox.reset();
			ghlExamples[key](sandbox); // some examples make what they need
			const { sdk, last } = officialSdk(sandbox.ghlUrl, tokenFor(key), {
				// The SDK sends one Version for all endpoints.
				apiVersion: (own.headers as Record<string, string>).version,
			});
			await sdkCalls[key](sdk, {
				ids,
				id,
				contactId: id,
				locationId: id,
				query: (own.query ?? {}) as IDataObject,
				body: (own.body ?? {}) as IDataObject,
			});
			const wire = last();
			expect({ method: wire.method, path: wire.path }).toEqual({
				method: own.method,
				path: own.path,
			});
			expect(Object.fromEntries(new URLSearchParams(wire.query))).toEqual(own.query ?? {});
			expect(bodyOf(wire.body)).toEqual(bodyOf(own.body));
			const theirs = sandbox.requests.list({ service: 'highlevel' }).at(-1);
			expect(theirs?.status).toBe(own.status);
			expect(timeless(theirs?.response, own.method)).toEqual(timeless(own.response, own.method));
		},
	);
});

describe('of the official SDK', () => {
	const AREAS = ['businesses', 'calendars', 'contacts', 'opportunities'] as const;
	const { sdk } = officialSdk('http://127.0.0.1', 'none');
	const methods = AREAS.flatMap((area) =>
		Object.getOwnPropertyNames(Object.getPrototypeOf(sdk[area]))
			.filter((name) => name !== 'constructor')
			.map((name) => `${area}.${name}`),
	);

	/** The methods that the calls of the operations name. */
	async function used(): Promise<Set<string>> {
		const names = new Set<string>();
		const recorder = new Proxy(sdk, {
			get: (_sdk, area) =>
				new Proxy(
					{},
					{
						get: (_area, name) => {
							names.add(`${String(area)}.${String(name)}`);
							return async () => await Promise.resolve({});
						},
					},
				),
		});
		const nothing = { ids: [], id: '', contactId: '', locationId: '', query: {}, body: {} };
		for (const call of Object.values(sdkCalls)) await call(recorder, nothing);
		return names;
	}

	it('each method around a contact is an operation, or stands in the table of those that are not', async () => {
		const names = await used();
		const outside = sdkOutside.flatMap((group) => group.methods);
		expect(methods.filter((name) => !names.has(name)).sort()).toEqual([...outside].sort());
	});

	it('the tables name what is there', () => {
		const keys = ofOneEndpoint.map(({ key }) => key);
		expect(Object.keys(sdkDifferences).filter((key) => !keys.includes(key))).toEqual([]);
		expect(Object.keys(sdkCalls).sort()).toEqual(
			keys.filter((key) => !(key in sdkDifferences)).sort(),
		);
	});
});

/** n8n sends no empty body, where the SDK sends `{}`. */
const bodyOf = (body: unknown) => (Object.keys(body ?? {}).length > 0 ? body : null);

const VARYING = [
	'installedAt',
	'createdAt',
	'updatedAt',
	'dateAdded',
	'dateUpdated',
	'traceId',
	'searchAfter',
	'lastActivity',
	'lastActionDate',
	'lastMessageDate',
	'lastStageChangeAt',
	'lastStatusChangeAt',
];

/** The ids of what a POST made, and the name of a link, which has its id in it. */
const MADE = ['id', 'messageId', 'emailMessageId', 'fieldKey'];

/** Two runs differ in their times, their trace ids and, on a POST, the ids of what they made. */
function timeless(body: unknown, method: string): unknown {
	const varying = method === 'POST' ? [...VARYING, ...MADE] : VARYING;
	return JSON.parse(
		JSON.stringify(body, (key, value: unknown) => (varying.includes(key) ? undefined : value)),
	);
}
