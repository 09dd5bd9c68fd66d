import type { SandboxState } from '../state';
import type { Campaign, Lead, Sender } from './records';
import type { EventType } from './webhooks';

export interface EventFacts {
	eventType: EventType;
	correlationId: string;
	lead: Lead | undefined;
	campaign: Campaign | undefined;
	message?: string;
	upperCase?: boolean;
	omitEventType?: boolean;
}

const conversation =
	(isReply: boolean, isInmail: boolean) =>
	({ lead, message }: EventFacts, at: string): object => ({
		conversation_id: Buffer.from(`conversation-${lead?.linkedinId}`).toString('base64'),
		is_inmail: isInmail,
		recent_messages: [
			...(isReply
				? [
						{
							creation_time: new Date(Date.parse(at) - 3_600_000).toISOString(),
							message: `Hi ${lead?.firstName}, shall we talk?`,
							is_reply: false,
							message_type: 'TEXT',
						},
					]
				: []),
			{
				creation_time: at,
				message: message ?? (isReply ? 'Sounds good, tell me more.' : 'Hello!'),
				is_reply: isReply,
				message_type: 'TEXT',
			},
		],
	});
const connection = ({ message }: EventFacts): object => ({ connection_message: message ?? '' });

/** The root fields an event has besides the common ones. */
const EXTRAS: Partial<Record<EventType, (facts: EventFacts, at: string) => object>> = {
	CONNECTION_REQUEST_SENT: connection,
	CONNECTION_REQUEST_ACCEPTED: connection,
	MESSAGE_SENT: conversation(false, false),
	MESSAGE_REPLY_RECEIVED: conversation(true, false),
	EVERY_MESSAGE_REPLY_RECEIVED: conversation(true, false),
	INMAIL_SENT: conversation(false, true),
	INMAIL_REPLY_RECEIVED: conversation(true, true),
	LIKED_POST: () => ({ post_url: 'https://www.linkedin.com/feed/update/urn:li:activity:1/' }),
	LEAD_TAG_UPDATED: ({ lead }) => ({ tags: lead?.tags ?? [] }),
};

/** The JSON of one delivery: snake_case and flat; `event_type` in lower case as most samples show it. */
export function eventPayload(state: SandboxState, facts: EventFacts): Record<string, unknown> {
	const { eventType, correlationId, lead, campaign } = facts;
	const at = new Date().toISOString();
	const row = campaign?.leads.find(({ linkedinId }) => linkedinId === lead?.linkedinId);
	const sender = state.senders.get(row?.senderId ?? campaign?.accountIds[0] ?? NaN);
	return {
		...(facts.omitEventType === true
			? {}
			: { event_type: facts.upperCase === true ? eventType : eventType.toLowerCase() }),
		correlation_id: correlationId,
		timestamp: at,
		campaign:
			campaign === undefined
				? null
				: { id: campaign.id, name: campaign.name, status: campaign.status },
		...(sender === undefined ? {} : { sender: senderPart(sender) }),
		...(lead === undefined ? {} : { lead: leadPart(state, lead) }),
		...EXTRAS[eventType]?.(facts, at),
	};
}

const senderPart = (sender: Sender): object => ({
	id: sender.id,
	first_name: sender.firstName,
	last_name: sender.lastName,
	full_name: `${sender.firstName} ${sender.lastName}`,
	email_address: sender.emailAddress,
	profile_url: sender.profileUrl,
});

const leadPart = (state: SandboxState, lead: Lead): object => ({
	id: lead.linkedinId,
	profile_url: lead.profileUrl,
	first_name: lead.firstName,
	last_name: lead.lastName,
	full_name: `${lead.firstName} ${lead.lastName}`,
	location: lead.location,
	summary: lead.summary,
	company_name: lead.companyName,
	company_url: null,
	position: lead.position,
	about: lead.about,
	email_address: lead.emailAddress,
	enriched_email: lead.enrichedEmailAddress,
	custom_email: null,
	tags: lead.tags,
	lists: [...state.lists.values()]
		.filter((list) => list.members.some(({ linkedinId }) => linkedinId === lead.linkedinId))
		.map((list) => list.name),
});
