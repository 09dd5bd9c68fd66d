import { addLeads, fileInCampaign, leadInput, MAX_LEADS, taken } from './addLeads';
import type { AddedCounts, LeadInput } from './addLeads';
import { notFound, refused } from './errors';
import { CAMPAIGN_STATUSES } from './records';
import type { Campaign, CampaignLead, CampaignStatus } from './records';
import { epochOf, findLead, hasKeyword, page, route } from './route';
import type { Call, LeadIdentity, Paging, Route } from './route';
import { fields, flag, listOf, optionalText, paging, time, whole } from './validate';
import { campaignLeadView, campaignView } from './views';
import type { WorkspaceData } from './workspace';

const byId = fields({ campaignId: whole }, ['campaignId']);
interface ById {
	campaignId: number;
}

export function campaignOf(state: WorkspaceData, id: number): Campaign {
	const campaign = state.campaigns.get(id);
	if (campaign === undefined) throw notFound('Campaign', id);
	return settled(campaign);
}

/** As it is now: one that was resumed without a lead has paused itself again meanwhile. */
function settled(campaign: Campaign): Campaign {
	if (campaign.pausesAt !== undefined && Date.now() >= campaign.pausesAt) {
		campaign.status = 'PAUSED';
		delete campaign.pausesAt;
	}
	return campaign;
}

interface ListFilter extends Paging {
	keyword?: string;
	statuses?: CampaignStatus[];
	accountIds?: number[];
}

function list({ state, body }: Call<ListFilter, unknown>): object {
	const { keyword, statuses = [], accountIds = [] } = body;
	const found = [...state.campaigns.values()]
		.map(settled)
		.filter(
			(campaign) =>
				hasKeyword(campaign.name, keyword) &&
				(statuses.length === 0 || statuses.includes(campaign.status)) &&
				(accountIds.length === 0 || accountIds.some((id) => campaign.accountIds.includes(id))),
		);
	return page(found, body, (campaign) => campaignView(state, campaign));
}

/** Which of a campaign lead's times each filter looks at; `Everywhere` looks at none. */
const TIMES: Record<string, (lead: CampaignLead) => Array<string | null>> = {
	CreationTime: (lead) => [lead.creationTime],
	LastActionTakenTime: (lead) => [lead.lastActionTime],
	FailedTime: (lead) => [lead.failedTime],
	LastActionTakenOrFailedTime: (lead) => [lead.lastActionTime, lead.failedTime],
};

interface LeadsFilter extends Paging, ById {
	timeFrom?: string | null;
	timeTo?: string | null;
	timeFilter?: string;
}

function leadsOf({ state, body }: Call<LeadsFilter, unknown>): object {
	const { timeFrom, timeTo, timeFilter = 'Everywhere' } = body;
	const from = timeFrom ? epochOf(timeFrom) : -Infinity;
	const to = timeTo ? epochOf(timeTo) : Infinity;
	const times = TIMES[timeFilter];
	const found = campaignOf(state, body.campaignId).leads.filter(
		(lead) =>
			times === undefined ||
			times(lead).some(
				(time) => time !== null && Date.parse(time) >= from && Date.parse(time) <= to,
			),
	);
	return page(found, body, (lead) => campaignLeadView(state, lead));
}

function campaignsOfLead({ state, body }: Call<LeadIdentity & Paging, unknown>): object {
	if (!body.email && !body.linkedinId && !body.profileUrl) {
		throw refused('One of email, linkedinId or profileUrl is required.');
	}
	const lead = findLead(state, body);
	const memberships = [...state.campaigns.values()].flatMap((campaign) =>
		campaign.leads
			.filter(({ linkedinId }) => linkedinId === lead?.linkedinId)
			.map((row) => ({ campaign, row })),
	);
	return {
		leadFullName: lead === undefined ? null : `${lead.firstName} ${lead.lastName}`,
		...page(memberships, body, ({ campaign, row }) => ({
			campaignId: campaign.id,
			campaignName: campaign.name,
			campaignStatus: campaign.status,
			leadStatus: row.leadCampaignStatus,
		})),
	};
}

interface AddLeadsBody extends ById {
	accountLeadPairs: Array<{ linkedInAccountId?: number | null; lead: LeadInput }>;
	resumeFinishedCampaign?: boolean;
	resumePausedCampaign?: boolean;
}

function add({ state, body }: Call<AddLeadsBody, unknown>): AddedCounts {
	const campaign = campaignOf(state, body.campaignId);
	const { accountLeadPairs } = body;
	const resumed: Partial<Record<CampaignStatus, boolean | undefined>> = {
		IN_PROGRESS: true,
		STARTING: true,
		SCHEDULED: true,
		FINISHED: body.resumeFinishedCampaign,
		PAUSED: body.resumePausedCampaign,
	};
	if (campaign.status === 'DRAFT') {
		throw refused('You cannot add new leads to a draft campaign.');
	}
	if (resumed[campaign.status] !== true) {
		throw refused(`Leads cannot be added to a campaign with the status ${campaign.status}.`);
	}
	for (const { linkedInAccountId } of accountLeadPairs) {
		if (linkedInAccountId && !campaign.accountIds.includes(linkedInAccountId)) {
			throw refused(`LinkedIn account ${linkedInAccountId} is not a sender of this campaign.`);
		}
	}
	const counts = addLeads(
		state,
		accountLeadPairs.map(({ lead }) => lead),
		(lead, at) =>
			fileInCampaign(state, campaign, lead, accountLeadPairs[at].linkedInAccountId ?? null),
	);
	if (campaign.status === 'FINISHED' || campaign.status === 'PAUSED') {
		campaign.status = 'IN_PROGRESS';
	}
	return counts;
}

