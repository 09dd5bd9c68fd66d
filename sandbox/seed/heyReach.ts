import { SANDBOX } from '../accounts';
import type { CampaignStatus, Lead } from '../heyreach/records';
import type { SandboxState } from '../state';
import type { Moment } from './moments';
import { seedOutreach } from './outreach';
import { person, range } from './people';
import { seedWorkspace } from './workspace';

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

const LISTS = [
	{ id: 2001, name: 'Founders in Austin', leads: [0, 90] },
	{ id: 2002, name: 'Agencies', leads: [75, 150] },
	{ id: 2003, name: 'Event guests', leads: [10, 25] },
];

const SENDERS = [
	{ id: 301, firstName: 'Sandy', lastName: 'Box' },
	{ id: 302, firstName: 'Robin', lastName: 'Field' },
	{ id: 303, firstName: 'Kim', lastName: 'Shore' },
];

/**
 * Leads 0-59 are contacts with LinkedIn fields, 60-99 share only the e-mail with a contact, and
 * 100-149 are nobody's contact.
 */
const personOfLead = (number: number): number => (number < 100 ? number : number + 100);

export function seedHeyReach(state: SandboxState, moment: Moment): void {
	seedWorkspace(state, moment, {
		leads: range(0, 150).map(lead),
		lists: LISTS.map((list) => ({ ...list, members: members(list.leads) })),
		senders: SENDERS,
		campaigns: CAMPAIGNS.map((campaign) => ({ ...campaign, members: members(campaign.leads) })),
	});
	seedOutreach(state, moment);
}

/**
 * The workspace that the key opens, and one of the same organization that nobody pays for. They exist
 * without any other data too.
 */
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
		isSubscribed: false,
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

const lead = (number: number): Lead => leadOf(personOfLead(number), number);

/** A person as a lead; what is known of them differs from one `number` to the next. */
export function leadOf(of: number, number: number): Lead {
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
