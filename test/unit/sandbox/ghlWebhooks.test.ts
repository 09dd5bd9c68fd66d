import { createVerify, verify } from 'node:crypto';
import axios from 'axios';
import { HighLevel } from '@gohighlevel/api-client';
import { GHL_WEBHOOK_PUBLIC_KEY, SANDBOX } from '../../../sandbox';
import { useClient } from './client';
import { until, useReceiver } from './receiver';
import type { Received } from './receiver';

const client = useClient();
const receiver = useReceiver();
const { locationId } = SANDBOX;

const listen = (events?: string[]): void => {
	client.sandbox.ghlWebhooks.subscription = { url: `${receiver.url}?secret=hush`, events };
};
beforeEach(() => {
	client.sandbox.settings.ghlRetryDelaysMs = [5, 5];
	listen();
});

const isSigned = ({ raw, headers }: Received): boolean =>
	verify(
		null,
		Buffer.from(raw),
		GHL_WEBHOOK_PUBLIC_KEY,
		Buffer.from(String(headers['x-ghl-signature']), 'base64'),
	);
/** The types that a call caused, in order. */
async function causedBy(work: () => Promise<unknown>): Promise<string[]> {
	receiver.received = [];
	await work();
	await client.sandbox.ghlWebhooks.settled();
	return receiver.received.map(({ body }) => String(body.type));
}
const seededContact = (): string => [...client.sandbox.state.contacts.keys()][50];

