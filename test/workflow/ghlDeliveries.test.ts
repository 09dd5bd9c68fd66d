import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { testSecret } from '../../nodes/Ghl/trigger/secret';
import { event, ghlWorkflow, SECRET, signedDelivery, trigger, webhookSecret } from './ghlTrigger';
import { hookFunctions } from './support';

const post = async (body: Parameters<typeof signedDelivery>[0], parameters: INodeParameters = {}) =>
	await ghlWorkflow(parameters)(signedDelivery(body));

it('starts the workflow with a normalised item, and leaves the answer to n8n', async () => {
	const body = event();
	const { items, status, body: answer, logs } = await post(body);
	expect(items).toEqual([
		{
			event: 'ContactCreate',
			occurredAt: body.timestamp,
			contactId: 'contact1',
			locationId: 'location1',
			recordId: 'contact1',
			appId: 'app1',
			webhookId: body.webhookId,
			payload: body,
		},
	]);
	expect([status, answer, logs]).toEqual([200, undefined, []]);
});

it('reads the body where n8n has left it unread', async () => {
	const delivery = signedDelivery(event(), {
		rawBodyUnread: true,
		headers: { 'content-type': 'application/octet-stream' },
	});
	expect((await ghlWorkflow()(delivery)).items).toHaveLength(1);
});

it('judges the bytes as they came, whatever n8n has read into them', async () => {
	const spaced = JSON.stringify(event(), null, 4).replace('Ann', '\\u0041nn');
	expect((await post(spaced)).items).toMatchObject([{ payload: { firstName: 'Ann' } }]);
});

describe('Which events start it', () => {
	it.each<[string, INodeParameters, string, boolean]>([
		['all, when none is chosen', {}, 'InvoicePaid', true],
		['a chosen one', { events: ['ContactCreate', 'NoteCreate'] }, 'NoteCreate', true],
		['not one that is not chosen', { events: ['NoteCreate'] }, 'ContactCreate', false],
		[
			'one that was named, in any case',
			{ options: { otherEvents: 'contactcreate' } },
			'ContactCreate',
			true,
		],
		[
			'not a known one beside it',
			{ options: { otherEvents: 'VoiceAiCallEnd' } },
			'ContactCreate',
			false,
		],
	])('%s', async (_what, parameters, type, starts) => {
		const { items, status, body, logs } = await post(event({ type }), parameters);
		expect(items !== undefined).toBe(starts);
		expect(status).toBe(200); // anything else would be sent again, up to 12 times
		if (starts) return;
		expect(body).toBe('OK');
		expect(logs).toEqual([expect.stringMatching(/^debug .* dropped a delivery: another event/)]);
	});

	it('passes on an event that it does not know, and marks it, but not one that was named', async () => {
		const body = event({ type: 'VoiceAiCallEnd' });
		const parameters = { events: ['ContactCreate'] };
		expect((await post(body, parameters)).items).toMatchObject([
			{ event: 'VoiceAiCallEnd', eventKnown: false, payload: body },
		]);
		const named = { ...parameters, options: { otherEvents: 'Foo, VoiceAiCallEnd' } };
		const [item] = (await post(event({ type: 'VoiceAiCallEnd' }), named)).items ?? [];
		expect(item).not.toHaveProperty('eventKnown');
	});

	it('passes on a delivery that names no event, and marks it', async () => {
		const { items } = await post(event({ type: null }), { events: ['ContactCreate'] });
		expect(items).toMatchObject([{ event: '', eventKnown: false }]);
	});

	it.each<[string, INodeParameters, IDataObject, boolean]>([
		['of its location', { locationIds: 'x, location1' }, {}, true],
		['of another location', { locationIds: 'location2' }, {}, false],
		['of no location', { locationIds: 'location1' }, { locationId: null }, false],
		[
			'of a user in its location',
			{ locationIds: 'l2' },
			{ locationId: null, locations: ['l1', 'l2'] },
			true,
		],
		['of its app', { appIds: 'app1' }, {}, true],
		['of its app, given by client ID', { appIds: 'app1-m1x2y3' }, {}, true],
		['of another app, which HighLevel signs with the same key', { appIds: 'app2' }, {}, false],
		['of no app', { appIds: 'app1' }, { appId: null }, false],
	])('events %s', async (_what, parameters, more, starts) => {
		const { items, status, logs } = await post(event(more), parameters);
		expect(items !== undefined).toBe(starts);
		expect(status).toBe(200);
		if (!starts) expect(logs).toEqual([expect.stringContaining('dropped a delivery: another ')]);
	});
});

