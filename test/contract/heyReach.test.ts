import { heyReachResources } from '../../nodes/HeyReach/resources';
import type { LoggedRequest } from '../../sandbox';
import { isAnyEndpoint } from '../examples/anyEndpoint';
import { heyReachExamples } from '../examples/heyReach';
import { runHeyReach } from '../workflow/heyReach';
import { useSandbox } from '../support/useSandbox';
import {
	heyReachOperation,
	validateHeyReachRequest,
	validateHeyReachResponse,
} from './support/heyReachSchemas';

const sandbox = useSandbox();

const operations = heyReachResources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		key: `${resource.value}:${operation.value}`,
		operation,
	})),
);

/** Runs an operation's example and returns all that went over the wire, look-ups included. */
async function wireOf(key: string): Promise<LoggedRequest[]> {
	const { error } = await runHeyReach(sandbox, key, heyReachExamples[key](sandbox));
	expect(error).toBeUndefined();
	return sandbox.requests.list({ service: 'heyreach' });
}

it.each(operations)('$key: every request and answer is as the facts say', async ({ key }) => {
	const wire = await wireOf(key);
	expect(wire.length).toBeGreaterThan(0);
	for (const { method, path, query, headers, body, status, response } of wire) {
		const call = { method, path };
		const request = {
			...call,
			query: query as Record<string, unknown>,
			headers: headers as Record<string, unknown>,
			body: body ?? undefined,
		};
		expect(validateHeyReachRequest(request)).toEqual([]);
		expect(status).toBe(200);
		expect(validateHeyReachResponse({ ...call, status, body: response })).toEqual([]);
	}
});

const ofOneEndpoint = operations.filter(({ key }) => !isAnyEndpoint(key));

it.each(ofOneEndpoint)('$key: calls the endpoint that it names', async ({ key, operation }) => {
	const { method, path } = operation.request;
	const own = (await wireOf(key)).filter(
		(call) => heyReachOperation(call.method, call.path)?.path === path && call.method === method,
	);
	expect(own.length).toBeGreaterThan(0);
});
