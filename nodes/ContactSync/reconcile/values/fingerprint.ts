/**
 * Hashes that are quick in plain JavaScript. Nothing here guards a secret: a hash tells whether a
 * value is still the same, and names decisions. 60 bits miss a change once in 10^18.
 */

/** 60 bits in two halves. */
export interface Fingerprint {
	x: number;
	y: number;
}

const HALF = 0x3fffffff;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The length of a fingerprint in characters: five of six bits each for each half. */
export const FINGERPRINT_LENGTH = 10;

const CODES = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const DIGITS = new Uint8Array(128);
CODES.forEach((code, digit) => (DIGITS[code] = digit));

/** Computes the fingerprint of `text` into `into`. It makes no object, because it runs millions of times. */
export function computeFingerprint(text: string, into: Fingerprint, seed = 0): void {
	const { length } = text;
	let x = 0x51ed270b ^ seed ^ length;
	let y = 0x2545f491 ^ Math.imul(seed, 0x9e3779b1) ^ length;
	// Two letters at a time: each step waits for the one before.
	for (let i = 0; i < length; i += 2) {
		const code = text.charCodeAt(i) | (i + 1 < length ? text.charCodeAt(i + 1) << 16 : 0);
		x = Math.imul(x ^ code, 0x85ebca77);
		x ^= x >>> 15;
		y = Math.imul(y ^ code, 0xc2b2ae3d);
		y ^= y >>> 13;
	}
	finish(x, y, into);
}

/**
 * Computes the fingerprint of a text that consists of printable ASCII with single spaces within, and returns
 * true; returns false for any other text. One pass instead of two, because nearly all values are so.
 */
export function computeTidyFingerprint(text: string, into: Fingerprint): boolean {
	const { length } = text;
	let x = 0x51ed270b ^ length;
	let y = 0x2545f491 ^ length;
	let before = 32;
	for (let i = 0; i < length; i += 2) {
		const first = text.charCodeAt(i);
		const second = i + 1 < length ? text.charCodeAt(i + 1) : 0;
		if (isUntidy(before, first) || (second !== 0 && isUntidy(first, second))) return false;
		before = second || first;
		const code = first | (second << 16);
		x = Math.imul(x ^ code, 0x85ebca77);
		x ^= x >>> 15;
		y = Math.imul(y ^ code, 0xc2b2ae3d);
		y ^= y >>> 13;
	}
	if (before === 32) return false;
	finish(x, y, into);
	return true;
}

function isUntidy(before: number, code: number): boolean {
	return (code < 33 || code > 126) && (code !== 32 || before === 32);
}

function finish(x: number, y: number, into: Fingerprint): void {
	x ^= x >>> 16;
	x = Math.imul(x, 0x7feb352d) ^ Math.imul(y ^ (y >>> 13), 0x9e3779b1);
	y = Math.imul(y ^ (y >>> 16), 0x846ca68b) ^ Math.imul(x ^ (x >>> 15), 0xc2b2ae35);
	into.x = (x ^ (x >>> 14)) & HALF;
	into.y = (y ^ (y >>> 15)) & HALF;
}

/** The six-bit digits of a number as characters, the highest first. */
export function putDigits(bytes: Uint8Array, at: number, value: number, count: number): number {
	for (let i = at + count - 1; i >= at; i--) {
		bytes[i] = CODES[value & 63];
		value >>>= 6;
	}
	return at + count;
}

/** Reads what `putDigits` wrote. */
export function readDigits(text: string, at: number, count: number): number {
	let value = 0;
	for (let i = at; i < at + count; i++) value = (value << 6) | DIGITS[text.charCodeAt(i) & 127];
	return value;
}

/** All pairs of characters: 12 bits at a time. */
const TWOS = Array.from({ length: 4096 }, (_, at) => `${ALPHABET[at >>> 6]}${ALPHABET[at & 63]}`);

/** A fingerprint as ten characters. */
function fingerprintText({ x, y }: Fingerprint): string {
	// The middle two letters take half of their bits from each number.
	const middle = ((x & 63) << 6) | (y >>> 24);
	return (
		TWOS[x >>> 18] +
		TWOS[(x >>> 6) & 4095] +
		TWOS[middle] +
		TWOS[(y >>> 12) & 4095] +
		TWOS[y & 4095]
	);
}

const scratch: Fingerprint = { x: 0, y: 0 };

/** The fingerprint of a text as ten characters. */
export function hashOf(text: string, seed = 0): string {
	computeFingerprint(text, scratch, seed);
	return fingerprintText(scratch);
}

/** A name of 120 bits for what the parts describe: the same parts give the same name. */
export function nameFor(...parts: readonly string[]): string {
	// The length before each part: no two lists of parts read alike.
	let text = '';
	for (const part of parts) text += `${part.length}:${part}`;
	return hashOf(text, 1) + hashOf(text, 2);
}

/** The 24-bit tag of a field in the stored base. */
export function fieldTag(field: string): number {
	computeFingerprint(field, scratch, 3);
	return (scratch.x ^ scratch.y) & 0xffffff;
}
