import { refused } from './errors';
import type { Campaign, CampaignLead, Lead, LeadList } from './records';
import { profileKey } from './route';
import { fields, listOf, optionalText, text } from './validate';
import type { WorkspaceData } from './workspace';

/** The writable part of a lead. */
export interface LeadInput {
	profileUrl: string;
	firstName?: string | null;
	lastName?: string | null;
	location?: string | null;
	summary?: string | null;
	companyName?: string | null;
	position?: string | null;
	about?: string | null;
	emailAddress?: string | null;
	customUserFields?: Array<{ name: string; value: string }> | null;
}

export const leadInput = fields(
	{
		profileUrl: text,
		firstName: optionalText,
		lastName: optionalText,
		location: optionalText,
		summary: optionalText,
		companyName: optionalText,
		position: optionalText,
		about: optionalText,
		emailAddress: optionalText,
		customUserFields: {
			...listOf(fields({ name: text, value: text }, ['name', 'value'])),
			type: ['array', 'null'],
		},
	},
	['profileUrl'],
);

/** At most this many leads in one request. */
export const MAX_LEADS = 100;

export interface AddedCounts {
	addedLeadsCount: number;
	updatedLeadsCount: number;
	failedLeadsCount: number;
}

/** What the first versions of the endpoints answer instead of the counts. */
export const taken = ({ addedLeadsCount, updatedLeadsCount }: AddedCounts): number =>
	addedLeadsCount + updatedLeadsCount;

/**
 * Saves leads and files each with `file`, which says whether the lead was new there. One bad
 * custom field name refuses the whole request; a /pub/ address counts as failed; a lead without
 * both names is dropped with no count at all.
 */
export function addLeads(
	state: WorkspaceData,
	inputs: LeadInput[],
	file: (lead: Lead, at: number) => boolean,
): AddedCounts {
	for (const { name } of inputs.flatMap(({ customUserFields }) => customUserFields ?? [])) {
		if (!/^\w+$/.test(name)) {
			throw refused(
				`Custom user field name "${name}" may contain only letters, digits and underscores.`,
			);
		}
	}
	const known = new Map(
		[...state.leads.values()].map((lead) => [profileKey(lead.profileUrl), lead]),
	);
	const counts = { addedLeadsCount: 0, updatedLeadsCount: 0, failedLeadsCount: 0 };
	for (const [at, input] of inputs.entries()) {
		if (!input.firstName || !input.lastName) continue;
		if (!/linkedin\.com\/(in|sales)\//i.test(input.profileUrl)) counts.failedLeadsCount += 1;
		else if (file(saveLead(state, known, input), at)) counts.addedLeadsCount += 1;
		else counts.updatedLeadsCount += 1;
	}
	return counts;
}

const WRITABLE = [
	'firstName',
	'lastName',
	'location',
	'summary',
	'companyName',
	'position',
	'about',
] as const;

/** Upserts by profile (`known`: profile key -> lead). A freshly imported lead has an id that begins with `imp_`. */
function saveLead(state: WorkspaceData, known: Map<string, Lead>, input: LeadInput): Lead {
	const key = profileKey(input.profileUrl);
	const lead: Lead = known.get(key) ?? {
		linkedinId: `imp_${state.ids.nextNumber('lead')}`,
		profileUrl: input.profileUrl,
		firstName: '',
		lastName: '',
		headline: '',
		location: '',
		summary: '',
		about: '',
		companyName: '',
		position: '',
		industry: '',
		connections: 0,
		followers: 0,
		emailAddress: null,
		enrichedEmailAddress: null,
		tags: [],
		autoTags: [],
		customFields: [],
	};
	for (const name of WRITABLE) lead[name] = input[name] || lead[name];
	lead.emailAddress = input.emailAddress || lead.emailAddress;
	const custom = new Map(lead.customFields.map(({ name, value }) => [name, value]));
	for (const { name, value } of input.customUserFields ?? []) custom.set(name, value);
	lead.customFields = [...custom].map(([name, value]) => ({ name, value }));
	known.set(key, lead);
	state.leads.set(lead.linkedinId, lead);
	return lead;
}

/** Puts a lead into a list, and into the running campaigns that list feeds. */
export function fileInList(state: WorkspaceData, list: LeadList, lead: Lead): boolean {
	if (list.members.some(({ linkedinId }) => linkedinId === lead.linkedinId)) return false;
	list.members.push({ linkedinId: lead.linkedinId, addedAt: new Date().toISOString() });
	for (const campaign of state.campaigns.values()) {
		if (campaign.listId === list.id && campaign.status === 'IN_PROGRESS') {
			fileInCampaign(state, campaign, lead, null);
		}
	}
	return true;
}

/** Without a sender, one of the campaign's own is picked in turn. */
export function fileInCampaign(
	state: WorkspaceData,
	campaign: Campaign,
	lead: Lead,
	senderId: number | null,
): boolean {
	if (campaign.leads.some(({ linkedinId }) => linkedinId === lead.linkedinId)) return false;
	const { accountIds, leads } = campaign;
	campaign.leads.push(
		pendingLead(
			state.ids.nextNumber('campaignLead', 900_001),
			lead.linkedinId,
			senderId ?? accountIds[leads.length % accountIds.length],
			new Date().toISOString(),
		),
	);
	return true;
}

export const pendingLead = (
	id: number,
	linkedinId: string,
	senderId: number,
	creationTime: string,
): CampaignLead => ({
	id,
	linkedinId,
	senderId,
	creationTime,
	lastActionTime: null,
	failedTime: null,
	leadCampaignStatus: 'Pending',
	leadConnectionStatus: 'None',
	leadMessageStatus: 'None',
	manuallyStopped: false,
});
