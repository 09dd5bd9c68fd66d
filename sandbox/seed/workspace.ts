import { pendingLead } from '../heyreach/addLeads';
import type { CampaignLead, CampaignStatus, Lead } from '../heyreach/records';
import { DEFAULT_SCHEDULE, schedule } from '../heyreach/schedule';
import type { WorkspaceData } from '../heyreach/workspace';
import type { Moment } from './moments';

/** What a workspace begins with. People are named by their linkedinId. */
export interface WorkspaceSeed {
	leads: Lead[];
	lists: Array<{ id: number; name: string; members: string[] }>;
	senders: Array<{ id: number; firstName: string; lastName: string }>;
	campaigns: Array<{
		id: number;
		name: string;
		status: CampaignStatus;
		listId: number;
		accountIds: number[];
		members: string[];
	}>;
}

/** Connect, then write once to who accepts. */
const SEQUENCE = {
	nodeType: 'CONNECTION_REQUEST',
	actionDelay: 3,
	actionDelayUnit: 'HOUR' as const,
	payload: { messages: ['Hi {{firstName}}, good to meet you.'], fallbackMessage: 'Hello!' },
	conditionalNode: {
		nodeType: 'MESSAGE',
		actionDelay: 1,
		actionDelayUnit: 'DAY' as const,
		payload: { messages: ['Thanks for connecting, {{firstName}}.'], fallbackMessage: 'Thanks!' },
		unconditionalNode: { nodeType: 'END', actionDelay: 3, actionDelayUnit: 'HOUR' as const },
	},
	unconditionalNode: { nodeType: 'END', actionDelay: 3, actionDelayUnit: 'HOUR' as const },
};

export function seedWorkspace(data: WorkspaceData, moment: Moment, seed: WorkspaceSeed): void {
	data.leadTags.set('hot lead', 'Red');
	data.leadTags.set('follow up', 'Blue');
	data.leadTags.set('not now', 'Orange');
	for (const lead of seed.leads) data.leads.set(lead.linkedinId, lead);
	for (const { id, name, members } of seed.lists) {
		data.lists.set(id, {
			id,
			name,
			listType: 'USER_LIST',
			creationTime: moment(-48),
			members: members.map((linkedinId, at) => ({ linkedinId, addedAt: moment(at - 40) })),
		});
	}
	for (const { id, firstName, lastName } of seed.senders) {
		const handle = `${firstName}-${lastName}`.toLowerCase();
		data.senders.set(id, {
			id,
			emailAddress: `${handle}@team.example.com`,
			firstName,
			lastName,
			profileUrl: `https://www.linkedin.com/in/${handle}/`,
			isActive: true,
			authIsValid: true,
			connections: [],
		});
	}
	for (const { id, name, status, listId, accountIds, members } of seed.campaigns) {
		data.campaigns.set(id, {
			id,
			name,
			status,
			creationTime: moment(-30),
			startedAt: status === 'DRAFT' ? null : moment(-24),
			listId,
			accountIds: [...accountIds],
			exclusions: {
				excludeContactedFromOtherCampaigns: false,
				excludeHasOtherAccConversations: false,
				excludeContactedFromSenderInOtherCampaign: false,
				excludeListId: null,
			},
			schedule: schedule(DEFAULT_SCHEDULE),
			sequence: structuredClone(SEQUENCE),
			leads: members.map((linkedinId, at) =>
				progressed(
					pendingLead(
						id * 1000 + at,
						linkedinId,
						accountIds[at % accountIds.length],
						moment(at - 24),
					),
					at,
					moment(at),
				),
			),
		});
	}
}

/** Every fourth lead is still pending; the others are further on. */
function progressed(row: CampaignLead, at: number, actedAt: string): CampaignLead {
	const steps: Array<Partial<CampaignLead>> = [
		{},
		{ leadCampaignStatus: 'InSequence', leadConnectionStatus: 'ConnectionSent' },
		{ leadCampaignStatus: 'InSequence', leadConnectionStatus: 'ConnectionAccepted' },
		{
			leadCampaignStatus: 'Finished',
			leadConnectionStatus: 'ConnectionAccepted',
			leadMessageStatus: 'MessageReply',
		},
	];
	const step = at % steps.length;
	return { ...row, ...steps[step], lastActionTime: step === 0 ? null : actedAt };
}
