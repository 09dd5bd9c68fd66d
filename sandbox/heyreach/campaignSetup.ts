import { fileInCampaign } from './addLeads';
import { campaignOf } from './campaigns';
import { refused } from './errors';
import { createList } from './lists';
import type { Campaign, Exclusions, SequenceNode } from './records';
import { route } from './route';
import type { Call, Route } from './route';
import { DEFAULT_SCHEDULE, schedule, scheduleInput } from './schedule';
import type { ScheduleInput } from './schedule';
import { checkSequence, readBack, sequenceNode } from './sequence';
import { fields, flag, listOf, nullable, text, whole } from './validate';
import type { WorkspaceData } from './workspace';

interface ById {
	campaignId: number;
}
const byId = fields({ campaignId: whole }, ['campaignId']);

interface Settings extends Partial<Exclusions> {
	name: string;
	linkedInUserListId?: number | null;
}
const settingsModel = {
	name: { ...text, minLength: 1, maxLength: 50 },
	linkedInUserListId: nullable(whole),
	excludeContactedFromOtherCampaigns: flag,
	excludeHasOtherAccConversations: flag,
	excludeContactedFromSenderInOtherCampaign: flag,
	excludeListId: nullable(whole),
};
const accounts = { ...listOf(whole, 100), minItems: 1 };

function checkUserList(state: WorkspaceData, id: number): void {
	const list = state.lists.get(id);
	if (list === undefined) throw refused('Lead list not found');
	if (list.listType !== 'USER_LIST') throw refused(`List ${id} is not a USER_LIST.`);
}

function checkAccounts(state: WorkspaceData, ids: number[]): void {
	for (const id of ids) {
		if (!state.senders.has(id)) throw refused(`LinkedIn account ${id} was not found.`);
	}
}

/** All of them: a flag that was not sent is off. */
function exclusions(state: WorkspaceData, input: Settings, listId: number): Exclusions {
	const { excludeListId = null } = input;
	if (excludeListId !== null) checkUserList(state, excludeListId);
	if (excludeListId === listId) throw refused('The lead list and the exclusion list are the same.');
	return {
		excludeContactedFromOtherCampaigns: input.excludeContactedFromOtherCampaigns ?? false,
		excludeHasOtherAccConversations: input.excludeHasOtherAccConversations ?? false,
		excludeContactedFromSenderInOtherCampaign:
			input.excludeContactedFromSenderInOtherCampaign ?? false,
		excludeListId,
	};
}

interface NewCampaign extends Settings {
	linkedInAccountIds: number[];
	schedule?: ScheduleInput | null;
	sequence?: SequenceNode | null;
}

/** A new draft. Without a list it gets an empty one of its own, to be filled when it runs. */
function create(state: WorkspaceData, input: NewCampaign): { campaignId: number } {
	if (input.linkedInUserListId) checkUserList(state, input.linkedInUserListId);
	checkAccounts(state, input.linkedInAccountIds);
	if (input.sequence) checkSequence(input.sequence);
	const kept = schedule(input.schedule ?? DEFAULT_SCHEDULE);
	const listId = input.linkedInUserListId ?? createList(state, input.name).id;
	const campaign: Campaign = {
		id: state.ids.nextNumber('campaign', 1101),
		name: input.name,
		status: 'DRAFT',
		creationTime: new Date().toISOString(),
		startedAt: null,
		listId,
		accountIds: [...new Set(input.linkedInAccountIds)],
		leads: [],
		exclusions: exclusions(state, input, listId),
		schedule: kept,
		sequence: input.sequence ?? null,
	};
	state.campaigns.set(campaign.id, campaign);
	return { campaignId: campaign.id };
}

interface FromTemplate extends Settings {
	campaignIdForTemplate: number;
	/** The vendor's spelling. */
	linkedInAcccountIdsForCampaign: number[];
}

function createFromTemplate({ state, body }: Call<FromTemplate, unknown>): object {
	const template = campaignOf(state, body.campaignIdForTemplate);
	return create(state, {
		...body,
		linkedInAccountIds: body.linkedInAcccountIdsForCampaign,
		schedule: template.schedule,
		sequence: template.sequence,
	});
}

/** The campaign, when it may be changed: a scheduled one falls back to a draft. */
function editable(state: WorkspaceData, id: number): Campaign {
	const campaign = campaignOf(state, id);
	if (!['DRAFT', 'SCHEDULED', 'PAUSED'].includes(campaign.status)) {
		throw refused(`A campaign with the status ${campaign.status} cannot be changed.`);
	}
	return campaign;
}

function changed(campaign: Campaign): void {
	if (campaign.status === 'SCHEDULED') campaign.status = 'DRAFT';
}

/** Replaces all settings: what is not sent falls back to its default. */
function updateSettings({ state, body }: Call<ById & Settings, unknown>): void {
	const campaign = editable(state, body.campaignId);
	const listId = body.linkedInUserListId ?? campaign.listId;
	checkUserList(state, listId);
	if (listId !== campaign.listId && campaign.startedAt !== null) {
		throw refused('List changed after campaign has started');
	}
	campaign.exclusions = exclusions(state, body, listId);
	campaign.name = body.name;
	campaign.listId = listId;
	changed(campaign);
}

function updateSequence({ state, body }: Call<ById & { sequence: SequenceNode }, unknown>): void {
	const campaign = editable(state, body.campaignId);
	checkSequence(body.sequence);
	campaign.sequence = body.sequence;
	changed(campaign);
}

