import type { INodePropertyOptions } from 'n8n-workflow';

/** The documented events, by the lower-case name that HeyReach's deliveries carry. */
export const heyReachEvents: INodePropertyOptions[] = [
	{
		name: 'Campaign Completed',
		value: 'campaign_completed',
		description: 'A campaign has come to its end',
	},
	{
		name: 'Connection Request Accepted',
		value: 'connection_request_accepted',
		description: 'A lead accepted a connection request',
	},
	{
		name: 'Connection Request Sent',
		value: 'connection_request_sent',
		description: 'A sender asked a lead to connect',
	},
	{
		name: 'Every Message Reply Received',
		value: 'every_message_reply_received',
		description: 'A lead replied: every reply to messages and InMails, not only the first',
	},
	{ name: 'Follow Sent', value: 'follow_sent', description: 'A sender followed a lead' },
	{
		name: 'InMail Reply Received',
		value: 'inmail_reply_received',
		description: 'A lead replied to an InMail: the first reply only',
	},
	{
		name: 'InMail Sent',
		value: 'inmail_sent',
		description: 'A sender sent an InMail to a lead',
	},
	{
		name: 'Lead Tag Updated',
		value: 'lead_tag_updated',
		description: 'The tags of a lead changed, in any campaign or none',
	},
	{ name: 'Liked Post', value: 'liked_post', description: "A sender liked a lead's post" },
	{
		name: 'Message Reply Received',
		value: 'message_reply_received',
		description: 'A lead replied to a message: the first reply only',
	},
	{
		name: 'Message Sent',
		value: 'message_sent',
		description: 'A sender sent a message to a lead',
	},
	{
		name: 'Viewed Profile',
		value: 'viewed_profile',
		description: "A sender viewed a lead's profile",
	},
];

const DOCUMENTED = new Set(heyReachEvents.map(({ value }) => value));

/** HeyReach sends these for the whole workspace and takes no campaigns for them. */
const WORKSPACE_WIDE = ['every_message_reply_received', 'lead_tag_updated'];

/** `LEAD_TAG_UPDATED`, `Lead tag updated`: `lead_tag_updated`. Empty if there is no name. */
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
