import { chatroomView, lastMessage } from './chatroomView';
import { record } from './chatrooms';
import { notFound, refused } from './errors';
import type { Chatroom } from './records';
import { epochOf, hasKeyword, page, profileKey, route } from './route';
import type { Call, Paging, Route } from './route';
import {
	fields,
	flag,
	listOf,
	nullable,
	optionalText,
	paging,
	text,
	time,
	whole,
} from './validate';
import type { Schema } from './validate';
import type { WorkspaceData } from './workspace';

interface Filters {
	linkedInAccountIds?: number[] | null;
	campaignIds?: number[] | null;
	searchString?: string | null;
	leadLinkedInId?: string | null;
	leadProfileUrl?: string | null;
	tags?: string[] | null;
	latestAutoTagNames?: string[] | null;
	seen?: boolean | null;
}

const firstFilters = {
	linkedInAccountIds: nullable(listOf(whole)),
	campaignIds: nullable(listOf(whole)),
	searchString: optionalText,
	leadLinkedInId: optionalText,
	leadProfileUrl: optionalText,
	seen: nullable(flag),
};
const secondFilters = { ...firstFilters, tags: nullable(listOf(text)) };
const thirdFilters = { ...secondFilters, latestAutoTagNames: nullable(listOf(text)) };

const among = <T>(wanted: T[] | null | undefined, value: T | null): boolean =>
	!wanted || wanted.length === 0 || (value !== null && wanted.includes(value));

/** Compared as the cursor compares them. */
const newestFirst = (a: Chatroom, b: Chatroom): number => (placeOf(a) < placeOf(b) ? 1 : -1);

/** Sorts by the time of the last message; the id decides between two at once. */
const placeOf = (chatroom: Chatroom): string =>
	`${lastMessage(chatroom)?.createdAt ?? ''} ${chatroom.id}`;

/** `searchString` looks at the correspondent's name only. */
function found(state: WorkspaceData, filters: Filters): Chatroom[] {
	const { linkedInAccountIds, campaignIds, searchString, leadLinkedInId, leadProfileUrl } = filters;
	const { tags, latestAutoTagNames, seen } = filters;
	return [...state.chatrooms.values()]
		.filter((chatroom) => {
			const lead = state.leads.get(chatroom.linkedinId);
			if (lead === undefined) return false;
			return (
				among(linkedInAccountIds, chatroom.accountId) &&
				among(campaignIds, chatroom.campaignId) &&
				hasKeyword(`${lead.firstName} ${lead.lastName}`, searchString) &&
				(!leadLinkedInId || lead.linkedinId === leadLinkedInId) &&
				(!leadProfileUrl || profileKey(lead.profileUrl) === profileKey(leadProfileUrl)) &&
				(!tags || tags.length === 0 || tags.some((tag) => lead.tags.includes(tag))) &&
				among(latestAutoTagNames, lead.autoTags.at(-1)?.name ?? null) &&
				(seen === undefined || seen === null || chatroom.seen === seen)
			);
		})
		.sort(newestFirst);
}

interface ListBody extends Paging {
	filters?: Filters | null;
}

/** Filters count only inside `filters`: beside it they are ignored, as every unknown key is. */
const list = (path: string, filters: Record<string, Schema>): Route =>
	route<ListBody>({
		method: 'POST',
		path,
		body: fields({ ...paging(), filters: nullable(fields(filters)) }),
		handle: ({ state, body }) => {
			const known = Object.entries(body.filters ?? {}).filter(([name]) => name in filters);
			const rows = found(state, Object.fromEntries(known));
			return page(rows, body, (chatroom) => chatroomView(state, chatroom));
		},
	});

interface CursorBody {
	limit?: number;
	cursor?: string | null;
	from?: string | null;
	to?: string | null;
	filters?: Filters | null;
}

const HIDDEN_IN_V3 = ['emailAddress', 'enrichedEmailAddress', 'customEmailAddress', 'customFields'];
const encode = (place: string): string => Buffer.from(place).toString('base64url');

function decode(cursor: string): string {
	const place = Buffer.from(cursor, 'base64url').toString();
	if (encode(place) !== cursor || !/^\d{4}-\d\d-\d\dT\S+ \S+$/.test(place)) {
		throw refused('The cursor is not valid.');
	}
	return place;
}

