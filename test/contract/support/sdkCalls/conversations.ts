import type { SdkCall } from './sdkCall';

/** Conversations and messages. */
export const conversationsCalls: Record<string, SdkCall> = {
	'conversation:create': async ({ conversations }, { body }) =>
		await conversations.createConversation(body as never),
	'conversation:delete': async ({ conversations }, { id }) =>
		await conversations.deleteConversation({ conversationId: id }),
	'conversation:get': async ({ conversations }, { id }) =>
		await conversations.getConversation({ conversationId: id }),
	'conversation:update': async ({ conversations }, { id, body }) =>
		await conversations.updateConversation({ conversationId: id }, body as never),
	'conversation:getMany': async ({ conversations }, { query }) =>
		await conversations.searchConversation(query as never),
	'message:addInbound': async ({ conversations }, { body }) =>
		await conversations.addAnInboundMessage(body as never),
	'message:get': async ({ conversations }, { id }) => await conversations.getMessage({ id }),
	'message:updateStatus': async ({ conversations }, { id, body }) =>
		await conversations.updateMessageStatus({ messageId: id }, body as never),
	'message:getMany': async ({ conversations }, { id, query }) =>
		await conversations.getMessages({ conversationId: id, ...query } as never),
	'message:send': async ({ conversations }, { body }) =>
		await conversations.sendANewMessage(body as never),
	'message:addOutboundCall': async ({ conversations }, { body }) =>
		await conversations.addAnOutboundMessage(body as never),
	'message:getRecording': async ({ conversations }, { ids: [messageId, locationId] }) =>
		await conversations.getMessageRecording({ messageId, locationId }),
	'message:getTranscription': async ({ conversations }, { ids: [locationId, messageId] }) =>
		await conversations.getMessageTranscription({ locationId, messageId }),
	'message:downloadTranscription': async ({ conversations }, { ids: [locationId, messageId] }) =>
		await conversations.downloadMessageTranscription({ locationId, messageId }),
	'message:getManyOfLocation': async ({ conversations }, { query }) =>
		await conversations.exportMessagesByLocation(query as never),
	'message:addAttachments': async ({ conversations }, { id, body }) =>
		await conversations.addMessageAttachments({ messageId: id }, body as never),
	'message:cancelScheduled': async ({ conversations }, { id }) =>
		await conversations.cancelScheduledMessage({ messageId: id }),
	'message:replyToReview': async ({ conversations }, { body }) =>
		await conversations.sendReviewReply(body as never),
	'email:get': async ({ conversations }, { id }) =>
		await conversations.getEmailById({ id } as never),
	'email:cancelScheduled': async ({ conversations }, { id }) =>
		await conversations.cancelScheduledEmailMessage({ emailMessageId: id }),
	'emailSubscription:get': async ({ conversations }, { query }) =>
		await conversations.getContactUnsubscriptionStatus(query as never),
	'emailSubscription:update': async ({ conversations }, { body }) =>
		await conversations.userSubscriptionChange(body as never),
	'customSubtype:create': async ({ conversations }, { query, body }) =>
		await conversations.createCustomSubtype(query as never, body as never),
	'customSubtype:getMany': async ({ conversations }, { query }) =>
		await conversations.getAllCustomSubtypes(query as never),
	'customSubtype:update': async ({ conversations }, { id, query, body }) =>
		await conversations.updateCustomSubtype({ id, ...query } as never, body as never),
};