describe('HighLevel events', () => {
	it('come signed, flat and with the envelope', async () => {
		const id = await client.createContact({ firstName: 'Ann', email: 'ann@example.com' });
		await client.sandbox.ghlWebhooks.settled();
		expect(receiver.received).toHaveLength(1);
		const [event] = receiver.received;
		expect(event.url).toBe('/hook?secret=hush');
		expect(event.body).toMatchObject({
			type: 'ContactCreate',
			locationId,
			id,
			firstName: 'Ann',
			email: 'ann@example.com',
			tags: [],
			appId: SANDBOX.oauthClientId.split('-')[0],
			versionId: SANDBOX.oauthVersionId,
			timestamp: expect.any(String),
			webhookId: expect.any(String),
		});
		expect(isSigned(event)).toBe(true);
		expect(isSigned({ ...event, raw: event.raw.replace('Ann', 'Ben') })).toBe(false);
		expect(event.headers).not.toHaveProperty('x-wh-signature');
		const sdk = new HighLevel({ privateIntegrationToken: 'pit-x' });
		const signature = String(event.headers['x-ghl-signature']);
		expect(sdk.webhooks.verifyEd25519Signature(event.raw, signature, GHL_WEBHOOK_PUBLIC_KEY)).toBe(
			true,
		);
	});

	it('carry the legacy signature where it is asked for', async () => {
		const subscription = { url: receiver.url, legacySignature: true };
		const { data } = await axios.put(
			`${client.sandbox.url}/control/highlevel/webhooks`,
			subscription,
		);
		await client.sandbox.ghlWebhooks.send({ type: 'ContactUpdate' });
		const [{ raw, headers }] = receiver.received;
		const signature = String(headers['x-wh-signature']);
		expect(
			createVerify('SHA256').update(raw).verify(data.legacyPublicKey, signature, 'base64'),
		).toBe(true);
		expect(data.publicKey).toBe(GHL_WEBHOOK_PUBLIC_KEY);
	});

	it('follow what a call changed, and only that', async () => {
		const id = seededContact();
		const put = (body: object) => () => client.ghl('PUT', `/contacts/${id}`, body);
		expect(await causedBy(put({ city: 'Lisbon' }))).toEqual(['ContactUpdate']);
		expect(await causedBy(put({ city: 'Lisbon' }))).toEqual([]);
		expect(await causedBy(put({ timezone: 'Europe/Lisbon' }))).toEqual(['ContactUpdate']);
		expect(await causedBy(put({ tags: ['a'], dnd: true }))).toEqual([
			'ContactTagUpdate',
			'ContactDndUpdate',
		]);
		const inbound = { inboundDndSettings: { all: { status: 'active', message: '' } } };
		expect(await causedBy(put(inbound))).toEqual([]);
		const tag = () => client.ghl('POST', `/contacts/${id}/tags`, { tags: ['b'] });
		expect(await causedBy(tag)).toEqual(['ContactTagUpdate']);
		const refused = () => client.ghl('PUT', `/contacts/${id}`, { nonsense: 1 });
		expect(await causedBy(refused)).toEqual([]);
	});

	it('tell of notes, tasks, appointments, opportunities and messages', async () => {
		const id = seededContact();
		const { state } = client.sandbox;
		const post = async (path: string, body: object, version?: string) =>
			(await client.ghl('POST', path, body, { version })).data;
		expect(
			await causedBy(async () => {
				const { note } = await post(`/contacts/${id}/notes`, { body: 'x' });
				await client.ghl('PUT', `/contacts/${id}/notes/${note.id}`, { body: 'y' });
				await client.ghl('DELETE', `/contacts/${id}/notes/${note.id}`);
			}),
		).toEqual(['NoteCreate', 'NoteUpdate', 'NoteDelete']);
		expect(
			await causedBy(async () => {
				const dueDate = '2030-01-01T00:00:00Z';
				const { task } = await post(`/contacts/${id}/tasks`, {
					title: 'x',
					dueDate,
					completed: false,
				});
				const path = `/contacts/${id}/tasks/${task.id}`;
				await client.ghl('PUT', path, { title: 'y' });
				await client.ghl('PUT', `${path}/completed`, { completed: true });
				await client.ghl('DELETE', path);
			}),
		).toEqual(['TaskCreate', 'TaskComplete', 'TaskDelete']);
		const [calendarId] = state.calendars.keys();
		expect(
			await causedBy(async () => {
				const appointment = await post(
					'/calendars/events/appointments',
					{
						calendarId,
						locationId,
						contactId: id,
						startTime: '2030-01-07T15:00:00Z',
						ignoreFreeSlotValidation: true,
					},
					'2021-04-15',
				);
				await client.ghl('DELETE', `/calendars/events/${appointment.id}`, {});
			}),
		).toEqual(['AppointmentCreate', 'AppointmentDelete']);
		expect(receiver.received[0].body).toMatchObject({ appointment: { contactId: id, calendarId } });
		const [opportunity] = state.opportunities.values();
		const won = () =>
			client.ghl('PUT', `/opportunities/${opportunity.id}/status`, { status: 'won' });
		expect(await causedBy(won)).toEqual(['OpportunityUpdate', 'OpportunityStatusUpdate']);
		const message = { type: 'SMS', subType: {}, contactId: id, message: 'Hi', status: 'pending' };
		const send = () => post('/conversations/messages', message, '2021-04-15');
		expect(await causedBy(send)).toEqual(['OutboundMessage']);
	});

	it('tell of a deleted contact once, not of all that hung on it', async () => {
		const [id] = client.sandbox.state.contacts.keys();
		expect(await causedBy(() => client.ghl('DELETE', `/contacts/${id}`))).toEqual([
			'ContactDelete',
		]);
	});

	it('come only where they are switched on, but for the installation', async () => {
		listen(['NoteCreate']);
		const change = () => client.ghl('PUT', `/contacts/${seededContact()}`, { city: 'Porto' });
		expect(await causedBy(change)).toEqual([]);
		const grant = { level: 'Location' as const, locationId, scopes: ['contacts.readonly'] };
		expect(await causedBy(async () => client.sandbox.oauth.issue(grant))).toEqual(['INSTALL']);
	});

	it('do not come from a test that edits the state', async () => {
		const { state } = client.sandbox;
		const edit = async () => {
			const contact = state.contacts.get(seededContact());
			if (contact)
				state.saveContact({ ...contact, city: 'Faro', dateUpdated: '2026-02-02T00:00:00Z' });
		};
		expect(await causedBy(edit)).toEqual([]);
		const { data } = await client.ghl('GET', `/contacts/${seededContact()}`);
		expect(data.contact).toMatchObject({ city: 'Faro', dateUpdated: '2026-02-02T00:00:00Z' });
	});
});

