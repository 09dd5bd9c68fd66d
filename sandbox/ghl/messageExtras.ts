import { messageView } from './conversations';
import { badRequest, notFound } from './errors';
import { FileAnswer } from './fileAnswer';
import type { UploadedFile } from './multipart';
import type { Message } from './records';
import { ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, formatted, listOf, oneOf, requiredText, text, wholeNumber } from './validate';

const CALLS = ['TYPE_CALL', 'TYPE_CUSTOM_CALL'];

const messageOf = (call: Call<unknown, unknown>, id = call.params.messageId): Message =>
	ownRecord(call.token, call.state.messages, 'Message', id);

/** A message that is a call. */
function callOf(call: Call<unknown, unknown>): Message {
	const message = messageOf(call);
	if (!CALLS.includes(message.messageType)) throw notFound('Recording of message', message.id);
	return message;
}

function emailOf(call: Call<unknown, unknown>): Message {
	const message = messageOf(call);
	if (message.messageType !== 'TYPE_EMAIL') throw notFound('Email', message.id);
	return message;
}

/** A message that waits is gone. Of another the answer says in its body that it was not cancelled. */
function cancel({ state }: Call<unknown, unknown>, { id, status }: Message): object {
	if (status !== 'scheduled') {
		return { status: 404, message: 'Failed cancel the scheduled message' };
	}
	state.messages.delete(id);
	return { status: 200, message: 'The scheduled message was cancelled' };
}

interface OutboundCall {
	conversationId: string;
	conversationProviderId: string;
	attachments?: string[];
	altId?: string;
	date?: string;
}

function addCall(call: Call<OutboundCall, unknown>): object {
	const { state, token, body } = call;
	const of = ownRecord(token, state.conversations, 'Conversation', body.conversationId);
	const message: Message = {
		id: state.ids.next('message'),
		locationId: of.locationId,
		contactId: of.contactId,
		conversationId: of.id,
		messageType: 'TYPE_CUSTOM_CALL',
		body: '',
		direction: 'outbound',
		status: 'delivered',
		attachments: body.attachments ?? [],
		dateAdded: body.date ?? new Date().toISOString(),
		altId: body.altId,
	};
	state.messages.set(message.id, message);
	return {
		success: true,
		conversationId: of.id,
		messageId: message.id,
		message: 'Message added successfully',
	};
}

interface ExportQuery {
	locationId: string;
	limit?: number;
	cursor?: string;
	sortOrder?: 'asc' | 'desc';
	conversationId?: string;
	contactId?: string;
	startDate?: string;
	endDate?: string;
}

function exported({ state, query }: Call<unknown, ExportQuery>): object {
	const { limit = 100, cursor, sortOrder = 'desc', conversationId, contactId } = query;
	const { startDate = '', endDate = '9' } = query;
	const found = [...state.messages.values()]
		.filter((one) => one.locationId === query.locationId)
		.filter((one) => one.conversationId === (conversationId ?? one.conversationId))
		.filter((one) => one.contactId === (contactId ?? one.contactId))
		.filter(({ dateAdded }) => dateAdded >= startDate && dateAdded <= endDate)
		.sort((a, b) => a.dateAdded.localeCompare(b.dateAdded) || a.id.localeCompare(b.id));
	if (sortOrder === 'desc') found.reverse();
	const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString());
	if (!Number.isInteger(start)) throw badRequest('Invalid cursor');
	const end = start + limit;
	return {
		messages: found.slice(start, end).map(messageView),
		...(end < found.length && { nextCursor: Buffer.from(String(end)).toString('base64') }),
		total: found.length,
	};
}

interface Upload {
	conversationId: string;
	files: UploadedFile[];
}

const TYPES = /\.(jpe?g|png|mp4|mpeg|zip|rar|pdf|docx?|txt|mp3|wav)$/i;

/** The files are named and forgotten: no address of the answer can be opened. */
function upload(call: Call<Upload, unknown>): object {
	const { files, conversationId } = call.body;
	ownRecord(call.token, call.state.conversations, 'Conversation', conversationId);
	const wrong = files.find(
		({ fieldname, originalname }) => fieldname !== 'fileAttachment' || !TYPES.test(originalname),
	);
	if (wrong || files.length === 0) throw badRequest('File type not allowed');
	return {
		uploadedFiles: Object.fromEntries(
			files.map(({ originalname }) => [
				originalname,
				`https://files.example.com/conversations-assets/${conversationId}/${encodeURIComponent(originalname)}`,
			]),
		),
	};
}

const TRANSCRIPTION = '/conversations/locations/:locationId/messages/:messageId/transcription';
const read = 'conversations/message.readonly';
const write = 'conversations/message.write';

