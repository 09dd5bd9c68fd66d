import axios from 'axios';
import type { AxiosResponse } from 'axios';
import { SANDBOX, startSandbox } from '../../../sandbox';
import { useClient } from './client';

const { locationId } = SANDBOX;
const client = useClient();

interface StateView {
	contacts: Array<{ id: string; firstName: string; tags: string[] }>;
	leads: Array<{ firstName: string; lists: string[]; campaigns: object[] }>;
}

describe('faults and the log', () => {
	const contactCount = (): number => client.sandbox.state.contacts.size;

	it('does the work and loses the answer', async () => {
		client.sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '^/contacts/?$' });
		const before = contactCount();
		await expect(client.createContact({ firstName: 'A' })).rejects.toThrow(
			/socket hang up|ECONNRESET/,
		);
		expect(contactCount()).toBe(before + 1);
		expect(client.sandbox.requests.list().at(-1)).toMatchObject({
			fault: 'lostAnswer',
			status: 201,
		});
		await client.createContact({ firstName: 'B' });
		expect(contactCount()).toBe(before + 2);
	});

	it('resets the connection before the work', async () => {
		client.sandbox.faults.add({ kind: 'reset', service: 'highlevel' });
		const before = contactCount();
		await expect(client.createContact({ firstName: 'A' })).rejects.toThrow(
			/socket hang up|ECONNRESET/,
		);
		expect(contactCount()).toBe(before);
		expect(client.sandbox.requests.list().at(-1)).toMatchObject({
			fault: 'reset',
			status: 0,
			body: { firstName: 'A' },
		});
	});

	it('answers the injected status as often as asked, and only where it matches', async () => {
		client.sandbox.faults.add({
			kind: 'status',
			service: 'heyreach',
			path: 'CheckApiKey',
			status: 503,
			body: 'later',
			times: 2,
		});
		expect((await client.ghl('GET', `/locations/${locationId}`)).status).toBe(200);
		const statuses = [];
		for (let call = 0; call < 3; call += 1) {
			statuses.push((await client.heyReach('GET', '/auth/CheckApiKey')).status);
		}
		expect(statuses).toEqual([503, 503, 200]);
		expect(client.sandbox.faults.list()).toEqual([]);
	});

	it('logs requests without their secrets', async () => {
		await client.heyReach('POST', '/webhooks/CreateWebhook', {
			webhookName: 'test',
			webhookUrl: 'https://example.com/hook?secret=hush',
			eventType: 'MESSAGE_SENT',
			campaignIds: [],
			customHeaders: { 'X-Secret': 'hush' },
		});
		await client.ghl('GET', `/locations/${locationId}`);
		const text = JSON.stringify(client.sandbox.requests.list());
		for (const secret of ['hush', SANDBOX.privateToken, SANDBOX.heyReachKey]) {
			expect(text).not.toContain(secret);
		}
		expect(client.sandbox.requests.list({ service: 'highlevel' })).toMatchObject([
			{
				method: 'GET',
				path: `/locations/${locationId}`,
				headers: { version: '2021-07-28', authorization: '***' },
				status: 200,
				response: { location: { id: locationId } },
			},
		]);
	});

	it('offers the same over the control API', async () => {
		const post = (path: string, data?: object): Promise<AxiosResponse> =>
			axios.post(`${client.sandbox.url}/control${path}`, data, { validateStatus: () => true });
		expect((await post('/faults', { kind: 'status', status: 500 })).status).toBe(201);
		expect((await post('/faults', { kind: 'nonsense' })).status).toBe(400);
		expect((await client.ghl('GET', `/locations/${locationId}`)).status).toBe(500);
		await axios.patch(`${client.sandbox.url}/control/settings`, { indexLagMs: 5 });
		expect(client.sandbox.settings.indexLagMs).toBe(5);
		const { data } = await axios.get(`${client.sandbox.url}/control/state?q=ada&limit=5`);
		expect(data.totals).toMatchObject({ contacts: 200, leads: 150 });
		expect(data.contacts.length).toBeGreaterThan(0);
		const unknown = await post('/heyreach/events', { eventType: 'MESSAGE_SENT', leadId: 'x' });
		expect([unknown.status, unknown.data.error]).toEqual([400, 'No lead x']);
		await post('/reset');
		expect(client.sandbox.settings.indexLagMs).toBe(0);
		expect(client.sandbox.requests.list()).toEqual([]);
	});

	it('shows the lists of a lead, also those that no campaign uses, and finds list and tag', async () => {
		const found = async (q: string): Promise<StateView> =>
			(await axios.get(`${client.sandbox.url}/control/state`, { params: { q } })).data;
		const list = await client.heyReach('POST', '/list/CreateEmptyList', { name: 'Fresh Guests' });
		await client.heyReach('POST', '/list/AddLeadsToListV2', {
			listId: list.data.id,
			leads: [
				{
					firstName: 'Zora',
					lastName: 'Quill',
					profileUrl: 'https://www.linkedin.com/in/zora-quill',
				},
			],
		});
		const { leads } = await found('fresh guests');
		expect(leads).toMatchObject([{ firstName: 'Zora', lists: ['Fresh Guests'], campaigns: [] }]);
		expect((await found('zora quill')).leads).toEqual(leads);
		const [lead] = (await found('founders in austin')).leads;
		expect(lead.lists).toContain('Founders in Austin');

		const { contacts } = await found('vip');
		expect(contacts.length).toBeGreaterThan(5);
		for (const { tags } of contacts) expect(tags).toContain('vip');
		const { id, firstName } = contacts[0];
		expect((await found(`VIP ${firstName}`)).contacts.map((one) => one.id)).toContain(id);
		expect((await found(`${firstName} no-such-tag`)).contacts).toEqual([]);
	});

	it('tells who holds a busy port', async () => {
		const port = Number(new URL(client.sandbox.url).port);
		await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE', port });
	});
});

describe('senders', () => {
	it('are disconnected, reconnected and removed as LinkedIn and people do it', async () => {
		const act = async (action: string, id = 302, body = {}) =>
			await axios.post(`${client.sandbox.url}/control/heyreach/senders/${id}/${action}`, body, {
				validateStatus: null,
			});
		const seen = async () => {
			const { data }: AxiosResponse<{ items: Array<{ id: number; authIsValid: boolean }> }> =
				await client.heyReach('POST', '/li_account/GetAll', { offset: 0, limit: 10 });
			return data.items.find(({ id }) => id === 302)?.authIsValid;
		};
		const status = async () => {
			const answer = await client.heyReach('GET', '/li_account/GetAccountStatus/302');
			return answer.data as { status: string; failureReason: string | null };
		};
		expect(await seen()).toBe(true);
		expect(await status()).toMatchObject({ status: 'Connected', failureReason: null });
		await act('disconnect');
		expect(await seen()).toBe(false);
		expect((await status()).status).toBe('Disconnected');
		await act('reconnect');
		expect(await seen()).toBe(true);
		await act('remove');
		expect(await seen()).toBeUndefined();
		expect((await act('disconnect')).data).toEqual({
			error: `No sender 302 in workspace ${SANDBOX.heyReachWorkspaceId}`,
		});
		expect((await act('explode')).status).toBe(400);
	});
});
