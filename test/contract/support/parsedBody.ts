/** A body as it was meant: parsed where it is text, `undefined` where there is none. */
export function parsedBody(body: unknown, contentType = ''): unknown {
	if (body === '' || body === null) return undefined;
	if (typeof body !== 'string') return body;
	if (contentType.endsWith('x-www-form-urlencoded'))
		return Object.fromEntries(new URLSearchParams(body));
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return body;
	}
}
