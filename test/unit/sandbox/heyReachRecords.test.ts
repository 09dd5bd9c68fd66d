import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox';
import type { Lead } from '../../../sandbox/heyreach/records';
import { useClient } from './client';

const client = useClient();

const post = (path: string, body: unknown = {}): Promise<AxiosResponse> =>
	client.heyReach('POST', path, body);
const state = () => client.sandbox.state;
const someLead = (): Lead => [...state().leads.values()][0];

describe('HeyReach campaigns', () => {
	const END = { nodeType: 'END', actionDelay: 3, actionDelayUnit: 'HOUR' };
	const sequence = { nodeType: 'VIEW_PROFILE', unconditionalNode: END };
	const create = async (more: object = {}): Promise<number> => {
		const body = { name: 'New', linkedInUserListId: 2003, linkedInAccountIds: [301, 302] };
		return (await post('/campaign/Create', { ...body, ...more })).data.campaignId;
	};

	it('starts a draft with the leads of its list, and starts it once', async () => {
		const id = await create({ sequence });
		expect(state().campaigns.get(id)).toMatchObject({ status: 'DRAFT', leads: [] });
		const inBody = await post('/campaign/StartCampaign', { campaignId: id });
		expect(inBody.data.errors).toHaveProperty('CampaignId');
		const started = await post(`/campaign/StartCampaign?campaignId=${id}`);
		expect([started.status, started.data]).toEqual([200, '']);
		expect(state().campaigns.get(id)).toMatchObject({ status: 'IN_PROGRESS' });
		expect(state().campaigns.get(id)?.leads).toHaveLength(15);
		expect((await post(`/campaign/StartCampaign?campaignId=${id}`)).status).toBe(400);
	});

	it('does not start without a sequence, and takes no leads as a draft', async () => {
		const id = await create();
		expect((await post(`/campaign/StartCampaign?campaignId=${id}`)).status).toBe(400);
		const lead = { profileUrl: 'https://www.linkedin.com/in/a', firstName: 'A', lastName: 'B' };
		const added = await post('/campaign/AddLeadsToCampaignV2', {
			campaignId: id,
			accountLeadPairs: [{ lead }],
		});
		expect([added.status, added.data]).toEqual([400, { errorMessage: expect.any(String) }]);
		const before = (await client.heyReach('GET', `/campaign/GetCampaignSequence?campaignId=${id}`))
			.data;
		await post('/campaign/UpdateSequence', { campaignId: id, sequence });
		const after = (await client.heyReach('GET', `/campaign/GetCampaignSequence?campaignId=${id}`))
			.data;
		expect([before, after]).toEqual(['', sequence]);
	});

	it('replaces all settings: a flag that is not sent is off again', async () => {
		const id = await create({ excludeHasOtherAccConversations: true, excludeListId: 2001 });
		await post('/campaign/UpdateSettings', {
			campaignId: id,
			name: 'Renamed',
			excludeContactedFromOtherCampaigns: true,
		});
		const { data } = await client.heyReach('GET', `/campaign/GetById?campaignId=${id}`);
		expect(data).toMatchObject({
			name: 'Renamed',
			excludeInOtherCampaigns: true,
			excludeHasOtherAccConversations: false,
			excludeListId: null,
		});
	});

	it('replaces the senders, and stops the leads of one that is gone', async () => {
		await post('/campaign/Pause?campaignId=1001');
		await post('/campaign/UpdateAccounts', { campaignId: 1001, linkedInAccountIds: [302] });
		const { data } = await client.heyReach('GET', '/campaign/GetById?campaignId=1001');
		expect(data.campaignAccountIds).toEqual([302]);
		expect(data.progressStats.totalUsersManuallyStopped).toBe(45);
	});

	it('changes no running campaign', async () => {
		const { status, data } = await post('/campaign/UpdateSettings', {
			campaignId: 1001,
			name: 'X',
		});
		expect([status, data]).toEqual([400, { errorMessage: expect.any(String) }]);
	});

	it.each([
		['a path without END', { nodeType: 'VIEW_PROFILE' }],
		['END at the start', END],
		['one branch where two are needed', { nodeType: 'FIND_EMAIL', unconditionalNode: END }],
		['no text to say', { nodeType: 'MESSAGE', unconditionalNode: END }],
		[
			'too short a wait',
			{ nodeType: 'FOLLOW', unconditionalNode: { nodeType: 'END', actionDelay: 2 } },
		],
	])('refuses a sequence with %s', async (_what, broken) => {
		const body = { name: 'New', linkedInAccountIds: [301], sequence: broken };
		expect((await post('/campaign/Create', body)).status).toBe(400);
	});

	it.each([
		['a window that ends before it begins', { dailyStartTime: '18:00:00' }],
		[
			'no day',
			Object.fromEntries(
				['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((day) => [
					`enabled${day}`,
					false,
				]),
			),
		],
		['an unknown time zone', { timeZoneId: 'Mars/Olympus' }],
		['an end before its start', { startDate: '2026-02-01', endDate: '2026-02-01' }],
	])('refuses a schedule with %s', async (_what, broken) => {
		const schedule = {
			dailyStartTime: '09:00:00',
			dailyEndTime: '17:00:00',
			timeZoneId: 'Etc/UTC',
		};
		const body = { campaignId: 1003, schedule: { ...schedule, ...broken } };
		expect((await post('/campaign/UpdateSchedule', body)).status).toBe(400);
	});

	it('answers the first version of adding with a bare number', async () => {
		const lead = { profileUrl: 'https://www.linkedin.com/in/a', firstName: 'A', lastName: 'B' };
		const { data } = await post('/campaign/AddLeadsToCampaign', {
			campaignId: 1001,
			accountLeadPairs: [{ lead }],
		});
		expect(data).toBe(1);
	});
});

