import { randomUUID } from 'node:crypto';

/** An answer that is not a success. An undefined body is an empty one. */
export class HeyReachError extends Error {
	constructor(
		readonly status: number,
		readonly body?: string | object,
	) {
		super(typeof body === 'string' ? body : JSON.stringify(body));
	}
}

/** A broken business rule. */
export const refused = (errorMessage: string): HeyReachError =>
	new HeyReachError(400, { errorMessage });

export const notFound = (what: string, id: string | number): HeyReachError =>
	new HeyReachError(404, { errorMessage: `${what} ${id} was not found.` });

/** The ASP.NET answer to a request its model does not accept. */
export const invalidModel = (errors: Record<string, string[]>): HeyReachError =>
	new HeyReachError(400, {
		type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
		title: 'One or more validation errors occurred.',
		status: 400,
		traceId: randomUUID(),
		errors,
	});
