/** A JSON object that is safe to hand on, or the end of the sentence “The body …” that says why not. */
export type ReadObject = { object: Record<string, unknown> } | { flaw: string };

/** Events of both services have at most ten levels. n8n reads stored values recursively. */
const MAX_DEPTH = 64;

/**
 * Reads the bytes of a delivery as a JSON object. Throws nothing. Refuses what can harm a later reader:
 * deep nesting, and keys that reach the prototype of an object into which they are merged.
 */
export function readObject(bytes: Uint8Array): ReadObject {
	const text = decode(bytes);
	if (text === undefined) return { flaw: 'is not UTF-8' };
	const value = parse(text);
	if (value === undefined) return { flaw: 'is not JSON' };
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return { flaw: 'is not a JSON object' };
	}
	const flaw = flawIn(value);
	return flaw === undefined ? { object: value as Record<string, unknown> } : { flaw };
}

function decode(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/** The value, or `undefined` for bytes that are no JSON: JSON has no `undefined`. */
function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Walks without recursion, so that no depth overflows the stack. */
function flawIn(root: object): string | undefined {
	const rest = [{ value: root, depth: 1 }];
	for (let at = rest.pop(); at; at = rest.pop()) {
		if (at.depth > MAX_DEPTH) return `is nested deeper than ${MAX_DEPTH} levels`;
		for (const [key, child] of Object.entries(at.value)) {
			if (reachesPrototype(key, child)) return `has the key “${key}”, which is not safe`;
			if (typeof child === 'object' && child !== null) {
				rest.push({ value: child, depth: at.depth + 1 });
			}
		}
	}
	return undefined;
}

/** A field named `constructor` is harmless unless a `prototype` follows. */
function reachesPrototype(key: string, child: unknown): boolean {
	if (key === '__proto__') return true;
	return (
		key === 'constructor' &&
		typeof child === 'object' &&
		child !== null &&
		Object.hasOwn(child, 'prototype')
	);
}