describe('HeyReach lists', () => {
	it('deletes by member id without a word, and by address with the usernames it missed', async () => {
		const lead = someLead();
		const remove = (path: string, body: object): Promise<AxiosResponse> =>
			client.heyReach('DELETE', path, body);
		const answer = await remove('/list/DeleteLeadsFromListByProfileUrl', {
			listId: 2001,
			profileUrls: [lead.profileUrl, 'https://www.linkedin.com/in/jane-doe/'],
		});
		expect([answer.status, answer.data]).toEqual([200, { notFoundInList: ['jane-doe'] }]);
		const [other] = state().lists.get(2001)?.members ?? [];
		const silent = await remove('/list/DeleteLeadsFromList', {
			listId: 2001,
			leadMemberIds: [other.linkedinId, 'nobody'],
		});
		expect([silent.status, silent.data]).toEqual([200, '']);
		expect(state().lists.get(2001)?.members).toHaveLength(88);
	});

	it('keeps people and companies apart', async () => {
		expect((await post('/list/GetCompaniesFromList', { listId: 2001 })).status).toBe(400);
		const lead = { profileUrl: 'https://www.linkedin.com/in/a', firstName: 'A', lastName: 'B' };
		expect((await post('/list/AddLeadsToListV2', { listId: 2004, leads: [lead] })).status).toBe(
			400,
		);
	});

	it('shows at once what a test changes in a lead', async () => {
		const lead = someLead();
		lead.position = 'Astronaut';
		lead.customFields = [{ name: 'ship', value: 'Beagle' }];
		const { data } = await post('/list/GetLeadsFromList', {
			listId: 2001,
			leadLinkedInId: lead.linkedinId,
		});
		expect(data.items).toMatchObject([
			{ position: 'Astronaut', customFields: [{ name: 'ship', value: 'Beagle' }] },
		]);
	});
});

describe('HeyReach tags', () => {
	it('refuses an unknown tag unless it may make it', async () => {
		const leadLinkedInId = someLead().linkedinId;
		const add = (more: object): Promise<AxiosResponse> =>
			post('/lead/AddTags', { leadLinkedInId, tags: ['hot lead', 'new one'], ...more });
		expect((await add({ createTagIfNotExisting: false })).status).toBe(400);
		expect((await add({ createTagIfNotExisting: true })).data).toEqual({
			newAssignedTags: ['new one'],
		});
		await post('/lead/ReplaceTags', { leadLinkedInId, tags: ['follow up'] });
		expect((await post('/lead/GetTags', { profileUrl: someLead().profileUrl })).data).toEqual({
			tags: ['follow up'],
		});
	});
});

