import { canonicalAddress, isUsualAddress, linkedInKey } from '../../../linkedIn';
import type { Normaliser, Value } from '../contract/input';

/**
 * The one form of a value in which it is compared and hashed; '' for a blank.
 *
 * Two values with the same form are the same to the engine: a peer that trims, folds case or formats
 * a phone number has changed nothing.
 */
export function normalised(value: Value | undefined, how: Normaliser): string {
	if (typeof value === 'string') return normalisedText(value, how);
	if (value === null || value === undefined) return '';
	if (typeof value === 'number' && how === 'date') return dayOfEpoch(value);
	if (typeof value !== 'object') return String(value);
	// A choice of several has no order.
	const parts = value
		.flatMap((part) => String(part).split(','))
		.map((part) => normalisedText(part, how))
		.filter((part) => part !== '');
	return [...new Set(parts)].sort().join('\u0001');
}

/**
 * Two values in the forms in which they are compared with each other: where one is a list and the other
 * a text, the text is the list that is written in it.
 */
export function normalisedPair(a: Value, b: Value, how: Normaliser): [a: string, b: string] {
	const form = normalised(alike(a, b), how);
	return [form, a === b ? form : normalised(alike(b, a), how)];
}

function alike(value: Value, other: Value): Value {
	return typeof value === 'string' && Array.isArray(other) ? (listIn(value) ?? [value]) : value;
}

/** The list in a JSON text. Some tools write a list in this way. */
function listIn(text: string): string[] | undefined {
	if (!/^\s*\[.*\]\s*$/s.test(text)) return undefined;
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? list.map(String) : undefined;
	} catch {
		return undefined;
	}
}

export function normalisedText(text: string, how: Normaliser): string {
	if (how === 'exact') return /\S/.test(text) ? text : '';
	if (how === 'text' && isTidy(text)) return text;
	return BY_NAME[how](text);
}

const BY_NAME: Record<Normaliser, (text: string) => string> = {
	exact: (text) => text,
	text: tidy,
	caseless,
	date: dayForm,
	email: (text) => emailForm(text) ?? caseless(text),
	phone: phoneForm,
	linkedIn: addressForm,
};

/** The canonical address of a person; for Sales Navigator the id alone. */
function addressForm(text: string): string {
	if (isUsualAddress(text)) return text;
	const found = linkedInKey(text);
	return found ? (canonicalAddress(found) ?? `${found.type}:${found.key}`) : tidy(text);
}

/** The value to write: the canonical form of an address, any other value as it is. */
export function written(value: Value, how: Normaliser): Value {
	if (typeof value === 'number' && how === 'date') return dayOfEpoch(value);
	if (typeof value !== 'string') return value;
	if (how === 'date') return dayForm(value);
	if (how !== 'linkedIn') return value;
	const found = linkedInKey(value);
	return (found && canonicalAddress(found)) ?? value;
}

/** Whether a value stands in a field for a person's address and is none. Such a value is never written. */
export function namesNobody(value: Value, how: Normaliser): boolean {
	return how === 'linkedIn' && linkedInKey(value) === undefined;
}

/** The day in UTC of epoch milliseconds: HighLevel gives a day as its midnight in UTC. */
function dayOfEpoch(epoch: number): string {
	const date = new Date(epoch);
	return Number.isNaN(date.getTime()) ? String(epoch) : dayForm(date.toISOString());
}

/** The day of a date or of a moment as it is written. No time zone moves it. */
function dayForm(text: string): string {
	return /^\s*(\d{4}-\d\d-\d\d)(?:[T ]|\s*$)/.exec(text)?.[1] ?? tidy(text);
}

/** Plain letters with single spaces within: most values have their normalised form already. */
function isTidy(text: string): boolean {
	const { length } = text;
	let afterSpace = true;
	for (let i = 0; i < length; i++) {
		const code = text.charCodeAt(i);
		if (code === 32) {
			if (afterSpace) return false;
			afterSpace = true;
		} else {
			if (code < 33 || code > 126) return false;
			afterSpace = false;
		}
	}
	return !afterSpace || length === 0;
}

/** The text in composed form, without invisible characters and with single spaces within. */
export function tidy(text: string): string {
	return text
		.replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '')
		.normalize('NFC')
		.replace(/\s+/g, ' ')
		.trim();
}

function caseless(text: string): string {
	return tidy(text.toLowerCase()).toLowerCase().normalize('NFC');
}

/**
 * An address of e-mail in lower case, its domain in ASCII; `undefined` if it is none. Plus signs and
 * dots stay: only some providers ignore them.
 */
export function emailForm(text: string): string | undefined {
	if (PLAIN_EMAIL.test(text)) return text;
	const address = tidy(text)
		.normalize('NFKC')
		.replace(/^<(.*)>$/, '$1')
		.replace(/^mailto:/i, '')
		.toLowerCase();
	const at = address.lastIndexOf('@');
	const user = address.slice(0, at);
	if (at < 1 || /[\s@<>,;]/.test(user)) return undefined;
	const site = `http://${address.slice(at + 1)}/`;
	if (/[\s:/?#\\%@<>]/.test(address.slice(at + 1)) || !URL.canParse(site)) return undefined;
	const { hostname } = new URL(site);
	return hostname.includes('.') ? `${user}@${hostname}` : undefined;
}

const PLAIN_EMAIL = /^[a-z\d._+-]+@(?:[a-z\d]+(?:-[a-z\d]+)*\.)+[a-z]{2,}$/;

/** The digits, with the plus of an international number. A text without digits stays as it is. */
function phoneForm(text: string): string {
	if (/^\+?\d+$/.test(text)) return text;
	const plain = tidy(text.normalize('NFKC'));
	const digits = plain.replace(/\D/g, '');
	return digits === '' ? plain : `${plain.startsWith('+') ? '+' : ''}${digits}`;
}

/** An international number, or `undefined`. */
export function e164(text: string): string | undefined {
	const form = phoneForm(text);
	return /^\+[1-9]\d{7,14}$/.test(form) ? form : undefined;
}

/** Tags are compared without case: HighLevel is known to lower it. */
export function tagForm(tag: string): string {
	return caseless(tag);
}
