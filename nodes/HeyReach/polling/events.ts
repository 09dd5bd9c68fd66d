import type { INodePropertyOptions } from 'n8n-workflow';

export type LeadEvent = 'lead_created' | 'lead_status_changed' | 'lead_updated';
export type SenderEvent = 'sender_back' | 'sender_disconnected';

/** What the polling trigger watches for. */
export const heyReachPollingEvents: Array<
	INodePropertyOptions & { value: LeadEvent | SenderEvent }
> = [
	{
		name: 'Lead Created',
		value: 'lead_created',
		description: 'A lead is in one of the chosen lists and campaigns that was in none before',
	},
	{
		name: 'Lead Status Changed',
		value: 'lead_status_changed',
		description: "A lead's campaign, connection or message status changed in a chosen campaign",
	},
	{
		name: 'Lead Updated',
		value: 'lead_updated',
		description: "A watched field of a lead's profile changed, such as position, tags or email",
	},
	{
		name: 'Sender Back',
		value: 'sender_back',
		description: 'A LinkedIn account that was disconnected is connected again',
	},
	{
		name: 'Sender Disconnected',
		value: 'sender_disconnected',
		description: 'HeyReach lost the connection to a LinkedIn account, which then sends nothing',
	},
];

export const LEAD_EVENTS: LeadEvent[] = ['lead_created', 'lead_status_changed', 'lead_updated'];
export const SENDER_EVENTS: SenderEvent[] = ['sender_back', 'sender_disconnected'];