/** Replaces all senders; the leads of one that is gone are stopped for good. */
function updateAccounts({ state, body }: Call<ById & { linkedInAccountIds: number[] }, unknown>) {
	const campaign = editable(state, body.campaignId);
	checkAccounts(state, body.linkedInAccountIds);
	setAccounts(campaign, body.linkedInAccountIds);
}

function setAccounts(campaign: Campaign, ids: number[]): void {
	campaign.accountIds = [...new Set(ids)];
	for (const lead of campaign.leads) {
		if (campaign.accountIds.includes(lead.senderId)) continue;
		lead.leadCampaignStatus = 'Finished';
		lead.manuallyStopped = true;
	}
	changed(campaign);
}

/** Adds senders, or removes them; those that are not named stay. What a removed one has not is no fault. */
const accountChange = (path: string, next: (had: number[], given: number[]) => number[]): Route =>
	route<ById & { linkedInAccountIds: number[] }>({
		method: 'POST',
		path,
		body: fields({ campaignId: whole, linkedInAccountIds: accounts }, [
			'campaignId',
			'linkedInAccountIds',
		]),
		handle: ({ state, body }) => {
			const campaign = editable(state, body.campaignId);
			checkAccounts(state, body.linkedInAccountIds);
			const ids = next(campaign.accountIds, body.linkedInAccountIds);
			if (ids.length === 0) throw refused('A campaign needs at least one LinkedIn account.');
			setAccounts(campaign, ids);
		},
	});

function updateSchedule({ state, body }: Call<ById & { schedule: ScheduleInput }, unknown>): void {
	const campaign = editable(state, body.campaignId);
	const kept = schedule(body.schedule);
	if (campaign.startedAt !== null && kept.startDate !== campaign.schedule.startDate) {
		throw refused('The start date cannot be changed after the campaign has started.');
	}
	campaign.schedule = kept;
	changed(campaign);
}

/** Only a draft starts; with a start date to come it is scheduled. */
function start({ state, settings, query }: Call<unknown, ById>): void {
	const campaign = campaignOf(state, query.campaignId);
	if (campaign.status !== 'DRAFT') throw refused('Only a draft campaign can be started.');
	if (campaign.sequence === null) throw refused('The campaign has no sequence.');
	const now = new Date().toISOString();
	campaign.readsAsDraftUntil = Date.now() + settings.campaignStatusLagMs;
	const { startDate } = campaign.schedule;
	if (startDate !== null && startDate > now.slice(0, 10)) {
		campaign.status = 'SCHEDULED';
		return;
	}
	campaign.status = 'IN_PROGRESS';
	campaign.startedAt = now;
	for (const { linkedinId } of state.lists.get(campaign.listId)?.members ?? []) {
		const lead = state.leads.get(linkedinId);
		if (lead !== undefined) fileInCampaign(state, campaign, lead, null);
	}
}

export const campaignSetup: Route[] = [
	route<NewCampaign>({
		method: 'POST',
		path: '/campaign/Create',
		body: fields(
			{
				...settingsModel,
				linkedInAccountIds: accounts,
				schedule: nullable(scheduleInput),
				sequence: nullable(sequenceNode),
			},
			['name', 'linkedInAccountIds'],
		),
		handle: ({ state, body }) => create(state, body),
	}),
	route<FromTemplate>({
		method: 'POST',
		path: '/campaign/CreateCampaignFromTemplate',
		// The body rests on one source; that it answers as Create does is our reading.
		body: fields(
			{ ...settingsModel, campaignIdForTemplate: whole, linkedInAcccountIdsForCampaign: accounts },
			['campaignIdForTemplate', 'name', 'linkedInAcccountIdsForCampaign'],
		),
		handle: createFromTemplate,
	}),
	route<ById & Settings>({
		method: 'POST',
		path: '/campaign/UpdateSettings',
		body: fields({ ...settingsModel, campaignId: whole }, ['campaignId', 'name']),
		handle: updateSettings,
	}),
	route<ById & { sequence: SequenceNode }>({
		method: 'POST',
		path: '/campaign/UpdateSequence',
		body: fields({ campaignId: whole, sequence: sequenceNode }, ['campaignId', 'sequence']),
		handle: updateSequence,
	}),
	route<ById & { linkedInAccountIds: number[] }>({
		method: 'POST',
		path: '/campaign/UpdateAccounts',
		body: fields({ campaignId: whole, linkedInAccountIds: accounts }, [
			'campaignId',
			'linkedInAccountIds',
		]),
		handle: updateAccounts,
	}),
	accountChange('/campaign/AddLinkedInAccountsToCampaign', (had, given) => [...had, ...given]),
	accountChange('/campaign/RemoveLinkedInAccountsFromCampaign', (had, given) =>
		had.filter((id) => !given.includes(id)),
	),
	route<ById & { schedule: ScheduleInput }>({
		method: 'POST',
		path: '/campaign/UpdateSchedule',
		body: fields({ campaignId: whole, schedule: scheduleInput }, ['campaignId', 'schedule']),
		handle: updateSchedule,
	}),
	route<unknown, ById>({
		method: 'POST',
		path: '/campaign/StartCampaign',
		query: byId,
		handle: start,
	}),
	route<unknown, ById>({
		method: 'GET',
		path: '/campaign/GetCampaignSequence',
		query: byId,
		handle: ({ state, query }) => {
			const { sequence } = campaignOf(state, query.campaignId);
			return sequence === null ? undefined : readBack(sequence);
		},
	}),
];