describe('HeyReach inbox', () => {
	interface Row {
		id: string;
		read: boolean;
		lastMessageAt: string;
		correspondentProfile: Record<string, unknown>;
	}
	const rows = async (path: string, body: object): Promise<Row[]> =>
		(await post(path, { limit: 100, ...body })).data.items;

	it('filters by what stands in filters and ignores what stands beside it', async () => {
		const all = await rows('/inbox/GetConversationsV2', {});
		expect(await rows('/inbox/GetConversationsV2', { seen: false })).toEqual(all);
		const unread = await rows('/inbox/GetConversationsV2', { filters: { seen: false } });
		expect(unread.length).toBeGreaterThan(0);
		expect(unread).toEqual(all.filter(({ read }) => !read));
		// The first version knows no tags.
		const filters = { tags: ['hot lead'] };
		expect(await rows('/inbox/GetConversations', { filters })).toEqual(all);
		expect((await rows('/inbox/GetConversationsV2', { filters })).length).toBeLessThan(all.length);
	});

	it('pages by cursor through every conversation once, newest first', async () => {
		const seen: Row[] = [];
		let cursor: string | null = null;
		do {
			const { data } = await post('/inbox/GetConversationsV3', { limit: 7, cursor, filters: {} });
			seen.push(...data.items);
			expect(data.hasNextPage).toBe(data.nextCursor !== null);
			cursor = data.nextCursor;
		} while (cursor !== null);
		expect(seen).toHaveLength(state().chatrooms.size);
		expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
		const times = seen.map(({ lastMessageAt }) => lastMessageAt);
		expect(times).toEqual([...times].sort().reverse());
		expect(seen[0].correspondentProfile).not.toHaveProperty('emailAddress');
	});

	it.each([
		['a cursor it did not give', { cursor: 'bm9wZQ' }],
		['from after to', { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }],
		['an auto tag nobody knows', { filters: { latestAutoTagNames: ['Nope'] } }],
		['more than 100', { limit: 101 }],
	])('answers 400 to %s', async (_what, body) => {
		expect((await post('/inbox/GetConversationsV3', body)).status).toBe(400);
	});

	it('looks at whole days in from and to', async () => {
		const [{ lastMessageAt }] = await rows('/inbox/GetConversationsV3', {});
		const noon = `${lastMessageAt.slice(0, 10)}T23:59:00Z`;
		expect((await rows('/inbox/GetConversationsV3', { from: noon })).length).toBeGreaterThan(0);
	});

	it('sends into a conversation that exists, each time anew', async () => {
		const [chatroom] = state().chatrooms.values();
		const { id: conversationId, accountId: linkedInAccountId } = chatroom;
		const send = (more: object): Promise<AxiosResponse> =>
			post('/inbox/SendMessage', { conversationId, linkedInAccountId, message: 'Hi', ...more });
		const before = chatroom.messages.length;
		expect([(await send({})).data, (await send({})).data]).toEqual(['', '']);
		const path = `/inbox/GetChatroom/${linkedInAccountId}/${encodeURIComponent(conversationId)}`;
		const { data } = await client.heyReach('GET', path);
		expect(data).toMatchObject({ totalMessages: before + 2, lastMessageSender: 'ME', read: true });
		expect((await send({ conversationId: 'nope' })).status).toBe(404);
		expect((await client.heyReach('GET', '/inbox/GetChatroom?conversationId=x')).status).toBe(404);
	});

	it('has the reply an event tells of', async () => {
		const lead = state().campaigns.get(1001)?.leads[0];
		await client.sandbox.sendHeyReachEvent({
			eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
			leadId: lead?.linkedinId,
			message: 'Call me',
		});
		const [first] = await rows('/inbox/GetConversationsV2', {});
		expect(first).toMatchObject({ lastMessageText: 'Call me', read: false });
	});
});

