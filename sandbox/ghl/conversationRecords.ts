import { conversationOf } from './conversations';
import type { Conversation } from './records';
import { route } from './route';
import type { Call, Route } from './route';
import { closed, flag, number, requiredText } from './validate';

const view = (conversation: Conversation): object => ({
	id: conversation.id,
	locationId: conversation.locationId,
	contactId: conversation.contactId,
	unreadCount: conversation.unreadCount,
	starred: conversation.starred ?? false,
	inbox: true,
	deleted: false,
});

interface Update {
	locationId: string;
	unreadCount?: number;
	starred?: boolean;
}

function update(call: Call<Update, unknown>): object {
	const found = conversationOf(call);
	const { unreadCount = found.unreadCount, starred = found.starred } = call.body;
	const conversation = { ...found, unreadCount, starred, dateUpdated: new Date().toISOString() };
	call.state.conversations.set(conversation.id, conversation);
	return { success: true, conversation: view(conversation) };
}

function remove(call: Call<unknown, unknown>): object {
	const { id } = conversationOf(call);
	call.state.conversations.delete(id);
	for (const [key, { conversationId }] of call.state.messages) {
		if (conversationId === id) call.state.messages.delete(key);
	}
	return { success: true };
}

const PATH = '/conversations/:conversationId';

/** One conversation. */
export const conversationRecords: Route[] = [
	route({
		method: 'GET',
		path: PATH,
		scope: 'conversations.readonly',
		// Unlike in a search the channel is a number here: 1 is phone.
		handle: (call) => ({ ...view(conversationOf(call)), type: 1 }),
	}),
	route<Update>({
		method: 'PUT',
		path: PATH,
		scope: 'conversations.write',
		body: closed(
			{
				locationId: requiredText,
				unreadCount: number,
				starred: flag,
				feedback: { type: 'object' },
			},
			['locationId'],
		),
		handle: update,
	}),
	route({ method: 'DELETE', path: PATH, scope: 'conversations.write', handle: remove }),
];
