import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox';
import { useClient } from './client';

const client = useClient();

const post = (path: string, body: unknown = {}): Promise<AxiosResponse> =>
	client.heyReach('POST', path, body);
const campaign = async (id: number) =>
	(await client.heyReach('GET', `/campaign/GetById?campaignId=${id}`)).data;
const said = async (answer: Promise<AxiosResponse>) => {
	const { status, data } = await answer;
	return [status, data.errorMessage];
};
const someChatroom = () => [...client.sandbox.state.chatrooms.values()][0];

describe('Sequences of HeyReach', () => {
	const end = { nodeType: 'END', actionDelay: 3, actionDelayUnit: 'HOUR' };
	const bareEnd = { nodeType: 'END', actionDelay: 0, actionDelayUnit: 'HOUR' };
	const after = (node: object, hours = 3) => ({
		actionDelay: hours,
		actionDelayUnit: 'HOUR',
		unconditionalNode: end,
		...node,
	});
	const message = (text = 'Hello', more: object = {}) =>
		after({ nodeType: 'MESSAGE', payload: { messages: [text], ...more } });
	const inMail = (subject: string, fallbackMessage?: object) =>
		after({
			nodeType: 'INMAIL',
			payload: { messages: [{ subject, message: 'Hello' }], fallbackMessage },
		});
	const request = (conditionalNode: object, more: object = {}) =>
		after({
			nodeType: 'CONNECTION_REQUEST',
			payload: { messages: [] },
			conditionalNode,
			...more,
		});
	const update = (sequence: object) =>
		post('/campaign/UpdateSequence', { campaignId: 1003, sequence });
	const readBack = async () =>
		(await client.heyReach('GET', '/campaign/GetCampaignSequence?campaignId=1003')).data;

	it('come back with a bare END below each message, and are taken as they come back', async () => {
		const tree = request(message(), { unconditionalNode: inMail('A word') });
		expect((await update(tree)).status).toBe(200);
		const first = await readBack();
		expect(first).toEqual({
			...tree,
			conditionalNode: { ...message(), conditionalNode: bareEnd },
			unconditionalNode: { ...inMail('A word'), conditionalNode: bareEnd },
		});
		expect((await update(first)).status).toBe(200);
		expect(await readBack()).toEqual(first);
	});

	it.each<[string, object]>([
		[
			'an END at once behind a check',
			{ nodeType: 'CHECK_IS_CONNECTION', conditionalNode: bareEnd, unconditionalNode: bareEnd },
		],
		[
			'a message at once behind a check',
			{
				nodeType: 'CHECK_IS_OPEN_PROFILE',
				conditionalNode: { ...message(), actionDelay: 0 },
				unconditionalNode: bareEnd,
			},
		],
		[
			'an END at once behind a search for an email',
			{ nodeType: 'FIND_EMAIL', conditionalNode: bareEnd, unconditionalNode: bareEnd },
		],
		['a request at the root with a delay', request(end)],
		[
			'a variable with something to fall back on',
			message('Hi {first_topic}', { fallbackMessage: 'Hi' }),
		],
		[
			'a reaction',
			after({
				nodeType: 'LIKE_POST',
				payload: {
					reactionType: 'FUNNY',
					randomReaction: false,
					reactBefore: 'MONTH3',
					skipDelayIfCannotLike: true,
				},
			}),
		],
		[
			'Instantly',
			after({
				nodeType: 'SEND_LEAD_TO_INSTANTLY',
				payload: {
					instantlyResourceId: '0b8e1a34-6c1d-4f2a-9d57-3a2f5c7e9b10',
					resourceType: 'LIST',
				},
			}),
		],
		[
			'Smartlead',
			after({ nodeType: 'SEND_LEAD_TO_SMARTLEAD', payload: { smartLeadCampaignId: 1 } }),
		],
		[
			'Bison, of which nothing is known',
			after({ nodeType: 'SEND_LEAD_TO_BISON', payload: { anything: 1 } }),
		],
	])('take %s', async (_what, sequence) => {
		expect((await update(sequence)).data).toBe('');
	});

	it.each<[string, object, RegExp]>([
		[
			'a request at the root without a delay',
			request(end, { actionDelay: undefined }),
			/^Node at: \$\.sequence has invalid delay: 00:00:00$/,
		],
		['a variable and nothing to fall back on', message('Hi {{firstName}}'), /fallbackMessage/],
		['a variable in a subject', inMail('For {company}'), /fallbackMessage/],
		[
			'an END too soon behind a message',
			{ ...message(), unconditionalNode: bareEnd },
			/at least 3 hours/,
		],
		[
			'a wait of an hour below the END of a reply',
			{ ...message(), conditionalNode: { ...bareEnd, actionDelay: 1 } },
			/at least 3 hours/,
		],
		[
			'a profile view too soon behind a request',
			request(after({ nodeType: 'VIEW_PROFILE' }, 2)),
			/at least 3 hours/,
		],
		['a follow behind a request', request(after({ nodeType: 'FOLLOW' })), /FOLLOW/],
	])('are refused with %s', async (_what, sequence, words) => {
		const { status, data } = await update(sequence);
		expect([status, data.errorMessage]).toEqual([400, expect.stringMatching(words)]);
	});

	it.each<[string, object]>([
		['a reaction without payload', { nodeType: 'LIKE_POST' }],
		['an unknown reaction', { nodeType: 'LIKE_POST', payload: { reactionType: 'ANGRY' } }],
		[
			'Instantly without its list',
			{ nodeType: 'SEND_LEAD_TO_INSTANTLY', payload: { resourceType: 'LIST' } },
		],
		[
			'Instantly with a number',
			{
				nodeType: 'SEND_LEAD_TO_INSTANTLY',
				payload: { instantlyResourceId: '7', resourceType: 'LIST' },
			},
		],
		[
			'Smartlead with 0',
			{ nodeType: 'SEND_LEAD_TO_SMARTLEAD', payload: { smartLeadCampaignId: 0 } },
		],
		['Bison without payload', { nodeType: 'SEND_LEAD_TO_BISON' }],
	])('are no model with %s', async (_what, node) => {
		const { status, data } = await update(after(node));
		expect([status, typeof data.errors]).toEqual([400, 'object']);
	});
});

