import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';

type Example = (sandbox: Sandbox) => INodeParameters;

export const byId = (value: string | number) => ({ __rl: true, mode: 'id', value: String(value) });

/** Records that the sandbox begins with, for examples and tests. */
export const SEEDED = {
	campaign: 1001,
	draft: 1003,
	list: 2001,
	companies: 2004,
	senders: [301, 302],
	workspace: 4001,
	profileUrl: 'https://www.linkedin.com/in/avery-adams-1/',
};

const campaignId = byId(SEEDED.campaign);
const listId = byId(SEEDED.list);

/** A list that no campaign uses. */
export function syncList(sandbox: Sandbox): number {
	const id = 2900;
	sandbox.state.lists.set(id, {
		id,
		name: 'Sync',
		listType: 'USER_LIST',
		creationTime: '2026-01-01T00:00:00.000Z',
		members: [],
	});
	return id;
}

/** A lead that the sandbox knows: the first of the list. */
export function knownLead(sandbox: Sandbox) {
	const [lead] = sandbox.state.leads.values();
	return lead;
}

function conversationOf(sandbox: Sandbox): INodeParameters {
	const [chatroom] = sandbox.state.chatrooms.values();
	return { senderId: byId(chatroom.accountId), conversationId: byId(chatroom.id) };
}

/** One webhook, put there by hand. */
function webhookOf(sandbox: Sandbox): INodeParameters {
	sandbox.state.webhooks.set(77, {
		id: 77,
		webhookName: 'By hand',
		webhookUrl: 'https://n8n.example.com/webhook/x',
		eventType: 'FOLLOW_SENT',
		campaignIds: [SEEDED.campaign],
		customHeaders: { 'X-Secret': 'of the receiver' },
		isActive: true,
	});
	return { webhookId: byId(77) };
}

function inStatus(sandbox: Sandbox, id: number, status: 'DRAFT' | 'PAUSED'): INodeParameters {
	const campaign = sandbox.state.campaigns.get(id);
	if (campaign) campaign.status = status;
	return { campaignId: byId(id) };
}

