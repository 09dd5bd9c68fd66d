import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import type { Call, Io } from '../../engine/operation';
import { rowsOf } from '../../engine/values';
import { messagePages } from './messagePages';
import { lookedUp } from './recover';

const SEARCH = 'GET /conversations/search';
const MESSAGES = 'GET /conversations/{conversationId}/messages';

/** The messages of the conversation that a lost call put a message into. */
async function messagesOf({ body = {} }: Call, io: Io): Promise<Call> {
	const { locationId } = io.account.values;
	const query = { locationId, contactId: body.contactId };
	const found =
		body.conversationId ??
		rowsOf(
			(await io.read(callTo(SEARCH, { query, scope: 'conversations.readonly' }))).body,
			'conversations',
		)[0]?.id;
	// Without a conversation the contact has no message either: HighLevel finds nothing under this ID.
	const values = { conversationId: String(found ?? 'none') };
	return callTo(MESSAGES, { values, scope: 'conversations/message.readonly' });
}

/** Whether a message of the conversation is the lost one. Without a date an equal one may be older. */
function fits(message: IDataObject, { body = {} }: Call): boolean | 'maybe' {
	const { message: text = '', direction, date } = body;
	if (message.body !== text || message.direction !== direction) return false;
	const isItsTime = Date.parse(String(message.dateAdded)) === Date.parse(String(date));
	return isItsTime || 'maybe';
}

/** For Message: Add Inbound, which HighLevel is not known to do once alone. */
export const recoverPlaced = lookedUp({
	pages: messagePages,
	read: messagesOf,
	fits,
	body: ({ id, ...message }) => ({ success: true, messageId: id, ...message }),
});
