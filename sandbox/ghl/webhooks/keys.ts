import {
	createHash,
	createPrivateKey,
	createPublicKey,
	createSign,
	generateKeyPairSync,
	sign,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** The head of an Ed25519 private key in PKCS#8; its 32 bytes follow. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

const ed25519 = (name: string): KeyObject =>
	createPrivateKey({
		key: Buffer.concat([PKCS8_HEAD, createHash('sha256').update(name).digest()]),
		format: 'der',
		type: 'pkcs8',
	});

const publicPem = (key: KeyObject): string =>
	createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();

/**
 * The sandbox's own keys. The Ed25519 ones are always the same, so that a node that knows the public
 * key still knows it after a restart. The RSA pair of the legacy header is made when it is needed.
 */
const KEY = ed25519('the key the sandbox signs its webhooks with');
const OTHER_KEY = ed25519('a key nobody knows');
let legacy: KeyObject | undefined;

const legacyKey = (): KeyObject =>
	(legacy ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);

/** Nodes set it instead of HighLevel's published key. */
export const PUBLIC_KEY = publicPem(KEY);

export const legacyPublicKey = (): string => publicPem(legacyKey());

/** - `valid`; `wrongKey`: by a key nobody knows; `missing`: no header; `notAvailable`: the literal `N/A`. */
export type Signature = 'valid' | 'wrongKey' | 'missing' | 'notAvailable';
export const SIGNATURES: Signature[] = ['valid', 'wrongKey', 'missing', 'notAvailable'];

/** The headers that vouch for a body: Ed25519 over its bytes, and RSA-SHA256 where it is asked for. */
export function signatureHeaders(
	body: string,
	{ signature, legacySignature }: { signature: Signature; legacySignature: boolean },
): Record<string, string> {
	const bytes = Buffer.from(body);
	const values: Record<Signature, () => string | undefined> = {
		valid: () => sign(null, bytes, KEY).toString('base64'),
		wrongKey: () => sign(null, bytes, OTHER_KEY).toString('base64'),
		missing: () => undefined,
		notAvailable: () => 'N/A',
	};
	const value = values[signature]();
	return {
		...(value === undefined ? {} : { 'X-GHL-Signature': value }),
		...(legacySignature
			? { 'X-WH-Signature': createSign('SHA256').update(bytes).sign(legacyKey(), 'base64') }
			: {}),
	};
}
