import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { BadInput } from '../../engine/badInput';
import { BoundedMap } from '../../engine/boundedMap';

/** HighLevel's public Ed25519 key, from its webhook guide (docs/apis/highlevel.md#signatures). */
export const HIGHLEVEL_ED25519 = 'MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=';

/** The prefix that makes an Ed25519 public key in DER of the 32 bytes of a key (RFC 8410). */
const DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const SIGNATURE_BYTES = 64;

type Headers = Record<string, unknown>;

/**
 * The reason why a delivery's signature does not prove that HighLevel sent these bytes; `undefined` if
 * one of the keys proves it.
 *
 * Only `X-GHL-Signature` counts. HighLevel announced the end of the older `X-WH-Signature` (RSA) for
 * 2026, and it is not accepted in place of the new one.
 */
export function signatureProblem(
	headers: Headers,
	body: Uint8Array,
	keys: KeyObject[],
): string | undefined {
	const given = headers['x-ghl-signature'];
	// HighLevel sends N/A for a missing signature.
	if (typeof given !== 'string' || given === '' || given === 'N/A') {
		return 'x-wh-signature' in headers
			? 'The signature is missing (X-GHL-Signature); the older X-WH-Signature is not accepted'
			: 'The signature is missing (X-GHL-Signature)';
	}
	const signature = Buffer.from(given, 'base64');
	// Node.js skips characters that are not base64. Only the exact spelling of a signature is accepted.
	if (signature.length !== SIGNATURE_BYTES || signature.toString('base64') !== given) {
		return 'The signature is not an Ed25519 signature in base64';
	}
	if (keys.some((key) => verify(null, body, key, signature))) return undefined;
	return 'The signature does not match the body';
}

/** By the text: it is small, except where an expression makes a new key each time. */
const parsed = new BoundedMap<KeyObject[]>(50, () => true);

/**
 * The keys in a text. A key is PEM or base64 (of the whole key or of its 32 bytes). Spaces, commas or
 * line breaks separate keys. An empty text means HighLevel's published key.
 *
 * @throws BadInput for a part that is no Ed25519 public key
 */
export function readKeys(text: string): KeyObject[] {
	return parsed.of(text, () =>
		text.trim() === '' ? [readKey(HIGHLEVEL_ED25519)] : encodedKeys(text).map(readKey),
	);
}

const PEM = /-----BEGIN ([A-Z ]+)-----([^-]*)-----END \1-----/g;

/** The base64 of each key. */
function encodedKeys(text: string): string[] {
	const plain = text.replaceAll('\\n', '\n');
	const inPem = [...plain.matchAll(PEM)].map(([, label, base64]) => {
		if (label !== 'PUBLIC KEY') throw notAKey(`-----BEGIN ${label}-----`);
		return base64.replace(/\s+/g, '');
	});
	const bare = plain.replace(PEM, ' ').split(/[\s,;]+/);
	return [...inPem, ...bare.filter((word) => word !== '')];
}

function readKey(base64: string): KeyObject {
	const bytes = Buffer.from(base64, 'base64');
	const key = bytes.length === 32 ? Buffer.concat([DER_PREFIX, bytes]) : bytes;
	const read = readDer(key);
	if (read?.asymmetricKeyType !== 'ed25519') throw notAKey(base64);
	return read;
}

function readDer(key: Buffer): KeyObject | undefined {
	try {
		return createPublicKey({ key, format: 'der', type: 'spki' });
	} catch {
		return undefined;
	}
}

function notAKey(text: string): BadInput {
	const start = text.length > 30 ? `${text.slice(0, 30)}…` : text;
	return new BadInput(
		`“${start}” under Public Keys is not an Ed25519 public key`,
		'Paste each key as HighLevel shows it, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----, or leave the field empty to use HighLevel’s published key. HighLevel’s older RSA key is not accepted.',
	);
}
