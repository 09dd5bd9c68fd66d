import { verify } from 'node:crypto';
import axios from 'axios';
import { GHL_WEBHOOK_PUBLIC_KEY, SANDBOX, clientLocationId } from '../../../sandbox';
import { useClient } from './client';
import { useReceiver } from './receiver';

const { sandbox } = useClient({ agency: { locations: 3 }, heyReachClients: true });
const receiver = useReceiver();

const act = async (contactId: string, what: string, body: object = {}) =>
	await axios.post(`${sandbox.url}/control/highlevel/contacts/${contactId}/${what}`, body, {
		validateStatus: () => true,
	});

const contactOf = (locationId: string): string =>
	[...sandbox.state.contacts.values()].find((one) => one.locationId === locationId)?.id ?? '';

interface StateView {
	contacts: Array<{ id: string; tags: string[]; tagsAddedAt: Record<string, string> }>;
	appointments: Array<{ contactId: string; title: string; startTime: string }>;
	messages: Array<{ contactId: string; body: string }>;
	tasks: Array<{ contactId: string; title: string }>;
}
const view = async (locationId: string): Promise<StateView> =>
	(await axios.get<StateView>(`${sandbox.url}/control/state?location=${locationId}`)).data;

beforeEach(() => {
	sandbox.ghlWebhooks.subscription = { url: receiver.url };
});

describe('the buttons of a contact', () => {
	it.each([
		['reply', 'InboundMessage', { text: 'Call me' }],
		['tag', 'ContactTagUpdate', { text: 'Do Not Contact' }],
		['appointment', 'AppointmentCreate', {}],
		['task', 'TaskCreate', { text: 'Send the offer' }],
	])('%s changes the records and tells of %s, signed', async (what, type, body) => {
		for (const locationId of [SANDBOX.locationId, clientLocationId(0), clientLocationId(2)]) {
			receiver.received = [];
			const contactId = contactOf(locationId);
			expect((await act(contactId, what, body)).status).toBe(200);
			await sandbox.ghlWebhooks.settled();
			expect(receiver.received.map((one) => one.body.type)).toEqual([type]);
			const [{ raw, headers, body: payload }] = receiver.received;
			expect(JSON.stringify(payload)).toContain(contactId);
			expect(payload).toMatchObject({ locationId });
			const signature = Buffer.from(String(headers['x-ghl-signature']), 'base64');
			expect(verify(null, Buffer.from(raw), GHL_WEBHOOK_PUBLIC_KEY, signature)).toBe(true);
		}
	});

	it('leave what the page shows', async () => {
		const locationId = clientLocationId(1);
		const id = contactOf(locationId);
		await act(id, 'reply', { text: 'Call me' });
		await act(id, 'tag', { text: 'Hot' });
		await act(id, 'appointment');
		await act(id, 'task');
		const { contacts, appointments, messages, tasks } = await view(locationId);
		const [shown] = contacts;
		expect(shown).toMatchObject({ id, tags: expect.arrayContaining(['hot']) });
		// The tag is new, those of the seed are not.
		expect(Object.keys(shown.tagsAddedAt)).toEqual(['hot']);
		expect(Date.now() - Date.parse(shown.tagsAddedAt.hot)).toBeLessThan(60_000);
		expect(messages).toMatchObject([{ contactId: id, body: 'Call me' }]);
		expect(tasks).toMatchObject([{ contactId: id, title: 'Call back' }]);
		expect(appointments).toMatchObject([{ contactId: id, title: 'Intro call' }]);
		expect(Date.parse(appointments[0].startTime)).toBeGreaterThan(Date.now());
	});

	it('book each time that is free once', async () => {
		const [one, other] = [...sandbox.state.contacts.values()].filter(
			({ locationId }) => locationId === clientLocationId(0),
		);
		await act(one.id, 'appointment');
		await act(other.id, 'appointment');
		const starts = (await view(clientLocationId(0))).appointments.map(({ startTime }) => startTime);
		expect(new Set(starts).size).toBe(2);
	});

	it('say what is not there', async () => {
		expect(await act('nobody', 'reply')).toMatchObject({
			status: 400,
			data: { error: 'No contact nobody' },
		});
		expect((await act(contactOf(clientLocationId(0)), 'dance')).status).toBe(400);
	});
});

describe('several marketplace apps', () => {
	const control = (method: string, path = '', data?: object) =>
		axios.request<{ subscriptions: Array<{ url: string }> }>({
			method,
			url: `${sandbox.url}/control/highlevel/webhooks${path}`,
			data,
		});

	it('are each told of their events at their own address', async () => {
		sandbox.ghlWebhooks.subscription = undefined;
		await control('POST', '', { url: `${receiver.url}?app=1`, events: ['ContactTagUpdate'] });
		await control('POST', '', {
			url: `${receiver.url}?app=2`,
			events: ['ContactTagUpdate', 'TaskCreate'],
		});
		const id = contactOf(SANDBOX.locationId);
		await act(id, 'tag', { text: 'new' });
		await act(id, 'task');
		await sandbox.ghlWebhooks.settled();
		expect(receiver.received.map(({ body }) => body.type).sort()).toEqual([
			'ContactTagUpdate',
			'ContactTagUpdate',
			'TaskCreate',
		]);
		const left = await control('DELETE', '/0');
		expect(left.data.subscriptions).toMatchObject([{ url: `${receiver.url}?app=2` }]);
		expect(sandbox.ghlWebhooks.subscriptions.map(({ url }) => url)).toEqual([
			`${receiver.url}?app=2`,
		]);
	});

	it('are each told of an event that is sent by hand', async () => {
		sandbox.ghlWebhooks.subscriptions = [{ url: receiver.url }, { url: receiver.url }];
		await sandbox.ghlWebhooks.send({ type: 'ContactUpdate' });
		expect(receiver.received).toHaveLength(2);
	});
});
