import { holdsHalf } from '../badInput';
import type { Call } from '../operation';
import { isObject, withTexts } from '../values';

/** Fields of a credential that hold a secret: `apiKey`, `token`, `clientSecret`, `oauthTokenData.access_token`. */
const SECRET = /key|token|secret|password/i;

/** A shorter text may be a word of the answer. */
const SHORTEST = 8;

/** The names of a call that hold a secret. Other than in a credential, a `key` alone is that of a field. */
const SENT_SECRET = /secret|token|passw|passphrase|authorization|(api|access|private)[-_ ]?key/i;

/** A receiver of webhooks knows the sender by a header, whatever its name. */
const SENT_HEADERS = /headers$/i;

/** The shortest secret of a call: its name says that it is one. */
const SHORTEST_SENT = 6;

/** A secret in the query of an address, with its name; also where the address is a value of another one. */
const IN_ADDRESS =
	/((?:[?&]|%3F|%26)[\w.~-]*(?:secret|token|passw|api[-_]?key|access[-_]?key)[\w.~-]*(?:=|%3D))(?!\[hidden\])([^&#\s"'<>\\)\]}]+)/gi;

const HIDDEN = '[hidden]';

/** The secrets in the decrypted fields of a credential. */
export function secretsIn(credentials: object): string[] {
	return Object.entries(credentials).flatMap(([name, value]) => {
		if (isObject(value)) return secretsIn(value);
		const isSecret = typeof value === 'string' && value.length >= SHORTEST && SECRET.test(name);
		return isSecret ? [value] : [];
	});
}

/** The secrets that a call carries in its query and body: a password, or that in the address of a webhook. */
export function secretsSent({ query, body, readyBody }: Call): string[] {
	const parts = [query, body, readyBody && dataOf(readyBody)];
	return [...new Set(parts.flatMap((part) => sentIn(part, false)))];
}

/** What a ready body holds by name; a form with files has no names here. */
function dataOf({ contentType, data }: NonNullable<Call['readyBody']>): unknown {
	if (data instanceof URLSearchParams) return Object.fromEntries(data);
	if (!contentType.startsWith('application/json')) return undefined;
	try {
		return JSON.parse(data.toString());
	} catch {
		return undefined;
	}
}

function sentIn(value: unknown, isSecret: boolean): string[] {
	if (typeof value === 'string') return isSecret ? wordsOf(value) : inAddresses(value);
	if (Array.isArray(value)) return value.flatMap((part) => sentIn(part, isSecret));
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, part]) =>
		sentIn(part, isSecret || SENT_SECRET.test(name) || SENT_HEADERS.test(name)),
	);
}

/** The secret, and its parts: `Bearer …` may come back without its first word. */
function wordsOf(secret: string): string[] {
	const parts = secret.split(/\s+/).filter((part) => part.length >= SHORTEST);
	return [secret, ...parts].filter((part) => part.length >= SHORTEST_SENT);
}

function inAddresses(text: string): string[] {
	return [...text.matchAll(IN_ADDRESS)].flatMap(([, , secret]) => [secret, decoded(secret)]);
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/**
 * The body of an answer without the secrets, wherever they stand in its texts, and without those in the
 * query of an address: a service may repeat the token, key or webhook that it refuses, and its words are
 * shown to people and stored.
 */
export function hideSecrets(body: unknown, secrets: readonly string[]): unknown {
	// A secret may be the beginning of another.
	const forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
	const hide = (text: string) =>
		forms
			.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text)
			.replace(IN_ADDRESS, `$1${HIDDEN}`);
	return withTexts(body, hide, hide);
}

function formsOf(secret: string): string[] {
	if (secret === '') return [];
	const quoted = JSON.stringify(secret).slice(1, -1);
	// Half of a character cannot be encoded for an address.
	return holdsHalf(secret) ? [secret, quoted] : [secret, quoted, encodeURIComponent(secret)];
}
