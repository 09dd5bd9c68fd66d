import axios from 'axios';
import { SANDBOX } from '../../../sandbox';
import { useClient } from './client';

/**
 * What programs that others wrote for the live service send, as the facts about it tell: each is taken
 * here as it is there.
 */
const client = useClient();

const lead = {
	profileUrl: 'https://www.linkedin.com/in/new-one',
	firstName: 'New',
	lastName: 'One',
};
const place = () => {
	const [{ id, accountId }] = client.sandbox.state.chatrooms.values();
	return { conversationId: id, linkedInAccountId: accountId };
};
const member = () => [...client.sandbox.state.leads.values()][0];

type Sent = [method: string, path: string, body?: unknown];

async function answerTo([method, path, body]: Sent) {
	const key = path.startsWith('/management')
		? SANDBOX.heyReachOrganizationKey
		: SANDBOX.heyReachKey;
	return await client.heyReach(method, path, body, key);
}

describe('Taken of other programs', () => {
	it.each<[who: string, sent: () => Sent]>([
		// HeyReach's own n8n pack: first versions, dates without an offset and days alone.
		[
			'the n8n pack: its test of a key',
			() => ['POST', '/webhooks/GetAllWebhooks', { offset: 0, limit: 10 }],
		],
		[
			'the n8n pack: leads by time',
			() => [
				'POST',
				'/campaign/GetLeadsFromCampaign',
				{
					campaignId: 1001,
					offset: 0,
					limit: 10,
					timeFrom: '2026-01-01T00:00:00',
					timeTo: '2026-12-31',
					timeFilter: 'Everywhere',
				},
			],
		],
		[
			'the n8n pack: leads of a list by day',
			() => [
				'POST',
				'/list/GetLeadsFromList',
				{
					listId: 2001,
					offset: 0,
					limit: 1000,
					createdFrom: '2020-01-01',
					createdTo: '2030-01-01T10:00:00.000',
				},
			],
		],
		[
			'the n8n pack: conversations, first version',
			() => [
				'POST',
				'/inbox/GetConversations',
				{
					filters: { linkedInAccountIds: [], campaignIds: [], searchString: '' },
					offset: 0,
					limit: 10,
				},
			],
		],
		[
			'the n8n pack: leads for a campaign, first version',
			() => [
				'POST',
				'/campaign/AddLeadsToCampaign',
				{ campaignId: 1001, accountLeadPairs: [{ linkedInAccountId: 301, lead }] },
			],
		],
		[
			'the n8n pack: statistics without an offset',
			() => [
				'POST',
				'/stats/GetOverallStats',
				{
					accountIds: [],
					campaignIds: [],
					startDate: '2026-01-01T00:00:00',
					endDate: '2026-02-01T00:00:00',
				},
			],
		],
		[
			'the n8n pack: a network from page 0',
			() => [
				'POST',
				'/MyNetwork/GetMyNetworkForSender',
				{ senderId: 303, pageNumber: 0, pageSize: 100 },
			],
		],
		// n8n packs of others.
		[
			'an n8n trigger: a webhook without campaigns',
			() => [
				'POST',
				'/webhooks/CreateWebhook',
				{
					webhookName: 'n8n',
					webhookUrl: 'https://n8n.example.com/webhook/x',
					eventType: 'MESSAGE_REPLY_RECEIVED',
				},
			],
		],
		// A command line tool.
		[
			'a command line tool: a start by query',
			() => ['POST', '/campaign/StartCampaign?campaignId=1003'],
		],
		[
			'a command line tool: a network from page 1',
			() => [
				'POST',
				'/MyNetwork/GetMyNetworkForSender',
				{ senderId: 303, pageNumber: 1, pageSize: 10 },
			],
		],
		[
			'a command line tool: a campaign with schedule and sequence',
			() => [
				'POST',
				'/campaign/Create',
				{
					name: 'New',
					linkedInUserListId: 2003,
					linkedInAccountIds: [301],
					schedule: {
						dailyStartTime: '09:00:00',
						dailyEndTime: '17:00:00',
						timeZoneId: 'Europe/Berlin',
					},
					sequence: {
						nodeType: 'CONNECTION_REQUEST',
						actionDelay: 3,
						actionDelayUnit: 'HOUR',
						payload: { messages: [], fallbackMessage: null },
						conditionalNode: {
							nodeType: 'MESSAGE',
							actionDelay: 1,
							actionDelayUnit: 'DAY',
							payload: { messages: ['Hello'] },
							conditionalNode: { nodeType: 'END', actionDelay: 0, actionDelayUnit: 'HOUR' },
							unconditionalNode: { nodeType: 'END', actionDelay: 3, actionDelayUnit: 'HOUR' },
						},
						unconditionalNode: { nodeType: 'END', actionDelay: 7, actionDelayUnit: 'DAY' },
					},
				},
			],
		],
		[
			'a command line tool: the seen status',
			() => ['POST', '/inbox/SetSeenStatus', { ...place(), seen: true }],
		],
		[
			'a command line tool: senders added',
			() => [
				'POST',
				'/campaign/AddLinkedInAccountsToCampaign',
				{ campaignId: 1003, linkedInAccountIds: [302] },
			],
		],
		[
			'a command line tool: all time by campaign',
			() => [
				'POST',
				'/stats/GetOverallStatsByCampaign',
				{ accountIds: [], campaignIds: [], startDate: '2020-01-01', endDate: '2030-01-01' },
			],
		],
		// MCP servers.
		[
			'an MCP server: a campaign without a list',
			() => ['POST', '/campaign/Create', { name: 'New', linkedInAccountIds: [301] }],
		],
		[
			'an MCP server: a campaign from another one',
			() => [
				'POST',
				'/campaign/CreateCampaignFromTemplate',
				{ campaignIdForTemplate: 1001, name: 'New', linkedInAcccountIdsForCampaign: [301] },
			],
		],
		[
			'an MCP server: headers of webhooks',
			() => [
				'POST',
				'/webhooks/GetAllWebhooks',
				{ offset: 0, limit: 100, includeCustomHeaders: true },
			],
		],
		[
			'an MCP server: a network by offset, which is ignored',
			() => [
				'POST',
				'/MyNetwork/GetMyNetworkForSender',
				{ senderId: 303, offset: 0, limit: 10, keyword: '' },
			],
		],
		[
			'an MCP server: a message with a subject',
			() => ['POST', '/inbox/SendMessage', { ...place(), message: 'Hello', subject: '' }],
		],
		[
			'an MCP server: members of a workspace',
			() => [
				'POST',
				`/management/organizations/users/workspaces/${SANDBOX.heyReachWorkspaceId}`,
				{ offset: 0, limit: 100 },
			],
		],
		[
			'an MCP server: workspaces by query',
			() => ['GET', '/management/organizations/workspaces?Offset=0&Limit=100'],
		],
		// Syncs to a CRM.
		[
			'a sync: conversations with empty filters and no cursor',
			() => ['POST', '/inbox/GetConversationsV3', { limit: 100, cursor: null, filters: {} }],
		],
		[
			'a sync: conversations since a day',
			() => [
				'POST',
				'/inbox/GetConversationsV3',
				{ limit: 100, from: '2026-01-01', to: null, filters: null },
			],
		],
		[
			'a sync: flat filters, which are ignored',
			() => ['POST', '/inbox/GetConversationsV2', { campaignId: 1001, offset: 0, limit: 100 }],
		],
		[
			'a sync: keys that there are not',
			() => [
				'POST',
				'/list/AddLeadsToListV2',
				{
					listId: 2001,
					leads: [{ ...lead, linkedInUrl: lead.profileUrl, customUserFields: null }],
				},
			],
		],
		[
			'a sync: a sender that HeyReach picks',
			() => [
				'POST',
				'/campaign/AddLeadsToCampaignV2',
				{
					campaignId: 1001,
					accountLeadPairs: [{ lead }],
					resumeFinishedCampaign: true,
					resumePausedCampaign: false,
				},
			],
		],
		[
			'a sync: the campaigns of an email',
			() => [
				'POST',
				'/campaign/GetCampaignsForLead',
				{ email: member().emailAddress, linkedinId: null, profileUrl: null, offset: 0, limit: 100 },
			],
		],
		[
			'a sync: a lead to stop, by its address',
			() => [
				'POST',
				'/campaign/StopLeadInCampaign',
				{ campaignId: 1001, leadUrl: member().profileUrl, leadMemberId: '' },
			],
		],
		[
			'a sync: a thread by its path',
			() => [
				'GET',
				`/inbox/GetChatroom/${place().linkedInAccountId}/${encodeURIComponent(place().conversationId)}`,
			],
		],
		['a warehouse: lists without any paging', () => ['POST', '/list/GetAll', {}]],
	])('%s', async (_who, sent) => {
		const { status, data } = await answerTo(sent());
		expect([status, data]).toEqual([200, data]);
		expect(data).not.toHaveProperty('errors');
	});

	it('text as the only accepted answer, and JSON comes', async () => {
		const { status, data } = await axios.post(
			`${client.sandbox.heyReachUrl}/li_account/GetAll`,
			{ keyword: '', limit: 100, offset: 0 },
			{ headers: { 'X-API-KEY': SANDBOX.heyReachKey, Accept: 'text/plain' } },
		);
		expect([status, data.totalCount]).toEqual([200, 3]);
	});

	it('a day alone and a time without an offset for UTC', async () => {
		const members = client.sandbox.state.lists.get(2001)?.members ?? [];
		members[0].addedAt = '2031-05-05T00:00:00.000Z';
		members[1].addedAt = '2031-05-05T10:00:00.000Z';
		const count = async (createdFrom: string) =>
			(await answerTo(['POST', '/list/GetLeadsFromList', { listId: 2001, createdFrom }])).data
				.totalCount;
		expect(await count('2031-05-05')).toBe(2);
		expect(await count('2031-05-05T00:00:01')).toBe(1);
		expect(await count('2031-05-05T12:00:00+02:00')).toBe(1);
		expect(await count('2031-05-05T10:00:00.001')).toBe(0);
	});
});

