/** An answer that is not a success; `body` goes out as it is, plus a traceId. */
export class GhlError extends Error {
	constructor(
		readonly status: number,
		readonly body: Record<string, unknown>,
	) {
		super(String(body.message));
	}
}

export const badRequest = (message: string): GhlError =>
	new GhlError(400, { statusCode: 400, message, error: 'Bad Request' });

export const unauthorized = (message: string): GhlError =>
	new GhlError(401, { statusCode: 401, message, error: 'Unauthorized' });

export const forbidden = (message: string): GhlError =>
	new GhlError(403, { statusCode: 403, message, error: 'Forbidden' });

/** `message` is a list on 422 only. */
export const unprocessable = (message: string[]): GhlError =>
	new GhlError(422, { message, error: 'Unprocessable Entity', statusCode: 422 });

/**
 * A missing record. The exact answer is not documented; 400 is the only client error besides 401
 * and 422 that the official API description lists for these routes.
 */
export const notFound = (what: string, id: string): GhlError =>
	badRequest(`${what} with id ${id} not found`);

/** Both meanings of "wrong location" (the request names it, or the record lives there). */
export const wrongLocation = (): GhlError =>
	forbidden('The token does not have access to this location.');

/** The agency has paused the location (highlevel-api-docs 249). */
export const pausedLocation = (): GhlError => badRequest('Location is not active');

/** Of a mint, where the app is not installed in the location, or there is no such location. */
export const notInstalled = (): GhlError =>
	badRequest('Invalid locationId or accessToken does not have access to following location');

export const duplicateContact = (meta: {
	contactId: string;
	matchingField: 'email' | 'phone';
	contactName: string;
}): GhlError =>
	new GhlError(400, {
		statusCode: 400,
		message: 'This location does not allow duplicated contacts.',
		meta,
	});