describe('HighLevel deliveries', () => {
	it('are repeated with the same body after any failure, and stop at the first 2xx', async () => {
		receiver.answers = [401, 0];
		const delivery = await client.sandbox.ghlWebhooks.send({ type: 'ContactUpdate' });
		await until(() => delivery?.delivered === true);
		expect(delivery?.attempts.map(({ status }) => status)).toEqual([401, 0, 200]);
		expect(new Set(receiver.received.map(({ raw }) => raw)).size).toBe(1);
	});

	it('are given up after the last wait, and can be sent again by hand', async () => {
		receiver.answers = [500, 500, 500];
		const delivery = await client.sandbox.ghlWebhooks.send({ type: 'ContactUpdate' });
		await until(() => delivery?.attempts.length === 3);
		await new Promise((resolve) => setTimeout(resolve, 30));
		expect(receiver.received).toHaveLength(3);
		const { data } = await axios.post(
			`${client.sandbox.url}/control/highlevel/deliveries/${delivery?.id}/resend`,
		);
		expect(data.delivery).toMatchObject({ delivered: true, resentFrom: delivery?.id });
		expect(receiver.received[3].raw).toBe(receiver.received[0].raw);
		expect(isSigned(receiver.received[3])).toBe(true);
	});

	it('wait up to twelve times, ever longer, by default', () => {
		client.sandbox.reset();
		const { ghlRetryDelaysMs } = client.sandbox.settings;
		expect(ghlRetryDelaysMs).toHaveLength(12);
		expect(ghlRetryDelaysMs).toEqual([...ghlRetryDelaysMs].sort((a, b) => a - b));
	});
});

describe('HighLevel events by hand', () => {
	const event = (body: object) =>
		axios.post(`${client.sandbox.url}/control/highlevel/events`, body, {
			validateStatus: () => true,
		});

	it('take any name, any payload and any signature', async () => {
		await event({ type: 'SomethingNew', payload: { answer: 42 }, omit: ['appId'] });
		await event({ type: 'SomethingNew', url: receiver.url });
		await event({ type: 'ContactUpdate', signature: 'notAvailable' });
		await event({ type: 'ContactUpdate', signature: 'wrongKey', webhookId: 'again' });
		await event({ type: 'ContactUpdate', signature: 'missing' });
		const [unknown, noted, wrong, missing] = receiver.received;
		// Nobody switched the unknown one on: it needs an address.
		expect(receiver.received).toHaveLength(4);
		expect(unknown.body).toMatchObject({ type: 'SomethingNew', locationId });
		expect(noted.headers['x-ghl-signature']).toBe('N/A');
		expect([isSigned(wrong), wrong.body.webhookId]).toEqual([false, 'again']);
		expect(missing.headers).not.toHaveProperty('x-ghl-signature');
	});

	it('can lack what live ones lack', async () => {
		await event({ type: 'TaskCreate', omit: ['contactId', 'body'] });
		expect(receiver.received[0].body).not.toHaveProperty('contactId');
		expect(receiver.received[0].body).toMatchObject({ type: 'TaskCreate', id: expect.any(String) });
	});

	it('answers 400 when there is no such record', async () => {
		const { status, data } = await event({ type: 'ContactUpdate', recordId: 'nobody' });
		expect([status, data]).toEqual([400, { error: expect.stringContaining('nobody') }]);
	});

	it('has a payload for every documented event', async () => {
		const { data } = await axios.get(`${client.sandbox.url}/control/highlevel/webhooks`);
		for (const type of data.eventTypes) {
			await client.sandbox.ghlWebhooks.send({ type });
		}
		expect(receiver.received.map(({ body }) => body.type)).toEqual(data.eventTypes);
		expect(receiver.received.every(isSigned)).toBe(true);
	});

	it('sends the workflow action unsigned, with its own headers and no envelope', async () => {
		const { data } = await axios.post(`${client.sandbox.url}/control/highlevel/workflow-webhook`, {
			url: receiver.url,
			headers: { 'X-Secret': 'hush' },
			contactId: seededContact(),
			payload: { form: 'Contact us' },
		});
		expect(data.delivery).toMatchObject({ delivered: true, type: 'workflow' });
		const [{ headers, body }] = receiver.received;
		expect(headers['x-secret']).toBe('hush');
		expect(headers).not.toHaveProperty('x-ghl-signature');
		expect(body).toMatchObject({ contact_id: seededContact(), form: 'Contact us' });
		expect(body).not.toHaveProperty('webhookId');
	});
});

