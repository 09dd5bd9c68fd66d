import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HeyReach } from '../../nodes/HeyReach/HeyReach.node';
import { SANDBOX } from '../../sandbox';
import { byId, heyReachExamples, knownLead, SEEDED } from '../examples/heyReach';
import { useSandbox } from '../support/useSandbox';
import { heyReachCalls, heyReachCredentials, isOfOrganization, runHeyReach } from './heyReach';
import { loadOptionsFunctions } from './support';

const sandbox = useSandbox();

const campaignId = byId(SEEDED.campaign);
const listId = byId(SEEDED.list);

const bodies = () =>
	sandbox.requests.list({ service: 'heyreach' }).map(({ body }) => body as IDataObject);

const run = async (operation: string, parameters: INodeParameters, items?: IDataObject[]) =>
	await runHeyReach(sandbox, operation, parameters, { items });

describe('Lists to their end', () => {
	it('by offset, 1,000 leads of a list at a time, the filters kept', async () => {
		const list = sandbox.state.lists.get(SEEDED.list);
		const [lead] = sandbox.state.leads.values();
		for (let i = 0; i < 1_100; i++) {
			const linkedinId = `bulk${i}`;
			sandbox.state.leads.set(linkedinId, { ...lead, linkedinId, firstName: 'Bulk' });
			list?.members.push({ linkedinId, addedAt: '2026-01-01T00:00:00.000Z' });
		}
		const { json } = await run('list:getLeads', {
			listId,
			filters: { keyword: 'bulk' },
			returnAll: true,
		});
		expect(new Set(json.map((row) => row.linkedin_id)).size).toBe(1_100);
		expect(bodies()).toEqual([
			{ listId: SEEDED.list, keyword: 'bulk', offset: 0, limit: 1_000 },
			{ listId: SEEDED.list, keyword: 'bulk', offset: 1_000, limit: 1_000 },
		]);
	});

	it('by cursor, with the nested filters on every page', async () => {
		const chatrooms = [...sandbox.state.chatrooms.values()];
		for (let i = 0; i < 250; i++) {
			const id = `bulk${i}`;
			sandbox.state.chatrooms.set(id, { ...chatrooms[0], id, accountId: 302 });
		}
		const { json } = await run('conversation:getMany', {
			filters: { senderIds: [302] },
			from: '2020-01-01',
			returnAll: true,
		});
		const own = [...sandbox.state.chatrooms.values()].filter((room) => room.accountId === 302);
		expect(new Set(json.map(({ id }) => id))).toEqual(new Set(own.map(({ id }) => id)));
		expect(json).toHaveLength(own.length);
		expect(bodies()).toHaveLength(Math.ceil(own.length / 100));
		for (const body of bodies()) {
			expect(body).toMatchObject({
				from: '2020-01-01T00:00:00.000Z',
				limit: 100,
				filters: { linkedInAccountIds: [302], campaignIds: [] },
			});
		}
		expect(bodies()[0]).not.toHaveProperty('cursor');
	});

	it('by page number', async () => {
		const { json } = await run('network:getMany', { senderId: byId(303), returnAll: true });
		const network = sandbox.state.senders.get(303)?.connections ?? [];
		expect(json.map((row) => row.linkedin_id)).toEqual(network);
		expect(bodies().map(({ pageNumber, pageSize }) => [pageNumber, pageSize])).toEqual([
			[0, 100],
			[1, 100],
		]);
	});

	it('by Offset and Limit in the query', async () => {
		const [workspace] = sandbox.state.workspaces.values();
		for (let id = 9_000; id < 9_120; id++)
			sandbox.state.workspaces.set(id, { ...workspace, id, keys: {} });
		const { json } = await run('workspace:getMany', { returnAll: true });
		expect(new Set(json.map((row) => row.workspaceId))).toEqual(
			new Set(sandbox.state.workspaces.keys()),
		);
		expect(sandbox.requests.list().map(({ query }) => query)).toEqual([
			{ Offset: '0', Limit: '100' },
			{ Offset: '100', Limit: '100' },
		]);
	});

	it('up to the limit, asking for no more than that', async () => {
		const { json } = await run('campaign:getLeads', { campaignId, returnAll: false, limit: 7 });
		expect(json).toHaveLength(7);
		expect(bodies()).toEqual([{ campaignId: SEEDED.campaign, offset: 0, limit: 7 }]);
	});
});