describe('HeyReach statistics', () => {
	const ALL = { accountIds: [], campaignIds: [] };
	const WINDOW = { startDate: '2020-01-01T00:00:00Z', endDate: '2035-01-01T00:00:00Z' };
	const overall = async (body: object): Promise<Record<string, number>> =>
		(await post('/stats/GetOverallStats', body)).data.overallStats;

	it('wants both lists, and both dates or neither', async () => {
		expect((await post('/stats/GetOverallStats', { accountIds: [] })).data.errors).toHaveProperty(
			'CampaignIds',
		);
		const { startDate } = WINDOW;
		expect((await post('/stats/GetOverallStats', { ...ALL, startDate })).status).toBe(400);
	});

	it('counts what happens, by sender and campaign too', async () => {
		const before = await overall(ALL);
		const [, , row] = state().campaigns.get(1002)?.leads ?? [];
		await client.sandbox.sendHeyReachEvent({
			eventType: 'LIKED_POST',
			leadId: row.linkedinId,
			campaignId: 1002,
		});
		expect((await overall(ALL)).postLikes).toBe(before.postLikes + 1);
		expect((await overall({ ...ALL, campaignIds: [1001] })).postLikes).toBe(0);
		expect((await overall({ ...ALL, accountIds: [303] })).postLikes).toBe(1);
		expect(before.connectionAcceptanceRate).toBeCloseTo(
			before.connectionsAccepted / before.connectionsSent,
		);
	});

	it('comes back empty by campaign when no dates are sent', async () => {
		const path = '/stats/GetOverallStatsByCampaign';
		expect((await post(path, ALL)).data).toEqual({ byDayStats: {}, overallStats: [] });
		const { data } = await post(path, { ...ALL, ...WINDOW });
		expect(data.overallStats.map((row: { campaignId: number }) => row.campaignId)).toEqual([
			1001, 1002,
		]);
	});
});

describe('HeyReach networks', () => {
	it('begins with page 0', async () => {
		const page = async (pageNumber: number): Promise<unknown[]> =>
			(await post('/MyNetwork/GetMyNetworkForSender', { senderId: 303, pageNumber, pageSize: 100 }))
				.data.items;
		expect([(await page(0)).length, (await page(1)).length, (await page(2)).length]).toEqual([
			100, 30, 0,
		]);
	});

	it('gains who accepts, and takes one identifier only', async () => {
		const row = state().campaigns.get(1001)?.leads[0];
		const ask = (more: object = {}): Promise<AxiosResponse> =>
			post('/MyNetwork/IsConnection', {
				senderAccountId: row?.senderId,
				leadLinkedInId: row?.linkedinId,
				...more,
			});
		expect((await ask()).data).toEqual({ isConnection: false });
		await client.sandbox.sendHeyReachEvent({
			eventType: 'CONNECTION_REQUEST_ACCEPTED',
			leadId: row?.linkedinId,
		});
		expect((await ask()).data).toEqual({ isConnection: true });
		expect((await ask({ leadProfileUrl: someLead().profileUrl })).status).toBe(400);
	});
});

describe('HeyReach organizations', () => {
	const { heyReachWorkspaceId: id, heyReachOrganizationKey } = SANDBOX;
	const asOrganization = (method: string, path: string, body?: object): Promise<AxiosResponse> =>
		client.heyReach(method, `/management/organizations${path}`, body, heyReachOrganizationKey);

	it('ends a key when it makes the next of its kind', async () => {
		const path = `/api-keys/workspaces/${id}`;
		const { data } = await asOrganization('POST', path, { apiKeyType: 'PUBLIC' });
		expect(data.previousKeyStatus).toBe('Deactivated');
		const check = (key: string): Promise<AxiosResponse> =>
			client.heyReach('GET', '/auth/CheckApiKey', undefined, key);
		expect((await check(SANDBOX.heyReachKey)).status).toBe(401);
		expect((await check(data.key)).status).toBe(200);
		expect((await asOrganization('GET', path)).data.apiKeys.publicApi).toBe(data.key);
	});

	it('answers 403 to a key of a workspace', async () => {
		const path = '/management/organizations/workspaces';
		expect((await client.heyReach('GET', path)).status).toBe(403);
		expect((await asOrganization('GET', '/workspaces')).data.totalCount).toBe(2);
	});
});

describe('HeyReach paths', () => {
	it('answers 405 to another method, and 404 to what is not there', async () => {
		expect((await client.heyReach('GET', '/campaign/GetAll')).status).toBe(405);
		const { status, data } = await post('/linkedinaccount/GetAll');
		expect([status, data]).toEqual([404, '']);
	});
});
