import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { useClient } from './client';

const client = useClient();

describe('HeyReach', () => {
	it('checks the key with plain texts and answers an organization key with a sentence', async () => {
		expect((await client.heyReach('GET', '/auth/CheckApiKey', undefined, '')).data).toBe(
			'Missing API key',
		);
		const wrong = await client.heyReach('GET', '/auth/CheckApiKey', undefined, 'x');
		expect([wrong.status, wrong.data]).toEqual([401, 'Invalid API key']);
		const right = await client.heyReach('GET', '/auth/CheckApiKey');
		expect([right.status, right.data]).toEqual([200, '']);
		const organization = await client.heyReach(
			'GET',
			'/auth/CheckApiKey',
			undefined,
			SANDBOX.heyReachOrganizationKey,
		);
		expect([organization.status, typeof organization.data]).toEqual([200, 'string']);
	});

	it('answers 429 above the limit, with no headers', async () => {
		client.sandbox.settings.heyReachPerMinute = 1;
		await client.heyReach('GET', '/auth/CheckApiKey');
		const { status, headers } = await client.heyReach('GET', '/auth/CheckApiKey');
		expect(status).toBe(429);
		expect(Object.keys(headers).join()).not.toMatch(/ratelimit|retry/);
	});

	it('drops a lead without names silently and refuses a bad custom field name', async () => {
		const add = (lead: object): Promise<AxiosResponse> =>
			client.heyReach('POST', '/campaign/AddLeadsToCampaignV2', {
				campaignId: 1001,
				accountLeadPairs: [{ linkedInAccountId: null, lead }],
			});
		const profileUrl = 'https://www.linkedin.com/in/new-person';
		const counts = (added: number, updated: number, failed: number): object => ({
			addedLeadsCount: added,
			updatedLeadsCount: updated,
			failedLeadsCount: failed,
		});
		expect((await add({ profileUrl })).data).toEqual(counts(0, 0, 0));
		const named = { profileUrl, firstName: 'New', lastName: 'Person' };
		expect((await add(named)).data).toEqual(counts(1, 0, 0));
		expect((await add(named)).data).toEqual(counts(0, 1, 0));
		const bad = await add({ ...named, customUserFields: [{ name: 'first topic', value: 'x' }] });
		expect([bad.status, typeof bad.data.errorMessage]).toEqual([400, 'string']);
	});

	it('answers a broken model with the ASP.NET problem', async () => {
		const { status, data } = await client.heyReach('POST', '/campaign/GetAll', { limit: 101 });
		expect(status).toBe(400);
		expect(data).toMatchObject({ status: 400, errors: { Limit: [expect.any(String)] } });
		expect((await client.heyReach('POST', '/campaign/Pause')).data.errors).toHaveProperty(
			'CampaignId',
		);
	});

	it('pauses with an empty 200 and refuses what is not running', async () => {
		const pause = (): Promise<AxiosResponse> =>
			client.heyReach('POST', '/campaign/Pause?campaignId=1001');
		const paused = await pause();
		expect([paused.status, paused.data]).toEqual([200, '']);
		expect((await pause()).status).toBe(400);
	});
});

