import { CAMPAIGN_STATUSES } from './records';
import type { Campaign, Chatroom, Lead, LeadList, Sender } from './records';
import type { EventType } from './webhooks';
import type { WorkspaceData } from './workspace';

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
	flat?: Spelling;
}

/** How the keys of a flat event are spelt. */
export type Spelling = 'camel' | 'snake';

/** The end of the conversation, not all of it. */
const RECENT = 3;

const conversation = ({ chatroom }: EventFacts): object =>
	chatroom === undefined
		? {}
		: {
				conversation_id: chatroom.id,
				is_inmail: chatroom.isInMail,
				recent_messages: chatroom.messages
					.slice(-RECENT)
					.map(({ createdAt, body, sender, isAttachment }) => ({
						creation_time: createdAt,
						message: isAttachment ? '' : body,
						is_reply: sender === 'CORRESPONDENT',
						// Its case varies.
						message_type: isAttachment ? 'Attachment' : 'TEXT',
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

/** A moment as HeyReach's .NET writes it, with seven decimals. */
export const sevenDecimals = (iso: string): string => iso.replace(/Z$/, '4567Z');

/**
 * The JSON of one delivery: `event_type` in lower case as most samples show it, keys in snake_case,
 * lead, campaign and sender in objects. Events of tags may be flat.
 */
export function eventPayload(state: WorkspaceData, facts: EventFacts): Record<string, unknown> {
	if (facts.flat !== undefined) return flatPayload(state, facts, facts.flat);
	const { eventType, correlationId, lead, campaign } = facts;
	const sender = senderOf(state, facts);
	return {
		...(facts.omitEventType === true
			? {}
			: { event_type: facts.upperCase === true ? eventType : eventType.toLowerCase() }),
		correlation_id: correlationId,
		timestamp: sevenDecimals(new Date().toISOString()),
		campaign:
			campaign === undefined
				? null
				: { id: campaign.id, name: campaign.name, status: statusNumber(campaign) },
		...(sender === undefined ? {} : { sender: senderPart(sender, eventType) }),
		...(lead === undefined ? {} : { lead: leadPart(state, lead, eventType) }),
		...EXTRAS[eventType]?.(facts),
	};
}

/** An event of a tag as readers of such events expect it: no nesting, no time, no correlation id. */
function flatPayload(
	state: WorkspaceData,
	facts: EventFacts,
	spelling: Spelling,
): Record<string, unknown> {
	const { eventType, lead, campaign } = facts;
	const sender = senderOf(state, facts);
	const keys: Record<string, unknown> = {
		event_type: eventType,
		campaign_id: campaign?.id,
		campaign_name: campaign?.name,
		linkedin_account_id: sender?.id,
		lead_profile_url: lead?.profileUrl,
		lead_email_address: lead?.emailAddress ?? undefined,
		lead_first_name: lead?.firstName,
		lead_last_name: lead?.lastName,
		lead_company_name: lead?.companyName,
		tag: eventType === 'LEAD_TAG_UPDATED' ? lead?.tags.at(-1) : lead?.autoTags.at(-1)?.name,
	};
	const written = Object.entries(keys).filter(([, value]) => value !== undefined);
	return Object.fromEntries(
		written.map(([key, value]) => [spelling === 'camel' ? camelCase(key) : key, value]),
	);
}

const camelCase = (key: string): string =>
	key
		.replace('linkedin', 'linkedIn')
		.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());

function senderOf(
	state: WorkspaceData,
	{ chatroom, campaign, lead }: EventFacts,
): Sender | undefined {
	const row = campaign?.leads.find(({ linkedinId }) => linkedinId === lead?.linkedinId);
	return state.senders.get(chatroom?.accountId ?? row?.senderId ?? campaign?.accountIds[0] ?? NaN);
}

/** Webhooks give a number. 1 and 2 were seen; which number is which status is our invention. */
const statusNumber = ({ status }: Campaign): number => CAMPAIGN_STATUSES.indexOf(status);

/** The events of connections were seen without these keys. */
const isSparse = (eventType: EventType): boolean => eventType.startsWith('CONNECTION_');

const senderPart = (sender: Sender, eventType: EventType): object => ({
	id: sender.id,
	first_name: sender.firstName,
	last_name: sender.lastName,
	...(isSparse(eventType) ? {} : { full_name: `${sender.firstName} ${sender.lastName}` }),
	email_address: sender.emailAddress,
	profile_url: sender.profileUrl,
});

const leadPart = (state: WorkspaceData, lead: Lead, eventType: EventType): object => ({
	id: lead.linkedinId,
	profile_url: lead.profileUrl,
	first_name: lead.firstName,
	last_name: lead.lastName,
	full_name: `${lead.firstName} ${lead.lastName}`,
	location: lead.location,
	summary: lead.summary,
	company_name: lead.companyName,
	...(isSparse(eventType) ? {} : { company_url: null, about: lead.about }),
	position: lead.position,
	email_address: lead.emailAddress,
	enriched_email: lead.enrichedEmailAddress,
	custom_email: null,
	tags: lead.tags,
	lists: [...state.lists.values()]
		.filter((list) => list.members.some(({ linkedinId }) => linkedinId === lead.linkedinId))
		.map((list) => listPart(list, lead)),
});

/** A list with the variables of the lead in it. The sandbox keeps those by lead, not by list. */
const listPart = ({ id, name }: LeadList, { customFields }: Lead): object => ({
	id,
	name,
	custom_fields: Object.fromEntries(customFields.map((field) => [field.name, field.value])),
});

/** What the Test button on HeyReach's page of webhooks posts: made up, without correlation id. */
export const testPayload = (eventType: EventType): Record<string, unknown> => ({
	is_inmail: false,
	recent_messages: [
		{ creation_time: '2026-01-01T10:00:01Z', message: 'Hello from the button', is_reply: false },
		{ creation_time: '2026-01-01T10:00:02Z', message: 'An answer to it', is_reply: true },
	],
	conversation_id: '2-dGVzdA==',
	campaign: { id: 123, name: 'Test campaign' },
	sender: { id: 123, first_name: 'Test', last_name: 'Sender', full_name: 'Test Sender' },
	lead: {
		id: 'TestId',
		profile_url: 'https://www.linkedin.com/in/test-lead-of-the-button',
		first_name: 'Test',
		last_name: 'Lead',
		full_name: 'Test Lead',
		location: 'Nowhere',
		summary: 'Made up',
		company_url: 'https://company.example/',
		company_name: 'Made up',
		position: 'Tester',
		about: 'Made up',
		email_address: 'test@company.example',
		enriched_email: null,
		custom_email: null,
		tags: ['Test tag'],
		lists: [{ name: 'Test list', id: 123, custom_fields: { topic: 'tests' } }],
	},
	timestamp: '2026-01-01T10:00:02Z',
	event_type: eventType.toLowerCase(),
});
