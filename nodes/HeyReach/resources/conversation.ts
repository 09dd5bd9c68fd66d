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
import { isObject, rowsOf, toList } from '../../engine/values';
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
			description: 'Part of the name of the lead; HeyReach does not search in messages',
		}),
		seen,
		leadFilter({ url: 'leadProfileUrl', id: 'leadLinkedInId' }),
		tagsField('Tags', 'Leads that have one of these tags. Separated by commas, or a list.'),
		...more,
	]),
	send: { in: 'body', key: 'filters' },
});

const seen = flag('Seen', 'seen', 'Whether the conversation was seen in HeyReach');

const autoTags = list('Latest Automatic Tags', 'latestAutoTagNames', 'Interested', toList, {
	description: 'Names of tags that HeyReach gave by itself, as they are in the workspace',
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
		'Whether to add all messages as one text, each after “me” or “prospect”',
	),
);

const simplified = simpleProfile('correspondentProfile', CORRESPONDENT);

/** The conversation with the text of its messages in `thread`, oldest first, if the person asks for it. */
function withThread(record: IDataObject, io: Io): IDataObject {
	const options = io.parameter('options', {});
	if (!isObject(options) || options[THREAD] !== true) return simplified(record, io);
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
				'Get one conversation with all its messages. HeyReach shows new messages here minutes to hours later; Get Many has the newest sooner.',
			fields: [senderPicker('path', 'accountId'), conversationPicker('path')],
			simple: [...SIMPLE, 'messages', 'thread'],
			options: [threadAsText],
			finish: withThread,
		}),
		conversations.getMany({
			route: 'POST /inbox/GetConversationsV3',
			description:
				'Get conversations to any depth, the latest first. HeyReach puts out no email addresses here; Lead: Get has them.',
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
				'Get conversations from the second endpoint for them, which has email addresses of leads too. Use Get Many for deep lists.',
			body: nested,
			fields: [filtersOf()],
			pages: offsetPages(100),
		}),
		conversations.other('POST /inbox/SendMessage', {
			value: 'sendMessage',
			action: 'Send a message in a conversation',
			description:
				'Send a message in a conversation that is there already; HeyReach cannot begin a new one here',
			fields: [
				...inBody,
				required(
					text('Message', 'message', { typeOptions: { rows: 4 }, description: 'Plain text' }),
				),
				text('Subject', 'subject', { description: 'For InMail; ignored in other conversations' }),
			],
			recover: recoverMessage,
			finish: done('conversationId'),
		}),
		conversations.other('POST /inbox/SetSeenStatus', {
			value: 'setSeen',
			name: 'Set Seen Status',
			action: 'Set the seen status of a conversation',
			description: 'Mark a conversation as seen or as not seen',
			repeatable: true,
			fields: [...inBody, seen],
			finish: done('conversationId'),
		}),
	],
};
