import { createHash } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A 20-character id in HighLevel's style, the same for the same name. */
export const idFrom = (name: string): string =>
	[...createHash('sha256').update(name).digest().subarray(0, 20)]
		.map((byte) => ALPHABET[byte % ALPHABET.length])
		.join('');

const seeded = new Map<string, string>();

/** The same for a record of the seed: every reset asks for it again. */
export function seededId(name: string): string {
	const known = seeded.get(name);
	if (known !== undefined) return known;
	const id = idFrom(name);
	seeded.set(name, id);
	return id;
}

/**
 * Ids for records made while the sandbox runs. They go on counting through a reset, so that a
 * client that remembers an id from before never meets it again on another record.
 */
export class Ids {
	private readonly last = new Map<string, number>();

	next(kind: string): string {
		return idFrom(`${kind}:made:${this.nextNumber(kind)}`);
	}

	nextNumber(kind: string, first = 1): number {
		const value = (this.last.get(kind) ?? first - 1) + 1;
		this.last.set(kind, value);
		return value;
	}
}
