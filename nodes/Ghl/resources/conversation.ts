import { toEpochMs } from '../../engine/dates';
import { choice, collection, field, optional, text } from '../../engine/describe/fields';
import type { Field, Resource } from '../../engine/operation';
import { toIds } from '../../engine/values';
import { conversationPages } from '../calls/pages';
import { contactPicker } from '../editor/pickers';
import { lookedUp } from '../calls/recover';

const SEARCH = '/conversations/search';
const inQuery = { in: 'query' } as const;

/** Kinds of message that end a conversation; HighLevel has some forty, of which these are common. */
const LAST_MESSAGES: Array<[name: string, value: string]> = [
	['Call', 'TYPE_CALL'],
	['Custom Email', 'TYPE_CUSTOM_EMAIL'],
	['Custom SMS', 'TYPE_CUSTOM_SMS'],
	['Email', 'TYPE_EMAIL'],
	['Facebook', 'TYPE_FACEBOOK'],
	['Google Business', 'TYPE_GMB'],
	['Instagram', 'TYPE_INSTAGRAM'],
	['Live Chat', 'TYPE_LIVE_CHAT'],
	['Review', 'TYPE_REVIEW'],
	['SMS', 'TYPE_SMS'],
	['TikTok', 'TYPE_TIKTOK'],
	['Web Chat', 'TYPE_WEBCHAT'],
	['WhatsApp', 'TYPE_WHATSAPP'],
];

const userIds = 'User IDs separated by commas';

/** Users, whom the query names in one text. */
const users = (displayName: string, name: string, description = userIds): Field =>
	field(
		{ displayName, name, type: 'string', default: '', description },
		{ in: 'query', key: name, as: (value) => toIds(value).join() },
	);

/** A moment that is asked for in epoch milliseconds. */
const moment = (displayName: string, key: string): Field =>
	field(
		{ displayName, name: key, type: 'dateTime', default: '' },
		{ in: 'query', key, as: (value, io) => toEpochMs(value, io.context.getTimezone()) },
	);

const score = (displayName: string, name: string): Field =>
	field(
		{
			displayName,
			name,
			type: 'number',
			default: 0,
			description: 'Goes with Score Profile ID',
		},
		{ in: 'query', key: name },
	);

const filters = collection({ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' }, [
	users('Assigned To', 'assignedTo', `${userIds}, or “unassigned”`),
	optional(contactPicker('query')),
	text('Conversation ID', 'id', { ...inQuery, placeholder: 'e.g. tDtDnQdgm2LXpyiqYvZ6' }),
	moment('Created After', 'startDate'),
	moment('Created Before', 'endDate'),
	users('Followers', 'followers'),
	choice(
		'Last Message Direction',
		'lastMessageDirection',
		[
			['Inbound', 'inbound'],
			['Outbound', 'outbound'],
		],
		inQuery,
	),
	choice(
		'Last Message Sent',
		'lastMessageAction',
		[
			['Automatically', 'automated'],
			['By Hand', 'manual'],
		],
		inQuery,
	),
	choice('Last Message Type', 'lastMessageType', LAST_MESSAGES, {
		...inQuery,
		default: 'TYPE_SMS',
	}),
	users('Mentions', 'mentions'),
	text('Score Profile ID', 'scoreProfile', {
		...inQuery,
		description: 'By whose scores the conversations are narrowed',
	}),
	score('Score at Least', 'scoreProfileMin'),
	score('Score at Most', 'scoreProfileMax'),
	choice(
		'Status',
		'status',
		[
			['All', 'all'],
			['Read', 'read'],
			['Recent', 'recents'],
			['Starred', 'starred'],
			['Unread', 'unread'],
		],
		inQuery,
	),
]);

export const conversation: Resource = {
	value: 'conversation',
	name: 'Conversation',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a conversation',
			description:
				'Open a conversation with a contact that has none. Message: Send opens one by itself.',
			request: { method: 'POST', path: '/conversations/', body: { locationId: '{locationId}' } },
			scope: 'conversations.write',
			writes: true,
			fields: [contactPicker('body')],
			result: 'conversation',
			// A contact has one conversation, so whichever is found will do.
			recover: lookedUp({
				pages: conversationPages,
				read: ({ body = {} }, io) => ({
					method: 'GET',
					template: SEARCH,
					path: SEARCH,
					query: { locationId: io.account.values.locationId, contactId: body.contactId },
					repeatable: true,
					scope: 'conversations.readonly',
				}),
				fits: (found, { body = {} }) => found.contactId === body.contactId,
				body: (found) => ({ conversation: found }),
			}),
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many conversations',
			description: 'Search conversations, each with its contact and last message',
			request: { method: 'GET', path: SEARCH, query: { locationId: '{locationId}' } },
			scope: 'conversations.readonly',
			writes: false,
			fields: [
				text('Search Text', 'textQuery', {
					...inQuery,
					key: 'query',
					placeholder: 'e.g. jane',
					description: 'Finds similar ones too',
				}),
				filters,
				choice(
					'Sort',
					'sort',
					[
						['Latest Message First', 'desc'],
						['Oldest Message First', 'asc'],
					],
					inQuery,
				),
			],
			pages: conversationPages,
			simple: [
				'id',
				'contactId',
				'contactName',
				'email',
				'phone',
				'type',
				'lastMessageType',
				'lastMessageBody',
				'lastMessageDate',
				'unreadCount',
			],
		},
	],
};
