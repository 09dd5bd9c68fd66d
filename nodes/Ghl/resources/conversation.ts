import { toEpochMs } from '../../engine/dates';
import { callTo } from '../../engine/call/callTo';
import {
	choice,
	dateTime,
	filters,
	flag,
	number,
	optional,
	text,
	updateFields,
} from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Field, Resource } from '../../engine/operation';
import { toIds, toList } from '../../engine/values';
import { conversationPages } from '../calls/pages';
import { lookedUp } from '../calls/recover';
import { contactPicker, conversationId } from '../editor/pickers';

const SEARCH = 'GET /conversations/search';
const inQuery = { in: 'query' } as const;

/** Kinds of message that end a conversation. HighLevel has some forty, of which these are common. */
const LAST_MESSAGES = {
	Call: 'TYPE_CALL',
	'Custom Email': 'TYPE_CUSTOM_EMAIL',
	'Custom SMS': 'TYPE_CUSTOM_SMS',
	Email: 'TYPE_EMAIL',
	Facebook: 'TYPE_FACEBOOK',
	'Google Business': 'TYPE_GMB',
	Instagram: 'TYPE_INSTAGRAM',
	'Live Chat': 'TYPE_LIVE_CHAT',
	Review: 'TYPE_REVIEW',
	SMS: 'TYPE_SMS',
	TikTok: 'TYPE_TIKTOK',
	'Web Chat': 'TYPE_WEBCHAT',
	WhatsApp: 'TYPE_WHATSAPP',
};

const userIds = 'Comma-separated user IDs';

/** Users. The query names them in one text. */
const users = (displayName: string, name: string, description = userIds): Field =>
	text(displayName, name, {
		...inQuery,
		placeholder: 'e.g. 0IHuJvc2ofPAAA8GzTRi',
		description,
		as: (value) => toIds(value).join(),
	});

const score = (displayName: string, name: string): Field =>
	number(displayName, name, {
		...inQuery,
		description: 'Score in the profile of Score Profile ID',
	});

const searchFilters = filters([
	users('Assigned To', 'assignedTo', `${userIds}, or “unassigned”`),
	optional(contactPicker('query')),
	text('Conversation ID', 'id', { ...inQuery, placeholder: 'e.g. tDtDnQdgm2LXpyiqYvZ6' }),
	dateTime('Created After', 'startDate', toEpochMs, inQuery),
	dateTime('Created Before', 'endDate', toEpochMs, inQuery),
	users('Followers', 'followers'),
	choice(
		'Last Message Direction',
		'lastMessageDirection',
		{ Inbound: 'inbound', Outbound: 'outbound' },
		inQuery,
	),
	choice(
		'Last Message Sent',
		'lastMessageAction',
		{ Automatically: 'automated', 'By Hand': 'manual' },
		inQuery,
	),
	choice('Last Message Type', 'lastMessageType', LAST_MESSAGES, {
		...inQuery,
		default: 'TYPE_SMS',
	}),
	users('Mentions', 'mentions'),
	text('Score Profile ID', 'scoreProfile', {
		placeholder: 'e.g. 6578278e879ad2646715ba9c',
		...inQuery,
		description: 'ID of the score profile for the two score filters',
	}),
	score('Score at Least', 'scoreProfileMin'),
	score('Score at Most', 'scoreProfileMax'),
	choice(
		'Status',
		'status',
		{ All: 'all', Read: 'read', Recent: 'recents', Starred: 'starred', Unread: 'unread' },
		inQuery,
	),
]);

const changes = updateFields([
	flag('Starred', 'starred', 'Whether the conversation is marked with a star'),
	number('Unread Count', 'unreadCount', {
		description: 'Number of unread messages; 0 marks the conversation as read',
	}),
]);

const ofLocation = verbs('conversation', {
	path: '/conversations/{conversationId}',
	listPath: '/conversations/',
	id: conversationId,
	scope: 'conversations',
});

export const conversation: Resource = {
	value: 'conversation',
	name: 'Conversation',
	operations: [
		ofLocation.create({
			description:
				'Create a conversation with a contact that has none and return it. Not needed before Message: Send, which creates one automatically.',
			body: { locationId: '{locationId}' },
			fields: [contactPicker('body')],
			result: 'conversation',
			// A contact has one conversation, so any that is found will do.
			recover: lookedUp({
				pages: conversationPages,
				read: ({ body = {} }, { account: { values } }) => {
					const query = { locationId: values.locationId, contactId: body.contactId };
					return callTo(SEARCH, { query, scope: 'conversations.readonly' });
				},
				fits: (found, { body = {} }) => found.contactId === body.contactId,
				body: (found) => ({ conversation: found }),
			}),
		}),
		ofLocation.delete({ description: 'Delete a conversation with its messages permanently' }),
		ofLocation.get(),
		ofLocation.getMany({
			route: SEARCH,
			description: 'Search conversations, each with its contact and last message',
			query: { locationId: '{locationId}' },
			fields: [
				text('Search Text', 'textQuery', {
					...inQuery,
					key: 'query',
					placeholder: 'e.g. jane',
					description: 'Text to search for; also finds similar ones',
				}),
				searchFilters,
				choice(
					'Sort',
					'sort',
					{ 'Latest Message First': 'desc', 'Oldest Message First': 'asc' },
					inQuery,
				),
			],
			pages: conversationPages,
			simple: toList(
				'id, contactId, contactName, email, phone, type, lastMessageType, lastMessageBody, lastMessageDate, unreadCount',
			),
		}),
		ofLocation.update({
			body: { locationId: '{locationId}' },
			fields: [changes],
			result: 'conversation',
		}),
	],
};
