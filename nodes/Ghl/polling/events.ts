import type { INodePropertyOptions } from 'n8n-workflow';

/** What the polling trigger watches for. */
export const ghlPollingEvents = [
	{
		name: 'Contact Created',
		value: 'contactCreated',
		description: 'A contact was added, by a person, a form, an import or the API',
	},
	{
		name: 'Contact Updated',
		value: 'contactUpdated',
		description: 'A contact was changed or added; changes made by your own workflows count too',
	},
	{
		name: 'Task Due',
		value: 'taskDue',
		description: 'An open task of a contact falls due, once for each due date it is given',
	},
] satisfies INodePropertyOptions[];

/** HighLevel's search filters and sorts by these (highlevel.md 2.3). */
export const STAMPS = { contactCreated: 'dateAdded', contactUpdated: 'dateUpdated' } as const;

export type ContactEvent = keyof typeof STAMPS;

export function isContactEvent(event: string): event is ContactEvent {
	return event in STAMPS;
}
