import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { SequenceNode } from '../../sandbox/heyreach/records';
import { byId, heyReachExamples, knownLead, SEEDED, table } from '../examples/heyReach';
import { useSandbox } from '../support/useSandbox';
import { heyReachCalls, runHeyReach } from './heyReach';
import { useScaledTime } from './support';

useScaledTime(50);
const sandbox = useSandbox();

const run = async (operation: string, parameters: INodeParameters, items?: IDataObject[]) =>
	await runHeyReach(sandbox, operation, parameters, { items });
const draft = byId(SEEDED.draft);
const callsTo = (endpoint: string) =>
	heyReachCalls(sandbox).filter((call) => call.endsWith(endpoint)).length;

describe('A sequence that HeyReach returns', () => {
	const end = { nodeType: 'END', actionDelay: 3, actionDelayUnit: 'HOUR' } as const;
	/** Without the END below the message, which HeyReach itself puts there. */
	const written: SequenceNode = {
		nodeType: 'CHECK_IS_CONNECTION',
		conditionalNode: {
			nodeType: 'MESSAGE',
			actionDelay: 0,
			actionDelayUnit: 'HOUR',
			payload: { messages: ['Hi {first_topic}'], fallbackMessage: 'Hi' },
			unconditionalNode: end,
		},
		unconditionalNode: { nodeType: 'END', actionDelay: 0 },
	};

	it.each([
		['as it is', '={{ $json }}'],
		['as text', '={{ JSON.stringify($json) }}'],
	])('can be sent to another campaign %s', async (_how, sequence) => {
		const source = sandbox.state.campaigns.get(SEEDED.campaign);
		if (source) source.sequence = written;
		const { json } = await run('campaign:getSequence', { campaignId: byId(SEEDED.campaign) });
		expect(json[0].conditionalNode).toMatchObject({
			conditionalNode: { nodeType: 'END', actionDelay: 0 },
		});
		const updated = await run('campaign:updateSequence', { campaignId: draft, sequence }, json);
		expect(updated.error).toBeUndefined();
		expect((await run('campaign:getSequence', { campaignId: draft })).json).toEqual(json);
	});

	it('with a first step that has no delay is refused, and the error says what to give', async () => {
		const sequence = { ...sandbox.state.campaigns.get(SEEDED.campaign)?.sequence, actionDelay: 0 };
		const { error } = await run('campaign:updateSequence', {
			campaignId: draft,
			sequence: JSON.stringify(sequence),
		});
		expect(error?.message).toContain('invalid delay: 00:00:00');
		expect(error?.description).toContain('actionDelay of at least 3 hours');
	});
});

describe('Senders of a campaign', () => {
	const senders = () => sandbox.state.campaigns.get(SEEDED.draft)?.accountIds;

	it('are added and removed one by one, the others stay', async () => {
		const items = [{ id: 302 }, { id: 303 }];
		const parameters = { campaignId: draft, senderIds: '={{ [$json.id] }}' };
		const added = await run('campaign:addSender', parameters, items);
		expect(added.json).toEqual([
			{ success: true, campaignId: SEEDED.draft },
			{ success: true, campaignId: SEEDED.draft },
		]);
		expect(senders()?.sort()).toEqual([301, 302, 303]);
		await run('campaign:removeSender', { campaignId: draft, senderIds: '302, 302' });
		expect(senders()).toEqual([301, 303]);
	});

	it.each([
		[[], '“Sender Names or IDs” is empty'],
		[Array.from({ length: 101 }, (_, id) => id + 1), 'There are 101 senders'],
		['Sandy', '“Sandy” is not the ID of a sender'],
	])('are refused before anything is sent: %#', async (senderIds, message) => {
		for (const operation of ['campaign:addSender', 'campaign:removeSender']) {
			const { error } = await run(operation, { campaignId: draft, senderIds });
			expect(error?.message).toContain(message);
		}
		expect(heyReachCalls(sandbox)).toEqual([]);
	});
});

describe('A start whose answer was lost', () => {
	const start = async () => await run('campaign:start', { campaignId: draft });

	it('is looked up until HeyReach shows it, and not sent again', async () => {
		const lagging = { id: SEEDED.draft, status: 'DRAFT' };
		const look = { path: '/campaign/GetById', status: 200, body: lagging, times: 2 };
		sandbox.faults.add({ kind: 'status', ...look });
		sandbox.faults.add({ kind: 'lostAnswer', path: '/campaign/StartCampaign' });
		const { json, error } = await start();
		expect(error).toBeUndefined();
		expect(json).toEqual([{ success: true, campaignId: SEEDED.draft }]);
		expect(callsTo('StartCampaign')).toBe(1);
		expect(callsTo('GetById')).toBe(3);
	});

	it('counts as made when the campaign has stopped since', async () => {
		sandbox.faults.add({ kind: 'lostAnswer', path: '/campaign/StartCampaign' });
		const stopped = { id: SEEDED.draft, status: 'FINISHED' };
		sandbox.faults.add({ kind: 'status', path: '/campaign/GetById', status: 200, body: stopped });
		expect((await start()).json).toEqual([{ success: true, campaignId: SEEDED.draft }]);
		expect(callsTo('StartCampaign')).toBe(1);
	});

	it('that never arrived is sent again, after several looks', async () => {
		sandbox.faults.add({ kind: 'reset', path: '/campaign/StartCampaign' });
		const { error } = await start();
		expect(error).toBeUndefined();
		expect(sandbox.state.campaigns.get(SEEDED.draft)?.status).toBe('IN_PROGRESS');
		expect(callsTo('StartCampaign')).toBe(2);
		expect(callsTo('GetById')).toBe(4);
	});
});

