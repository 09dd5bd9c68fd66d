import { field, flag, group, required, tagsField, text } from '../../engine/describe/fields';
import type { Call, Field, Io, Recovered, Resource } from '../../engine/operation';
import { offsetPages, rowsOf } from '../../engine/call/paginate';
import { toList } from '../../engine/values';
import { toPathSegment } from 'n8n-workflow';
import { dayField } from '../fields/dates';
import { leadFilter } from '../fields/leadKey';
import { cursorPages } from '../calls/pages';
import { campaignIds, conversationPicker, senderIds, senderPicker } from '../editor/pickers';
import { done } from '../calls/done';
import { CORRESPONDENT, slimProfile } from '../fields/profile';
import { isMadeSince } from '../calls/recover';

const CHATROOM = '/inbox/GetChatroom/{accountId}/{conversationId}';

const SIMPLE = [
	'id',
	'linkedInAccountId',
	'campaignId',
	'read',
	'lastMessageAt',
	'lastMessageText',
	'lastMessageSender',
	'totalMessages',
	'correspondentProfile',
];

/** Flat filters are ignored by HeyReach without a word, and these two it wants in any case. */
const nested = { filters: { linkedInAccountIds: [], campaignIds: [] } };

const searchText = text('Search Text', 'searchString', {
	placeholder: 'e.g. Jane',
	description: 'Part of the name of the lead; HeyReach does not search in messages',
});

const seen = flag('Seen', 'seen', 'Whether the conversation was seen in HeyReach');

const common: Field[] = [campaignIds, senderIds('linkedInAccountIds'), searchText, seen];

const byLead: Field[] = [
	leadFilter({ url: 'leadProfileUrl', id: 'leadLinkedInId' }),
	tagsField('Tags', 'Leads that have one of these tags. Separated by commas, or a list.'),
];

const autoTags = field(
	{
		displayName: 'Latest Automatic Tags',
		name: 'latestAutoTagNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. Interested',
		description: 'Names of tags that HeyReach gave by itself, as they are in the workspace',
	},
	{ in: 'body', key: 'latestAutoTagNames', as: toList },
);

const filters = (children: Field[]): Field =>
	group(
		{ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' },
		'filters',
		children,
	);

const message = required(
	text('Message', 'message', { typeOptions: { rows: 4 }, description: 'Plain text' }),
);

/**
 * A message whose answer was lost is in the conversation if it was sent. If it is not there it may
 * still be on its way, so it is not sent again: nobody gets it twice.
 */
async function recoverMessage({ body }: Call, io: Io, startedAt: number): Promise<Recovered> {
	const [account, conversation] = [body?.linkedInAccountId, body?.conversationId].map((part) =>
		toPathSegment(String(part)),
	);
	const answer = await io.send({
		method: 'GET',
		template: CHATROOM,
		path: `/inbox/GetChatroom/${account}/${conversation}`,
		repeatable: true,
	});
	const sent = rowsOf(answer.body, 'messages').some(
		(row) =>
			row.sender === 'ME' && row.body === body?.message && isMadeSince(startedAt, row.createdAt),
	);
	return sent ? { ...answer, body: '' } : 'unknown';
}

export const conversation: Resource = {
	value: 'conversation',
	name: 'Conversation',
	successors: { getManyV1: 'Get Many' },
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get a conversation with its messages',
			description:
				'Get one conversation with all its messages. HeyReach shows new messages here minutes to hours later; Get Many has the newest sooner.',
			request: { method: 'GET', path: CHATROOM },
			writes: false,
			fields: [senderPicker('path', 'accountId'), conversationPicker('path')],
			simple: [...SIMPLE, 'messages'],
			finish: slimProfile('correspondentProfile', CORRESPONDENT),
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many conversations',
			description:
				'Get conversations to any depth, the latest first. HeyReach puts out no email addresses here; Lead: Get has them.',
			request: {
				method: 'POST',
				path: '/inbox/GetConversationsV3',
				body: nested,
				repeatable: true,
			},
			writes: false,
			fields: [
				filters([...common, ...byLead, autoTags]),
				dayField('Last Message After', 'from'),
				dayField('Last Message Before', 'to'),
			],
			pages: cursorPages,
			simple: SIMPLE,
			finish: slimProfile('correspondentProfile', CORRESPONDENT),
		},
		{
			value: 'getManyV2',
			name: 'Get Many (V2)',
			action: 'Get many conversations (V2)',
			description:
				'Get conversations from the second endpoint for them, which has email addresses of leads too. Use Get Many for deep lists.',
			request: {
				method: 'POST',
				path: '/inbox/GetConversationsV2',
				body: nested,
				repeatable: true,
			},
			writes: false,
			fields: [filters([...common, ...byLead])],
			pages: offsetPages(100),
			simple: SIMPLE,
			finish: slimProfile('correspondentProfile', CORRESPONDENT),
		},
		{
			value: 'sendMessage',
			name: 'Send Message',
			action: 'Send a message in a conversation',
			description:
				'Send a message in a conversation that is there already; HeyReach cannot begin a new one here',
			request: { method: 'POST', path: '/inbox/SendMessage' },
			writes: true,
			fields: [
				senderPicker('body', 'linkedInAccountId'),
				conversationPicker('body'),
				message,
				text('Subject', 'subject', { description: 'For InMail; ignored in other conversations' }),
			],
			recover: recoverMessage,
			finish: done('conversationId'),
		},
		{
			value: 'setSeen',
			name: 'Set Seen Status',
			action: 'Set the seen status of a conversation',
			description: 'Mark a conversation as seen or as not seen',
			request: { method: 'POST', path: '/inbox/SetSeenStatus', repeatable: true },
			writes: true,
			fields: [senderPicker('body', 'linkedInAccountId'), conversationPicker('body'), seen],
			finish: done('conversationId'),
		},
	],
};
