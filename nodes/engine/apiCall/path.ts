import type { IDataObject } from 'n8n-workflow';
import { BadInput, halfOf, holdsHalf } from '../badInput';
import type { Account } from '../operation';

/** Where a call goes that a person wrote: below the base URL of the credential and nowhere else. */
export interface Target {
	/** Every part encoded. */
	path: string;
	/** The path without IDs and names, for logs, errors and the Version table. */
	template: string;
	/** What stood behind a question mark. */
	query: IDataObject;
}

const NOTHING_SENT = 'Nothing was sent for this item.';

/**
 * Reads a path that a person, an expression or a model wrote. A copied address of the service itself is
 * taken for its path. All that could lead elsewhere is refused: another host, `//`, `.` and `..`, `@`,
 * backslashes, fragments and control characters, plain or percent-encoded, once or twice.
 *
 * @throws BadInput
 */
export function targetOf(
	written: string,
	{ baseUrl, values }: Pick<Account, 'baseUrl' | 'values'>,
	service: string,
): Target {
	const text = ownPart(written.trim(), baseUrl, service);
	if (holdsHalf(text)) throw halfOf('“Path”');
	if (text === '') throw new BadInput('“Path” is empty', `Write it as ${service} documents it.`);
	const [before, ...behind] = text.split('?');
	const parts = before.replace(/^\//, '').split('/');
	const segments = parts.map((part, index) => {
		const isEnd = index === parts.length - 1 && index > 0;
		return part === '' && isEnd ? '' : filledIn(decoded(part), values);
	});
	return {
		path: `/${segments.map(encodeURIComponent).join('/')}`,
		template: `/${segments.map(masked).join('/')}`,
		query: queryIn(behind.join('?'), values),
	};
}

/** The text without the base URL of the credential, or without the path in that, where it begins so. */
function ownPart(text: string, baseUrl: string, service: string): string {
	const { origin, pathname } = new URL(baseUrl);
	for (const start of [`${baseUrl}/`, ...(pathname === '/' ? [] : [`${pathname}/`])]) {
		if (text.startsWith(start)) return text.slice(start.length - 1);
	}
	if (!/^[a-z][a-z\d+.-]*:|^[/\\]{2}/i.test(text)) return text;
	throw new BadInput(
		`“Path” is a full URL, and only ${service} can be called from here`,
		`Enter only the part after ${origin} alone. For another service use the HTTP Request node. ${NOTHING_SENT}`,
	);
}

/** What no part of a path may hold, once decoded. `%` would be a second encoding. */
const FORBIDDEN = /[/\\?#%@\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** @throws BadInput for a part that would lead to another place than it says */
function decoded(part: string): string {
	const text = percentDecoded(part);
	const plain = text?.trim();
	const isPlain = plain !== undefined && !/^\.*$/.test(plain) && !FORBIDDEN.test(String(text));
	if (isPlain) return plain;
	throw new BadInput(
		plain === '' ? '“Path” has an empty part' : '“Path” has a part that cannot be sent',
		`A part between two slashes must not be empty, consist of dots, or contain @ \\ # %. Check the expressions in the path. ${NOTHING_SENT}`,
	);
}

function percentDecoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/** @throws BadInput for a name that the account has no value for, as it stands in a copied documentation */
function filledIn(part: string, values: Record<string, string>): string {
	const text = fillIn(part, values);
	const left = /[{}]/.test(text);
	// A value of the account is held to the same rule.
	if (!left) return text === part ? text : decoded(encodeURIComponent(text));
	throw new BadInput(
		`“Path” has “${part}” in it, which is not filled in`,
		`Put the ID in its place, or an expression. Only ${namesOf(values)} filled in automatically. ${NOTHING_SENT}`,
	);
}

function namesOf(values: Record<string, string>): string {
	const names = Object.keys(values).map((name) => `{${name}}`);
	return names.length > 1 ? `${names.join(', ')} are` : `${names[0] ?? 'nothing'} is`;
}

/** The text with `{locationId}` and the like in it replaced by the account's values. */
export const fillIn = (text: string, values: Record<string, string>): string =>
	text.replace(/\{(\w+)\}/g, (name, key: string) =>
		Object.hasOwn(values, key) ? values[key] : name,
	);

/** Words of the API stay. Whatever may be an ID or a name of somebody does not. */
function masked(segment: string): string {
	const isWord = /^(v\d|[A-Za-z][A-Za-z-]*(_[a-z]+)*(V\d)?)$/.test(segment) && segment.length < 33;
	return isWord || segment === '' ? segment : '{id}';
}

/** A key that stands there several times has a list. */
function queryIn(text: string, values: Record<string, string>): IDataObject {
	const search = new URLSearchParams(text);
	const entries = [...new Set(search.keys())].map((key): [string, string | string[]] => {
		const all = search.getAll(key).map((value) => fillIn(value, values));
		const isList = key.endsWith('[]');
		return [isList ? key.slice(0, -2) : key, isList || all.length > 1 ? all : all[0]];
	});
	return Object.fromEntries(entries);
}
