import type { SandboxState } from '../state';
import type { Campaign, Chatroom, Lead, Sender } from './records';
import type { EventType } from './webhooks';

export interface EventFacts {
	eventType: EventType;
	correlationId: string;
	lead: Lead | undefined;
	campaign: Campaign | undefined;
	/** Of the events that are a message. */
	chatroom: Chatroom | undefined;
	message?: string;
	upperCase?: boolean;
	omitEventType?: boolean;
}

/** The end of the conversation, not all of it. */
const RECENT = 3;

const conversation = ({ chatroom }: EventFacts): object =>
	chatroom === undefined
		? {}
		: {
				conversation_id: chatroom.id,
				is_inmail: chatroom.isInMail,
				recent_messages: chatroom.messages.slice(-RECENT).map(({ createdAt, body, sender }) => ({
					creation_time: createdAt,
					message: body,
					is_reply: sender === 'CORRESPONDENT',
					message_type: 'TEXT',
				})),
			};
const connection = ({ message }: EventFacts): object => ({ connection_message: message ?? '' });

/** The root fields an event has besides the common ones. */
const EXTRAS: Partial<Record<EventType, (facts: EventFacts) => object>> = {
	CONNECTION_REQUEST_SENT: connection,
	CONNECTION_REQUEST_ACCEPTED: connection,
	MESSAGE_SENT: conversation,
	MESSAGE_REPLY_RECEIVED: conversation,
	EVERY_MESSAGE_REPLY_RECEIVED: conversation,
	INMAIL_SENT: conversation,
	INMAIL_REPLY_RECEIVED: conversation,
	LIKED_POST: () => ({ post_url: 'https://www.linkedin.com/feed/update/urn:li:activity:1/' }),
	LEAD_TAG_UPDATED: ({ lead }) => ({ tags: lead?.tags ?? [] }),
};

/** The JSON of one delivery: snake_case and flat; `event_type` in lower case as most samples show it. */
export function eventPayload(state: SandboxState, facts: EventFacts): Record<string, unknown> {
	const { eventType, correlationId, lead, campaign } = facts;
	const at = new Date().toISOString();
	const row = campaign?.leads.find(({ linkedinId }) => linkedinId === lead?.linkedinId);
	const senderId = facts.chatroom?.accountId ?? row?.senderId ?? campaign?.accountIds[0];
	const sender = state.senders.get(senderId ?? NaN);
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
		...EXTRAS[eventType]?.(facts),
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
