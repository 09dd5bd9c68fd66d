import { freeStarts } from './ghl/calendarTime';
import { conversationFor, newConversation } from './ghl/conversations';
import { tagNames } from './ghl/normalise';
import type { Contact } from './ghl/records';
import type { SandboxState } from './state';

/** What a contact does, or a user of HighLevel with it; each changes records as the app would. */
export const CONTACT_ACTS = ['reply', 'tag', 'appointment', 'task'] as const;
export type ContactAct = (typeof CONTACT_ACTS)[number];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * @param text the message, the tag or the title; one of the sandbox's own where absent
 * @throws when there is no such contact, or nothing is free in the calendar of its location
 */
export function actOnContact(
	state: SandboxState,
	contactId: string,
	{ act, text }: { act: ContactAct; text?: string },
): void {
	const contact = state.contacts.get(contactId);
	if (contact === undefined) throw new Error(`No contact ${contactId}`);
	ACTS[act](state, contact, text);
}

const ACTS: Record<
	ContactAct,
	(state: SandboxState, contact: Contact, text: string | undefined) => void
> = {
	reply: (state, { id: contactId, locationId }, text = 'Yes, call me tomorrow.') => {
		const now = new Date().toISOString();
		const conversation =
			conversationFor({ state }, contactId) ??
			newConversation({ state }, { contactId, locationId });
		const id = state.ids.next('message');
		state.messages.set(id, {
			id,
			locationId,
			contactId,
			conversationId: conversation.id,
			messageType: 'TYPE_SMS',
			body: text,
			direction: 'inbound',
			status: 'delivered',
			attachments: [],
			dateAdded: now,
		});
		state.conversations.set(conversation.id, {
			...conversation,
			unreadCount: conversation.unreadCount + 1,
			dateUpdated: now,
		});
	},

	tag: (state, contact, text = 'do-not-contact') => {
		const tags = [...new Set([...contact.tags, ...tagNames([text])])];
		state.saveContact({ ...contact, tags, dateUpdated: new Date().toISOString() });
	},

	appointment: (state, { id: contactId, locationId }, text) => {
		const calendar = [...state.calendars.values()].find((one) => one.locationId === locationId);
		if (calendar === undefined) throw new Error('The location of this contact has no calendar');
		const now = Date.now();
		const [start] = freeStarts(state, calendar, { from: now, to: now + 14 * DAY });
		if (start === undefined) throw new Error(`Nothing is free in the calendar ${calendar.name}`);
		const id = state.ids.next('appointment');
		state.appointments.set(id, {
			id,
			calendarId: calendar.id,
			locationId,
			contactId,
			groupId: calendar.groupId,
			title: text ?? calendar.name,
			appointmentStatus: 'confirmed',
			assignedUserId: calendar.teamMembers[0]?.userId ?? '',
			users: [],
			startTime: new Date(start).toISOString(),
			endTime: new Date(start + calendar.slotDuration * MINUTE).toISOString(),
			dateAdded: new Date(now).toISOString(),
			dateUpdated: new Date(now).toISOString(),
		});
	},

	task: (state, { id: contactId, locationId }, text = 'Call back') => {
		const id = state.ids.next('task');
		// Due at once, so that whoever waits for due tasks hears of it.
		const dueDate = new Date(Date.now() + MINUTE).toISOString();
		const user = [...state.users.values()].find((one) => state.isUserOf(locationId, one.id));
		state.tasks.set(id, {
			id,
			contactId,
			title: text,
			assignedTo: user?.id,
			dueDate,
			completed: false,
		});
	},
};