describe('A flood', () => {
	const flood = (options: object) =>
		client.sandbox.flood({ service: 'highlevel', events: 200, seed: 7, ...options });

	it('sends each event, some of them twice to the byte, out of order and in parallel', async () => {
		const { sent, ids } = await flood({ duplicates: 0.1, connections: 20 });
		expect([ids.length, sent.length, receiver.received.length]).toEqual([200, 220, 220]);
		const bodies = new Map(receiver.received.map(({ raw, body }) => [body.webhookId, raw]));
		expect([...bodies.keys()].sort()).toEqual([...ids].sort());
		expect(new Set(receiver.received.map(({ raw }) => raw)).size).toBe(200);
		expect(sent.map(({ id }) => id).slice(0, 20)).not.toEqual(ids.slice(0, 20));
		expect(receiver.mostAtOnce).toBeGreaterThan(5);
		expect(receiver.mostAtOnce).toBeLessThanOrEqual(20);
	});

	it('has the same order for the same seed', async () => {
		const order = async (seed: number): Promise<number[]> => {
			const { sent, ids } = await flood({ events: 30, seed });
			return sent.map(({ id }) => ids.indexOf(id));
		};
		expect(await order(3)).toEqual(await order(3));
		expect(await order(3)).not.toEqual(await order(4));
	});

	it('works for HeyReach too', async () => {
		await client.heyReach('POST', '/webhooks/CreateWebhook', {
			webhookName: 'flood',
			webhookUrl: receiver.url,
			eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
			campaignIds: [],
		});
		const { ids } = await flood({ service: 'heyreach', events: 100 });
		expect(receiver.received).toHaveLength(110);
		const received = new Set(receiver.received.map(({ body }) => body.correlation_id));
		expect([...received].sort()).toEqual([...ids].sort());
		expect(new Set(receiver.received.map(({ raw }) => raw)).size).toBe(100);
	});
});

describe('A conversation provider', () => {
	const control = (path: string, body: object) =>
		axios.request({
			method: path.endsWith('providers') ? 'PUT' : 'POST',
			url: `${client.sandbox.url}/control/highlevel/${path}`,
			data: body,
		});
	const provider = { id: 'p1', name: 'LinkedIn', type: 'SMS', custom: true };

	it('is given what a user writes, signed and without an envelope, and again until it answers', async () => {
		client.sandbox.ghlWebhooks.subscription = undefined;
		await control('conversation-providers', {
			providers: [{ ...provider, deliveryUrl: receiver.url }],
		});
		receiver.answers = [500];
		const contactId = seededContact();
		const { data } = await control('provider-messages', { contactId, message: 'Hello' });
		await until(() => receiver.received.length === 2);
		const [first, second] = receiver.received;
		expect(second.raw).toBe(first.raw);
		expect(isSigned(second)).toBe(true);
		expect(first.body).toEqual({
			contactId,
			locationId,
			messageId: data.message.id,
			type: 'SMS',
			phone: client.sandbox.state.contacts.get(contactId)?.phone,
			message: 'Hello',
			attachments: [],
			userId: expect.any(String),
		});
	});

	it('is given what an app sends through it, and not what comes in', async () => {
		await control('conversation-providers', {
			providers: [{ ...provider, deliveryUrl: receiver.url }],
		});
		const headers = { Authorization: `Bearer ${SANDBOX.appToken}`, Version: '2021-04-15' };
		const post = (path: string, body: object) =>
			axios.post(`${client.sandbox.ghlUrl}/conversations/messages${path}`, body, { headers });
		const shared = { type: 'Custom', contactId: seededContact(), conversationProviderId: 'p1' };
		const types = await causedBy(async () => {
			await post('/inbound', { ...shared, message: 'In', direction: 'inbound', altId: 'a1' });
			await post('/inbound', { ...shared, message: 'In', direction: 'inbound', altId: 'a1' });
			await post('/inbound', { ...shared, message: 'Own', direction: 'outbound', altId: 'a2' });
			await post('', { ...shared, message: 'Out' });
		});
		expect(types.sort()).toEqual(['InboundMessage', 'OutboundMessage', 'OutboundMessage', 'SMS']);
	});
});