describe('A message', () => {
	it('that HeyReach takes with an empty answer is queued, and sent once', async () => {
		sandbox.settings.chatroomLagMs = 3_600_000;
		const parameters = heyReachExamples['conversation:sendMessage'](sandbox);
		const { json } = await run('conversation:sendMessage', parameters);
		expect(json[0]).toMatchObject({ success: true });
		expect(heyReachCalls(sandbox)).toEqual(['POST /inbox/SendMessage']);
	});

	it('whose answer was lost is not sent again while the conversation lags behind', async () => {
		const parameters = heyReachExamples['conversation:sendMessage'](sandbox);
		const [chatroom] = sandbox.state.chatrooms.values();
		sandbox.settings.chatroomLagMs = 60_000;
		sandbox.faults.add({ kind: 'lostAnswer', path: '/inbox/SendMessage' });
		const { error } = await run('conversation:sendMessage', parameters);
		expect(error?.message).toContain('may have been carried out');
		expect(chatroom.messages.filter(({ body }) => body === parameters.message)).toHaveLength(1);
	});
});

it('tells of no custom fields in a conversation, for HeyReach shows none there', async () => {
	for (const operation of ['get', 'getMany', 'getManyV2']) {
		const [chatroom] = sandbox.state.chatrooms.values();
		const { json } = await run(`conversation:${operation}`, {
			senderId: byId(chatroom.accountId),
			conversationId: byId(chatroom.id),
			returnAll: false,
			limit: 3,
		});
		for (const { correspondentProfile } of json) {
			expect(correspondentProfile).toHaveProperty('linkedin_id');
			expect(correspondentProfile).not.toHaveProperty('customFields');
		}
	}
});

describe('Users of a workspace', () => {
	it('come as HeyReach nests them, without the address that registers somebody', async () => {
		for (const operation of ['getMany', 'getManyOfWorkspace'] as const) {
			const { json } = await run(`organizationUser:${operation}`, {
				workspaceId: byId(SEEDED.workspace),
				returnAll: true,
			});
			expect(json.length).toBeGreaterThan(0);
			expect(JSON.stringify(json)).not.toContain('https://app.heyreach');
			if (operation === 'getMany') continue;
			expect(json[0]).toMatchObject({
				workspaceId: SEEDED.workspace,
				userDetails: { email: expect.any(String) },
				workspacePermissions: { viewCampaigns: true },
				userInvitation: { invitationId: expect.any(Number), invitationStatus: 'Accepted' },
			});
		}
	});

	it('get their invitation from Invite, which alone hands it on', async () => {
		const { json } = await run(
			'organizationUser:inviteAdmins',
			heyReachExamples['organizationUser:inviteAdmins'](sandbox),
		);
		expect(json[0].invitationUrl).toContain('https://');
	});
});

describe('What HeyReach says', () => {
	const leadFields = table({
		profileUrl: SEEDED.profileUrl,
		firstName: 'New',
		lastName: 'Person',
	});
	const leads = Array.from({ length: 8 }, (_, at) => ({ at }));

	it.each([
		[404, ''],
		[404, { errorMessage: 'List 9 was not found.' }],
		[400, { errorMessage: 'Lead list not found' }],
	])('about a list that is not there is about all its leads: %s %j', async (status, body) => {
		sandbox.faults.add({ kind: 'status', path: '/list/AddLeadsToListV2', status, body, times: 99 });
		const { error } = await run('list:addLead', { listId: byId(9), leadFields }, leads);
		expect(error?.message).toMatch(/^HeyReach found nothing there/);
		expect(error?.description).toContain('The list may have been deleted');
		expect(callsTo('AddLeadsToListV2')).toBe(1);
	});

	it.each<[string, () => Promise<{ error?: { message?: string; description?: unknown } }>, RegExp]>(
		[
			[
				'You cannot add new leads to a draft campaign.',
				async () => await run('campaign:addLead', { campaignId: draft, leadFields }),
				/Start the campaign first/,
			],
			[
				'The campaign you are trying to resume is not paused, finished or failed',
				async () => await run('campaign:resume', { campaignId: byId(SEEDED.campaign) }),
				/Check its status/,
			],
			[
				'List changed after campaign has started',
				async () => {
					await run('campaign:pause', { campaignId: byId(SEEDED.campaign) });
					return await run('campaign:updateSettings', {
						campaignId: byId(SEEDED.campaign),
						updateFields: { linkedInUserListId: byId(2002) },
					});
				},
				/keeps its list/,
			],
		],
	)('%s', async (words, refused, advice) => {
		const { error } = await refused();
		expect(error?.message).toContain(words);
		expect(error?.description).toMatch(advice);
	});
});

it('knows a lead by the id of its row no more than before: linkedin_id is the lead’s', async () => {
	const { json } = await run('list:getLeads', {
		listId: byId(SEEDED.list),
		returnAll: false,
		limit: 1,
		simplify: false,
	});
	expect(json[0]).toMatchObject({
		id: expect.any(Number),
		linkedin_id: knownLead(sandbox).linkedinId,
	});
});
