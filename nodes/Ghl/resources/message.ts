import { BadInput } from '../../engine/badInput';
import { additionalFields, choice, parameter } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Call, Resource } from '../../engine/operation';
import { messagePages } from '../calls/messagePages';
import { addedOrThere, onceInConversation, unlessThereField } from '../calls/onceInConversation';
import { recoverPlaced } from '../calls/recoverPlaced';
import { toList } from '../../engine/values';
import {
	channel,
	deliveryDetails,
	emailSubject,
	message as messageText,
	messageDetails,
	MESSAGE_TYPES,
	placedDetails,
	providerId,
} from '../fields/message';
import { contactPicker, conversationId, messageId } from '../editor/pickers';
import { callOperations } from './messageCalls';
import { fileOperations } from './messageFiles';
import { exportOfLocation } from './messageExport';
import { needsOneOf } from '../fields/checks';

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
	description: 'Only return messages of these types. Leave empty for all.',
	in: 'query',
	key: 'type',
	as: (value) => toList(value).join() || undefined,
});

const SIMPLE = toList(
	'id, conversationId, contactId, messageType, direction, status, body, attachments, dateAdded, userId',
);

const needsContent = needsOneOf(
	'body',
	['message', 'html', 'attachments', 'templateId', 'forward'],
	'The message is empty',
	'Fill in Message, or add HTML, Attachment URLs, Template ID or Forward.',
);

/** HighLevel has answered a message without a place as a success, and put it nowhere (its issue 70). */
function needsPlace(call: Call): void {
	needsContent(call);
	if (call.body?.type !== 'Custom' || call.body.conversationProviderId) return;
	throw new BadInput(
		'A custom channel needs its conversation provider',
		'Fill in Conversation Provider ID, or choose another Channel.',
	);
}

const ofConversation = verbs('message', { scope: 'conversations/message' });

export const message: Resource = {
	value: 'message',
	name: 'Message',
	operations: [
		onceInConversation(
			ofConversation.other('POST /conversations/messages/inbound', {
				value: 'addInbound',
				action: 'Add an inbound message',
				description:
					'Add a message from another channel, such as LinkedIn, to the conversation of a contact and return its ID. Sends nothing to the contact.',
				fields: [
					channel,
					contactPicker('body'),
					providerId,
					choice('Direction', 'direction', { Inbound: 'inbound', Outbound: 'outbound' }),
					messageText,
					additionalFields([...placedDetails, unlessThereField]),
				],
				check: needsPlace,
				recover: recoverPlaced,
				finish: addedOrThere,
			}),
		),
		ofConversation.get({
			route: 'GET /conversations/messages/{messageId}',
			fields: [messageId],
			simple: SIMPLE,
		}),
		ofConversation.getMany({
			route: 'GET /conversations/{conversationId}/messages',
			description: 'Get the messages of a conversation, newest first',
			fields: [conversationId, types],
			pages: messagePages,
			simple: SIMPLE,
		}),
		exportOfLocation,
		...callOperations,
		...fileOperations,
		// HighLevel's description asks for a subtype and a status too. Most clients send neither.
		onceInConversation(
			ofConversation.other('POST /conversations/messages', {
				value: 'send',
				description:
					'Send a message to a contact by SMS, email, WhatsApp or another channel of the location. It reaches a real person. Returns the ID of the message.',
				fields: [
					channel,
					contactPicker('body'),
					emailSubject,
					messageText,
					additionalFields([...messageDetails, unlessThereField]),
				],
				check: needsContent,
				finish: addedOrThere,
			}),
		),
		ofConversation.other('PUT /conversations/messages/{messageId}/status', {
			value: 'updateStatus',
			action: 'Update the status of a message',
			description:
				'Set the delivery status of a message that your conversation provider sent; returns it. Needs OAuth2 with the app of that provider.',
			fields: [
				messageId,
				choice('Status', 'status', {
					Delivered: 'delivered',
					Failed: 'failed',
					Pending: 'pending',
					Read: 'read',
				}),
				additionalFields(deliveryDetails),
			],
		}),
	],
};
