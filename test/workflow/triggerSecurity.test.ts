import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import fc from 'fast-check';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { event, ghlWorkflow, SECRET, signature, signedDelivery, webhookSecret } from './ghlTrigger';
import { trigger as heyReachTrigger } from './heyReachTrigger';
import { webhookFunctions, type Delivery, type NodeSetup } from './support';

/** What the soak run raises to 100,000. */
const CASES = Number(process.env.SECURITY_CASES ?? 10_000);

let now = Date.now();
beforeEach(() => {
	// Each test in a minute of its own: after ten refusals in one the log only counts.
	now += 120_000;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

const URL_SECRET = 'f'.repeat(64);

/** HeyReach Trigger; the secret in the address is right unless a test says otherwise. */
function heyReachWorkflow(parameters: INodeParameters = {}, more: Partial<NodeSetup> = {}) {
	return async (delivery: Delivery) => {
		const call = webhookFunctions({
			node: heyReachTrigger,
			mode: 'webhook',
			staticData: { secret: URL_SECRET },
			query: { secret: URL_SECRET },
			parameters,
			...more,
			...delivery,
		});
		const { result, sent } = await call.deliver();
		const items = result.workflowData?.[0].map((item) => item.json);
		return { items, status: sent.statusCode, body: sent.body, logs: call.logs };
	};
}

type Deliver = (delivery: Delivery) => Promise<{
	items?: unknown[];
	status: number;
	body: unknown;
	logs: string[];
}>;

const SECRETS = [SECRET, URL_SECRET, 'a-guess-of-a-stranger'];

/** A delivery gets this status and this reason, starts nothing, and the operator hears of it. */
async function expectRefused(
	deliver: Deliver,
	delivery: Delivery,
	status: number,
	reason: string,
): Promise<void> {
	const outcome = await deliver({ ip: '198.51.100.9', ...delivery });
	expect(outcome.items).toBeUndefined();
	expect(outcome.status).toBe(status);
	expect(outcome.body).toContain(reason);
	const [line, ...more] = outcome.logs.filter((one) => !/refused \d+ deliveries/.test(one));
	expect(line).toMatch(/^warn Node Under Test refused a delivery: /);
	expect(more).toEqual([]);
	expect(line).toContain(reason);
	expect(line).toContain('"sourceAddress":"198.51.100.9"');
	const { 'x-ghl-signature': given } = delivery.headers ?? {};
	for (const secret of [...SECRETS, String(given ?? '?')]) {
		if (secret.length > 10) expect(line + String(outcome.body)).not.toContain(secret);
	}
}

const good = () => JSON.stringify(event());
const stranger = generateKeyPairSync('ed25519').privateKey;
const rsa = generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey;

describe('GHL Trigger, by signature', () => {
	const deliver = ghlWorkflow();

	it('takes the good delivery that the bad ones below differ from', async () => {
		expect((await deliver(signedDelivery(good()))).items).toHaveLength(1);
	});

	const fit = 'The signature does not match the body';
	const missing = 'The signature is missing (X-GHL-Signature)';
	const form = 'The signature is not an Ed25519 signature in base64';
	it.each<[string, () => Delivery, number, string]>([
		['no signature', () => ({ rawBody: good() }), 401, missing],
		['N/A', () => ({ rawBody: good(), headers: { 'X-GHL-Signature': 'N/A' } }), 401, missing],
		['an empty one', () => ({ rawBody: good(), headers: { 'X-GHL-Signature': '' } }), 401, missing],
		[
			'the signature of another body',
			() => ({ rawBody: good(), headers: { 'x-ghl-signature': signature(good()) } }),
			401,
			fit,
		],
		[
			'the signature of the body with other spaces',
			() => ({ ...signedDelivery(good()), rawBody: JSON.stringify(event(), null, 1) }),
			401,
			fit,
		],
		[
			'another key',
			() => {
				const rawBody = good();
				return { rawBody, headers: { 'x-ghl-signature': signature(rawBody, stranger) } };
			},
			401,
			fit,
		],
		[
			'RSA in place of Ed25519',
			() => {
				const rawBody = good();
				const bad = sign('sha256', Buffer.from(rawBody), rsa).toString('base64');
				return { rawBody, headers: { 'x-ghl-signature': bad } };
			},
			401,
			form,
		],
		[
			'a good RSA signature in the older header alone',
			() => {
				const rawBody = good();
				const old = sign('sha256', Buffer.from(rawBody), rsa).toString('base64');
				return { rawBody, headers: { 'x-wh-signature': old, 'x-ghl-signature': 'N/A' } };
			},
			401,
			'older X-WH-Signature is not accepted',
		],
		[
			'a body that cannot be read any more',
			() => ({ ...signedDelivery(good()), rawBodyTaken: true }),
			400,
			'The body could not be read',
		],
		['an empty body', () => ({ ...signedDelivery(good()), rawBody: '' }), 401, fit],
		[
			'10 MB, signed',
			() => signedDelivery(event({ note: 'x'.repeat(10 * 1024 * 1024) })),
			413,
			'larger than 8 MB',
		],
		['10 MB, unsigned', () => ({ rawBody: Buffer.alloc(10 * 1024 * 1024, 'x') }), 413, 'larger'],
		[
			'deep nesting, signed',
			() => signedDelivery(`{"type":"ContactCreate","a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
			400,
			'nested deeper than 64 levels',
		],
		[
			'invalid UTF-8, signed',
			() => signedDelivery(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
			400,
			'is not UTF-8',
		],
		[
			'a key that reaches for the prototype, signed',
			() => signedDelivery('{"type":"ContactCreate","__proto__":{"isAdmin":true}}'),
			400,
			'“__proto__”',
		],
		['a list, signed', () => signedDelivery(`[${good()}]`), 400, 'is not a JSON object'],
		['a text, signed', () => signedDelivery('"ContactCreate"'), 400, 'is not a JSON object'],
		['no JSON, signed', () => signedDelivery('type=ContactCreate'), 400, 'is not JSON'],
	])('refuses %s', async (_what, delivery, status, reason) => {
		await expectRefused(deliver, delivery(), status, reason);
		expect({}).not.toHaveProperty('isAdmin');
	});

	it('refuses an address that is not on the list, before it looks at anything else', async () => {
		const listed = ghlWorkflow({ options: { ipAllowlist: '203.0.113.0/24' } });
		await expectRefused(listed, signedDelivery(good()), 403, 'not on the allowlist');
		await expectRefused(listed, { rawBody: Buffer.alloc(1e7) }, 403, 'not on the allowlist');
		const near = { ip: '::ffff:203.0.113.7' };
		expect((await listed(signedDelivery(good(), near))).items).toHaveLength(1);
	});

	it('takes a delivery after no flipped bit, of body or signature', async () => {
		const { rawBody = '', headers = {} } = signedDelivery(good());
		const signatureText = Buffer.from(String(headers['x-ghl-signature']), 'latin1');
		const flip = (bytes: Buffer, at: number) => {
			const flipped = Buffer.from(bytes);
			flipped[at >> 3] ^= 1 << (at & 7);
			return flipped;
		};
		const body = Buffer.from(rawBody);
		for (let at = 0; at < body.length * 8; at++) {
			const outcome = await deliver({ rawBody: flip(body, at), headers });
			expect([outcome.status, outcome.items]).toEqual([401, undefined]);
		}
		for (let at = 0; at < signatureText.length * 8; at++) {
			const given = { 'x-ghl-signature': flip(signatureText, at).toString('latin1') };
			const outcome = await deliver({ rawBody, headers: given });
			expect([outcome.status, outcome.items]).toEqual([401, undefined]);
		}
		expect((await deliver({ rawBody, headers })).items).toHaveLength(1);
	});

	it('does not fall back to HighLevel’s key where another is set, nor the other way round', async () => {
		const published = ghlWorkflow({ options: { publicKeys: '' } });
		await expectRefused(published, signedDelivery(good()), 401, fit);
	});

	it.each<[string, INodeParameters]>([
		['a key that is none', { options: { publicKeys: 'abc' } }],
		['an allowlist that is none', { options: { ipAllowlist: 'office' } }],
		['a window that is none', { options: { replayWindow: 'long' } }],
		['an expression that fails', { locationIds: '={{ $json.body.a.b.c() }}' }],
	])('starts nothing with %s, and can be tried again', async (_what, parameters) => {
		const reason = 'The settings of the node cannot be used';
		await expectRefused(ghlWorkflow(parameters), signedDelivery(good()), 500, reason);
	});
});

describe('GHL Trigger, by secret', () => {
	const parameters = { authentication: 'secretHeader' };
	const deliver = ghlWorkflow(parameters, { credentials: webhookSecret() });
	const headers = { 'x-webhook-secret': SECRET };

	it.each<[string, Delivery, number, string]>([
		['no secret', { rawBody: good() }, 401, 'The secret is missing'],
		[
			'a wrong secret',
			{ rawBody: good(), headers: { 'x-webhook-secret': 'a-guess-of-a-stranger' } },
			401,
			'The secret in the header is wrong',
		],
		['an empty secret', { rawBody: good(), headers: { 'x-webhook-secret': '' } }, 401, 'wrong'],
		[
			'the start of the secret',
			{ rawBody: good(), headers: { 'x-webhook-secret': SECRET.slice(0, -1) } },
			401,
			'wrong',
		],
		[
			'the secret in another header',
			{ rawBody: good(), headers: { secret: SECRET } },
			401,
			'missing',
		],
		['a good signature in its place', signedDelivery(good()), 401, 'missing'],
		['10 MB', { rawBody: Buffer.alloc(1e7, 'x'), headers }, 413, 'larger'],
		['a list', { rawBody: '[]', headers }, 400, 'is not a JSON object'],
		['no JSON', { rawBody: 'name=Ann', headers }, 400, 'is not JSON'],
		['a prototype', { rawBody: '{"a":{"__proto__":1}}', headers }, 400, '__proto__'],
	])('refuses %s', async (_what, delivery, status, reason) => {
		await expectRefused(deliver, delivery, status, reason);
	});

	it.each<ICredentialDataDecryptedObject>([
		{ secret: '' },
		{ secret: 'short' },
		{ headerName: '' },
		{ previousSecret: 'short' },
	])('lets nobody in with a credential of %j', async (more) => {
		const weak = ghlWorkflow(parameters, { credentials: webhookSecret(more) });
		for (const given of ['', 'short', SECRET]) {
			const outcome = await weak({ rawBody: good(), headers: { 'x-webhook-secret': given } });
			expect([outcome.status, outcome.items]).toEqual([401, undefined]);
		}
	});

	it('lets nobody in without a credential', async () => {
		const reason = 'The settings of the node cannot be used';
		await expectRefused(ghlWorkflow(parameters), { rawBody: good(), headers }, 500, reason);
	});
});

describe('HeyReach Trigger', () => {
	const deliver = heyReachWorkflow();
	const body = JSON.stringify({ event_type: 'message_sent', lead: { id: '1' } });

	it('takes the good delivery that the bad ones below differ from', async () => {
		expect((await deliver({ rawBody: body })).items).toHaveLength(1);
	});

	it.each<[string, Delivery, number, string]>([
		['no secret', { rawBody: body, query: {} }, 401, 'The secret is missing from the address'],
		[
			'a wrong secret',
			{ rawBody: body, query: { secret: 'a-guess-of-a-stranger' } },
			401,
			'The secret in the address is wrong',
		],
		[
			'a body that cannot be read any more',
			{ rawBody: body, rawBodyTaken: true },
			400,
			'The body could not be read',
		],
		['an empty body', { rawBody: '' }, 400, 'is not JSON'],
		['10 MB', { rawBody: `{"a":"${'x'.repeat(1e7)}"}` }, 413, 'larger than 8 MB'],
		['deep nesting', { rawBody: `{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}` }, 400, 'nested'],
		['invalid UTF-8', { rawBody: Buffer.from([0x22, 0xff, 0x22]) }, 400, 'is not UTF-8'],
		['a prototype', { rawBody: '{"lead":{"__proto__":{"isAdmin":1}}}' }, 400, '__proto__'],
		['a list', { rawBody: `[${body}]` }, 400, 'is not a JSON object'],
		['a text', { rawBody: '"message_sent"' }, 400, 'is not a JSON object'],
	])('refuses %s', async (_what, delivery, status, reason) => {
		await expectRefused(deliver, delivery, status, reason);
		expect({}).not.toHaveProperty('isAdmin');
	});

	it('refuses an address that is not on the list', async () => {
		const listed = heyReachWorkflow({ options: { ipAllowlist: '203.0.113.0/24' } });
		await expectRefused(listed, { rawBody: body }, 403, 'not on the allowlist');
	});

	it.each<[string, INodeParameters]>([
		['no event', { events: [] }],
		['an allowlist that is none', { options: { ipAllowlist: 'office' } }],
	])('starts nothing with %s, and can be tried again', async (_what, parameters) => {
		const reason = 'The settings of the node cannot be used';
		await expectRefused(heyReachWorkflow(parameters), { rawBody: body }, 500, reason);
	});
});

describe(`${CASES} random deliveries start nothing and never throw out of the node`, () => {
	const json = fc.jsonValue({ maxDepth: 4 });
	/** What a stranger may send: noise, JSON, events, and events that are cut or spoiled. */
	const bodies = fc.oneof(
		fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
		json.map((value) => Buffer.from(JSON.stringify(value) ?? '')),
		json.map((value) => Buffer.from(JSON.stringify({ ...event(), value }))),
		fc.nat(200).map((length) => Buffer.from(good()).subarray(0, length)),
	);
	const headerValues = fc.oneof(
		fc.constantFrom(undefined, '', 'N/A', 'null', SECRET.slice(1)),
		fc.base64String({ maxLength: 100 }),
		fc.constant(0).map(() => randomBytes(64).toString('base64')),
		fc.string({ maxLength: 100 }),
	);
	const types = fc.constantFrom('application/json', 'text/plain', 'multipart/form-data', '', 'a/b');
	const secrets = fc.oneof(fc.constant({}), fc.dictionary(fc.constant('secret'), fc.string()));
	const deliveries = fc.record({
		rawBody: bodies,
		value: headerValues,
		type: types,
		query: secrets,
	});
	/** JSON that is no object, and what is no JSON: not even with a proof of the sender. */
	const noObjects = fc
		.oneof(
			fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
			fc
				.oneof(fc.array(json), fc.string(), fc.double(), fc.boolean(), fc.constant(null))
				.map((value) => Buffer.from(JSON.stringify(value))),
		)
		.filter((bytes) => !bytes.toString().trim().startsWith('{'));

	async function none(deliver: Deliver, sent: fc.Arbitrary<Delivery>, cases: number) {
		let lines = 0;
		await fc.assert(
			fc.asyncProperty(sent, async (delivery) => {
				const { items, status, logs } = await deliver(delivery);
				expect(items).toBeUndefined();
				expect([400, 401]).toContain(status);
				lines += logs.length;
			}),
			{ numRuns: cases },
		);
		// Ten in full, then one line for each power of ten: no flood fills the disk.
		expect(lines).toBeLessThanOrEqual(10 + Math.log10(cases));
	}

	const asDelivery = (name: string) =>
		deliveries.map(({ rawBody, value, type, query }) => ({
			rawBody,
			query,
			headers: { 'content-type': type, ...(value === undefined ? {} : { [name]: value }) },
		}));

	const timeout = 60_000 + CASES * 10;
	it(
		'GHL Trigger, by signature',
		async () => {
			await none(ghlWorkflow(), asDelivery('x-ghl-signature'), CASES);
		},
		timeout,
	);

	it(
		'GHL Trigger, by secret',
		async () => {
			const deliver = ghlWorkflow(
				{ authentication: 'secretHeader' },
				{ credentials: webhookSecret() },
			);
			await none(deliver, asDelivery('x-webhook-secret'), CASES);
		},
		timeout,
	);

	it(
		'HeyReach Trigger',
		async () => {
			await none(heyReachWorkflow(), asDelivery('x-secret'), CASES);
		},
		timeout,
	);

	it(
		'with a good signature or secret, but no object',
		async () => {
			const signed = noObjects.map((rawBody) => signedDelivery(rawBody));
			await none(ghlWorkflow(), signed, CASES / 10);
			now += 120_000;
			await none(
				heyReachWorkflow(),
				noObjects.map((rawBody) => ({ rawBody })),
				CASES / 10,
			);
		},
		timeout,
	);
});
