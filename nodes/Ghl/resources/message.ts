import type { IDataObject } from 'n8n-workflow';
import { additionalFields, parameter } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { lastRecordPages } from '../calls/pages';
import { toList, isObject, rowsOf } from '../../engine/values';
import { channel, message as messageText, messageDetails, MESSAGE_TYPES } from '../fields/message';
import { contactPicker, conversationId } from '../editor/pickers';
import { needsOneOf } from '../fields/checks';

/**
 * The page in an answer. HighLevel documents `{ messages: [], nextPage }`. Some answers hold the same
 * once more inside `messages` (its own issue tracker, number 54).
 */
function pageOf(body: unknown): IDataObject {
	if (!isObject(body)) return {};
	return (isObject(body.messages) ? body.messages : body) as IDataObject;
}

/** `lastMessageId` of a page leads to the next page. `nextPage` says whether there is one. */
export const messagePages = lastRecordPages(
	100,
	(body) => (Array.isArray(pageOf(body).messages) ? rowsOf(pageOf(body), 'messages') : undefined),
	({ id }, { body }) =>
		pageOf(body).nextPage === true
			? { lastMessageId: pageOf(body).lastMessageId ?? id }
			: undefined,
	1,
	(body) => pageOf(body).nextPage,
);

/** `ACTIVITY_CONTACT` as `Activity Contact`. */
function inWords(type: string): string {
	const word = (part: string) =>
		/^(SMS|RCS|GMB)$/.test(part) ? part : part[0] + part.slice(1).toLowerCase();
	return type.split('_').map(word).join(' ');
}

const types = parameter('multiOptions', [], 'Message Types', 'messageTypes', {
	options: MESSAGE_TYPES.map((type) => ({ name: inWords(type), value: `TYPE_${type}` })).sort(
		(a, b) => a.name.localeCompare(b.name),
	),
	description: 'Only messages of these types; all without a choice',
	in: 'query',
	key: 'type',
	as: (value) => toList(value).join() || undefined,
});

const ofConversation = verbs('message', { scope: 'conversations/message' });

export const message: Resource = {
	value: 'message',
	name: 'Message',
	operations: [
		ofConversation.getMany({
			route: 'GET /conversations/{conversationId}/messages',
			description: 'Get the messages of a conversation, newest first',
			fields: [conversationId, types],
			pages: messagePages,
			simple: toList(
				'id, conversationId, contactId, messageType, direction, status, body, attachments, dateAdded, userId',
			),
		}),
		// HighLevel's description asks for a subtype and a status too. Most clients send neither.
		ofConversation.other('POST /conversations/messages', {
			value: 'send',
			description:
				'Send a message to a contact by SMS, email, WhatsApp or another channel of the location. It reaches a real person.',
			fields: [channel, contactPicker('body'), messageText, additionalFields(messageDetails)],
			check: needsOneOf(
				'body',
				['message', 'html', 'attachments', 'templateId', 'forward'],
				'The message is empty',
				'Fill in Message, or add HTML, Attachment URLs, Template ID or Forward.',
			),
		}),
	],
};
