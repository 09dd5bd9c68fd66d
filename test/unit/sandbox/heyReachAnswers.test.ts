import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox';
import {
	heyReachOperations,
	validateHeyReachRequest,
	validateHeyReachResponse,
} from '../../contract/support/heyReachSchemas';
import { useClient } from './client';

const client = useClient();

const URL = 'https://www.linkedin.com/in/new-person';
const LEAD = { profileUrl: URL, firstName: 'New', lastName: 'Person' };
const END = { nodeType: 'END', actionDelay: 3, actionDelayUnit: 'HOUR' };
const SEQUENCE = { nodeType: 'VIEW_PROFILE', unconditionalNode: END };
const SCHEDULE = { dailyStartTime: '08:00:00', dailyEndTime: '16:00:00', timeZoneId: 'Etc/UTC' };
const WINDOW = { startDate: '2020-01-01', endDate: '2030-01-01' };
const ALL = { accountIds: [], campaignIds: [] };
const MEMBERS = { inviterEmail: 'sandy.box@team.example.com', emails: ['new@example.com'] };
const WORKSPACE = SANDBOX.heyReachWorkspaceId;
const ORGANIZATION = '/management/organizations';

const lead = () => [...client.sandbox.state.leads.values()][0];
const chatroom = () => [...client.sandbox.state.chatrooms.values()][0];
const call = (method: string, path: string, body?: unknown): Promise<AxiosResponse> =>
	client.heyReach(
		method,
		path,
		body,
		path.startsWith('/management') ? SANDBOX.heyReachOrganizationKey : SANDBOX.heyReachKey,
	);
const webhook = async (): Promise<number> => {
	const { data } = await call('POST', '/webhooks/CreateWebhook', {
		webhookName: 'test',
		webhookUrl: 'http://127.0.0.1:9/hook',
		eventType: 'MESSAGE_SENT',
		campaignIds: [],
	});
	return data.webhookId;
};
const blacklisted = async (): Promise<number> => {
	const { data } = await call('POST', '/blacklist/AddLeads', { leads: [{ fullName: 'No One' }] });
	return data.entries[0].id;
};

interface Example {
	path?: string;
	query?: string;
	body?: unknown;
}

