import { idField } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { toList } from '../../engine/values';
import { cancelled } from './messageFiles';

const emails = verbs('email', {
	article: 'an',
	id: idField('Email Message ID', 'emailMessageId', 'rnGyqh2F6uBrIkfhFo9A'),
	scope: 'conversations/message',
});

export const email: Resource = {
	value: 'email',
	name: 'Email',
	operations: [
		emails.other('DELETE /conversations/messages/email/{emailMessageId}/schedule', {
			value: 'cancelScheduled',
			action: 'Cancel a scheduled email',
			description: 'Cancel a scheduled email; returns a status',
			fields: [idField('Email Message ID', 'emailMessageId', 'rnGyqh2F6uBrIkfhFo9A')],
			finish: cancelled,
		}),
		emails.get({
			route: 'GET /conversations/messages/email/{emailMessageId}',
			description: 'Get one email of a conversation with its subject and addresses',
			simple: toList(
				'id, threadId, contactId, conversationId, subject, body, direction, status, from, to',
			),
		}),
	],
};
