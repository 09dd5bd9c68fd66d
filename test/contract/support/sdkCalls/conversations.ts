import type { SdkCall } from './sdkCall';

/** Conversations and messages. */
export const conversationsCalls: Record<string, SdkCall> = {
	'conversation:create': async ({ conversations }, { body }) =>
		await conversations.createConversation(body as never),
	'conversation:getMany': async ({ conversations }, { query }) =>
		await conversations.searchConversation(query as never),
	'message:getMany': async ({ conversations }, { id, query }) =>
		await conversations.getMessages({ conversationId: id, ...query } as never),
	'message:send': async ({ conversations }, { body }) =>
		await conversations.sendANewMessage(body as never),
};
