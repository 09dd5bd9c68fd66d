import type { INodePropertyOptions } from 'n8n-workflow';

/** The documented events. In lower case with underscores these are the names that deliveries carry. */
const EVENTS = {
	'Campaign Completed': 'A campaign finished',
	'Connection Request Accepted': 'A lead accepted a connection request',
	'Connection Request Sent': 'A sender asked a lead to connect',
	'Every Message Reply Received':
		'A lead replied: every reply to messages and InMails, not only the first',
	'Follow Sent': 'A sender followed a lead',
	'InMail Reply Received': 'A lead replied to an InMail: the first reply only',
	'InMail Sent': 'A sender sent an InMail to a lead',
	'Lead Tag Updated': 'The tags of a lead changed, in any campaign or none',
	'Liked Post': "A sender liked a lead's post",
	'Message Reply Received': 'A lead replied to a message: the first reply only',
	'Message Sent': 'A sender sent a message to a lead',
	'Viewed Profile': "A sender viewed a lead's profile",
};

export const heyReachEvents: INodePropertyOptions[] = Object.entries(EVENTS).map(
	([name, description]) => ({ name, value: eventName(name), description }),
);

const DOCUMENTED = new Set(heyReachEvents.map(({ value }) => value));

/** HeyReach sends these for the whole workspace and takes no campaigns for them. */
const WORKSPACE_WIDE = ['every_message_reply_received', 'lead_tag_updated'];

/**
 * `lead_tag_updated` for `LEAD_TAG_UPDATED` and `Lead tag updated`; empty where no name is given.
 */
export function eventName(value: unknown): string {
	if (typeof value !== 'string') return '';
	return value
		.trim()
		.toLowerCase()
		.replace(/[\s-]+/g, '_');
}

export function isDocumentedEvent(event: string): boolean {
	return DOCUMENTED.has(event);
}

export function isWorkspaceWide(event: string): boolean {
	return WORKSPACE_WIDE.includes(event);
}
