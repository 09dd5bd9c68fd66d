import { defaultSettings } from '../../../sandbox/settings';
import type { HeyReachEvent } from '../../../sandbox';
import { useClient } from './client';
import { until, useReceiver } from './receiver';

const client = useClient();
const receiver = useReceiver();

type Body = Record<string, Record<string, unknown>>;

const register = async (eventType: string, more: object = {}) =>
	await client.heyReach('POST', '/webhooks/CreateWebhook', {
		webhookName: 'test',
		webhookUrl: receiver.url,
		eventType,
		...more,
	});

const lead = () => {
	const found = [...client.sandbox.state.leads.values()].find(
		({ customFields, tags }) => customFields.length > 0 && tags.length > 0,
	);
	if (!found) throw new Error('no lead with custom fields');
	return found;
};

async function send(event: Partial<HeyReachEvent> & Pick<HeyReachEvent, 'eventType'>) {
	const sent = await client.sandbox.sendHeyReachEvent({ leadId: lead().linkedinId, ...event });
	return { ...sent, body: receiver.received.at(-1)?.body as Body };
}

describe('What HeyReach delivers', () => {
	it('has lists as objects with the variables of the lead, a number for the status, seven decimals', async () => {
		await register('CONNECTION_REQUEST_ACCEPTED');
		const { body } = await send({ eventType: 'CONNECTION_REQUEST_ACCEPTED' });
		const [{ name, value }] = lead().customFields;
		expect(body.lead.lists).toContainEqual({
			id: 2001,
			name: 'Founders in Austin',
			custom_fields: { [name]: value },
		});
		expect(body.campaign.status).toEqual(expect.any(Number));
		expect(body.timestamp).toMatch(/\.\d{7}Z$/);
		// Live events of connections lack these.
		for (const key of ['about', 'company_url']) expect(body.lead).not.toHaveProperty(key);
		expect(body.sender).not.toHaveProperty('full_name');
	});

	it('has another time for each reply, however fast they come', async () => {
		await register('EVERY_MESSAGE_REPLY_RECEIVED');
		const all = Array.from({ length: 30 }, async () => {
			await client.sandbox.sendHeyReachEvent({
				eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
				leadId: lead().linkedinId,
			});
		});
		await Promise.all(all);
		const newest = receiver.received.map(
			({ body }) =>
				(body.recent_messages as Array<{ creation_time: string }>).at(-1)?.creation_time,
		);
		expect(new Set(newest).size).toBe(30);
	});

	it('has an empty text for a file, and its kind', async () => {
		await register('EVERY_MESSAGE_REPLY_RECEIVED');
		const reply = { eventType: 'EVERY_MESSAGE_REPLY_RECEIVED' } as const;
		await send({ ...reply, message: 'See the brief' });
		const { body } = await send({ ...reply, attachment: true });
		expect(Object.values(body.recent_messages).slice(-2)).toMatchObject([
			{ message: 'See the brief', is_reply: true, message_type: 'TEXT' },
			{ message: '', is_reply: true, message_type: 'Attachment' },
		]);
	});

	it.each([
		[undefined, 'leadProfileUrl', 'linkedInAccountId'],
		['snake', 'lead_profile_url', 'linkedin_account_id'],
	] as const)('is flat for a tag that HeyReach gave: %s', async (flat, url, account) => {
		// Made on HeyReach's own page: the API makes none for such an event.
		await register('FOLLOW_SENT');
		const [webhook] = client.sandbox.state.webhooks.values();
		webhook.eventType = 'LEAD_AUTO_TAGGED_POSITIVE';
		const { body } = await send({ eventType: 'LEAD_AUTO_TAGGED_POSITIVE', flat });
		expect(body).toMatchObject({ [url]: lead().profileUrl, [account]: expect.any(Number) });
		for (const nested of ['lead', 'campaign', 'sender', 'timestamp', 'correlation_id']) {
			expect(body).not.toHaveProperty(nested);
		}
	});

	it('can be flat for a tag that changed', async () => {
		await register('LEAD_TAG_UPDATED');
		const { body } = await send({ eventType: 'LEAD_TAG_UPDATED', flat: 'snake' });
		expect(body).toMatchObject({ event_type: 'LEAD_TAG_UPDATED', tag: lead().tags.at(-1) });
	});

	it('comes again days later with another time', async () => {
		await register('EVERY_MESSAGE_REPLY_RECEIVED');
		const first = await send({ eventType: 'EVERY_MESSAGE_REPLY_RECEIVED' });
		const { correlationId } = first;
		const again = await send({
			eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
			correlationId,
			daysLater: 12,
		});
		expect({ ...again.body, timestamp: 0 }).toEqual({ ...first.body, timestamp: 0 });
		const [before, after] = [first, again].map(({ body }) => Date.parse(String(body.timestamp)));
		expect(after - before).toBe(12 * 24 * 3_600_000);
	});

	it('of a conversation outside of campaigns comes only with the switch on', async () => {
		for (const eventType of ['EVERY_MESSAGE_REPLY_RECEIVED', 'LEAD_TAG_UPDATED'] as const) {
			await register(eventType);
			for (const on of [true, false]) {
				client.sandbox.settings.trackAllConversations = on;
				expect((await send({ eventType, campaignId: null })).deliveries).toHaveLength(Number(on));
				expect((await send({ eventType, campaignId: 1001 })).deliveries).toHaveLength(1);
			}
		}
	});

	it('from the Test button is about nobody, and reaches a webhook whatever its campaigns', async () => {
		await register('MESSAGE_SENT', { campaignIds: [1002] });
		const { body } = await send({ eventType: 'MESSAGE_SENT', test: true });
		expect(body).toMatchObject({ event_type: 'message_sent', lead: { id: 'TestId' } });
		expect(body).not.toHaveProperty('correlation_id');
	});

	it('is tried five times, within a day', async () => {
		const waits = defaultSettings().retryDelaysMs;
		expect(waits).toHaveLength(4);
		expect(waits.reduce((sum, wait) => sum + wait)).toBeLessThan(24 * 3_600_000);
		client.sandbox.settings.retryDelaysMs = waits.map(() => 5);
		await register('FOLLOW_SENT');
		receiver.answers = [503, 503, 503, 503, 503, 503];
		const { deliveries } = await send({ eventType: 'FOLLOW_SENT' });
		await until(() => deliveries[0].attempts.length === 5);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(deliveries[0].attempts).toHaveLength(5);
	});
});

describe('Webhooks', () => {
	it('are made without campaigns named: for all', async () => {
		for (const campaignIds of [undefined, null]) {
			const { status, data } = await register('MESSAGE_SENT', { campaignIds });
			expect(status).toBe(200);
			expect(client.sandbox.state.webhooks.get(data.webhookId)?.campaignIds).toEqual([]);
		}
	});

	it.each([
		'LEAD_FINISHED_SEQUENCE_WITHOUT_REPLYING',
		'LEAD_AUTO_TAGGED_INTERESTED',
		'LEAD_AUTO_TAGGED_POSITIVE',
		'message_sent',
	])('are not made for %s', async (eventType) => {
		const { status, data } = await register(eventType);
		expect([status, Object.keys(data.errors)]).toEqual([400, ['EventType']]);
	});
});
