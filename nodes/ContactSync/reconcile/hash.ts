/**
 * Hashes that are quick in plain JavaScript. Nothing here guards a secret: a hash tells whether a
 * value is still the same, and names decisions. 60 bits miss a change once in 10^18.
 */

/** 60 bits in two halves. */
export interface Print {
	x: number;
	y: number;
}

const HALF = 0x3fffffff;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Length of a print in letters: five of six bits for each half. */
export const PRINT_LENGTH = 10;

const CODES = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const DIGITS = new Uint8Array(128);
CODES.forEach((code, digit) => (DIGITS[code] = digit));

/** Writes the print of `text` into `into`: no object is made, because this runs millions of times. */
export function print(text: string, into: Print, seed = 0): void {
	const { length } = text;
	let x = 0x51ed270b ^ seed ^ length;
	let y = 0x2545f491 ^ Math.imul(seed, 0x9e3779b1) ^ length;
	for (let i = 0; i < length; i++) {
		const code = text.charCodeAt(i);
		x = Math.imul(x ^ code, 0x85ebca77);
		y = Math.imul(y ^ code, 0xc2b2ae3d);
		y ^= y >>> 15;
	}
	x ^= x >>> 16;
	x = Math.imul(x, 0x7feb352d) ^ Math.imul(y ^ (y >>> 13), 0x9e3779b1);
	y = Math.imul(y ^ (y >>> 16), 0x846ca68b) ^ Math.imul(x ^ (x >>> 15), 0xc2b2ae35);
	into.x = (x ^ (x >>> 14)) & HALF;
	into.y = (y ^ (y >>> 15)) & HALF;
}

/** The six-bit letters of a number, the highest first. */
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

/** A print as ten letters. */
export function printText({ x, y }: Print): string {
	let text = '';
	for (let shift = 24; shift >= 0; shift -= 6) text += ALPHABET[(x >>> shift) & 63];
	for (let shift = 24; shift >= 0; shift -= 6) text += ALPHABET[(y >>> shift) & 63];
	return text;
}

const scratch: Print = { x: 0, y: 0 };

/** Ten letters that stand for a text. */
export function hashOf(text: string, seed = 0): string {
	print(text, scratch, seed);
	return printText(scratch);
}

/** A name of 120 bits for what the parts describe: the same parts give the same name. */
export function nameFor(...parts: readonly string[]): string {
	// The length before each part: no two lists of parts read alike.
	let text = '';
	for (const part of parts) text += `${part.length}:${part}`;
	return hashOf(text, 1) + hashOf(text, 2);
}

/** 24 bits that stand for a field in the stored base. */
export function fieldTag(field: string): number {
	print(field, scratch, 3);
	return (scratch.x ^ scratch.y) & 0xffffff;
}
