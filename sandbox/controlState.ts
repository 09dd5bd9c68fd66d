import { SANDBOX } from './accounts';
import type { Chatroom, Lead } from './heyreach/records';
import { profileView } from './heyreach/views';
import { EVENT_TYPES } from './heyreach/webhooks';
import type { WorkspaceData } from './heyreach/workspace';
import type { Sandbox } from './sandbox';
import { redact } from './redact';

export interface StateQuery {
	q?: string;
	limit?: number;
	/** The HeyReach workspace to look into; the one that `SANDBOX.heyReachKey` opens where absent. */
	workspace?: number;
	/** The HighLevel location whose contacts are shown; all locations where absent. */
	location?: string;
}

/**
 * What the page shows: all records, or those that match `q`, at most `limit` of each kind; notes,
 * tasks and messages of the contacts that are shown.
 */
export function stateView(
	{ state, ghlWebhooks }: Sandbox,
	{ q = '', limit = Infinity, workspace = SANDBOX.heyReachWorkspaceId, location }: StateQuery,
): object {
	if (!state.workspaces.has(workspace)) throw new Error(`No workspace ${workspace}`);
	const data = state.workspace(workspace);
	const located = [...state.contacts.values()].filter(
		({ locationId }) => location === undefined || locationId === location,
	);
	const contacts = located.filter(({ firstName, lastName, email, phone, companyName, tags }) =>
		finds(q, [firstName, lastName, email, phone, companyName, ...tags]),
	);
	const lists = listsByLead(data);
	const isFound = (lead: Lead): boolean => finds(q, textsOf(lead, lists.get(lead.linkedinId)));
	const leads = [...data.leads.values()].filter(isFound);
	const shown = contacts.sort((a, b) => b.dateUpdated.localeCompare(a.dateUpdated)).slice(0, limit);
	const ids = new Set(shown.map(({ id }) => id));
	const kept = Math.min(limit, 10_000);
	return {
		eventTypes: EVENT_TYPES,
		totals: {
			contacts: located.length,
			leads: data.leads.size,
			conversations: data.chatrooms.size,
		},
		locations: [...state.locations.values()].map(({ id, name }) => ({ id, name })),
		workspaces: [...state.workspaces.values()]
			.filter(({ isSubscribed = true }) => isSubscribed)
			.map(({ id, name }) => ({ id, name })),
		workspace,
		contacts: shown.map((contact) => ({
			...contact,
			tagsAddedAt: state.tagTimes.of(contact.id),
		})),
		notes: [...state.notes.values()].filter(({ contactId }) => ids.has(contactId)),
		tasks: [...state.tasks.values()].filter(({ contactId }) => ids.has(contactId)),
		appointments: [...state.appointments.values()].filter(({ contactId }) => ids.has(contactId)),
		messages: [...state.messages.values()].filter(({ contactId }) => ids.has(contactId)),
		leads: leads.slice(0, limit).map((lead) => ({
			...profileView(lead),
			lists: lists.get(lead.linkedinId) ?? [],
			campaigns: campaignsOf(data, lead),
		})),
		chatrooms: chatroomsOf(data, isFound).slice(0, limit),
		campaigns: [...data.campaigns.values()].map(({ leads: rows, ...campaign }) => ({
			...campaign,
			leadCount: rows.length,
		})),
		lists: [...data.lists.values()].map(({ members, ...list }) => ({
			...list,
			leadCount: members.length,
		})),
		senders: [...data.senders.values()].map(({ connections: _network, ...sender }) => sender),
		customFields: [...state.customFields.values()],
		businesses: [...state.businesses.values()],
		users: [...state.users.values()],
		webhooks: [...data.webhooks.values()].map(({ customHeaders, ...webhook }) => ({
			...webhook,
			customHeaders: Object.keys(customHeaders),
			webhookUrl: redact(webhook.webhookUrl),
		})),
		deliveries: data.deliveries.slice(-kept),
		ghlDeliveries: ghlWebhooks.deliveries.slice(-kept),
	};
}

/** Each word of `q` stands somewhere in the texts. */
function finds(q: string, texts: Array<string | null | undefined>): boolean {
	const text = texts.join(' ').toLowerCase();
	return q
		.toLowerCase()
		.split(/\s+/)
		.every((word) => text.includes(word));
}

const textsOf = (lead: Lead, lists: string[] = []): Array<string | null> => [
	...[lead.firstName, lead.lastName, lead.emailAddress, lead.companyName],
	...[...lead.tags, ...lead.autoTags.map(({ name }) => name), ...lists],
];

/** The names of the lists that a lead is in, by its LinkedIn id. */
function listsByLead({ lists }: WorkspaceData): Map<string, string[]> {
	const names = new Map<string, string[]>();
	for (const { name, members } of lists.values()) {
		for (const { linkedinId } of members) {
			const known = names.get(linkedinId);
			if (known === undefined) names.set(linkedinId, [name]);
			else known.push(name);
		}
	}
	return names;
}

const campaignsOf = ({ campaigns }: WorkspaceData, { linkedinId }: Lead): object[] =>
	[...campaigns.values()].flatMap(({ id, leads }) =>
		leads
			.filter((row) => row.linkedinId === linkedinId)
			.map(({ leadCampaignStatus, leadConnectionStatus, leadMessageStatus }) => ({
				id,
				status: leadCampaignStatus,
				connection: leadConnectionStatus,
				message: leadMessageStatus,
			})),
	);

const lastAt = ({ messages }: Chatroom): string => messages.at(-1)?.createdAt ?? '';

/** The latest first. */
function chatroomsOf(state: WorkspaceData, isFound: (lead: Lead) => boolean): object[] {
	return [...state.chatrooms.values()]
		.sort((a, b) => lastAt(b).localeCompare(lastAt(a)))
		.flatMap(({ accountId, linkedinId, campaignId, messages, ...chatroom }) => {
			const lead = state.leads.get(linkedinId);
			const sender = state.senders.get(accountId);
			if (lead === undefined || !isFound(lead)) return [];
			const { firstName, lastName, companyName, autoTags } = lead;
			const campaign = state.campaigns.get(campaignId ?? NaN);
			return [
				{
					...chatroom,
					lead: { linkedinId, firstName, lastName, companyName, autoTags },
					sender: sender && `${sender.firstName} ${sender.lastName}`,
					campaign: campaign && { id: campaign.id, name: campaign.name },
					totalMessages: messages.length,
					messages: messages.slice(-10),
				},
			];
		});
}
