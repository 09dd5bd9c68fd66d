import axios from 'axios';
import { SANDBOX } from '../../../sandbox';
import type { Delivery } from '../../../sandbox/heyreach/records';
import { useClient } from './client';
import { until, useReceiver } from './receiver';

const client = useClient({ heyReachClients: true, heyReachPerMinute: 300, retryDelaysMs: [1] });
const receiver = useReceiver();
const clients = SANDBOX.heyReachClients;
const [bright, cedar, delta] = clients;
const keys = [SANDBOX.heyReachKey, ...clients.map(({ key }) => key)];

const post = async (path: string, body: object, key: string) => {
	const { status, data } = await client.heyReach('POST', path, body, key);
	return { status, data };
};

/** The ids of all lists, campaigns, senders, conversations and leads that a key shows. */
async function idsOf(key: string): Promise<string[]> {
	const all = { offset: 0, limit: 100 };
	const lists = (await post('/list/GetAll', all, key)).data.items;
	const campaigns = (await post('/campaign/GetAll', all, key)).data.items;
	const senders = (await post('/li_account/GetAll', all, key)).data.items;
	const rooms = (await post('/inbox/GetConversationsV2', { ...all, filters: {} }, key)).data.items;
	return [...lists, ...campaigns, ...senders, ...rooms].map(({ id }) => String(id));
}