describe('Campaigns', () => {
	it('keeps the settings that are not changed', async () => {
		const campaign = sandbox.state.campaigns.get(SEEDED.draft);
		if (!campaign) throw new Error('no draft');
		campaign.exclusions.excludeHasOtherAccConversations = true;
		campaign.exclusions.excludeListId = 2002;
		const items = [
			{ field: { name: 'Renamed' } },
			{ field: { excludeContactedFromSenderInOtherCampaign: true } },
		];
		for (const { field } of items) {
			const { error } = await run('campaign:updateSettings', {
				campaignId: byId(SEEDED.draft),
				updateFields: field,
			});
			expect(error).toBeUndefined();
		}
		expect(campaign).toMatchObject({
			name: 'Renamed',
			listId: 2003,
			exclusions: {
				excludeHasOtherAccConversations: true,
				excludeContactedFromSenderInOtherCampaign: true,
				excludeContactedFromOtherCampaigns: false,
				excludeListId: 2002,
			},
		});
	});

	it('turns flags off too, and says so when there is nothing to update', async () => {
		const campaign = sandbox.state.campaigns.get(SEEDED.draft);
		if (campaign) campaign.exclusions.excludeHasOtherAccConversations = true;
		const update = async (updateFields: INodeParameters) =>
			await run('campaign:updateSettings', { campaignId: byId(SEEDED.draft), updateFields });
		await update({ excludeHasOtherAccConversations: false });
		expect(campaign?.exclusions.excludeHasOtherAccConversations).toBe(false);
		sandbox.requests.clear();
		expect((await update({})).error?.message).toBe('There is nothing to update');
		expect(heyReachCalls(sandbox)).toEqual([]);
	});

	it('sends a schedule as HeyReach writes it', async () => {
		const { error } = await run('campaign:updateSchedule', {
			campaignId: byId(SEEDED.draft),
			schedule: {
				dailyStartTime: '9:05',
				dailyEndTime: '17:30',
				timeZoneId: 'Europe/Berlin',
				days: ['Tuesday'],
				startDate: '2027-03-01T00:00:00',
			},
		});
		expect(error).toBeUndefined();
		expect(bodies()[0].schedule).toEqual({
			dailyStartTime: '09:05:00',
			dailyEndTime: '17:30:00',
			timeZoneId: 'Europe/Berlin',
			enabledMonday: false,
			enabledTuesday: true,
			enabledWednesday: false,
			enabledThursday: false,
			enabledFriday: false,
			enabledSaturday: false,
			enabledSunday: false,
			startDate: '2027-03-01',
		});
	});

	it.each([
		[{ name: 'x'.repeat(51), senderIds: [301] }, 'The name of the campaign has 51 characters'],
		[{ name: 'x', senderIds: [] }, '“Sender Names or IDs” is empty'],
		[{ name: 'x', senderIds: [301], sequence: '{' }, '“Sequence (JSON)” is not a sequence'],
		[
			{ name: 'x', senderIds: [301], schedule: { dailyStartTime: '25:00' } },
			'“Daily Start Time” is not a time of day: “25:00”',
		],
		[
			{ name: 'x', senderIds: [301], schedule: { dailyStartTime: '09:00' } },
			'The schedule is not complete',
		],
	])('refuses what HeyReach would refuse: %#', async (parameters, message) => {
		const { error } = await run('campaign:create', parameters as INodeParameters);
		expect(error?.message).toBe(message);
		expect(heyReachCalls(sandbox)).toEqual([]);
	});

	it('finds a lead by profile URL, LinkedIn ID or email', async () => {
		const { profileUrl, linkedinId, emailAddress } = knownLead(sandbox);
		const { json } = await run(
			'campaign:getManyForLead',
			{ lead: '={{ $json.lead }}', returnAll: true },
			[{ lead: profileUrl }, { lead: linkedinId }, { lead: emailAddress }],
		);
		expect(json.map((row) => row.campaignId)).toEqual([1001, 1001, 1001]);
		const keys = bodies().flatMap((body) => Object.keys(body));
		expect(keys).toEqual(expect.arrayContaining(['profileUrl', 'linkedinId', 'email']));
	});
});

