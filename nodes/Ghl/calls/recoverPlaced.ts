import { callTo } from '../../engine/call/callTo';
import { messagePages } from './messagePages';
import { isThatMessage, messagesCall } from './onceInConversation';
import { lookedUp } from './recover';

/**
 * For Message: Add Inbound, which HighLevel is not known to do once alone. Without a date an equal message
 * may be an older one.
 */
export const recoverPlaced = lookedUp({
	pages: messagePages,
	// HighLevel finds nothing under this ID, which leaves open what became of the call.
	read: async (lost, io) =>
		(await messagesCall(lost, io)) ??
		callTo('GET /conversations/{conversationId}/messages', { values: { conversationId: 'none' } }),
	fits: isThatMessage,
	body: ({ id, ...message }) => ({ success: true, messageId: id, ...message }),
});
