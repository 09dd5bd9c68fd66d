import { SANDBOX } from '../accounts';
import { pendingLead } from '../heyreach/addLeads';
import { DEFAULT_SCHEDULE, schedule } from '../heyreach/schedule';
import type { CampaignLead, CampaignStatus, Lead } from '../heyreach/records';
import type { SandboxState } from '../state';
import { seedOutreach } from './outreach';
import { moment, person, range } from './people';

/** The canonical profile address and the numeric member id of a person. */
export const profileUrl = (number: number): string =>
	`https://www.linkedin.com/in/${person(number).slug}/`;
export const memberId = (number: number): string => String(120_000_000 + number);

const CAMPAIGNS: Array<{
	id: number;
	name: string;
	status: CampaignStatus;
	listId: number;
	accountIds: number[];
	leads: [number, number];
}> = [
	{
		id: 1001,
		name: 'Founders outreach',
		status: 'IN_PROGRESS',
		listId: 2001,
		accountIds: [301, 302],
		leads: [0, 90],
	},
	{
		id: 1002,
		name: 'Agency partners',
		status: 'IN_PROGRESS',
		listId: 2002,
		accountIds: [303],
		leads: [75, 150],
	},
	// Not started: nobody is in it yet.
	{
		id: 1003,
		name: 'Event follow-up',
		status: 'DRAFT',
		listId: 2003,
		accountIds: [301],
		leads: [0, 0],
	},
];

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
const LISTS = [
	{ id: 2001, name: 'Founders in Austin', leads: [0, 90] },
	{ id: 2002, name: 'Agencies', leads: [75, 150] },
	{ id: 2003, name: 'Event guests', leads: [10, 25] },
];

/**
 * Leads 0-59 are contacts with LinkedIn fields, 60-99 share only the e-mail with a contact, and
 * 100-149 are nobody's contact.
 */
const personOfLead = (number: number): number => (number < 100 ? number : number + 100);

export function seedHeyReach(state: SandboxState): void {
	state.leadTags.set('hot lead', 'Red');
	state.leadTags.set('follow up', 'Blue');
	state.leadTags.set('not now', 'Orange');
	for (const number of range(0, 150)) {
		const seeded = lead(number);
		state.leads.set(seeded.linkedinId, seeded);
	}
	for (const { id, name, leads } of LISTS) {
		state.lists.set(id, {
			id,
			name,
			listType: 'USER_LIST',
			creationTime: moment(-48),
			members: members(leads).map((linkedinId, at) => ({ linkedinId, addedAt: moment(at - 40) })),
		});
	}
	for (const { id, firstName, lastName } of [
		{ id: 301, firstName: 'Sandy', lastName: 'Box' },
		{ id: 302, firstName: 'Robin', lastName: 'Field' },
		{ id: 303, firstName: 'Kim', lastName: 'Shore' },
	]) {
		const handle = `${firstName}-${lastName}`.toLowerCase();
		state.senders.set(id, {
			id,
			emailAddress: `${handle}@team.example.com`,
			firstName,
			lastName,
			profileUrl: `https://www.linkedin.com/in/${handle}/`,
			isActive: true,
			connections: [],
		});
	}
	for (const { id, name, status, listId, accountIds, leads } of CAMPAIGNS) {
		state.campaigns.set(id, {
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
			leads: members(leads).map((linkedinId, at) =>
				progressed(
					pendingLead(
						id * 1000 + at,
						linkedinId,
						accountIds[at % accountIds.length],
						moment(at - 24),
					),
					at,
				),
			),
		});
	}
	seedOutreach(state);
}

/** The workspace that the key opens, and one more of the same organization. They exist without any other data too. */
export function seedWorkspaces(state: SandboxState): void {
	const { heyReachWorkspaceId: id, heyReachKey } = SANDBOX;
	state.workspaces.set(id, {
		id,
		name: 'Sandbox team',
		seatsLimit: 10,
		keys: { PUBLIC: heyReachKey },
	});
	state.workspaces.set(id + 1, {
		id: id + 1,
		name: 'Another team',
		seatsLimit: null,
		keys: { PUBLIC: 'sandbox-heyreach-other-workspace-key' },
	});
	for (const [at, [name, surname]] of [
		['Sandy', 'Box'],
		['Robin', 'Field'],
	].entries()) {
		state.organizationUsers.set(7001 + at, {
			id: 7001 + at,
			name,
			surname,
			email: `${name}.${surname}@team.example.com`.toLowerCase(),
			role: at === 0 ? 'Admin' : 'Member',
			invitationStatus: 'Accepted',
			workspaceIds: at === 0 ? [id, id + 1] : [id],
			permissions: { viewCampaigns: true, viewLeadLists: true },
		});
	}
}

const members = ([from, to]: number[]): string[] =>
	range(from, to).map((at) => lead(at).linkedinId);

/** Every fourth lead is still pending; the others are further on. */
function progressed(row: CampaignLead, at: number): CampaignLead {
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
	return { ...row, ...steps[step], lastActionTime: step === 0 ? null : moment(at) };
}

function lead(number: number): Lead {
	const of = personOfLead(number);
	const { firstName, lastName, email, slug, companyName, position, place } = person(of);
	const byEmail = number >= 60 && number < 100;
	return {
		// Some profiles are not enriched yet: their id is no member id.
		linkedinId: number >= 145 ? `imp_seed_${number}` : memberId(of),
		profileUrl: number % 2 === 0 ? profileUrl(of) : `https://www.linkedin.com/in/${slug}`,
		firstName,
		lastName,
		headline: `${position} at ${companyName}`,
		location: `${place.city}, ${place.state}`,
		summary: '',
		about: `${firstName} works at ${companyName}.`,
		companyName,
		position,
		industry: 'Professional Services',
		connections: 100 + number * 3,
		followers: 50 + number * 5,
		emailAddress: byEmail || number % 2 === 0 ? email : null,
		enrichedEmailAddress: number % 9 === 0 ? email : null,
		tags: number % 6 === 0 ? ['hot lead'] : [],
		autoTags: [],
		customFields: number % 12 === 0 ? [{ name: 'first_topic', value: 'automation' }] : [],
	};
}