describe('HeyReach workspaces', () => {
	it('show each key its own lists, campaigns, senders and conversations, and no id twice', async () => {
		const ids = await Promise.all(keys.map(idsOf));
		for (const own of ids) expect(own.length).toBeGreaterThan(5);
		const together = ids.flat();
		expect(new Set(together).size).toBe(together.length);
		for (const { key } of clients) {
			const { data: lists } = await post('/list/GetAll', {}, key);
			const { data: campaigns } = await post('/campaign/GetAll', {}, key);
			const { data: accounts } = await post('/li_account/GetAll', {}, key);
			expect([lists, campaigns, accounts].map(({ totalCount }) => totalCount)).toEqual([2, 2, 1]);
		}
	});

	it('refuse what is another workspace’s as if it did not exist', async () => {
		const { data } = await post('/list/GetAll', {}, bright.key);
		const [{ id: listId }] = data.items;
		const members = async (key: string) =>
			(await post('/list/GetLeadsFromList', { listId }, key)).status;
		expect(await members(bright.key)).toBe(200);
		const others = [SANDBOX.heyReachKey, cedar.key, delta.key];
		for (const key of others) expect(await members(key)).toBe(404);
	});

	it('know the same person in two workspaces as two leads', async () => {
		const leads = clients.map(({ workspaceId }) => [
			...client.sandbox.state.workspace(workspaceId).leads.values(),
		]);
		const shared = leads[0].filter(({ linkedinId }) =>
			leads[1].some((other) => other.linkedinId === linkedinId),
		);
		expect(shared.length).toBeGreaterThan(0);
		const [{ profileUrl, linkedinId }] = shared;
		const tagged = await post(
			'/lead/AddTags',
			{ leadProfileUrl: profileUrl, tags: ['only here'], createTagIfNotExisting: true },
			bright.key,
		);
		expect(tagged.status).toBe(200);
		const tags = async (key: string) =>
			(await post('/lead/GetTags', { profileUrl }, key)).data.tags;
		expect(await tags(bright.key)).toContain('only here');
		expect(await tags(cedar.key)).not.toContain('only here');
		expect(client.sandbox.state.leads.has(linkedinId)).toBe(false);
	});

	it('tell an event to the webhooks of its own workspace alone, repeats too', async () => {
		const eventType = 'EVERY_MESSAGE_REPLY_RECEIVED';
		const register = async (key: string, name: string) =>
			await post(
				'/webhooks/CreateWebhook',
				{ webhookName: name, webhookUrl: `${receiver.url}/${name}`, eventType, campaignIds: [] },
				key,
			);
		await register(SANDBOX.heyReachKey, 'own');
		await register(bright.key, 'bright');
		await register(cedar.key, 'cedar');
		// This person is a lead in both.
		const [leadId] = [...client.sandbox.state.workspace(cedar.workspaceId).leads.keys()];
		receiver.answers = [500];
		const { correlationId, deliveries } = await client.sandbox.sendHeyReachEvent({
			workspaceId: cedar.workspaceId,
			eventType,
			leadId,
		});
		await until(() => deliveries.every(({ delivered }) => delivered));
		expect(receiver.received.map(({ url }) => url)).toEqual(['/hook/cedar', '/hook/cedar']);
		const state = client.sandbox.state;
		const counted = (id: number): Delivery[] => state.workspace(id).deliveries;
		expect(counted(cedar.workspaceId)).toMatchObject([{ correlationId, delivered: true }]);
		expect([...counted(bright.workspaceId), ...state.deliveries]).toEqual([]);
		const seen = await post('/webhooks/GetAllWebhooks', {}, bright.key);
		expect(seen.data.items).toMatchObject([{ webhookName: 'bright' }]);
		await expect(client.sandbox.sendHeyReachEvent({ workspaceId: 1, eventType })).rejects.toThrow(
			'No workspace 1',
		);
	});

	it('count the calls of each key for themselves', async () => {
		client.sandbox.settings.heyReachPerMinute = 2;
		const check = async (key: string) =>
			(await client.heyReach('GET', '/auth/CheckApiKey', undefined, key)).status;
		const statuses = [];
		for (const key of [bright.key, bright.key, bright.key, cedar.key])
			statuses.push(await check(key));
		expect(statuses).toEqual([200, 200, 429, 200]);
	});

	it('can be made by the organization, and begin empty', async () => {
		const organization = SANDBOX.heyReachOrganizationKey;
		const base = '/management/organizations';
		const made = await post(`${base}/workspaces`, { workspaceName: 'A new client' }, organization);
		const { workspaceId } = made.data;
		const { data } = await post(
			`${base}/api-keys/workspaces/${workspaceId}`,
			{ apiKeyType: 'PUBLIC' },
			organization,
		);
		const created = await post('/list/CreateEmptyList', { name: 'First' }, data.key);
		expect(created.status).toBe(200);
		expect(client.sandbox.state.workspace(workspaceId).lists.size).toBe(1);
		expect((await post('/list/GetAll', {}, data.key)).data.totalCount).toBe(1);
		const unpaid = await post('/list/GetAll', {}, 'sandbox-heyreach-other-workspace-key');
		expect(unpaid.status).toBe(403);
	});

	it('are looked at and told events over the control API', async () => {
		const control = async (path: string) =>
			(await axios.get(`${client.sandbox.url}/control${path}`, { validateStatus: () => true }))
				.data;
		const state = await control(`/state?workspace=${delta.workspaceId}`);
		expect(state).toMatchObject({
			workspace: delta.workspaceId,
			totals: { leads: 20, contacts: 200 },
			workspaces: expect.arrayContaining([{ id: delta.workspaceId, name: delta.name }]),
		});
		expect(state.campaigns.map(({ name }: { name: string }) => name)).toEqual([
			'Delta Roofing: first contact',
			'Delta Roofing: partners',
		]);
		expect((await control('/state')).totals.leads).toBe(150);
		expect(await control('/state?workspace=1')).toEqual({ error: 'No workspace 1' });
		const other = await control(`/state?location=${SANDBOX.otherLocationId}`);
		expect([other.totals.contacts, other.contacts]).toEqual([0, []]);
		const { data } = await axios.post(`${client.sandbox.url}/control/heyreach/events`, {
			workspaceId: delta.workspaceId,
			eventType: 'MESSAGE_SENT',
			leadId: state.leads[0].linkedin_id,
			correlationId: 'by-hand',
		});
		expect(data).toEqual({ correlationId: 'by-hand', deliveries: [] });
		Object.assign(client.sandbox.shownFirst, { workspace: delta.workspaceId });
		expect(await control('/tour')).toEqual({
			steps: [],
			shownFirst: { workspace: delta.workspaceId },
		});
	});

	it('are as new after a reset', async () => {
		client.sandbox.state.workspace(delta.workspaceId).leads.clear();
		client.sandbox.reset();
		expect(client.sandbox.state.workspace(delta.workspaceId).leads.size).toBe(20);
	});
});

describe('without the clients', () => {
	const plain = useClient();

	it('their keys open nothing', async () => {
		const { status } = await plain.heyReach('GET', '/auth/CheckApiKey', undefined, bright.key);
		expect(status).toBe(401);
	});
});