describe('Lists', () => {
	it('removes leads in one call and says of each whether it was there', async () => {
		const { profileUrl } = knownLead(sandbox);
		const { json } = await run('list:removeLead', { listId, profileUrl: '={{ $json.url }}' }, [
			{ url: profileUrl },
			{ url: 'https://www.linkedin.com/in/nobody-here' },
		]);
		expect(json.map(({ removed }) => removed)).toEqual([true, false]);
		expect(heyReachCalls(sandbox)).toEqual(['DELETE /list/DeleteLeadsFromListByProfileUrl']);
		expect(sandbox.state.lists.get(SEEDED.list)?.members).toHaveLength(89);
	});
});

describe('Tags', () => {
	it('creates several in one call, each with its own result', async () => {
		const { json } = await run('leadTag:create', { tagName: '={{ $json.name }}', color: 'Red' }, [
			{ name: 'one' },
			{ name: 'two' },
			{ name: 'three' },
		]);
		expect(json).toEqual(
			['one', 'two', 'three'].map((displayName) => ({ displayName, color: 'Red' })),
		);
		expect(heyReachCalls(sandbox)).toHaveLength(1);
	});
});

describe('Conversations', () => {
	it('gives a conversation as one text, oldest first, with who said what', async () => {
		const [room] = sandbox.state.chatrooms.values();
		const at = (minute: number) => ({ createdAt: `2026-01-01T10:0${minute}:00.000Z` });
		const [message] = room.messages;
		room.messages = [
			{ ...message, ...at(2), sender: 'CORRESPONDENT', body: 'Tell me more.' },
			{ ...message, ...at(1), sender: 'ME', body: 'Hi, shall we talk?' },
			{ ...message, ...at(3), sender: 'CORRESPONDENT', body: '', isAttachment: true },
		];
		const parameters = { senderId: byId(room.accountId), conversationId: byId(room.id) };
		const options = { threadAsText: true };
		const { json } = await run('conversation:get', { ...parameters, options });
		expect(json[0].thread).toBe(
			'me: Hi, shall we talk?\nprospect: Tell me more.\nprospect: (attachment)',
		);
		expect((await run('conversation:get', parameters)).json[0]).not.toHaveProperty('thread');
	});

	it('encodes the ID of a conversation and puts out its messages', async () => {
		const [chatroom] = sandbox.state.chatrooms.values();
		const id = '2-a/b+c==';
		sandbox.state.chatrooms.set(id, { ...chatroom, id });
		const { json } = await run('conversation:get', {
			senderId: byId(chatroom.accountId),
			conversationId: byId(id),
		});
		expect(json[0]).toMatchObject({ id, messages: expect.any(Array) });
		expect(heyReachCalls(sandbox)).toEqual([
			`GET /inbox/GetChatroom/${chatroom.accountId}/2-a%2Fb%2Bc%3D%3D`,
		]);
	});

	it('sends no filter flat, and those that HeyReach wants in any case', async () => {
		await run('conversation:getManyV2', { filters: { seen: false }, returnAll: false, limit: 1 });
		await run('conversation:getManyV2', { returnAll: false, limit: 1 });
		const always = { linkedInAccountIds: [], campaignIds: [] };
		expect(bodies()).toEqual([
			{ filters: { ...always, seen: false }, offset: 0, limit: 1 },
			{ filters: always, offset: 0, limit: 1 },
		]);
	});
});

