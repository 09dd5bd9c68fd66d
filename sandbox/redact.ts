const SECRET_NAME = /secret|authorization|api-?key(?!type)|password|token/i;
const SECRET_IN_URL = /([?&][^=&\s]*(?:secret|token|key)[^=&\s]*=)[^&#\s"]*/gi;

/**
 * A copy of a logged value without its secrets: whatever stands under a name such as
 * `authorization`, `x-api-key` or `client_secret`, and such query values inside a URL. `also` names
 * what is a secret only where the value comes from.
 */
export function redact(value: unknown, also: string[] = []): unknown {
	if (typeof value === 'string') return value.replace(SECRET_IN_URL, '$1***');
	if (Array.isArray(value)) return value.map((inner) => redact(inner, also));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [
			name,
			(SECRET_NAME.test(name) || also.includes(name)) && typeof inner === 'string'
				? '***'
				: redact(inner, also),
		]),
	);
}

/** The query values of an address that are secrets. */
export const secretsIn = (url: string): string[] =>
	[...new URL(url).searchParams].flatMap(([name, value]) =>
		SECRET_NAME.test(name) ? [value] : [],
	);