describe('Senders of a campaign of HeyReach', () => {
	const change = (what: string, campaignId: number, linkedInAccountIds: number[]) =>
		post(`/campaign/${what}`, { campaignId, linkedInAccountIds });
	const add = 'AddLinkedInAccountsToCampaign';
	const remove = 'RemoveLinkedInAccountsFromCampaign';

	it('are added and removed, and those that are not named stay', async () => {
		await change(add, 1003, [302, 303]);
		await change(add, 1003, [302]);
		expect((await campaign(1003)).campaignAccountIds).toEqual([301, 302, 303]);
		await change(remove, 1003, [302]);
		expect((await campaign(1003)).campaignAccountIds).toEqual([301, 303]);
	});

	it('that are removed stop their leads for good', async () => {
		await post('/campaign/Pause?campaignId=1001');
		await change(remove, 1001, [301]);
		await change(add, 1001, [301]);
		expect((await campaign(1001)).progressStats.totalUsersManuallyStopped).toBe(45);
	});

	it.each([
		['of a campaign that runs', 1001, [303]],
		['that are not there', 1003, [999]],
		['that are none', 1003, []],
		['that are 101', 1003, Array.from({ length: 101 }, (_, id) => id)],
	])('are not changed %s', async (_what, id, ids) => {
		expect((await change(add, id, ids)).status).toBe(400);
	});
});

describe('What HeyReach shows late', () => {
	it('is the status of a campaign that was started', async () => {
		client.sandbox.settings.campaignStatusLagMs = 60;
		await post('/campaign/StartCampaign?campaignId=1003');
		expect((await campaign(1003)).status).toBe('DRAFT');
		expect(await said(post('/campaign/StartCampaign?campaignId=1003'))).toEqual([
			400,
			'Only a draft campaign can be started.',
		]);
		await new Promise((resolve) => setTimeout(resolve, 80));
		expect((await campaign(1003)).status).toBe('IN_PROGRESS');
	});

	it('is a lead in the list to which it was added, and not the lead itself', async () => {
		const profileUrl = 'https://www.linkedin.com/in/brand-new/';
		client.sandbox.settings.listLagMs = 60_000;
		await post('/list/AddLeadsToListV2', {
			listId: 2001,
			leads: [{ profileUrl, firstName: 'Brand', lastName: 'New' }],
		});
		const rows = async () =>
			(await post('/list/GetLeadsFromList', { listId: 2001, leadProfileUrl: profileUrl })).data;
		expect(await rows()).toMatchObject({ totalCount: 0, items: [] });
		expect((await post('/lead/GetLead', { profileUrl })).data).toMatchObject({
			firstName: 'Brand',
		});
		client.sandbox.settings.listLagMs = 0;
		expect(await rows()).toMatchObject({ totalCount: 1 });
	});

	it('is a message in its conversation, and not in the list', async () => {
		const { id, accountId, messages } = someChatroom();
		const path = `/inbox/GetChatroom/${accountId}/${encodeURIComponent(id)}`;
		client.sandbox.settings.chatroomLagMs = 60_000;
		await post('/inbox/SendMessage', {
			message: 'Just now',
			conversationId: id,
			linkedInAccountId: accountId,
		});
		const thread = (await client.heyReach('GET', path)).data;
		expect(thread).toMatchObject({ totalMessages: messages.length - 1 });
		expect(JSON.stringify(thread)).not.toContain('Just now');
		const { data } = await post('/inbox/GetConversationsV2', {
			filters: { linkedInAccountIds: [accountId] },
		});
		expect(data.items[0]).toMatchObject({ id, lastMessageText: 'Just now' });
		client.sandbox.settings.chatroomLagMs = 0;
		expect((await client.heyReach('GET', path)).data.lastMessageText).toBe('Just now');
	});

	it('is that a campaign without leads, resumed, has paused itself again', async () => {
		const draft = client.sandbox.state.campaigns.get(1003);
		Object.assign(draft ?? {}, { status: 'PAUSED', listId: 2999 });
		client.sandbox.state.lists.delete(2999);
		await post('/campaign/Resume?campaignId=1003');
		expect((await campaign(1003)).status).toBe('IN_PROGRESS');
		Object.assign(draft ?? {}, { pausesAt: Date.now() });
		expect((await post('/campaign/GetAll', { statuses: ['PAUSED'] })).data.items).toMatchObject([
			{ id: 1003 },
		]);
	});
});