describe('Stats', () => {
	it('by campaign covers all of the time without dates, for which HeyReach has nothing', async () => {
		const { json } = await run('stats:getByCampaign', {});
		expect(json.map((row) => row.campaignId).sort()).toEqual([1001, 1002]);
		expect(bodies()[0]).toMatchObject({
			accountIds: [],
			campaignIds: [],
			startDate: '2020-01-01T00:00:00.000Z',
		});
	});

	it('overall, simplified: each figure is a field, and stands where it stood too', async () => {
		const { json } = await run('stats:getOverall', {});
		const [{ overallStats, ...figures }] = json;
		expect(figures).toEqual(overallStats);
		expect(figures).toHaveProperty('connectionsSent');
	});

	it('takes both dates or neither', async () => {
		const { error } = await run('stats:getOverall', { startDate: '2026-01-01' });
		expect(error?.message).toBe('“End” is empty');
		expect(heyReachCalls(sandbox)).toEqual([]);
	});
});

describe('Webhooks', () => {
	it('leaves the secret of a HeyReach Trigger out, and only that', async () => {
		const hook = (id: number, webhookUrl: string) =>
			sandbox.state.webhooks.set(id, {
				id,
				webhookName: 'n8n follow sent',
				webhookUrl,
				eventType: 'FOLLOW_SENT',
				campaignIds: [],
				customHeaders: { 'X-Key': 'hush' },
				isActive: true,
			});
		hook(1, `https://n8n.example.com/webhook/a?secret=${'0af1'.repeat(16)}`);
		hook(2, 'https://other.example.com/hook?team=4');
		const { json } = await run('webhook:getMany', { returnAll: true });
		expect(json.map((row) => row.webhookUrl)).toEqual([
			'https://n8n.example.com/webhook/a?secret=…',
			'https://other.example.com/hook?team=4',
		]);
		expect(JSON.stringify(json)).not.toContain('hush');
		const path = '/webhooks/GetAllWebhooks';
		const called = await run('apiCall:getMany', { method: 'POST', path, returnAll: true });
		expect(called.json.map((row) => row.webhookUrl)).toEqual(json.map((row) => row.webhookUrl));
	});

	it('holds in an error no secret that HeyReach repeats of a webhook', async () => {
		const words = 'https://x.example.com/?token=hush-token is refused (hush-header)';
		const body = { title: words, errors: { WebhookUrl: [words] } };
		sandbox.faults.add({ kind: 'status', path: 'CreateWebhook', status: 400, body });
		const { error } = await run('webhook:create', {
			webhookName: 'abc',
			webhookUrl: 'https://x.example.com/?token=hush-token',
			additionalFields: { customHeaders: { values: [{ name: 'X-Team', value: 'hush-header' }] } },
		});
		expect(error?.message).toContain('https://x.example.com/?token=[hidden] is refused ([hidden])');
		expect(`${error?.message} ${error?.description}`).not.toContain('hush');
		const typed = { webhookName: 'abc', webhookUrl: 'x.example.com/?token=hush-token' };
		expect((await run('webhook:create', typed)).error?.message).toBe(
			'“x.example.com/?token=[hidden]” is not a web address',
		);
	});

	it.each([
		[
			{ webhookName: 'ab', webhookUrl: 'https://x.example.com' },
			'The name of the webhook has 2 characters',
		],
		[{ webhookName: 'abc', webhookUrl: 'x.example.com' }, '“x.example.com” is not a web address'],
	])('refuses what HeyReach would refuse: %#', async (parameters, message) => {
		const { error } = await run('webhook:create', parameters);
		expect(error?.message).toBe(message);
		expect(heyReachCalls(sandbox)).toEqual([]);
	});
});

describe('Blacklist', () => {
	it('takes several kinds of entries in one call and tells of each', async () => {
		const { profileUrl, linkedinId } = knownLead(sandbox);
		const { json } = await run('blacklist:addLead', { blacklistLead: '={{ $json.lead }}' }, [
			{ lead: 'https://www.linkedin.com/in/somebody/' },
			{ lead: 'jane@example.com' },
			{ lead: linkedinId },
			{ lead: 'Jane Doe' },
			{ lead: profileUrl },
		]);
		expect(json.map((row) => Object.keys(row)[1])).toEqual([
			'profileUrl',
			'email',
			'linkedInProfileId',
			'fullName',
			'profileUrl',
		]);
		expect(json.map(({ id }) => id).every((id) => typeof id === 'number')).toBe(true);
		expect(heyReachCalls(sandbox)).toHaveLength(1);
	});
});