/** A call to each endpoint; what it needs is made first. */
const EXAMPLES: Record<string, () => Example | Promise<Example>> = {
	'GET /auth/CheckApiKey': () => ({}),

	'POST /campaign/GetAll': () => ({ body: { statuses: ['IN_PROGRESS'], keyword: 'founders' } }),
	'GET /campaign/GetById': () => ({ query: 'campaignId=1001' }),
	'POST /campaign/Pause': () => ({ query: 'campaignId=1001' }),
	'POST /campaign/Resume': async () => {
		await call('POST', '/campaign/Pause?campaignId=1001');
		return { query: 'campaignId=1001' };
	},
	'POST /campaign/StartCampaign': () => ({ query: 'campaignId=1003' }),
	'POST /campaign/AddLeadsToCampaign': () => ({
		body: { campaignId: 1001, accountLeadPairs: [{ lead: LEAD }] },
	}),
	'POST /campaign/AddLeadsToCampaignV2': () => ({
		body: { campaignId: 1001, accountLeadPairs: [{ linkedInAccountId: 301, lead: LEAD }] },
	}),
	'POST /campaign/StopLeadInCampaign': () => ({
		body: { campaignId: 1001, leadMemberId: lead().linkedinId },
	}),
	'POST /campaign/GetLeadsFromCampaign': () => ({ body: { campaignId: 1001, limit: 100 } }),
	'POST /campaign/GetCampaignsForLead': () => ({ body: { profileUrl: lead().profileUrl } }),
	'POST /campaign/Create': () => ({
		body: { name: 'New', linkedInAccountIds: [301], schedule: SCHEDULE, sequence: SEQUENCE },
	}),
	'POST /campaign/CreateCampaignFromTemplate': () => ({
		body: { campaignIdForTemplate: 1001, name: 'New', linkedInAcccountIdsForCampaign: [301] },
	}),
	'POST /campaign/UpdateSettings': () => ({ body: { campaignId: 1003, name: 'Renamed' } }),
	'POST /campaign/UpdateSequence': () => ({ body: { campaignId: 1003, sequence: SEQUENCE } }),
	'POST /campaign/UpdateAccounts': () => ({
		body: { campaignId: 1003, linkedInAccountIds: [302] },
	}),
	'POST /campaign/AddLinkedInAccountsToCampaign': () => ({
		body: { campaignId: 1003, linkedInAccountIds: [302] },
	}),
	'POST /campaign/RemoveLinkedInAccountsFromCampaign': () => {
		const campaign = client.sandbox.state.campaigns.get(1001);
		if (campaign) campaign.status = 'PAUSED';
		return { body: { campaignId: 1001, linkedInAccountIds: [302] } };
	},
	'POST /campaign/UpdateSchedule': () => ({ body: { campaignId: 1003, schedule: SCHEDULE } }),
	'GET /campaign/GetCampaignSequence': () => ({ query: 'campaignId=1001' }),

	'POST /list/GetAll': () => ({ body: { listType: 'COMPANY_LIST' } }),
	'GET /list/GetById': () => ({ query: 'listId=2001' }),
	'POST /list/CreateEmptyList': () => ({ body: { name: 'New', type: 'COMPANY_LIST' } }),
	'POST /list/GetLeadsFromList': () => ({ body: { listId: 2001, limit: 1000 } }),
	'POST /list/GetCompaniesFromList': () => ({ body: { listId: 2004, keyword: 'dental' } }),
	'POST /list/AddLeadsToList': () => ({ body: { listId: 2001, leads: [LEAD] } }),
	'POST /list/AddLeadsToListV2': () => ({ body: { listId: 2001, leads: [LEAD] } }),
	'DELETE /list/DeleteLeadsFromList': () => ({
		body: { listId: 2001, leadMemberIds: [lead().linkedinId] },
	}),
	'DELETE /list/DeleteLeadsFromListByProfileUrl': () => ({
		body: { listId: 2001, profileUrls: [lead().profileUrl, URL] },
	}),
	'POST /list/GetListsForLead': () => ({ body: { linkedinId: lead().linkedinId } }),

	'POST /lead/GetLead': () => ({ body: { profileUrl: lead().profileUrl } }),
	'POST /lead/GetTags': () => ({ body: { profileUrl: lead().profileUrl } }),
	'POST /lead/AddTags': () => ({
		body: { leadProfileUrl: lead().profileUrl, tags: ['follow up'], createTagIfNotExisting: false },
	}),
	'POST /lead/ReplaceTags': () => ({
		body: { leadLinkedInId: lead().linkedinId, tags: ['new one'], createTagIfNotExisting: true },
	}),
	'POST /lead_tags/CreateTags': () => ({ body: { tags: [{ displayName: 'VIP', color: 'Red' }] } }),

	'POST /inbox/GetConversations': () => ({ body: { limit: 100, filters: { seen: false } } }),
	'POST /inbox/GetConversationsV2': () => ({ body: { filters: { campaignIds: [1001] } } }),
	'POST /inbox/GetConversationsV3': () => ({ body: { limit: 5, filters: {} } }),
	'GET /inbox/GetChatroom/{accountId}/{conversationId}': () => ({
		path: `/inbox/GetChatroom/${chatroom().accountId}/${encodeURIComponent(chatroom().id)}`,
	}),
	'POST /inbox/SendMessage': () => ({
		body: {
			conversationId: chatroom().id,
			linkedInAccountId: chatroom().accountId,
			message: 'Hello',
		},
	}),
	'POST /inbox/SetSeenStatus': () => ({
		body: { conversationId: chatroom().id, linkedInAccountId: chatroom().accountId, seen: true },
	}),

	'POST /li_account/GetAll': () => ({ body: {} }),
	'GET /li_account/GetById': () => ({ query: 'accountId=301' }),
	'GET /li_account/GetAccountStatus/{accountId}': () => ({
		path: '/li_account/GetAccountStatus/301',
	}),
	'POST /stats/GetOverallStats': () => ({ body: ALL }),
	'POST /stats/GetOverallStatsByCampaign': () => ({ body: { ...ALL, ...WINDOW } }),
	'POST /MyNetwork/GetMyNetworkForSender': () => ({
		body: { senderId: 303, pageNumber: 0, pageSize: 100 },
	}),
	'POST /MyNetwork/IsConnection': () => ({
		body: { senderAccountId: 303, leadProfileUrl: lead().profileUrl },
	}),

	'POST /webhooks/CreateWebhook': () => ({
		body: {
			webhookName: 'test',
			webhookUrl: 'http://127.0.0.1:9/hook',
			eventType: 'MESSAGE_SENT',
			campaignIds: [1001],
			customHeaders: { 'X-Mine': 'yes' },
		},
	}),
	'GET /webhooks/GetWebhookById': async () => ({
		query: `webhookId=${await webhook()}&includeCustomHeaders=true`,
	}),
	'POST /webhooks/GetAllWebhooks': async () => {
		await webhook();
		return { body: { offset: 0, limit: 100, includeCustomHeaders: true } };
	},
	'PATCH /webhooks/UpdateWebhook': async () => ({
		query: `webhookId=${await webhook()}`,
		body: { isActive: false },
	}),
	'DELETE /webhooks/DeleteWebhook': async () => ({ query: `webhookId=${await webhook()}` }),

	'POST /blacklist/GetLeads': async () => {
		await blacklisted();
		return { body: { matchingStatus: 'BroadMatch', search: 'no one' } };
	},
	'POST /blacklist/AddLeads': () => ({
		body: { leads: [{ profileUrl: lead().profileUrl }, { email: 'nobody@example.com' }] },
	}),
	'POST /blacklist/RemoveLeads': async () => ({ body: { ids: [await blacklisted()] } }),
	'POST /blacklist/GetCompanies': async () => {
		await call('POST', '/blacklist/AddCompanies', { companies: [{ companyName: 'Ostrea' }] });
		return { body: {} };
	},
	'POST /blacklist/AddCompanies': () => ({ body: { companies: [{ companyName: 'Ostrea' }] } }),
	'POST /blacklist/RemoveCompanies': () => ({ body: { ids: [1] } }),
	'POST /enrichment/enrich-email': () => ({ body: { profileUrl: lead().profileUrl } }),
	'GET /enrichment/enrich-email/check-job/{jobId}': async () => {
		const { profileUrl } = lead();
		const { data } = await call('POST', '/enrichment/enrich-email', { profileUrl });
		return { path: `/enrichment/enrich-email/check-job/${data.jobId}` };
	},

	[`GET ${ORGANIZATION}/workspaces`]: () => ({ query: 'Offset=0&Limit=1' }),
	[`POST ${ORGANIZATION}/workspaces`]: () => ({ body: { workspaceName: 'New', seatsLimit: 5 } }),
	[`PATCH ${ORGANIZATION}/workspaces/{workspaceId}`]: () => ({
		path: `${ORGANIZATION}/workspaces/${WORKSPACE}`,
		body: { seatsLimit: { value: null } },
	}),
	[`GET ${ORGANIZATION}/api-keys/workspaces/{workspaceId}`]: () => ({
		path: `${ORGANIZATION}/api-keys/workspaces/${WORKSPACE}`,
	}),
	[`POST ${ORGANIZATION}/api-keys/workspaces/{workspaceId}`]: () => ({
		path: `${ORGANIZATION}/api-keys/workspaces/${WORKSPACE}`,
		body: { apiKeyType: 'N8N' },
	}),
	[`POST ${ORGANIZATION}/users`]: () => ({ body: { role: 'Admin' } }),
	[`POST ${ORGANIZATION}/users/workspaces/{workspaceId}`]: () => ({
		path: `${ORGANIZATION}/users/workspaces/${WORKSPACE}`,
		body: { invitationStatus: ['Accepted'] },
	}),
	[`GET ${ORGANIZATION}/users/{userId}`]: () => ({ path: `${ORGANIZATION}/users/7001` }),
	[`POST ${ORGANIZATION}/users/invite/admins`]: () => ({ body: MEMBERS }),
	[`POST ${ORGANIZATION}/users/invite/managers`]: () => ({
		body: { ...MEMBERS, workspaceIds: [WORKSPACE, 1] },
	}),
	[`POST ${ORGANIZATION}/users/invite/members`]: () => ({
		body: { ...MEMBERS, workspaceIds: [WORKSPACE], permissions: { viewCampaigns: true } },
	}),
};

