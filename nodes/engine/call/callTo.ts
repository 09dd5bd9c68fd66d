import { toPathSegment } from 'n8n-workflow';
import type { Call, Io, Route } from '../operation';
import { ApiFault } from './errors';

/** Method and path of a route. */
export function splitRoute(route: Route): [method: Call['method'], path: string] {
	const [method, path] = route.split(' ');
	return [method as Call['method'], path];
}

/** A call that no operation describes; `values` are those that the path names. */
export function callTo(
	route: Route,
	{ values = {}, ...parts }: Partial<Call> & { values?: Record<string, string> },
): Call {
	const [method, template] = splitRoute(route);
	const path = template.replace(/\{(\w+)\}/g, (_, key: string) => toPathSegment(values[key]));
	return { method, template, path, repeatable: method !== 'POST', ...parts };
}

/** The body of the answer to a read; nothing where the record is not there. */
export async function readOrNone(call: Call, io: Pick<Io, 'send'>): Promise<unknown> {
	const answer = await io.send(call).catch((error: unknown) => {
		if (error instanceof ApiFault && error.problem.missing) return undefined;
		throw error;
	});
	return answer?.body;
}
