import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/call/errors';
import { collection, field } from '../../engine/describe/fields';
import type { Resource } from '../../engine/operation';
import { lastRecordPages, rowsOf } from '../../engine/call/paginate';
import { toList } from '../../engine/values';
import { channel, message as messageText, messageDetails, MESSAGE_TYPES } from '../fields/message';
import { contactPicker, conversationId } from '../editor/pickers';
import { needsOneOf } from '../fields/records';

/**
 * HighLevel documents `{ messages: [], nextPage }` and was seen to answer the same once more inside
 * `messages` (its own issue tracker, number 54), so both are read.
 */
function pageOf(body: unknown): IDataObject {
	if (!isObject(body)) return {};
	return (isObject(body.messages) ? body.messages : body) as IDataObject;
}

/** `lastMessageId` of a page leads to the next, as long as `nextPage` says that there is one. */
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

/** `ACTIVITY_CONTACT` as people read it. */
function inWords(type: string): string {
	const word = (part: string) =>
		/^(SMS|RCS|GMB)$/.test(part) ? part : part[0] + part.slice(1).toLowerCase();
	return type.split('_').map(word).join(' ');
}

const types = field(
	{
		displayName: 'Message Types',
		name: 'messageTypes',
		type: 'multiOptions',
		options: MESSAGE_TYPES.map((type) => ({ name: inWords(type), value: `TYPE_${type}` })).sort(
			(a, b) => a.name.localeCompare(b.name),
		),
		default: [],
		description: 'Only messages of these types; all without a choice',
	},
	{
		in: 'query',
		key: 'type',
		as: (value) => toList(value).join() || undefined,
	},
);

export const message: Resource = {
	value: 'message',
	name: 'Message',
	operations: [
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many messages',
			description: 'Get the messages of a conversation, newest first',
			request: { method: 'GET', path: '/conversations/{conversationId}/messages' },
			scope: 'conversations/message.readonly',
			writes: false,
			fields: [conversationId, types],
			pages: messagePages,
			simple: [
				'id',
				'conversationId',
				'contactId',
				'messageType',
				'direction',
				'status',
				'body',
				'attachments',
				'dateAdded',
				'userId',
			],
		},
		{
			value: 'send',
			name: 'Send',
			action: 'Send a message',
			description:
				'Send a message to a contact by SMS, email, WhatsApp or another channel of the location. It reaches a real person.',
			// HighLevel's description asks for a subtype and a status too; most clients send neither.
			request: { method: 'POST', path: '/conversations/messages' },
			scope: 'conversations/message.write',
			writes: true,
			fields: [
				channel,
				contactPicker('body'),
				messageText,
				collection(
					{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add Field' },
					messageDetails,
				),
			],
			check: needsOneOf(
				'body',
				['message', 'html', 'attachments', 'templateId', 'forward'],
				'The message is empty',
				'Fill in Message, or add HTML, Attachment URLs, Template ID or Forward.',
			),
		},
	],
};
