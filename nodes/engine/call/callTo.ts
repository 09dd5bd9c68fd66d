import { toPathSegment } from 'n8n-workflow';
import type { Answer, Call, Io, Route } from '../operation';
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

/** The answer to a read; nothing where the record is not there. */
export async function answerOrNone(call: Call, io: Io): Promise<Answer | undefined> {
	const [answer] = await Promise.allSettled([io.send(call)]);
	if (answer.status === 'fulfilled') return answer.value;
	if (answer.reason instanceof ApiFault && answer.reason.problem.missing) return undefined;
	throw answer.reason;
}
