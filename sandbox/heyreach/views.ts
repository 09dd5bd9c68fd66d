import type {
	Campaign,
	CampaignLead,
	CampaignStatus,
	Company,
	Lead,
	LeadList,
	Sender,
	TagColor,
	Webhook,
} from './records';
import type { WorkspaceData } from './workspace';

/** The name behind /in/. */
export const username = (url: string): string => /\/in\/([^/?#]+)/.exec(url)?.[1] ?? '';

/** A profile as lists show it. */
export const profileView = (lead: Lead): object => ({
	linkedin_id: lead.linkedinId,
	profileUrl: lead.profileUrl,
	firstName: lead.firstName,
	lastName: lead.lastName,
	headline: lead.headline,
	imageUrl: null,
	location: lead.location,
	companyName: lead.companyName,
	companyUrl: null,
	position: lead.position,
	about: lead.about,
	connections: lead.connections,
	followers: lead.followers,
	emailAddress: lead.emailAddress,
	enrichedEmailAddress: lead.enrichedEmailAddress,
	customEmailAddress: null,
	tags: lead.tags,
	autoTags: lead.autoTags,
	customFields: lead.customFields,
});

/** A profile as GetLead shows it. */
export const leadView = (lead: Lead): object => ({
	linkedin_id: lead.linkedinId,
	imageUrl: null,
	firstName: lead.firstName,
	lastName: lead.lastName,
	fullName: `${lead.firstName} ${lead.lastName}`,
	location: lead.location,
	summary: lead.summary,
	companyName: lead.companyName,
	companyUrl: null,
	position: lead.position,
	industry: lead.industry,
	about: lead.about,
	username: username(lead.profileUrl),
	emailAddress: lead.emailAddress,
	connections: lead.connections,
	followers: lead.followers,
	experiences: [],
	education: [],
	profileUrl: lead.profileUrl,
	enrichedEmailAddress: lead.enrichedEmailAddress,
	headline: lead.headline,
	emailEnrichments: [],
});

/** A campaign that was just started can read as a draft for seconds. */
const shownStatus = ({ status, readsAsDraftUntil = 0 }: Campaign): CampaignStatus =>
	Date.now() < readsAsDraftUntil ? 'DRAFT' : status;

export function campaignView(state: WorkspaceData, campaign: Campaign): object {
	const { leads, exclusions } = campaign;
	const inStatus = (...statuses: Array<CampaignLead['leadCampaignStatus']>): number =>
		leads.filter((lead) => !lead.manuallyStopped && statuses.includes(lead.leadCampaignStatus))
			.length;
	return {
		id: campaign.id,
		name: campaign.name,
		creationTime: campaign.creationTime,
		startedAt: campaign.startedAt,
		linkedInUserListName: state.lists.get(campaign.listId)?.name ?? null,
		linkedInUserListId: campaign.listId,
		campaignAccountIds: campaign.accountIds,
		status: shownStatus(campaign),
		progressStats: {
			totalUsers: leads.length,
			totalUsersInProgress: inStatus('InSequence', 'Paused'),
			totalUsersPending: inStatus('Pending'),
			totalUsersFinished: inStatus('Finished'),
			totalUsersFailed: inStatus('Failed'),
			totalUsersManuallyStopped: leads.filter((lead) => lead.manuallyStopped).length,
			totalUsersExcluded: inStatus('Excluded'),
		},
		// Written under another name.
		excludeInOtherCampaigns: exclusions.excludeContactedFromOtherCampaigns,
		excludeHasOtherAccConversations: exclusions.excludeHasOtherAccConversations,
		excludeContactedFromSenderInOtherCampaign: exclusions.excludeContactedFromSenderInOtherCampaign,
		excludeListId: exclusions.excludeListId,
		organizationUnitId: 1,
	};
}

export function campaignLeadView(state: WorkspaceData, row: CampaignLead): object {
	const lead = state.leads.get(row.linkedinId);
	const sender = state.senders.get(row.senderId);
	return {
		id: row.id,
		linkedInUserProfileId: row.linkedinId,
		linkedInUserProfile: lead === undefined ? null : profileView(lead),
		lastActionTime: row.lastActionTime,
		failedTime: row.failedTime,
		creationTime: row.creationTime,
		leadCampaignStatus: row.leadCampaignStatus,
		leadConnectionStatus: row.leadConnectionStatus,
		leadMessageStatus: row.leadMessageStatus,
		errorCode: row.errorCode ?? null,
		leadCampaignStatusMessage: row.manuallyStopped ? 'Stopped manually' : null,
		linkedInSenderId: row.senderId,
		linkedInSenderFullName: sender === undefined ? null : `${sender.firstName} ${sender.lastName}`,
	};
}

const campaignsOf = (state: WorkspaceData, listId: number): number[] =>
	[...state.campaigns.values()]
		.filter((campaign) => campaign.listId === listId)
		.map((campaign) => campaign.id);

const itemsOf = (state: WorkspaceData, { id, listType, members }: LeadList): number =>
	listType === 'USER_LIST'
		? members.length
		: [...state.companies.values()].filter(({ listId }) => listId === id).length;

export const listView = (state: WorkspaceData, list: LeadList): object => ({
	id: list.id,
	name: list.name,
	totalItemsCount: itemsOf(state, list),
	listType: list.listType,
	creationTime: list.creationTime,
	campaignIds: campaignsOf(state, list.id),
	isDeleted: false,
});

/** CreateEmptyList answers another shape than the reads. */
export const createdListView = (list: LeadList): object => ({
	id: list.id,
	name: list.name,
	count: 0,
	listType: list.listType,
	creationTime: list.creationTime,
	isDeleted: false,
	campaigns: null,
	search: null,
	status: 'UNKNOWN',
});

export const companyView = ({ id: _id, listId: _list, ...company }: Company): object => ({
	...company,
	imageUrl: null,
});

export const tagView = ([displayName, color]: [string, TagColor]): object => ({
	displayName,
	color,
});

export const senderView = (state: WorkspaceData, sender: Sender): object => ({
	id: sender.id,
	emailAddress: sender.emailAddress,
	firstName: sender.firstName,
	lastName: sender.lastName,
	isActive: sender.isActive,
	profileUrl: sender.profileUrl,
	activeCampaigns: [...state.campaigns.values()].filter(
		({ status, accountIds }) => status === 'IN_PROGRESS' && accountIds.includes(sender.id),
	).length,
	authIsValid: sender.authIsValid,
	isValidNavigator: false,
	isValidRecruiter: false,
});

export const senderStatusView = (sender: Sender): object => ({
	accountId: sender.id,
	status: sender.isActive && sender.authIsValid ? 'Connected' : 'Disconnected',
	failureReason: sender.authIsValid ? null : 'The LinkedIn session has ended.',
	profile: {
		firstName: sender.firstName,
		lastName: sender.lastName,
		profileUrl: sender.profileUrl,
	},
	salesNavigator: { authenticated: false },
	recruiter: { authenticated: false },
});

/** Custom headers are shown only to who asks for them. */
export const webhookView = (
	{ customHeaders, ...webhook }: Webhook,
	includeCustomHeaders = false,
): object => (includeCustomHeaders ? { ...webhook, customHeaders } : webhook);
