import { choice, dateTime, filters, optional, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import { withQuery } from '../../engine/call/paginate';
import type { PageStyle } from '../../engine/operation';
import { isObject, toList } from '../../engine/values';
import { contactPicker } from '../editor/pickers';
import { toIsoUtc } from '../fields/message';

const inQuery = { in: 'query' } as const;

const cursorIn = (body: unknown) => (isObject(body) ? body.nextCursor : undefined);

/** `nextCursor` leads to the next page. A page has at least 10 messages, and at most 500. */
const exportPages: PageStyle = {
	size: 500,
	items: 'messages',
	full: 1,
	first: (call, limit) => withQuery(call, { limit: Math.max(10, limit) }),
	next: (call, _rows, { body }) => {
		const cursor = cursorIn(body);
		return typeof cursor === 'string' && cursor ? withQuery(call, { cursor }) : undefined;
	},
};

export const exportOfLocation = verbs('message', { scope: 'conversations/message' }).other(
	'GET /conversations/messages/export',
	{
		value: 'getManyOfLocation',
		name: 'Get Many of Location',
		action: 'Get many messages of the location',
		description: 'Get the messages of all conversations of the location',
		query: { locationId: '{locationId}' },
		fields: [
			filters([
				choice(
					'Channel',
					'channel',
					['Call', 'Email', 'Facebook', 'Instagram', 'SMS', 'WhatsApp'],
					{
						...inQuery,
						description: 'Only return messages of this channel. Leave empty for all but emails.',
					},
				),
				optional(contactPicker('query')),
				text('Conversation ID', 'conversationId', {
					...inQuery,
					placeholder: 'e.g. tDtDnQdgm2LXpyiqYvZ6',
				}),
				dateTime('Sent After', 'startDate', toIsoUtc, inQuery),
				dateTime('Sent Before', 'endDate', toIsoUtc, inQuery),
				choice(
					'Sort By',
					'sortBy',
					{ 'Time Created': 'createdAt', 'Time Updated': 'updatedAt' },
					inQuery,
				),
				choice(
					'Sort Order',
					'sortOrder',
					{ 'Newest First': 'desc', 'Oldest First': 'asc' },
					inQuery,
				),
			]),
		],
		pages: exportPages,
		simple: toList(
			'id, conversationId, contactId, messageType, direction, status, body, attachments, dateAdded, userId',
		),
	},
);
