import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import {
	filters,
	flag,
	list,
	notSent,
	required,
	tagsField,
	text,
} from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Call, Field, Io, Recovered, Resource } from '../../engine/operation';
import { flagIn, rowsOf, toList } from '../../engine/values';
import { done } from '../calls/done';
import { cursorPages, offsetPages } from '../calls/pages';
import { isMadeSince } from '../calls/recover';
import { campaignIds, conversationPicker, senderIds, senderPicker } from '../editor/pickers';
import { dayField } from '../fields/dates';
import { leadFilter } from '../fields/leadKey';
import { CORRESPONDENT, simpleProfile } from '../fields/profile';

const CHATROOM = 'GET /inbox/GetChatroom/{accountId}/{conversationId}';

const SIMPLE =
	'id linkedInAccountId campaignId read lastMessageAt lastMessageText lastMessageSender totalMessages correspondentProfile'.split(
		' ',
	);

/** HeyReach ignores flat filters silently and requires these two. */
const nested = { filters: { linkedInAccountIds: [], campaignIds: [] } };

const filtersOf = (...more: Field[]): Field => ({
	...filters([
		campaignIds,
		senderIds('linkedInAccountIds'),
		text('Search Text', 'searchString', {
			placeholder: 'e.g. Jane',
			description: 'Part of the name of the lead. HeyReach does not search messages.',
		}),
		seen,
		leadFilter({ url: 'leadProfileUrl', id: 'leadLinkedInId' }),
		tagsField('Tags', 'Only return leads with one of these tags: comma-separated, or a list'),
		...more,
	]),
	send: { in: 'body', key: 'filters' },
});

const seen = flag('Seen', 'seen', 'Whether the conversation was seen in HeyReach');

const autoTags = list('Latest Automatic Tags', 'latestAutoTagNames', 'Interested', toList, {
	description: 'Names of tags that HeyReach assigned automatically',
});

const inBody = [senderPicker('body', 'linkedInAccountId'), conversationPicker('body')];

/**
 * A lost message was sent if the conversation has it. If not, it may still be on its way: it is not
 * sent again, so that nobody gets it twice.
 */
async function recoverMessage({ body = {} }: Call, io: Io, startedAt: number): Promise<Recovered> {
	const { linkedInAccountId, conversationId, message } = body;
	const values = { accountId: String(linkedInAccountId), conversationId: String(conversationId) };
	const answer = await io.send(callTo(CHATROOM, { values }));
	const isSent = rowsOf(answer.body, 'messages').some(
		(row) => row.sender === 'ME' && row.body === message && isMadeSince(startedAt, row.createdAt),
	);
	return isSent ? { ...answer, body: '' } : 'unknown';
}

const THREAD = 'threadAsText';
const threadAsText = notSent(
	flag(
		'Thread as Text',
		THREAD,
		'Whether to add all messages as one text, each marked “me” or “prospect”',
	),
);

const simplified = simpleProfile('correspondentProfile', CORRESPONDENT);

/** The conversation with the text of its messages in `thread`, oldest first, if the person asks for it. */
function withThread(record: IDataObject, io: Io): IDataObject {
	const { displayName } = threadAsText.property;
	if (!flagIn(io.parameter('options', {}), THREAD, displayName)) return simplified(record, io);
	const byTime = [...rowsOf(record, 'messages')].sort((one, other) =>
		String(one.createdAt).localeCompare(String(other.createdAt)),
	);
	const lines = byTime.map(({ sender, body }) => {
		const who = sender === 'CORRESPONDENT' ? 'prospect' : 'me';
		return `${who}: ${String(body ?? '').trim() || '(attachment)'}`;
	});
	return { ...simplified(record, io), thread: lines.join('\n') };
}

const conversations = verbs('conversation', { reads: { simple: SIMPLE, finish: simplified } });

export const conversation: Resource = {
	value: 'conversation',
	name: 'Conversation',
	successors: { getManyV1: 'Get Many' },
	operations: [
		conversations.get({
			route: CHATROOM,
			action: 'Get a conversation with its messages',
			description:
				'Get one conversation with all its messages. New messages appear here minutes to hours late; Get Many has them sooner.',
			fields: [senderPicker('path', 'accountId'), conversationPicker('path')],
			simple: [...SIMPLE, 'messages', 'thread'],
			options: [threadAsText],
			finish: withThread,
		}),
		conversations.getMany({
			route: 'POST /inbox/GetConversationsV3',
			description:
				'Get conversations, the latest first. They come without email addresses; Lead: Get has these.',
			body: nested,
			fields: [
				filtersOf(autoTags),
				dayField('Last Message After', 'from'),
				dayField('Last Message Before', 'to'),
			],
			pages: cursorPages,
		}),
		conversations.getMany({
			route: 'POST /inbox/GetConversationsV2',
			value: 'getManyV2',
			name: 'Get Many (V2)',
			action: 'Get many conversations (V2)',
			description:
				'Get conversations from HeyReach’s second endpoint, which also returns email addresses of leads. Use Get Many for long lists.',
			body: nested,
			fields: [filtersOf()],
			pages: offsetPages(100),
		}),
		conversations.other('POST /inbox/SendMessage', {
			value: 'sendMessage',
			action: 'Send a message in a conversation',
			description:
				'Send a message in an existing conversation; returns success. HeyReach’s API cannot start a new conversation.',
			fields: [
				...inBody,
				required(
					text('Message', 'message', {
						placeholder: 'e.g. Hi Jane, thanks for your reply',
						typeOptions: { rows: 4 },
						description: 'Text of the message, without formatting',
					}),
				),
				text('Subject', 'subject', {
					placeholder: 'e.g. Your offer',
					description: 'Subject of an InMail; not used in other conversations',
				}),
			],
			recover: recoverMessage,
			finish: done('conversationId'),
		}),
		conversations.other('POST /inbox/SetSeenStatus', {
			value: 'setSeen',
			name: 'Set Seen Status',
			action: 'Set the seen status of a conversation',
			description: 'Mark a conversation as seen or not seen; returns success',
			repeatable: true,
			fields: [...inBody, seen],
			finish: done('conversationId'),
		}),
	],
};