interface StopBody extends ById {
	leadMemberId?: string | null;
	leadUrl?: string | null;
}

function stop({ state, body }: Call<StopBody, unknown>): void {
	const campaign = campaignOf(state, body.campaignId);
	const { leadMemberId, leadUrl } = body;
	const lead = findLead(state, { linkedinId: leadMemberId, profileUrl: leadUrl });
	const row = campaign.leads.find(({ linkedinId }) => linkedinId === lead?.linkedinId);
	if (row === undefined) throw notFound('Lead', leadMemberId ?? leadUrl ?? '');
	row.leadCampaignStatus = 'Finished';
	row.manuallyStopped = true;
	row.lastActionTime = new Date().toISOString();
}

/** Pause and Resume: a change of status that some statuses refuse, answered with an empty body. */
const statusChange = (
	path: string,
	from: CampaignStatus[],
	to: CampaignStatus,
	refusal: string,
): Route =>
	route<unknown, ById>({
		method: 'POST',
		path,
		query: byId,
		handle: ({ state, query }) => {
			const campaign = campaignOf(state, query.campaignId);
			if (!from.includes(campaign.status)) throw refused(refusal);
			campaign.status = to;
			// One without any lead pauses itself again, without a word.
			if (to === 'IN_PROGRESS' && isEmpty(state, campaign)) {
				campaign.pausesAt = Date.now() + PAUSES_AFTER_MS;
			}
		},
	});

const PAUSES_AFTER_MS = 1000;

const isEmpty = (state: WorkspaceData, { leads, listId }: Campaign): boolean =>
	leads.length === 0 && (state.lists.get(listId)?.members.length ?? 0) === 0;

const addLeadsModel = fields(
	{
		campaignId: whole,
		accountLeadPairs: listOf(
			fields({ linkedInAccountId: { type: ['integer', 'null'] }, lead: leadInput }, ['lead']),
			MAX_LEADS,
		),
		resumeFinishedCampaign: flag,
		resumePausedCampaign: flag,
	},
	['campaignId', 'accountLeadPairs'],
);

export const campaigns: Route[] = [
	route<ListFilter>({
		method: 'POST',
		path: '/campaign/GetAll',
		body: fields({
			...paging(),
			keyword: optionalText,
			statuses: listOf({ enum: CAMPAIGN_STATUSES }),
			accountIds: listOf(whole),
		}),
		handle: list,
	}),
	route<unknown, ById>({
		method: 'GET',
		path: '/campaign/GetById',
		query: byId,
		handle: ({ state, query }) => campaignView(state, campaignOf(state, query.campaignId)),
	}),
	route<LeadsFilter>({
		method: 'POST',
		path: '/campaign/GetLeadsFromCampaign',
		body: fields(
			{
				...paging(),
				campaignId: whole,
				timeFrom: time,
				timeTo: time,
				timeFilter: { enum: [...Object.keys(TIMES), 'Everywhere'] },
			},
			['campaignId'],
		),
		handle: leadsOf,
	}),
	route<LeadIdentity & Paging>({
		method: 'POST',
		path: '/campaign/GetCampaignsForLead',
		body: fields({
			...paging(),
			email: optionalText,
			linkedinId: optionalText,
			profileUrl: optionalText,
		}),
		handle: campaignsOfLead,
	}),
	route<AddLeadsBody>({
		method: 'POST',
		path: '/campaign/AddLeadsToCampaignV2',
		body: addLeadsModel,
		handle: add,
	}),
	// The first version answers the bare number of leads it took.
	route<AddLeadsBody>({
		method: 'POST',
		path: '/campaign/AddLeadsToCampaign',
		body: addLeadsModel,
		handle: (call) => taken(add(call)),
	}),
	route<StopBody>({
		method: 'POST',
		path: '/campaign/StopLeadInCampaign',
		body: fields({ campaignId: whole, leadMemberId: optionalText, leadUrl: optionalText }, [
			'campaignId',
		]),
		handle: stop,
	}),
	statusChange(
		'/campaign/Pause',
		['IN_PROGRESS', 'STARTING', 'SCHEDULED'],
		'PAUSED',
		'An inactive campaign cannot be paused.',
	),
	statusChange(
		'/campaign/Resume',
		['PAUSED', 'FINISHED', 'FAILED'],
		'IN_PROGRESS',
		'The campaign you are trying to resume is not paused, finished or failed',
	),
];
