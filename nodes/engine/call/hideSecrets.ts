import { isObject } from '../values';

/** Fields of a credential that hold a secret: `apiKey`, `token`, `clientSecret`, `oauthTokenData.access_token`. */
const SECRET = /key|token|secret|password/i;

/** A shorter text may be a word of the answer. */
const SHORTEST = 8;

const HIDDEN = '[hidden]';

/** The secrets in the decrypted fields of a credential. */
export function secretsIn(credentials: object): string[] {
	return Object.entries(credentials).flatMap(([name, value]) => {
		if (isObject(value)) return secretsIn(value);
		const isSecret = typeof value === 'string' && value.length >= SHORTEST && SECRET.test(name);
		return isSecret ? [value] : [];
	});
}

/**
 * The body of an answer without the secrets, wherever they stand in its texts: a service may repeat the
 * token or key that it refuses, and its words are shown to people and stored.
 */
export function hideSecrets(body: unknown, secrets: readonly string[]): unknown {
	if (typeof body === 'string') {
		return secrets.reduce((text, secret) => text.replaceAll(secret, HIDDEN), body);
	}
	if (Array.isArray(body)) return body.map((part: unknown) => hideSecrets(part, secrets));
	if (!isObject(body)) return body;
	return Object.fromEntries(
		Object.entries(body).map(([name, value]) => [
			String(hideSecrets(name, secrets)),
			hideSecrets(value, secrets),
		]),
	);
}