describe('every HeyReach endpoint answers as the facts say', () => {
	it('has an example for each', () => {
		const known = heyReachOperations.map(({ method, path }) => `${method} ${path}`);
		expect(Object.keys(EXAMPLES).sort()).toEqual(known.sort());
	});

	it.each(Object.entries(EXAMPLES))('%s', async (name, example) => {
		const [method, template] = name.split(' ');
		const { path = template, query, body } = await example();
		const address = query === undefined ? path : `${path}?${query}`;
		expect(validateHeyReachRequest({ method, path: address, body })).toEqual([]);
		const { status, data } = await call(method, address, body);
		expect({ status, data }).toMatchObject({ status: 200 });
		const answer = { method, path: address, status, body: data };
		expect(validateHeyReachResponse(answer, { unknownKeys: true })).toEqual([]);
		// An empty page would prove nothing about its rows.
		if (data?.items !== undefined) expect(data.items).not.toEqual([]);
	});

	it('refuses with the bodies the facts know', async () => {
		for (const [path, body] of [
			['/campaign/GetById?campaignId=1', undefined],
			['/campaign/GetAll', { limit: 101 }],
			['/list/GetCompaniesFromList', { listId: 2001 }],
		] as const) {
			const method = body === undefined ? 'GET' : 'POST';
			const { status, data } = await call(method, path, body);
			expect(status).toBeGreaterThanOrEqual(400);
			expect(validateHeyReachResponse({ method, path, status, body: data })).toEqual([]);
		}
	});
});