describe('Repeats', () => {
	it('answers one, and starts nothing', async () => {
		const body = event();
		expect((await post(body)).items).toHaveLength(1);
		const repeat = await post(body);
		expect(repeat).toMatchObject({ items: undefined, status: 200, body: 'OK' });
		expect(repeat.logs).toEqual([expect.stringContaining('dropped a delivery: a repeat')]);
		expect((await post(event())).items).toHaveLength(1);
	});

	it('drops a repeated message for a conversation provider, which has no webhookId', async () => {
		const message = {
			type: 'SMS',
			contactId: 'contact1',
			locationId: 'location1',
			messageId: 'm1',
		};
		const deliver = ghlWorkflow();
		const { items = [] } = await deliver(signedDelivery(message));
		expect(items).toMatchObject([
			{ event: 'ProviderOutboundMessage', contactId: 'contact1', recordId: 'm1' },
		]);
		expect((await deliver(signedDelivery(message))).items).toBeUndefined();
	});

	it('drops none that has no webhookId', async () => {
		const body = event({ webhookId: null });
		expect((await post(body)).items).toHaveLength(1);
		expect((await post(body)).items).toHaveLength(1);
	});

	it('remembers nothing that it did not take', async () => {
		const body = event();
		expect((await ghlWorkflow()({ body })).status).toBe(401);
		expect((await post(body, { events: ['NoteCreate'] })).items).toBeUndefined();
		expect((await post(body)).items).toHaveLength(1);
	});

	it('takes the next try of one that n8n then failed to take', async () => {
		const body = event();
		const open = async () => await ghlWorkflow()(signedDelivery(body, { isOpen: true }));
		const failed = await open();
		expect(failed.items).toHaveLength(1);
		failed.finish(500); // n8n could not save the execution
		const again = await open();
		expect(again.items).toHaveLength(1);
		again.finish(200);
		expect((await post(body)).items).toBeUndefined();
	});

	it('drops none in a test in the editor', async () => {
		const test = ghlWorkflow({}, { mode: 'manual' });
		const body = event();
		expect((await test(signedDelivery(body))).items).toHaveLength(1);
		expect((await test(signedDelivery(body))).items).toHaveLength(1);
	});
});

describe('Replay window', () => {
	const aged = (minutes: number) =>
		event({ timestamp: new Date(Date.now() - minutes * 60_000).toISOString() });
	const within = (replayWindow: number) => ({ options: { replayWindow } });

	it('is off: a retry that comes a day later is taken', async () => {
		expect((await post(aged(24 * 60))).items).toHaveLength(1);
		expect((await post(aged(24 * 60), within(0))).items).toHaveLength(1);
	});

	it('refuses what is older, of the future, or has no time', async () => {
		expect((await post(aged(4), within(5))).items).toHaveLength(1);
		for (const body of [aged(6), aged(-6), event({ timestamp: null })]) {
			const { items, status, logs } = await post(body, within(5));
			expect([items, status]).toEqual([undefined, 401]);
			expect(logs).toEqual([expect.stringContaining('Replay Window')]);
		}
	});

	it.each(['', '  ', 'now', 0])('takes %j for no time', async (timestamp) => {
		const [item] = (await post(event({ timestamp }))).items ?? [];
		expect(item).not.toHaveProperty('occurredAt');
		const { status, logs } = await post(event({ timestamp }), within(5));
		expect(status).toBe(401);
		expect(logs).toEqual([expect.stringContaining('has no time')]);
	});
});