/** Newest first, from the cursor's place on; `from` and `to` mean whole days (UTC). */
function listByCursor({ state, body }: Call<CursorBody, unknown>): object {
	const { limit = 10, cursor, from, to, filters } = body;
	if (from && to && epochOf(from) > epochOf(to)) throw refused('from must not be after to.');
	checkNames(state, filters ?? {});
	const day = (moment: string): string => new Date(epochOf(moment)).toISOString().slice(0, 10);
	const all = found(state, filters ?? {}).filter((chatroom) => {
		const at = placeOf(chatroom).slice(0, 10);
		return (!from || at >= day(from)) && (!to || at <= day(to));
	});
	const after = cursor ? decode(cursor) : undefined;
	const rest = after === undefined ? all : all.filter((chatroom) => placeOf(chatroom) < after);
	const shown = rest.slice(0, limit);
	const hasNextPage = rest.length > shown.length;
	const last = shown.at(-1);
	return {
		items: shown.map((chatroom) => chatroomView(state, chatroom, HIDDEN_IN_V3)),
		totalCount: all.length,
		nextCursor: hasNextPage && last !== undefined ? encode(placeOf(last)) : null,
		hasNextPage,
	};
}

/** The names HeyReach gives by itself. */
const AUTO_TAGS = ['Interested', 'Not Interested', 'Out of Office'];

function checkNames(state: WorkspaceData, { tags, latestAutoTagNames }: Filters): void {
	const unknown = [
		...(tags ?? []).filter((tag) => !state.leadTags.has(tag)),
		...(latestAutoTagNames ?? []).filter((name) => !AUTO_TAGS.includes(name)),
	];
	if (unknown.length > 0) throw refused(`These tags do not exist: ${unknown.join(', ')}.`);
}

interface Place {
	conversationId: string;
	linkedInAccountId: number;
}

function chatroomOf(state: WorkspaceData, { conversationId, linkedInAccountId }: Place): Chatroom {
	const chatroom = state.chatrooms.get(conversationId);
	if (chatroom === undefined || chatroom.accountId !== linkedInAccountId) {
		throw notFound('Conversation', conversationId);
	}
	return chatroom;
}

/** Only into a conversation that exists, and once more each time it is asked. */
function send({ state, body }: Call<Place & { message: string; subject?: string }, unknown>): void {
	const chatroom = chatroomOf(state, body);
	const createdAt = new Date().toISOString();
	chatroom.messages.push({
		createdAt,
		body: body.message,
		subject: chatroom.isInMail ? (body.subject ?? null) : null,
		sender: 'ME',
	});
	chatroom.seen = true;
	record(state, chatroom.isInMail ? 'inMail' : 'message', { ...chatroom, at: createdAt });
}

export const inbox: Route[] = [
	list('/inbox/GetConversations', firstFilters),
	list('/inbox/GetConversationsV2', secondFilters),
	route<CursorBody>({
		method: 'POST',
		path: '/inbox/GetConversationsV3',
		body: fields({
			limit: { type: 'integer', minimum: 1, maximum: 100 },
			cursor: optionalText,
			from: time,
			to: time,
			filters: nullable(fields(thirdFilters)),
		}),
		handle: listByCursor,
	}),
	route<unknown, { accountId: number; conversationId: string }>({
		method: 'GET',
		path: '/inbox/GetChatroom/:accountId/:conversationId',
		query: fields({ accountId: whole, conversationId: text }, ['accountId', 'conversationId']),
		handle: ({ state, settings, query: { accountId, conversationId } }) => {
			const chatroom = chatroomOf(state, { conversationId, linkedInAccountId: accountId });
			// It is behind the webhooks and the list of conversations.
			const shown = Date.now() - settings.chatroomLagMs;
			const messages = chatroom.messages.filter(({ createdAt }) => Date.parse(createdAt) <= shown);
			if (messages.length === 0) throw notFound('Conversation', conversationId);
			return chatroomView(state, { ...chatroom, messages });
		},
	}),
	route<Place & { message: string; subject?: string }>({
		method: 'POST',
		path: '/inbox/SendMessage',
		body: fields(
			{
				message: { ...text, minLength: 1 },
				subject: optionalText,
				conversationId: text,
				linkedInAccountId: whole,
			},
			['message', 'conversationId', 'linkedInAccountId'],
		),
		handle: send,
	}),
	route<Place & { seen: boolean }>({
		method: 'POST',
		path: '/inbox/SetSeenStatus',
		body: fields({ conversationId: text, linkedInAccountId: whole, seen: flag }, [
			'conversationId',
			'linkedInAccountId',
			'seen',
		]),
		handle: ({ state, body }) => {
			chatroomOf(state, body).seen = body.seen;
		},
	}),
];