describe('Refused of other programs', () => {
	it.each<[what: string, status: number, sent: () => Sent]>([
		[
			'a page of more than 100 campaigns',
			400,
			() => ['POST', '/campaign/GetAll', { offset: 0, limit: 101 }],
		],
		[
			'a page of more than 100 lists',
			400,
			() => ['POST', '/list/GetAll', { offset: 0, limit: 1000 }],
		],
		[
			'a page of more than 100 senders',
			400,
			() => ['POST', '/li_account/GetAll', { offset: 0, limit: 200 }],
		],
		[
			'a page of more than 100 webhooks',
			400,
			() => ['POST', '/webhooks/GetAllWebhooks', { offset: 0, limit: 500 }],
		],
		['a start by body', 400, () => ['POST', '/campaign/StartCampaign', { campaignId: 1003 }]],
		[
			'an event that no webhook is made for',
			400,
			() => [
				'POST',
				'/webhooks/CreateWebhook',
				{
					webhookName: 'n8n',
					webhookUrl: 'https://n8n.example.com/x',
					eventType: 'LEAD_FINISHED_SEQUENCE_WITHOUT_REPLYING',
					campaignIds: [],
				},
			],
		],
		[
			'statistics of everything without the lists',
			400,
			() => ['POST', '/stats/GetOverallStats', {}],
		],
		['a thread by query', 404, () => ['GET', `/inbox/GetChatroom?accountId=1&conversationId=x`]],
		['the singular of webhooks', 404, () => ['POST', '/webhook/GetAllWebhooks', {}]],
		['leads under /lead', 404, () => ['POST', '/lead/AddLeadsToCampaignV2', { campaignId: 1001 }]],
		['senders under another name', 404, () => ['POST', '/linkedinaccount/GetAll', {}]],
	])('%s', async (_what, status, sent) => {
		expect((await answerTo(sent())).status).toBe(status);
	});
});
