import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import {
	HIGHLEVEL_ED25519,
	readKeys,
	signatureProblem,
} from '../../../nodes/Ghl/trigger/signature';

const pair = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject) => String(key.export({ type: 'spki', format: 'pem' }));
const der = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });
const signed = (body: Uint8Array, key = pair.privateKey) =>
	sign(null, body, key).toString('base64');
const keys = [pair.publicKey];
const body = Buffer.from('{"type":"ContactCreate","id":"c1","webhookId":"w1"}');
const problem = (signature: unknown, bytes: Uint8Array = body) =>
	signatureProblem({ 'x-ghl-signature': signature }, bytes, keys);

it('takes what the key has signed, and by any key of a list', () => {
	fc.assert(
		fc.property(fc.uint8Array(), (bytes) => {
			expect(problem(signed(bytes), bytes)).toBeUndefined();
		}),
	);
	const headers = { 'x-ghl-signature': signed(body, other.privateKey) };
	expect(signatureProblem(headers, body, keys)).toBe('The signature does not match the body');
	expect(signatureProblem(headers, body, [...keys, other.publicKey])).toBeUndefined();
});

it('takes nothing after one bit of the body has flipped', () => {
	const signature = signed(body);
	for (let at = 0; at < body.length * 8; at++) {
		const flipped = Buffer.from(body);
		flipped[at >> 3] ^= 1 << (at & 7);
		expect(problem(signature, flipped)).toBe('The signature does not match the body');
	}
});

it('takes nothing after one bit of the signature has flipped, in its bytes or in its text', () => {
	const signature = Buffer.from(signed(body), 'base64');
	for (let at = 0; at < signature.length * 8; at++) {
		const flipped = Buffer.from(signature);
		flipped[at >> 3] ^= 1 << (at & 7);
		expect(problem(flipped.toString('base64'))).toBe('The signature does not match the body');
	}
	const text = Buffer.from(signed(body), 'latin1');
	for (let at = 0; at < text.length * 8; at++) {
		const flipped = Buffer.from(text);
		flipped[at >> 3] ^= 1 << (at & 7);
		expect(problem(flipped.toString('latin1'))).toMatch(/^The signature /);
	}
});

it.each([undefined, '', 'N/A', ['a'], null])('says that %j is no signature', (signature) => {
	expect(problem(signature)).toBe('The signature is missing (X-GHL-Signature)');
});

it.each([
	['url-safe base64', signed(body).replace(/[+/]/g, '-').replace(/=+$/, '')],
	['hex', Buffer.from(signed(body), 'base64').toString('hex')],
	['with a line break', `${signed(body)}\n`],
	['twice', `${signed(body)}, ${signed(body)}`],
	[
		'a byte longer',
		Buffer.concat([Buffer.from(signed(body), 'base64'), Buffer.of(0)]).toString('base64'),
	],
	['RSA', sign('sha256', body, rsa.privateKey).toString('base64')],
	['N/A in other letters', 'n/a'],
])('takes no signature that is %s', (_what, signature) => {
	expect(problem(signature)).toBe('The signature is not an Ed25519 signature in base64');
});

it('is not talked into the older RSA header', () => {
	const rsaSignature = sign('sha256', body, rsa.privateKey).toString('base64');
	for (const given of [{}, { 'x-ghl-signature': 'N/A' }, { 'x-ghl-signature': '' }]) {
		const headers = { ...given, 'x-wh-signature': rsaSignature };
		expect(signatureProblem(headers, body, keys)).toContain('older X-WH-Signature is not accepted');
		const ed25519 = { ...given, 'x-wh-signature': signed(body) };
		expect(signatureProblem(ed25519, body, keys)).toContain('older X-WH-Signature is not accepted');
	}
});

describe('Keys', () => {
	const same = (read: KeyObject[], expected: KeyObject[]) =>
		expect(read.map((key) => pem(key))).toEqual(expected.map((key) => pem(key)));

	it('knows the one that HighLevel has published', () => {
		const [key, ...more] = readKeys(' ');
		expect(more).toEqual([]);
		expect(der(key).toString('base64')).toBe(HIGHLEVEL_ED25519);
	});

	it('reads them in every form in which people paste them', () => {
		const both = [pair.publicKey, other.publicKey];
		same(readKeys(pem(pair.publicKey)), [pair.publicKey]);
		same(readKeys(both.map(pem).join('\n')), both);
		same(readKeys(both.map(pem).join('').replaceAll('\n', ' ')), both);
		same(readKeys(both.map(pem).join('').replaceAll('\n', '\\n')), both);
		same(readKeys(both.map((key) => der(key).toString('base64')).join(', ')), both);
		same(readKeys(both.map((key) => der(key).subarray(-32).toString('base64')).join('\n')), both);
		same(readKeys(`${pem(pair.publicKey)}\n${der(other.publicKey).toString('base64')}`), both);
	});

	it.each([
		['an RSA key', pem(rsa.publicKey)],
		['a private key', String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))],
		['a word', 'highlevel'],
		['half a key', pem(pair.publicKey).slice(0, 60)],
		['a good one and a bad one', `${pem(pair.publicKey)}\n${pem(rsa.publicKey)}`],
	])('does not take %s', (_what, text) => {
		expect(() => readKeys(text)).toThrow(/under Public Keys is not an Ed25519 public key$/);
	});

	it('shows no more than the start of what it could not read', () => {
		const secret = String(
			pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
		);
		expect(
			createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'pkcs8' }),
		).toBeDefined();
		try {
			readKeys(secret);
		} catch (error) {
			expect(String(error)).not.toContain(secret.slice(0, 40));
		}
	});
});
