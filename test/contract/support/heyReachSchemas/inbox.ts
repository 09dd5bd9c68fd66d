import { sender } from './senders';
import {
	bareProfile,
	dateTimeOrNull,
	filledText,
	flag,
	integer,
	list,
	object,
	orNull,
	page,
	paging,
	profile,
	text,
	textOrNull,
	whole,
	type HeyReachOperation,
	type JsonSchema,
} from './shapes';

const sides = { enum: ['ME', 'CORRESPONDENT'] };
const message = object(
	{
		createdAt: dateTimeOrNull,
		body: textOrNull,
		subject: textOrNull,
		postLink: textOrNull,
		isInMail: flag,
		sender: sides,
	},
	['createdAt', 'body', 'sender'],
);
const conversation = (correspondentProfile: JsonSchema): JsonSchema =>
	object(
		{
			id: filledText,
			read: flag,
			groupChat: flag,
			blockedByMe: flag,
			blockedByParticipant: flag,
			lastMessageAt: dateTimeOrNull,
			lastMessageText: textOrNull,
			lastMessageType: textOrNull,
			lastMessageSender: orNull(sides),
			totalMessages: integer,
			campaignId: orNull(integer),
			linkedInAccountId: integer,
			correspondentProfile: orNull(correspondentProfile),
			linkedInAccount: orNull(sender),
			messages: list(message),
		},
		['id', 'read', 'lastMessageAt', 'linkedInAccountId', 'correspondentProfile', 'messages'],
	);

const firstFilters = {
	linkedInAccountIds: orNull(list(integer)),
	campaignIds: orNull(list(integer)),
	searchString: textOrNull,
	leadLinkedInId: textOrNull,
	leadProfileUrl: textOrNull,
	seen: orNull(flag),
};
const secondFilters = { ...firstFilters, tags: orNull(list(text)) };
const thirdFilters = { ...secondFilters, latestAutoTagNames: orNull(list(text)) };

/** Filters stand in `filters`: beside it they are ignored without a word. */
const conversations = (path: string, filters: Record<string, JsonSchema>): HeyReachOperation => ({
	method: 'POST',
	path,
	confidence: 'C',
	body: object({ ...paging(), filters: orNull(object(filters)) }),
	answer: page(conversation(profile)),
});

const place = { conversationId: filledText, linkedInAccountId: integer };

export const inbox: HeyReachOperation[] = [
	conversations('/inbox/GetConversations', firstFilters),
	conversations('/inbox/GetConversationsV2', secondFilters),
	{
		method: 'POST',
		path: '/inbox/GetConversationsV3',
		confidence: 'C',
		body: object({
			limit: paging().limit,
			cursor: textOrNull,
			from: dateTimeOrNull,
			to: dateTimeOrNull,
			filters: orNull(object(thirdFilters)),
		}),
		answer: whole({
			items: list(conversation(bareProfile)),
			totalCount: integer,
			nextCursor: textOrNull,
			hasNextPage: flag,
		}),
	},
	{
		method: 'GET',
		path: '/inbox/GetChatroom/{accountId}/{conversationId}',
		confidence: 'C',
		pathParameters: whole({ accountId: integer, conversationId: filledText }),
		answer: conversation(profile),
	},
	{
		method: 'POST',
		path: '/inbox/SendMessage',
		confidence: 'C',
		body: object({ ...place, message: filledText, subject: textOrNull }, [
			'message',
			'conversationId',
			'linkedInAccountId',
		]),
		answer: 'empty',
	},
	{
		method: 'POST',
		path: '/inbox/SetSeenStatus',
		confidence: 'C',
		body: whole({ ...place, seen: flag }),
		answer: 'empty',
	},
];