/** What the editor stores for a table of fields that was filled in by hand. */
export function table(value: Record<string, string>): INodeParameters {
	return { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
}

const aLead: INodeParameters = {
	leadFields: table({
		profileUrl: 'linkedin.com/in/New-Person?trk=x',
		firstName: 'New',
		lastName: 'Person',
		emailAddress: 'new.person@example.com',
		companyName: 'Acme',
		position: 'Founder',
		location: 'Austin',
		about: 'Builds robots',
		summary: 'Robots',
		first_topic: 'automation',
	}),
	customFields: { values: [{ name: 'second_topic', value: 'n8n' }] },
};

/** One lead and one company on the blacklist. */
function blacklistOne(sandbox: Sandbox): void {
	const { linkedinId, profileUrl, emailAddress, firstName } = knownLead(sandbox);
	const creationTime = '2026-01-05T09:00:00.000Z';
	sandbox.state.blacklistedLeads.set(5001, {
		id: 5001,
		linkedInProfileId: linkedinId,
		profileUrl,
		email: emailAddress,
		fullName: firstName,
		matchingStatus: 'Matched',
		creationTime,
	});
	sandbox.state.blacklistedCompanies.set(5002, {
		id: 5002,
		companyName: 'Acme',
		companyUrl: 'https://www.linkedin.com/company/acme/',
		creationTime,
	});
}

const resume = { resumeFinishedCampaign: true, resumePausedCampaign: true };

const exclusions = {
	excludeContactedFromOtherCampaigns: true,
	excludeContactedFromSenderInOtherCampaign: true,
	excludeHasOtherAccConversations: true,
	excludeListId: byId(2003),
};

const end = { nodeType: 'END', actionDelay: 3, actionDelayUnit: 'HOUR' };
const sequence = JSON.stringify({
	nodeType: 'CONNECTION_REQUEST',
	actionDelay: 3,
	actionDelayUnit: 'HOUR',
	payload: { messages: ['Hi {{firstName}}'], fallbackMessage: 'Hi', toBeWithdrawnAfterDays: 14 },
	conditionalNode: end,
	unconditionalNode: end,
});

const schedule = {
	dailyStartTime: '9:00',
	dailyEndTime: '17:30',
	timeZoneId: 'Europe/Berlin',
	days: ['Monday', 'Wednesday'],
	startDate: '2027-03-01T00:00:00',
	endDate: '2027-06-01',
};

const inOrganization = { workspaceId: byId(SEEDED.workspace) };
const userFilters = { filters: { role: 'Admin', invitationStatus: ['Accepted', 'Pending'] } };
const invitation = { inviterEmail: 'admin@example.com', emails: 'a@example.com, b@example.com' };

const conversationFilters: INodeParameters = {
	campaignIds: [SEEDED.campaign],
	senderIds: SEEDED.senders,
	seen: true,
	searchString: 'a',
};

/** With every field filled in. The tests walk all operations and fail for one that is not here. */
export const heyReachExamples: Record<string, Example> = {
	'campaign:addLead': () => ({
		campaignId,
		senderId: byId(301),
		...aLead,
		additionalFields: resume,
	}),
	'campaign:addSender': (sandbox) => ({
		...inStatus(sandbox, SEEDED.draft, 'DRAFT'),
		senderIds: [302, 303],
	}),
	'campaign:create': () => ({
		name: 'Robots',
		linkedInUserListId: byId(2001),
		senderIds: SEEDED.senders,
		sequence,
		schedule,
		additionalFields: exclusions,
	}),
	'campaign:createFromTemplate': () => ({
		campaignId,
		name: 'Robots again',
		linkedInUserListId: byId(2001),
		senderIds: SEEDED.senders,
		additionalFields: exclusions,
	}),
	'campaign:get': () => ({ campaignId, simplify: false }),
	'campaign:getLeads': () => ({
		campaignId,
		filters: { timeFrom: '2020-01-01', timeTo: '2030-01-01', timeFilter: 'CreationTime' },
		returnAll: true,
		simplify: false,
	}),
	'campaign:getMany': () => ({
		filters: { keyword: 'o', senderIds: SEEDED.senders, statuses: ['IN_PROGRESS'] },
		returnAll: true,
		simplify: false,
	}),
	'campaign:getManyForLead': (sandbox) => ({
		lead: knownLead(sandbox).profileUrl,
		returnAll: true,
	}),
	'campaign:getSequence': () => ({ campaignId }),
	'campaign:pause': () => ({ campaignId }),
	'campaign:removeSender': (sandbox) => ({
		...inStatus(sandbox, SEEDED.campaign, 'PAUSED'),
		senderIds: [302],
	}),
	'campaign:resume': (sandbox) => inStatus(sandbox, SEEDED.campaign, 'PAUSED'),
	'campaign:start': (sandbox) => inStatus(sandbox, SEEDED.draft, 'DRAFT'),
	'campaign:stopLead': (sandbox) => ({ campaignId, lead: knownLead(sandbox).linkedinId }),
	'campaign:updateSchedule': (sandbox) => ({
		...inStatus(sandbox, SEEDED.draft, 'DRAFT'),
		schedule,
	}),
	'campaign:updateSenders': (sandbox) => ({
		...inStatus(sandbox, SEEDED.draft, 'DRAFT'),
		senderIds: SEEDED.senders,
	}),
	'campaign:updateSequence': (sandbox) => ({
		...inStatus(sandbox, SEEDED.draft, 'DRAFT'),
		sequence,
	}),
	'campaign:updateSettings': (sandbox) => ({
		...inStatus(sandbox, SEEDED.draft, 'DRAFT'),
		updateFields: {
			name: 'Event follow-up 2',
			linkedInUserListId: byId(2001),
			...exclusions,
		},
	}),
	'list:addLead': () => ({ listId, ...aLead }),
	'list:create': () => ({ listName: 'New list', listType: 'USER_LIST' }),
	'list:get': () => ({ listId }),
	'list:getCompanies': () => ({
		listId: byId(SEEDED.companies),
		filters: { keyword: 'a' },
		returnAll: true,
		simplify: false,
	}),
	'list:getLeads': (sandbox) => ({
		listId,
		filters: {
			createdFrom: '2020-01-01',
			createdTo: '2030-01-01',
			lead: knownLead(sandbox).linkedinId,
			keyword: knownLead(sandbox).firstName,
		},
		returnAll: true,
		simplify: false,
	}),
	'list:getMany': () => ({
		filters: { campaignIds: [SEEDED.campaign], keyword: 'a', listType: 'USER_LIST' },
		returnAll: true,
	}),
	'list:getManyForLead': (sandbox) => ({ lead: knownLead(sandbox).linkedinId, returnAll: true }),
	'list:removeLead': (sandbox) => ({ listId, profileUrl: knownLead(sandbox).profileUrl }),
	'list:removeLeadById': (sandbox) => ({ listId, linkedInId: knownLead(sandbox).linkedinId }),
	'lead:get': (sandbox) => ({ profileUrl: knownLead(sandbox).profileUrl, simplify: false }),
	'leadTag:add': (sandbox) => ({
		lead: knownLead(sandbox).linkedinId,
		tags: 'new one, hot lead',
		createTagIfNotExisting: true,
	}),
	'leadTag:create': () => ({ tagName: 'Fresh', color: 'Green' }),
	'leadTag:get': (sandbox) => ({ profileUrl: knownLead(sandbox).profileUrl }),
	'leadTag:replace': (sandbox) => ({
		lead: knownLead(sandbox).profileUrl,
		tags: ['follow up'],
		createTagIfNotExisting: false,
	}),
	'conversation:get': (sandbox) => ({ ...conversationOf(sandbox), simplify: false }),
	'conversation:getMany': (sandbox) => ({
		filters: {
			...conversationFilters,
			lead: knownLead(sandbox).profileUrl,
			tags: 'hot lead',
			latestAutoTagNames: 'Interested',
		},
		from: '2020-01-01',
		to: '2030-01-01',
		returnAll: true,
		simplify: false,
	}),
	'conversation:getManyV2': (sandbox) => ({
		filters: { ...conversationFilters, lead: knownLead(sandbox).linkedinId, tags: 'hot lead' },
		returnAll: true,
		simplify: false,
	}),
	'conversation:sendMessage': (sandbox) => ({
		...conversationOf(sandbox),
		message: 'Here is the example.',
		subject: 'Example',
	}),
	'conversation:setSeen': (sandbox) => ({ ...conversationOf(sandbox), seen: false }),
	'sender:get': () => ({ senderId: byId(301), simplify: false }),
	'sender:getMany': () => ({ filters: { keyword: 'a' }, returnAll: true, simplify: false }),
	'sender:getStatus': () => ({ senderId: byId(301) }),
	'network:checkConnection': (sandbox) => ({
		senderId: byId(303),
		lead: knownLead(sandbox).profileUrl,
	}),
	'network:getMany': () => ({ senderId: byId(301), returnAll: true, simplify: false }),
	'stats:getByCampaign': () => ({
		campaignIds: [SEEDED.campaign],
		senderIds: SEEDED.senders,
		startDate: '2020-01-01',
		endDate: '2030-01-01',
	}),
	'stats:getOverall': () => ({
		campaignIds: [SEEDED.campaign],
		senderIds: SEEDED.senders,
		startDate: '2020-01-01',
		endDate: '2030-01-01',
		simplify: false,
	}),
	'webhook:create': () => ({
		webhookName: 'Replies to n8n',
		webhookUrl: 'https://n8n.example.com/webhook/y',
		eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
		additionalFields: {
			campaignIds: [SEEDED.campaign],
			customHeaders: { values: [{ name: 'X-Secret', value: 'of the receiver' }] },
			otherEvent: 'LIKED_POST',
		},
	}),
	'webhook:delete': (sandbox) => webhookOf(sandbox),
	'webhook:get': (sandbox) => ({ ...webhookOf(sandbox), includeCustomHeaders: true }),
	'webhook:getMany': (sandbox) => {
		webhookOf(sandbox);
		return { includeCustomHeaders: true, returnAll: true };
	},
	'webhook:update': (sandbox) => ({
		...webhookOf(sandbox),
		updateFields: {
			isActive: false,
			campaignIds: [],
			customHeaders: { values: [{ name: 'X-Secret', value: 'changed' }] },
			eventType: 'FOLLOW_SENT',
			webhookName: 'Renamed',
			webhookUrl: 'https://n8n.example.com/webhook/z',
		},
	}),
	'blacklist:addCompanies': () => ({
		requestBody: JSON.stringify({ companies: [{ companyName: 'Acme' }] }),
	}),
	'blacklist:addLead': () => ({ blacklistLead: SEEDED.profileUrl }),
	'blacklist:getCompanies': (sandbox) => {
		blacklistOne(sandbox);
		return { returnAll: true };
	},
	'blacklist:getLeads': (sandbox) => {
		blacklistOne(sandbox);
		return { filters: { search: 'a', matchingStatus: 'Matched' }, returnAll: true };
	},
	'blacklist:removeCompanies': () => ({ requestBody: JSON.stringify({ ids: [1] }) }),
	'blacklist:removeLeads': () => ({ requestBody: JSON.stringify({ ids: [1] }) }),
	'emailEnrichment:check': (sandbox) => {
		const job = { id: 'job-1', linkedinId: knownLead(sandbox).linkedinId, doneAt: 0 };
		sandbox.state.enrichmentJobs.set(job.id, job);
		return { jobId: job.id };
	},
	'emailEnrichment:start': (sandbox) => ({
		requestBody: JSON.stringify({ profileUrl: knownLead(sandbox).profileUrl }),
	}),
	'workspace:create': () => ({ workspaceName: 'Sales', additionalFields: { seatsLimit: 3 } }),
	'workspace:getApiKeys': () => inOrganization,
	'workspace:getMany': () => ({ returnAll: true }),
	'workspace:update': () => ({
		...inOrganization,
		updateFields: { workspaceName: 'Sales 2', seatsLimit: 4 },
	}),
	'organizationUser:get': (sandbox) => {
		const [user] = sandbox.state.organizationUsers.values();
		return { userId: String(user.id) };
	},
	'organizationUser:getMany': () => ({ ...userFilters, returnAll: true }),
	'organizationUser:getManyOfWorkspace': () => ({
		...inOrganization,
		...userFilters,
		returnAll: true,
	}),
	'organizationUser:inviteAdmins': () => invitation,
	'organizationUser:inviteManagers': () => ({
		...invitation,
		workspaceIds: String(SEEDED.workspace),
	}),
	'organizationUser:inviteMembers': () => ({
		...invitation,
		workspaceIds: [SEEDED.workspace],
		permissions: ['viewCampaigns', 'viewMyNetwork'],
	}),
	'apiKey:check': () => ({}),
	'apiCall:getMany': () => ({
		method: 'POST',
		path: '/campaign/GetAll',
		queryJson: {},
		bodyJson: '{ "statuses": ["IN_PROGRESS"] }',
		recordsIn: 'items',
		returnAll: true,
	}),
	'apiCall:send': () => ({
		method: 'POST',
		path: '/list/CreateEmptyList',
		queryJson: {},
		bodyJson: { name: 'Webinar', type: 'USER_LIST' },
	}),
};
