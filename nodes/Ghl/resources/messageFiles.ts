import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { callTo } from '../../engine/call/callTo';
import { multipart } from '../../engine/call/multipart';
import { list, required, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Io } from '../../engine/operation';
import { toUrls, unwrap } from '../../engine/values';
import { contactByIdentity } from '../calls/contactByIdentity';
import { contactPicker, conversationPicker, messageId } from '../editor/pickers';
import { fileNames, fileOf, inputFiles } from './customFieldUpload';

const UPLOAD = 'POST /conversations/messages/upload';

const ofMessage = verbs('message', { scope: 'conversations/message' });

/** HighLevel says in a success that it did not cancel. */
export function cancelled(record: IDataObject): IDataObject {
	if (!(Number(record.status) >= 400)) return record;
	throw new BadInput(
		`HighLevel did not cancel it: ${String(record.message)}`,
		'It may have been sent already, or the ID may be of another message.',
	);
}

async function upload(io: Io) {
	const [conversationId, contact] = ['conversationId', 'contactId'].map((name) =>
		String(unwrap(io.parameter(name)) ?? '').trim(),
	);
	const names = fileNames(io);
	if (conversationId === '')
		throw new BadInput('“Conversation” is empty', 'Choose the conversation.');
	if (contact === '') throw new BadInput('“Contact” is empty', 'Choose the contact.');
	const contactId = String(await contactByIdentity(contact, io));
	const parts = await Promise.all(names.map(async (name) => await fileOf(name, io)));
	const { locationId } = io.account.values;
	return callTo(UPLOAD, {
		readyBody: multipart(
			{ conversationId, contactId, locationId },
			parts.map((part) => ({ ...part, field: 'fileAttachment' })),
		),
		scope: 'conversations/message.write',
	});
}

/** Files of messages, and what is done with a message that waits or a review. */
export const fileOperations = [
	ofMessage.other(UPLOAD, {
		value: 'uploadAttachments',
		action: 'Upload attachments for a message',
		description: 'Upload files to HighLevel. Returns their URLs for the attachments of a message.',
		fields: [conversationPicker('body'), contactPicker('body'), inputFiles],
		build: upload,
	}),
	ofMessage.other('PUT /conversations/messages/{messageId}/attachments', {
		value: 'addAttachments',
		action: 'Add attachments to a call',
		description:
			'Set the attachments of a call from another phone system, replacing its current ones; returns them',
		fields: [
			messageId,
			list('Attachment URLs', 'attachmentUrls', 'https://example.com/call.mp3', toUrls, {
				key: 'attachments',
				required: true,
				description: 'Up to 5 URLs, separated by commas',
			}),
		],
	}),
	ofMessage.other('DELETE /conversations/messages/{messageId}/schedule', {
		value: 'cancelScheduled',
		action: 'Cancel a scheduled message',
		description: 'Cancel a scheduled message; returns a status',
		fields: [messageId],
		finish: cancelled,
	}),
	ofMessage.other('POST /conversations/messages/review-reply', {
		value: 'replyToReview',
		action: 'Reply to a review',
		description: 'Answer a review on Google Business, in public. Returns the ID of the message.',
		body: { locationId: '{locationId}' },
		fields: [
			conversationPicker('body'),
			required(
				text('Reply', 'reply', {
					placeholder: 'e.g. Thank you for your review',
					key: 'message',
					typeOptions: { rows: 4 },
				}),
			),
		],
	}),
];
