import { badRequest } from './errors';
import { fullName } from './contactWrites';
import type { Conversation, Message } from './records';
import { ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, flag, listOf, number, oneOf, requiredText, text, wholeNumber } from './validate';

export const conversationOf = ({ state, token, params }: Call<unknown, unknown>): Conversation =>
	ownRecord(token, state.conversations, 'Conversation', params.conversationId);

type WithState = Pick<Call<unknown, unknown>, 'state'>;

/** Newest first. */
const messagesOf = ({ state }: Call<unknown, unknown>, conversationId: string): Message[] =>
	[...state.messages.values()]
		.filter((message) => message.conversationId === conversationId)
		.sort((a, b) => b.dateAdded.localeCompare(a.dateAdded));

function view(call: Call<unknown, unknown>, conversation: Conversation): object {
	const contact = call.state.contacts.get(conversation.contactId);
	const [last] = messagesOf(call, conversation.id);
	const name = contact === undefined ? '' : fullName(contact);
	return {
		...conversation,
		lastMessageBody: last?.body ?? '',
		lastMessageType: last?.messageType ?? 'TYPE_SMS',
		lastMessageDirection: last?.direction,
		lastMessageDate: Date.parse(last?.dateAdded ?? conversation.dateAdded),
		type: 'TYPE_PHONE',
		fullName: name,
		contactName: name,
		email: contact?.email ?? '',
		phone: contact?.phone ?? '',
	};
}

interface SearchQuery {
	locationId: string;
	contactId?: string;
	query?: string;
	id?: string;
	sort?: 'asc' | 'desc';
	startAfterDate?: string;
	limit?: number;
	lastMessageType?: string;
	lastMessageDirection?: string;
	status?: 'all' | 'read' | 'unread' | 'starred' | 'recents';
}

/** Filters that need what the sandbox has not (scores, mentions, stars) are taken and let all pass. */
const IGNORED = Object.fromEntries(
	[
		'assignedTo',
		'followers',
		'mentions',
		'lastMessageAction',
		'sortBy',
		'sortScoreProfile',
		'scoreProfile',
		'scoreProfileMin',
		'scoreProfileMax',
		'startDate',
		'endDate',
	].map((name) => [name, text]),
);

function search(call: Call<unknown, SearchQuery>): object {
	const { locationId, contactId, id, sort = 'desc', startAfterDate, limit = 20 } = call.query;
	const { lastMessageType, lastMessageDirection, status = 'all' } = call.query;
	const words = (call.query.query ?? '').toLowerCase();
	const direction = sort === 'asc' ? 1 : -1;
	const after = startAfterDate === undefined ? undefined : Number(startAfterDate);
	const found = [...call.state.conversations.values()]
		.map((conversation) => {
			const contact = call.state.contacts.get(conversation.contactId);
			const [last] = messagesOf(call, conversation.id);
			const at = Date.parse(last?.dateAdded ?? conversation.dateAdded);
			const names = [contact && fullName(contact), contact?.email, contact?.phone];
			return { conversation, last, at, text: names.join(' ').toLowerCase() };
		})
		.filter(
			({ conversation, last, text: names }) =>
				conversation.locationId === locationId &&
				conversation.contactId === (contactId ?? conversation.contactId) &&
				conversation.id === (id ?? conversation.id) &&
				(lastMessageType === undefined || last?.messageType === lastMessageType) &&
				(lastMessageDirection === undefined || last?.direction === lastMessageDirection) &&
				(status !== 'unread' || conversation.unreadCount > 0) &&
				(status !== 'read' || conversation.unreadCount === 0) &&
				names.includes(words),
		)
		.sort((a, b) => (a.at - b.at) * direction);
	const rest = found.filter(({ at }) => after === undefined || (at - after) * direction > 0);
	return {
		conversations: rest.slice(0, limit).map(({ conversation }) => view(call, conversation)),
		total: found.length,
	};
}

interface ConversationBody {
	locationId: string;
	contactId: string;
}

/** The conversation of a contact, who has one at the most. */
export const conversationFor = (
	{ state }: WithState,
	contactId: string,
): Conversation | undefined =>
	[...state.conversations.values()].find((conversation) => conversation.contactId === contactId);

export function newConversation({ state }: WithState, of: ConversationBody): Conversation {
	const now = new Date().toISOString();
	const conversation = {
		...of,
		id: state.ids.next('conversation'),
		unreadCount: 0,
		dateAdded: now,
		dateUpdated: now,
	};
	state.conversations.set(conversation.id, conversation);
	return conversation;
}

function create(call: Call<ConversationBody, unknown>): object {
	const { id: contactId, locationId } = ownRecord(
		call.token,
		call.state.contacts,
		'Contact',
		call.body.contactId,
	);
	if (conversationFor(call, contactId) !== undefined) {
		throw badRequest('Conversation already exists');
	}
	const conversation = newConversation(call, { contactId, locationId });
	const lastMessageDate = conversation.dateAdded;
	return {
		success: true,
		conversation: { ...conversation, unreadCount: undefined, deleted: false, lastMessageDate },
	};
}

