import type { Chatroom, ChatMessage } from './records';
import { profileView, senderView } from './views';
import type { WorkspaceData } from './workspace';

const bodyOf = ({ body, isAttachment }: ChatMessage): string => (isAttachment ? '' : body);

export const lastMessage = ({ messages }: Chatroom): ChatMessage | undefined => messages.at(-1);

/** A conversation with all its messages. The third version of the list leaves keys of the profile out. */
export function chatroomView(
	state: WorkspaceData,
	chatroom: Chatroom,
	withoutKeys: string[] = [],
): object {
	const { id, accountId, linkedinId, campaignId, seen, isInMail, messages } = chatroom;
	const last = lastMessage(chatroom);
	const lead = state.leads.get(linkedinId);
	const sender = state.senders.get(accountId);
	// Custom fields are never filled in here.
	const profile =
		lead === undefined ? null : { id: linkedinId, ...profileView(lead), customFields: [] };
	return {
		id,
		read: seen,
		groupChat: false,
		blockedByMe: false,
		blockedByParticipant: false,
		lastMessageAt: last?.createdAt ?? null,
		lastMessageText: last === undefined ? null : bodyOf(last),
		lastMessageType: last === undefined ? null : last.isAttachment ? 'ATTACHMENT' : 'TEXT',
		lastMessageSender: last?.sender ?? null,
		totalMessages: messages.length,
		campaignId,
		linkedInAccountId: accountId,
		correspondentProfile:
			profile &&
			Object.fromEntries(Object.entries(profile).filter(([key]) => !withoutKeys.includes(key))),
		linkedInAccount: sender === undefined ? null : senderView(state, sender),
		messages: messages.map((message) => ({
			createdAt: message.createdAt,
			body: bodyOf(message),
			subject: message.subject,
			postLink: null,
			isInMail,
			sender: message.sender,
		})),
	};
}