describe('The lists to pick from', () => {
	const { methods } = new HeyReach();
	const context = (parameters: INodeParameters = {}) => {
		const key = `${String(parameters.resource ?? 'campaign')}:`;
		const apiKey = isOfOrganization(key) ? SANDBOX.heyReachOrganizationKey : SANDBOX.heyReachKey;
		const credentials = heyReachCredentials(sandbox, { apiKey });
		return loadOptionsFunctions({ node: new HeyReach(), parameters, credentials });
	};
	type Search = keyof typeof methods.listSearch;
	const search = async (
		name: Search,
		filter?: string,
		parameters?: INodeParameters,
		token?: string,
	) => await context(parameters).call(methods.listSearch[name], filter, token);

	it('find campaigns, lists and senders by what is typed', async () => {
		expect((await search('searchCampaigns', 'agency')).results).toEqual([
			{ name: 'Agency partners (in progress)', value: '1002' },
		]);
		expect((await search('searchLists', 'austin')).results).toEqual([
			{ name: 'Founders in Austin (a campaign uses it)', value: '2001' },
		]);
		expect((await search('searchSenders', 'kim')).results).toEqual([
			{ name: 'Kim Shore (kim-shore@team.example.com)', value: '303' },
		]);
	});

	it('offer lists of leads where leads are wanted, and of companies where those are', async () => {
		const leads = await search('searchLeadLists');
		const companies = await search('searchCompanyLists');
		expect(leads.results.map(({ value }) => value)).toEqual(['2001', '2002', '2003']);
		expect(companies.results.map(({ value }) => value)).toEqual(['2004']);
	});

	it('mark each list that campaigns use, without another call', async () => {
		const [campaign] = sandbox.state.campaigns.values();
		sandbox.state.campaigns.set(5_001, { ...campaign, id: 5_001, listId: 2002 });
		const [list] = sandbox.state.lists.values();
		sandbox.state.lists.set(2_999, { ...list, id: 2_999, name: 'For the sync', members: [] });
		for (const name of ['searchLists', 'searchLeadLists'] as const) {
			sandbox.requests.clear();
			const { results } = await search(name);
			expect(results).toEqual(
				expect.arrayContaining([
					{ name: 'Founders in Austin (a campaign uses it)', value: '2001' },
					{ name: 'Agencies (2 campaigns use it)', value: '2002' },
					{ name: 'For the sync', value: '2999' },
				]),
			);
			expect(heyReachCalls(sandbox)).toEqual(['POST /list/GetAll']);
		}
	});

	it('go on where the first hundred end', async () => {
		const [campaign] = sandbox.state.campaigns.values();
		for (let id = 5_000; id < 5_150; id++) sandbox.state.campaigns.set(id, { ...campaign, id });
		const first = await search('searchCampaigns');
		expect(first.results).toHaveLength(100);
		const second = await search('searchCampaigns', undefined, {}, String(first.paginationToken));
		expect(second.paginationToken).toBeUndefined();
		const values = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(values).size).toBe(sandbox.state.campaigns.size);
	});

	it('offer every workspace of the organization', async () => {
		const [first] = sandbox.state.workspaces.values();
		for (let id = 9_000; id < 9_150; id++) sandbox.state.workspaces.set(id, { ...first, id });
		const { results } = await search('searchWorkspaces', undefined, { resource: 'workspace' });
		expect(results).toHaveLength(sandbox.state.workspaces.size);
		expect(new Set(results.map(({ value }) => value)).size).toBe(sandbox.state.workspaces.size);
	});

	it('show the conversations of the chosen sender, by the name of the lead', async () => {
		const [chatroom] = sandbox.state.chatrooms.values();
		const lead = sandbox.state.leads.get(chatroom.linkedinId);
		const parameters = { resource: 'conversation', senderId: byId(chatroom.accountId) };
		const { results } = await search('searchConversations', lead?.firstName, parameters);
		expect(results.map(({ value }) => value)).toContain(chatroom.id);
		expect(results[0].name).toContain(String(lead?.firstName));
		expect(bodies()[0].filters).toMatchObject({ linkedInAccountIds: [chatroom.accountId] });
	});

	it('find webhooks and workspaces', async () => {
		sandbox.state.webhooks.set(5, {
			id: 5,
			webhookName: 'Follows',
			webhookUrl: 'https://x.example.com',
			eventType: 'FOLLOW_SENT',
			campaignIds: [],
			customHeaders: {},
			isActive: true,
		});
		expect((await search('searchWebhooks', 'fol')).results).toEqual([
			{ name: 'Follows (follow sent)', value: '5' },
		]);
		const { results } = await search('searchWorkspaces', undefined, { resource: 'workspace' });
		expect(results.map(({ value }) => value)).toContain(String(SEEDED.workspace));
	});

	it('offer campaigns and senders where several are chosen', async () => {
		const campaigns = await context().call(methods.loadOptions.getCampaigns);
		expect(campaigns[0]).toEqual({
			name: 'Agency partners',
			value: 1002,
			description: 'in progress',
		});
		const senders = await context().call(methods.loadOptions.getSenders);
		expect(senders.map(({ value }) => value)).toEqual([303, 302, 301]);
	});

	it('take the address of a campaign in the HeyReach app', async () => {
		const value = 'https://app.heyreach.io/app/campaigns/1002';
		const { json } = await run('campaign:get', { campaignId: { __rl: true, mode: 'url', value } });
		expect(json[0]).toMatchObject({ id: 1002 });
	});
});