/** The channels of a message, and the number each goes by. */
export const CHANNELS: Record<string, [messageType: string, type: number]> = {
	SMS: ['TYPE_SMS', 2],
	RCS: ['TYPE_RCS', 2],
	Email: ['TYPE_EMAIL', 3],
	WhatsApp: ['TYPE_WHATSAPP', 19],
	IG: ['TYPE_INSTAGRAM', 18],
	FB: ['TYPE_FACEBOOK', 11],
	Custom: ['TYPE_CUSTOM_SMS', 20],
	Live_Chat: ['TYPE_LIVE_CHAT', 29],
	TIKTOK: ['TYPE_TIKTOK', 30],
	// In no description; several clients send it.
	InternalComment: ['TYPE_INTERNAL_COMMENT', 33],
};
const typeNumber = (messageType: string): number =>
	Object.values(CHANNELS).find(([name]) => name === messageType)?.[1] ?? 0;

/** No answer is described with the app's own id of a message, or with the error of a delivery. */
export const messageView = ({ altId: _altId, error: _error, ...message }: Message): object => ({
	...message,
	type: typeNumber(message.messageType),
	contentType: 'text/plain',
	source: message.userId === undefined ? 'api' : 'app',
});

interface MessagesQuery {
	lastMessageId?: string;
	limit?: number;
	type?: string;
}

function messages(call: Call<unknown, MessagesQuery>): object {
	const { lastMessageId, limit = 20, type } = call.query;
	const all = messagesOf(call, conversationOf(call).id).filter(
		({ messageType }) => type === undefined || type.split(',').includes(messageType),
	);
	const start = all.findIndex(({ id }) => id === lastMessageId) + 1;
	const rows = all.slice(start, start + limit);
	const page = {
		lastMessageId: rows.at(-1)?.id ?? '',
		nextPage: start + limit < all.length,
		messages: rows.map(messageView),
	};
	// Described as the page itself, and seen live with the page inside (highlevel-api-docs issue 54).
	return { messages: page };
}

interface SendBody {
	type: string;
	contactId: string;
	message?: string;
	html?: string;
	attachments?: string[];
	status?: string;
	conversationProviderId?: string;
}

/** The message is there to be read back; one of a provider goes to its delivery URL. */
function send(call: Call<SendBody, unknown>): object {
	const { state, token, body } = call;
	const { status = body.type === 'InternalComment' ? 'delivered' : 'pending' } = body;
	const provider = state.conversationProviders.get(body.conversationProviderId ?? '');
	const { id: contactId, locationId } = ownRecord(token, state.contacts, 'Contact', body.contactId);
	const { id: conversationId } =
		conversationFor(call, contactId) ?? newConversation(call, { contactId, locationId });
	const id = state.ids.next('message');
	state.messages.set(id, {
		id,
		locationId,
		contactId,
		conversationId,
		messageType: CHANNELS[body.type][0],
		body: body.message ?? body.html ?? '',
		direction: 'outbound',
		status,
		attachments: body.attachments ?? [],
		dateAdded: new Date().toISOString(),
		...(provider && { conversationProviderId: provider.id }),
	});
	return {
		conversationId,
		messageId: id,
		...(body.type === 'Email' && { emailMessageId: id }),
		status,
	};
}

export const conversations: Route[] = [
	route<unknown, SearchQuery>({
		method: 'GET',
		path: '/conversations/search',
		scope: 'conversations.readonly',
		query: closed(
			{
				...IGNORED,
				locationId: requiredText,
				contactId: text,
				query: text,
				id: text,
				sort: oneOf('asc', 'desc'),
				startAfterDate: text,
				limit: wholeNumber(1),
				lastMessageType: text,
				lastMessageDirection: oneOf('inbound', 'outbound'),
				status: oneOf('all', 'read', 'unread', 'starred', 'recents'),
			},
			['locationId'],
		),
		handle: search,
	}),
	route<ConversationBody>({
		method: 'POST',
		path: '/conversations/',
		scope: 'conversations.write',
		status: 201,
		body: closed({ locationId: requiredText, contactId: requiredText }, [
			'locationId',
			'contactId',
		]),
		handle: create,
	}),
	route<unknown, MessagesQuery>({
		method: 'GET',
		path: '/conversations/:conversationId/messages',
		scope: 'conversations/message.readonly',
		query: closed({ lastMessageId: text, limit: wholeNumber(1), type: text }),
		handle: messages,
	}),
	// The API description requires `subType` and `status` too, since May 2026; most clients send neither.
	// `conversationId` is in no description, and is sent by some; so are `mentions` and `userId` of comments.
	route<SendBody>({
		method: 'POST',
		path: '/conversations/messages',
		scope: 'conversations/message.write',
		body: closed(
			{
				type: oneOf(...Object.keys(CHANNELS)),
				subType: {},
				contactId: requiredText,
				conversationId: text,
				mentions: listOf(text),
				userId: text,
				appointmentId: text,
				attachments: listOf(text),
				emailFrom: text,
				emailCc: listOf(text),
				emailBcc: listOf(text),
				html: text,
				message: text,
				subject: text,
				replyMessageId: text,
				templateId: text,
				threadId: text,
				scheduledTimestamp: number,
				conversationProviderId: text,
				emailTo: text,
				customSubtypeId: text,
				emailReplyMode: oneOf('reply', 'reply_all'),
				fromNumber: text,
				toNumber: text,
				forward: { type: 'object' },
				status: oneOf('delivered', 'failed', 'pending', 'read'),
				usesNativeSchedulingAi: flag,
				optimizationPeriod: oneOf('24h', '48h', '72h'),
			},
			['type', 'contactId'],
		),
		handle: send,
	}),
];