describe('the HeyReach schemas', () => {
	it('report a misspelt key, a missing one, a wrong type and a path nobody knows', () => {
		const request = (path: string, body: unknown): string[] =>
			validateHeyReachRequest({ method: 'POST', path, body });
		expect(request('/lead/AddTags', { leadUrl: 'x', leadLinkedInId: '1', tags: [] })).toEqual([
			'body: unknown key "leadUrl"',
		]);
		expect(request('/stats/GetOverallStats', { accountIds: [] })).toEqual([
			"body: must have required property 'campaignIds'",
		]);
		expect(request('/inbox/GetConversationsV2', { campaignIds: [1] })).toEqual([
			'body: unknown key "campaignIds"',
		]);
		expect(request('/campaign/GetAll', { limit: '10' })).toEqual(['body/limit: must be integer']);
		expect(request('/campaign/Delete', {})).toHaveLength(1);
		expect(
			validateHeyReachRequest({
				method: 'POST',
				path: '/campaign/Pause',
				query: { campaignId: 'x' },
				headers: {},
				body: { campaignId: 1 },
			}),
		).toEqual([
			'X-API-KEY header is missing',
			'query/campaignId: must be integer',
			'body: none is expected',
		]);
	});

	it('report an answer that lacks a key, and one that should be empty', () => {
		const answer = (path: string, body: unknown): string[] =>
			validateHeyReachResponse({ method: 'POST', path, status: 200, body });
		expect(answer('/campaign/Pause?campaignId=1', {})).toHaveLength(1);
		expect(answer('/list/AddLeadsToListV2', { addedLeadsCount: 1 })).toHaveLength(2);
		expect(answer('/list/AddLeadsToList', 1)).toEqual([]);
		expect(answer('/stats/GetOverallStats', { byDayStats: {}, overallStats: {} })).not.toEqual([]);
	});
});
