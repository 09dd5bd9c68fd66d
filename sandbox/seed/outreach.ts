import { record, say } from '../heyreach/chatrooms';
import type { ActivityKind, Campaign, CampaignLead } from '../heyreach/records';
import type { WorkspaceData } from '../heyreach/workspace';
import type { SandboxState } from '../state';
import type { Moment } from './moments';
import { range } from './people';

/** What the campaigns did so far: conversations, networks, statistics; and a list of companies. */
export function seedOutreach(state: SandboxState, moment: Moment): void {
	seedSteps(state, moment);
	// One sender with a network of more than a page.
	const large = state.senders.get(303);
	if (large !== undefined) large.connections = [...state.leads.keys()].slice(0, 130);
	seedCompanies(state, moment);
}

/** What the leads' rows in the campaigns say: each step an hour after the one before. */
export function seedSteps(data: WorkspaceData, moment: Moment): void {
	for (const campaign of data.campaigns.values()) {
		for (const [at, row] of campaign.leads.entries())
			seedProgress(data, moment, { campaign, row, at });
	}
}

/** The steps a lead's row says it has taken, an hour after each other. */
function seedProgress(
	state: WorkspaceData,
	moment: Moment,
	{ campaign, row, at }: { campaign: Campaign; row: CampaignLead; at: number },
): void {
	const { linkedinId, senderId: accountId } = row;
	const lead = state.leads.get(linkedinId);
	if (lead === undefined) return;
	const did = (kind: ActivityKind, hours: number): void =>
		record(state, kind, {
			accountId,
			linkedinId,
			campaignId: campaign.id,
			at: moment(at + hours),
		});
	if (row.leadConnectionStatus !== 'None') {
		did('profileView', -2);
		did('connectionSent', -1);
	}
	if (row.leadConnectionStatus === 'ConnectionAccepted') {
		did('connectionAccepted', 0);
		state.senders.get(accountId)?.connections.push(linkedinId);
	}
	if (row.leadMessageStatus !== 'MessageReply') return;
	const told = { accountId, lead, campaign, isInMail: at % 8 === 7 };
	did(told.isInMail ? 'inMail' : 'message', 1);
	say(state, {
		...told,
		isReply: false,
		body: `Thanks for connecting, ${lead.firstName}. May I send you an example?`,
		at: moment(at + 1),
	});
	did(told.isInMail ? 'inMailReply' : 'messageReply', 2);
	const interested = at % 3 !== 0;
	const chatroom = say(state, {
		...told,
		isReply: true,
		body: interested ? 'Sounds good, tell me more.' : 'Not now, thank you.',
		at: moment(at + 2),
	});
	chatroom.seen = at % 5 !== 0;
	did(interested ? 'interested' : 'otherAutoTag', 2);
	lead.autoTags = [{ name: interested ? 'Interested' : 'Not Interested', campaignId: campaign.id }];
}

const COMPANIES = ['Northwind Dental', 'Blue Kite Media', 'Harbor & Pine', 'Lumen Freight'];

function seedCompanies(state: SandboxState, moment: Moment): void {
	const listId = 2004;
	state.lists.set(listId, {
		id: listId,
		name: 'Target companies',
		listType: 'COMPANY_LIST',
		creationTime: moment(-48),
		members: [],
	});
	for (const at of range(0, 12)) {
		const name = `${COMPANIES[at % COMPANIES.length]}${at < COMPANIES.length ? '' : ` ${at}`}`;
		const id = 6001 + at;
		state.companies.set(id, {
			id,
			listId,
			name,
			description: `${name} works with people like you.`,
			industry: 'Professional Services',
			companySize: '11-50 employees',
			employeesOnLinkedIn: 12 + at,
			location: 'Austin, Texas',
			specialities: 'service, care',
			website: `https://company-${at + 1}.example.com`,
		});
	}
}