/** Calls, files and the export of messages. */
export const messageExtras: Route[] = [
	route({
		method: 'GET',
		path: '/conversations/messages/email/:messageId',
		scope: read,
		handle: (call) => {
			const { id, body, attachments, altId, ...email } = emailOf(call);
			const { locationId, contactId, conversationId, dateAdded, direction, status } = email;
			const contact = call.state.contacts.get(contactId);
			return {
				...{ id, altId, threadId: id, locationId, contactId, conversationId, dateAdded },
				...{ subject: 'Offer', body, direction, status, contentType: 'text/html', attachments },
				provider: 'Leadconnector Gmail',
				from: 'Sandbox <me@example.com>',
				to: [contact?.email ?? 'you@example.com'],
				...{ cc: ['cc@example.com'], bcc: ['bcc@example.com'], source: 'api' },
			};
		},
	}),
	route({
		method: 'DELETE',
		path: '/conversations/messages/email/:messageId/schedule',
		scope: write,
		handle: (call) => cancel(call, emailOf(call)),
	}),
	route({
		method: 'DELETE',
		path: '/conversations/messages/:messageId/schedule',
		scope: write,
		handle: (call) => cancel(call, messageOf(call)),
	}),
	route<unknown, ExportQuery>({
		method: 'GET',
		path: '/conversations/messages/export',
		scope: read,
		query: closed(
			{
				locationId: requiredText,
				limit: wholeNumber(10, 500),
				cursor: text,
				sortBy: oneOf('createdAt', 'updatedAt'),
				sortOrder: oneOf('asc', 'desc'),
				conversationId: text,
				contactId: text,
				channel: oneOf('Call', 'SMS', 'Email', 'WhatsApp', 'Instagram', 'Facebook'),
				startDate: formatted('iso-utc'),
				endDate: formatted('iso-utc'),
			},
			['locationId'],
		),
		handle: exported,
	}),
	route<OutboundCall>({
		method: 'POST',
		path: '/conversations/messages/outbound',
		scope: write,
		body: closed(
			{
				type: oneOf('Call'),
				conversationId: requiredText,
				conversationProviderId: requiredText,
				attachments: listOf(text),
				altId: text,
				date: formatted('iso-utc'),
				call: closed({ to: text, from: text, status: text }),
			},
			['type', 'conversationId', 'conversationProviderId'],
		),
		handle: addCall,
	}),
	route<{ conversationId: string; message: string }>({
		method: 'POST',
		path: '/conversations/messages/review-reply',
		scope: write,
		body: closed(
			{ conversationId: requiredText, locationId: requiredText, message: requiredText },
			['conversationId', 'locationId', 'message'],
		),
		handle: ({ state, token, body }) => {
			const { conversationId } = body;
			ownRecord(token, state.conversations, 'Conversation', conversationId);
			return { conversationId, messageId: state.ids.next('message'), status: 'pending' };
		},
	}),
	route<Upload>({
		method: 'POST',
		path: '/conversations/messages/upload',
		scope: write,
		encoding: 'multipart',
		body: closed(
			{
				conversationId: requiredText,
				contactId: requiredText,
				locationId: requiredText,
				attachmentUrls: text,
				files: { type: 'array' },
			},
			['conversationId', 'contactId', 'locationId'],
		),
		handle: upload,
	}),
	route<{ attachments: string[] }>({
		method: 'PUT',
		path: '/conversations/messages/:messageId/attachments',
		scope: write,
		body: closed({ attachments: { ...listOf(requiredText), maxItems: 5 } }, ['attachments']),
		handle: (call) => {
			const message = messageOf(call);
			if (!CALLS.includes(message.messageType)) {
				throw badRequest('Attachments are supported for calls only');
			}
			const { attachments } = call.body;
			call.state.messages.set(message.id, { ...message, attachments });
			return { success: true, messageId: message.id, attachments };
		},
	}),
	route({
		method: 'GET',
		path: '/conversations/messages/:messageId/locations/:locationId/recording',
		scope: read,
		handle: (call) =>
			new FileAnswer(
				Buffer.from([0x52, 0x49, 0x46, 0x46, 0xff, 0x00, 0xfe, 0x80]),
				'audio/x-wav',
				`${callOf(call).id}.wav`,
			),
	}),
	route({
		method: 'GET',
		path: TRANSCRIPTION,
		scope: read,
		handle: (call) => {
			callOf(call);
			const transcript = 'This call may be recorded for quality assurance purposes.';
			return {
				mediaChannel: 1,
				sentenceIndex: 1,
				startTime: 34,
				endTime: 4500,
				transcript,
				confidence: 0.5,
			};
		},
	}),
	route({
		method: 'GET',
		path: `${TRANSCRIPTION}/download`,
		scope: read,
		handle: (call) =>
			new FileAnswer(
				Buffer.from('{1} This call may be recorded for quality assurance purposes. “Grüße”'),
				'text/plain; charset=utf-8',
				`${callOf(call).id}.txt`,
			),
	}),
];
