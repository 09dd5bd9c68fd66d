import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares two secrets in constant time. A missing or empty secret matches nothing. */
export function secretsMatch(given: unknown, expected: unknown): boolean {
	if (typeof given !== 'string' || typeof expected !== 'string' || expected === '') return false;
	return timingSafeEqual(digest(given), digest(expected));
}

/** `timingSafeEqual` takes buffers of one length only. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
