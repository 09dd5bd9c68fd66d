import type { SandboxState } from '../state';
import { CHANNELS, conversationFor, messageView, newConversation } from './conversations';
import { badRequest, forbidden, notFound } from './errors';
import type { Contact, ConversationProvider, Message } from './records';
import { ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, formatted, listOf, oneOf, requiredText, text } from './validate';

interface Inbound {
	type: string;
	contactId?: string;
	conversationId?: string;
	conversationProviderId?: string;
	direction?: Message['direction'];
	message?: string;
	html?: string;
	attachments?: string[];
	altId?: string;
	date?: string;
}

const messageOf = ({ state, token, params }: Call<unknown, unknown>): Message =>
	ownRecord(token, state.messages, 'Message', params.messageId);

/** The provider of the app; no private integration has one. The location's own channels need none. */
function providerOf(call: Call<Inbound, unknown>): ConversationProvider | undefined {
	const { type, conversationProviderId: id } = call.body;
	if (id === undefined && type !== 'Custom') return undefined;
	const provider = call.state.conversationProviders.get(id ?? '');
	// Described as 'SMS' or 'Custom' for a channel beside the location's own; seen live with 'Custom'.
	const types: Array<string | undefined> =
		provider?.custom === true ? ['Custom', provider.type] : [provider?.type];
	if (provider === undefined || !types.includes(type)) {
		throw badRequest('Incorrect conversationProviderId/type');
	}
	if (call.token.kind !== 'oauth') {
		throw badRequest(`You don't have access to the conversationProvider with id: ${provider.id}`);
	}
	return provider;
}

/** The contact whose conversation is named, or who is named itself. */
function contactOf({ state, token, body }: Call<Inbound, unknown>): Contact {
	const { conversationId, contactId } = body;
	if (conversationId === undefined && contactId === undefined) {
		throw badRequest('conversationId or contactId is required');
	}
	const named =
		conversationId && ownRecord(token, state.conversations, 'Conversation', conversationId);
	const id = contactId ?? (named ? named.contactId : '');
	if (named && named.contactId !== id) {
		throw badRequest('The conversation is not that of the contact');
	}
	return ownRecord(token, state.contacts, 'Contact', id);
}

const added = ({ id, conversationId, contactId, dateAdded }: Message): object => ({
	success: true,
	conversationId,
	messageId: id,
	message: 'Message added successfully',
	contactId,
	dateAdded,
});

/** The app's own id of a message keeps it from being there twice. */
function addInbound(call: Call<Inbound, unknown>): object {
	const { state, body } = call;
	const { id: contactId, locationId } = contactOf(call);
	const provider = providerOf(call);
	const { id: conversationId, unreadCount } =
		conversationFor(call, contactId) ?? newConversation(call, { contactId, locationId });
	const known = [...state.messages.values()].find(
		(one) =>
			body.altId !== undefined && one.altId === body.altId && one.conversationId === conversationId,
	);
	if (known !== undefined) return added(known);
	// As described: outbound unless it is told.
	const { direction = 'outbound' } = body;
	const message: Message = {
		id: state.ids.next('message'),
		locationId,
		contactId,
		conversationId,
		messageType: CHANNELS[body.type][0],
		body: body.message ?? body.html ?? '',
		direction,
		status: 'delivered',
		attachments: body.attachments ?? [],
		dateAdded: new Date(body.date ?? Date.now()).toISOString(),
		...(provider && { conversationProviderId: provider.id }),
		...(body.altId !== undefined && { altId: body.altId }),
	};
	state.messages.set(message.id, message);
	const conversation = state.conversations.get(conversationId);
	if (conversation !== undefined && direction === 'inbound') {
		state.conversations.set(conversationId, { ...conversation, unreadCount: unreadCount + 1 });
	}
	return added(message);
}

interface Status {
	status: string;
	error?: Message['error'];
}

/** Of a message that HighLevel gave to a provider, by the provider's own app, and not at once. */
function updateStatus(call: Call<Status, unknown>): object {
	const { state, settings, token, body } = call;
	const message = messageOf(call);
	const isGiven =
		message.conversationProviderId !== undefined &&
		Date.parse(message.dateAdded) + settings.providerLagMs <= Date.now();
	// Highlevel-api-docs issue 4.
	if (!isGiven || token.kind !== 'oauth') {
		throw forbidden('No conversation provider found for this message');
	}
	state.messages.set(message.id, { ...message, error: body.error, status: body.status });
	return { conversationId: message.conversationId, messageId: message.id, status: body.status };
}

/** Written in HighLevel by one of its users, through a provider of the app. */
export interface WrittenByUser {
	contactId: string;
	message: string;
	/** The first provider where absent. */
	conversationProviderId?: string;
	/** The first user of the location where absent. */
	userId?: string;
	attachments?: string[];
}

/** @throws when there is no such contact or provider. */
export function writeAsUser(
	state: SandboxState,
	{ contactId, message, conversationProviderId, userId, attachments = [] }: WrittenByUser,
): Message {
	const contact = state.contacts.get(contactId);
	if (contact === undefined) throw notFound('Contact', contactId);
	const providers = [...state.conversationProviders.values()];
	const provider = providers.find(({ id }) => id === (conversationProviderId ?? id));
	if (provider === undefined) {
		throw notFound('Conversation provider', conversationProviderId ?? 'any');
	}
	const { locationId } = contact;
	const conversation =
		conversationFor({ state }, contactId) ?? newConversation({ state }, { contactId, locationId });
	const written: Message = {
		id: state.ids.next('message'),
		locationId,
		contactId,
		conversationId: conversation.id,
		messageType: provider.custom
			? `TYPE_CUSTOM_${provider.type.toUpperCase()}`
			: `TYPE_${provider.type.toUpperCase()}`,
		body: message,
		direction: 'outbound',
		status: 'pending',
		attachments,
		dateAdded: new Date().toISOString(),
		conversationProviderId: provider.id,
		userId:
			userId ?? [...state.users.values()].find(({ id }) => state.isUserOf(locationId, id))?.id,
	};
	state.messages.set(written.id, written);
	return written;
}

/** Messages that another system brings, and what it says of those it was given. */
export const providerMessages: Route[] = [
	route<Inbound>({
		method: 'POST',
		path: '/conversations/messages/inbound',
		scope: 'conversations/message.write',
		body: closed(
			{
				type: oneOf(...Object.keys(CHANNELS).filter((channel) => channel !== 'InternalComment')),
				attachments: listOf(text),
				message: text,
				conversationId: requiredText,
				contactId: requiredText,
				conversationProviderId: requiredText,
				html: text,
				subject: text,
				emailFrom: text,
				emailTo: text,
				emailCc: listOf(text),
				emailBcc: listOf(text),
				emailMessageId: text,
				altId: text,
				direction: oneOf('inbound', 'outbound'),
				date: formatted('iso-offset'),
				call: { type: 'object' },
			},
			['type'],
		),
		handle: addInbound,
	}),
	route({
		method: 'GET',
		path: '/conversations/messages/:messageId',
		scope: 'conversations/message.readonly',
		handle: (call) => messageView(messageOf(call)),
	}),
	route<Status>({
		method: 'PUT',
		path: '/conversations/messages/:messageId/status',
		scope: 'conversations/message.write',
		body: closed(
			{
				status: oneOf('delivered', 'failed', 'pending', 'read'),
				error: closed({ code: text, type: text, message: text }, ['code', 'type', 'message']),
				emailMessageId: text,
				recipients: listOf(text),
			},
			['status'],
		),
		handle: updateStatus,
	}),
];