describe('HighLevel’s workflow action Custom Webhook', () => {
	const parameters = { authentication: 'secretHeader' };
	const receive = (more = {}) => ghlWorkflow(parameters, { credentials: webhookSecret(more) });
	const body = { contact_id: 'contact1', first_name: 'Ann', location: { id: 'location1' } };
	const headers = { 'x-webhook-secret': SECRET };

	it('comes with a secret in a header, and needs no signature', async () => {
		const { items, logs } = await receive()({ body, headers });
		expect(items).toEqual([
			{ event: 'CustomWebhook', contactId: 'contact1', locationId: 'location1', payload: body },
		]);
		expect(logs).toEqual([]);
	});

	it('may name an event of its own, and is filtered by location alone', async () => {
		const named = { ...body, type: 'DealWon' };
		const chosen = { ...parameters, events: ['NoteCreate'], appIds: 'x', locationIds: 'location1' };
		const deliver = ghlWorkflow(chosen, { credentials: webhookSecret() });
		expect((await deliver({ body: named, headers })).items).toMatchObject([{ event: 'DealWon' }]);
		const elsewhere = { ...named, location: { id: 'location2' } };
		expect((await deliver({ body: elsewhere, headers })).items).toBeUndefined();
	});

	it('takes the previous secret while it is being changed', async () => {
		const changed = { secret: 'the-new-secret-of-the-builder', previousSecret: SECRET };
		expect((await receive(changed)({ body, headers })).items).toHaveLength(1);
		const next = { 'x-webhook-secret': changed.secret };
		expect((await receive(changed)({ body, headers: next })).items).toHaveLength(1);
	});

	it.each([
		['OK', {}],
		['The Secret is empty', { secret: '' }],
		['A secret is shorter than 16 characters', { secret: 'short' }],
		['A secret is shorter than 16 characters', { previousSecret: 'short' }],
		['The Header Name is not the name of an HTTP header', { headerName: 'X Secret:' }],
	])('says %s about a credential with %j', (message, more) => {
		const data = { headerName: 'X-Webhook-Secret', secret: SECRET, ...more };
		const test = testSecret({ id: '1', name: 'secret', type: 'ghlWebhookSecretApi', data });
		expect(message).toBe(test.status === 'OK' ? 'OK' : test.message);
	});
});

describe('What a person reads when it cannot be set up', () => {
	const activate = async (parameters: INodeParameters) => {
		const hook = hookFunctions({ node: trigger, parameters });
		return await hook.call(trigger.webhookMethods.default.checkExists);
	};

	it('nothing, when it can', async () => {
		expect(await activate({})).toBe(true);
		expect(await activate({ authentication: 'secretHeader' })).toBe(true);
	});

	it.each<[string, INodeParameters, string, string]>([
		[
			'a key that is none',
			{ publicKeys: 'abc' },
			'“abc” under Public Keys is not an Ed25519 public key',
			'leave the field empty',
		],
		[
			'an event that is none',
			{ otherEvents: 'ContactCreate, new contact' },
			'“new contact” is not the name of an event',
			'ContactCreate',
		],
		[
			'a name among addresses',
			{ ipAllowlist: '10.0.0.1, office' },
			'“office” in IP(s) Allowlist is not an IP address',
			'203.0.113.0/24',
		],
		['a window that is none', { replayWindow: -5 }, '“-5” is not a Replay Window', 'minutes'],
	])('%s', async (_what, options, message, advice) => {
		await expect(activate({ options })).rejects.toMatchObject({
			message,
			description: expect.stringContaining(advice),
		});
	});
});

it.each(['none', 'signature'])(
	'wants a signature with the Authentication “%s”',
	async (authentication) => {
		expect((await post(event(), { authentication })).items).toHaveLength(1);
		const parameters = { authentication };
		expect((await ghlWorkflow(parameters)({ body: event() })).status).toBe(401);
	},
);