describe('Words of HeyReach', () => {
	const lead = { profileUrl: 'https://www.linkedin.com/in/new', firstName: 'A', lastName: 'B' };

	it.each<[string, () => Promise<AxiosResponse>]>([
		[
			'You cannot add new leads to a draft campaign.',
			() =>
				post('/campaign/AddLeadsToCampaignV2', { campaignId: 1003, accountLeadPairs: [{ lead }] }),
		],
		[
			'The campaign you are trying to resume is not paused, finished or failed',
			() => post('/campaign/Resume?campaignId=1001'),
		],
		[
			'List changed after campaign has started',
			async () => {
				await post('/campaign/Pause?campaignId=1001');
				const name = 'Founders outreach';
				return await post('/campaign/UpdateSettings', {
					campaignId: 1001,
					name,
					linkedInUserListId: 2002,
				});
			},
		],
		[
			'Lead list not found',
			() =>
				post('/campaign/Create', {
					name: 'New',
					linkedInUserListId: 9,
					linkedInAccountIds: [301],
				}),
		],
	])('%s', async (words, call) => {
		expect(await said(call())).toEqual([400, words]);
	});
});

describe('Rows of HeyReach', () => {
	it('of a list carry an id, those of conversations no custom fields', async () => {
		const { data } = await post('/list/GetLeadsFromList', { listId: 2001, limit: 1000 });
		const ids = data.items.map(({ id }: { id: number }) => id);
		expect(new Set(ids.filter(Number.isInteger)).size).toBe(90);
		const rows = (await post('/inbox/GetConversationsV2', { limit: 100 })).data.items;
		for (const { correspondentProfile } of rows) {
			expect(correspondentProfile.customFields).toEqual([]);
		}
	});

	it('of the users of a workspace are nested, with the address of the invitation', async () => {
		const { data } = await client.heyReach(
			'POST',
			`/management/organizations/users/workspaces/${SANDBOX.heyReachWorkspaceId}`,
			{},
			SANDBOX.heyReachOrganizationKey,
		);
		expect(data.items[0]).toMatchObject({
			workspaceId: SANDBOX.heyReachWorkspaceId,
			organizationPermissions: { manageWorkspaceMembers: true },
			workspacePermissions: { viewCampaigns: true, manageIntegrations: false },
			userDetails: { userId: expect.any(Number), roles: ['Admin'] },
			userInvitation: { invitationUrl: expect.stringContaining('https://') },
		});
	});

	it('of a campaign tell of three things that do not hang on each other, and of a fault', async () => {
		const [row] = client.sandbox.state.campaigns.get(1001)?.leads ?? [];
		Object.assign(row, {
			leadCampaignStatus: 'Failed',
			leadConnectionStatus: 'ConnectionAccepted',
			leadMessageStatus: 'MessageSent',
			errorCode: 'LeadBlockedByRecipient',
		});
		const { data } = await post('/campaign/GetLeadsFromCampaign', { campaignId: 1001, limit: 1 });
		expect(data.items[0]).toMatchObject({
			leadCampaignStatus: 'Failed',
			leadConnectionStatus: 'ConnectionAccepted',
			errorCode: 'LeadBlockedByRecipient',
		});
	});
});