describe('HeyReach webhooks', () => {
	interface Received {
		url: string;
		headers: IncomingHttpHeaders;
		body: Record<string, unknown>;
	}
	let receiver: Server;
	let received: Received[];
	/** The statuses the receiver answers, in turn; then 200. */
	let answers: number[];
	let address: string;

	beforeAll(async () => {
		receiver = createServer((request, response) => {
			let text = '';
			request.on('data', (chunk) => (text += chunk));
			request.on('end', () => {
				received.push({
					url: request.url ?? '',
					headers: request.headers,
					body: JSON.parse(text),
				});
				response.writeHead(answers.shift() ?? 200).end();
			});
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
	});
	beforeEach(() => {
		received = [];
		answers = [];
		client.sandbox.settings.retryDelaysMs = [10, 10];
	});
	afterAll(() => receiver.close());

	const register = async (body: object = {}): Promise<number> => {
		const { data } = await client.heyReach('POST', '/webhooks/CreateWebhook', {
			webhookName: 'test',
			webhookUrl: `${address}/hook?secret=hush`,
			eventType: 'MESSAGE_REPLY_RECEIVED',
			campaignIds: [],
			...body,
		});
		return data.webhookId;
	};
	const anyLead = (): string => client.sandbox.state.campaigns.get(1001)?.leads[0].linkedinId ?? '';
	const send = (more: object = {}): ReturnType<Sandbox['sendHeyReachEvent']> =>
		client.sandbox.sendHeyReachEvent({
			eventType: 'MESSAGE_REPLY_RECEIVED',
			leadId: anyLead(),
			...more,
		});
	const until = async (done: () => boolean): Promise<void> => {
		for (let wait = 0; wait < 200 && !done(); wait += 1) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	};

	it('delivers the documented payload, with the custom headers', async () => {
		const id = await register({ customHeaders: { 'X-Mine': 'yes' } });
		const { correlationId, deliveries } = await send({ message: 'Hello' });
		expect(deliveries).toMatchObject([
			{ webhookId: id, url: `${address}/hook`, delivered: true, attempts: [{ status: 200 }] },
		]);
		expect(received).toHaveLength(1);
		expect(received[0].headers['x-mine']).toBe('yes');
		expect(received[0].url).toBe('/hook?secret=hush');
		expect(received[0].body).toMatchObject({
			event_type: 'message_reply_received',
			correlation_id: correlationId,
			campaign: { id: 1001, status: expect.any(Number) },
			lead: { id: anyLead() },
			sender: { id: 301 },
		});
		expect(received[0].body.recent_messages).toContainEqual(
			expect.objectContaining({ message: 'Hello', is_reply: true }),
		);
	});

	it('retries with the same payload until it is answered 2xx, then stops', async () => {
		await register();
		answers = [500, 404];
		const { deliveries } = await send();
		await until(() => deliveries[0].delivered);
		expect(deliveries[0].attempts.map(({ status }) => status)).toEqual([500, 404, 200]);
		expect(new Set(received.map(({ body }) => JSON.stringify(body))).size).toBe(1);
	});

	it('gives up after the last delay', async () => {
		await register();
		answers = [500, 500, 500, 500];
		const { deliveries } = await send();
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(deliveries[0]).toMatchObject({ delivered: false });
		expect(deliveries[0].attempts).toHaveLength(3);
	});

	it('sends the same payload again for the same correlation id', async () => {
		await register();
		const { correlationId } = await send();
		await send({ correlationId });
		expect(received).toHaveLength(2);
		expect(received[1].body).toEqual(received[0].body);
	});

	it('reaches only active webhooks of the event and the campaign', async () => {
		await register({ campaignIds: [1002] });
		await register({ eventType: 'MESSAGE_SENT' });
		const paused = await register();
		await client.heyReach('PATCH', `/webhooks/UpdateWebhook?webhookId=${paused}`, {
			isActive: false,
		});
		const mine = await register({ campaignIds: [1001] });
		expect((await send()).deliveries.map(({ webhookId }) => webhookId)).toEqual([mine]);
		expect((await send({ campaignId: null })).deliveries).toEqual([]);
	});

	it('can leave the event type out or send it in upper case', async () => {
		await register();
		await send({ omitEventType: true });
		await send({ upperCase: true });
		expect(received[0].body).not.toHaveProperty('event_type');
		expect(received[1].body.event_type).toBe('MESSAGE_REPLY_RECEIVED');
	});

	it('keeps a webhook name between 3 and 25 characters', async () => {
		expect(await register({ webhookName: 'ab' })).toBeUndefined();
		expect(await register({ webhookName: 'a'.repeat(26) })).toBeUndefined();
		expect(await register({ webhookName: 'a'.repeat(25) })).toEqual(expect.any(Number));
	});
});