it('tells which API keys a workspace has, and no key', async () => {
	const { json } = await runHeyReach(sandbox, 'workspace:getApiKeys', {
		...heyReachExamples['workspace:getApiKeys'](sandbox),
	});
	expect(json).toHaveLength(1);
	expect(json[0].publicApi).toBe(`…${SANDBOX.heyReachKey.slice(-4)}`);
	expect(JSON.stringify(json)).not.toContain(SANDBOX.heyReachKey);
});

it('puts out an audit row that names the record, without a personal value', async () => {
	const { json } = await run('campaign:pause', { campaignId, options: { includeAuditRow: true } });
	expect(json[0].audit).toMatchObject({
		operation: 'campaign:pause',
		recordId: String(SEEDED.campaign),
		status: 'done',
	});
});

describe('An operation of an earlier version', () => {
	it.each([
		['campaign:addLeadV1', 'Choose Add Lead instead'],
		['list:addLeadV1', 'Choose Add Lead instead'],
		['conversation:getManyV1', 'Choose Get Many instead'],
	])('%s stops, sends nothing and names its successor', async (gone, advice) => {
		const { error } = await run(gone, { listId, campaignId });
		expect(error?.message).toContain('This version of the node has no operation');
		expect(error?.description).toContain(advice);
		expect(heyReachCalls(sandbox)).toEqual([]);
	});

	it('that never was says so', async () => {
		const { error } = await run('list:shuffle', { listId });
		expect(error?.message).toContain('no operation “list: shuffle”');
		expect(error?.description).toContain('Choose an operation of the list');
	});
});

describe('Stop Lead', () => {
	it.each([false, true])('in all campaigns that have steps for the lead: %s', async (all) => {
		const campaigns = [...sandbox.state.campaigns.values()].slice(0, 3);
		const { linkedinId } = knownLead(sandbox);
		const [template] = campaigns[0].leads;
		const statuses = ['InSequence', 'Paused', 'Finished'] as const;
		const rows = campaigns.map(({ leads }, at) => {
			const row = { ...structuredClone(template), linkedinId, manuallyStopped: false };
			row.leadCampaignStatus = statuses[at];
			leads.splice(0, leads.length, row);
			return row;
		});
		const { json, error } = await run('campaign:stopLead', {
			campaignId: byId(String(campaigns[0].id)),
			lead: linkedinId,
			options: all ? { inAllCampaigns: true } : {},
		});
		expect(error).toBeUndefined();
		expect(rows.map(({ manuallyStopped }) => manuallyStopped)).toEqual([true, all, false]);
		const others = [campaigns[1].id];
		expect(json).toMatchObject([
			{ success: true, campaignId: campaigns[0].id, ...(all && { otherCampaignIds: others }) },
		]);
	});
});
