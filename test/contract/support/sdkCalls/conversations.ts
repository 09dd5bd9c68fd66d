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
};
