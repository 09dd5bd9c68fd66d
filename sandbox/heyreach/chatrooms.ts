import type { ActivityKind, Campaign, Chatroom, Lead } from './records';
import type { WorkspaceData } from './workspace';

/** Base64 as LinkedIn's are: it must be encoded in a path. */
const chatroomId = (accountId: number, linkedinId: string): string =>
	Buffer.from(`conversation-${accountId}-${linkedinId}`).toString('base64');

export interface NewMessage {
	accountId: number;
	lead: Lead;
	campaign: Campaign | undefined;
	body: string;
	isReply: boolean;
	isInMail: boolean;
	at: string;
	isAttachment?: boolean;
}

/** Adds a message to the conversation of a sender and a lead, which it opens when there is none. */
export function say(state: WorkspaceData, message: NewMessage): Chatroom {
	const { accountId, lead, campaign, body, isReply, isInMail, at, isAttachment } = message;
	const id = chatroomId(accountId, lead.linkedinId);
	const chatroom = state.chatrooms.get(id) ?? {
		id,
		accountId,
		linkedinId: lead.linkedinId,
		campaignId: campaign?.id ?? null,
		seen: true,
		isInMail,
		messages: [],
	};
	chatroom.seen = !isReply;
	chatroom.messages.push({
		createdAt: nextMoment(at, chatroom.messages.at(-1)?.createdAt),
		body,
		subject: isInMail ? 'A word about your team' : null,
		sender: isReply ? 'CORRESPONDENT' : 'ME',
		...(isAttachment === true ? { isAttachment } : {}),
	});
	state.chatrooms.set(id, chatroom);
	return chatroom;
}

/** Nobody writes two messages to one person in the same millisecond, however fast events are sent here. */
function nextMoment(at: string, last: string | undefined): string {
	const ahead = last === undefined ? -1 : Date.parse(last) - Date.parse(at);
	const isCrowded = ahead >= 0 && ahead < 1000;
	return isCrowded ? new Date(Date.parse(at) + ahead + 1).toISOString() : at;
}

/** Remembers something for the statistics. */
export function record(
	state: WorkspaceData,
	kind: ActivityKind,
	of: { accountId: number; linkedinId: string; campaignId: number | null; at?: string },
): void {
	state.activities.push({ ...of, at: of.at ?? new Date().toISOString(), kind });
}
