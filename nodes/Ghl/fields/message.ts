import type { IDataObject } from 'n8n-workflow';
import { toEpochMs } from '../../engine/dates';
import { isObject } from '../../engine/call/errors';
import { choice, field, flag, text } from '../../engine/describe/fields';
import type { Field } from '../../engine/operation';
import { toUrls, toEmails } from '../../engine/values';

export const channel = choice(
	'Channel',
	'type',
	[
		['Custom', 'Custom'],
		['Email', 'Email'],
		['Facebook', 'FB'],
		['Instagram', 'IG'],
		['Live Chat', 'Live_Chat'],
		['RCS', 'RCS'],
		['SMS', 'SMS'],
		['TikTok', 'TIKTOK'],
		['WhatsApp', 'WhatsApp'],
	],
	{ default: 'SMS', description: 'It must be set up in the location' },
);

export const message = text('Message', 'message', {
	typeOptions: { rows: 4 },
	description: 'The text. For an email, fill in HTML or this.',
});

const list = (
	displayName: string,
	name: string,
	placeholder: string,
	as: (value: unknown) => string[],
): Field =>
	field(
		{
			displayName,
			name,
			type: 'string',
			default: '',
			placeholder,
			description: 'Separated by commas, or a list from an expression',
		},
		{ in: 'body', key: name, as },
	);

/** Passing on an email that is there already. */
const forward: Field = {
	property: {
		displayName: 'Forward',
		name: 'forward',
		type: 'fixedCollection',
		placeholder: 'Set Forward',
		default: {},
		options: [
			{
				displayName: 'Forward',
				name: 'email',
				values: [
					{
						displayName: 'Email Message ID',
						name: 'emailMessageId',
						type: 'string',
						default: '',
						description: 'The one email to forward; not for a whole thread',
					},
					{
						displayName: 'Message ID',
						name: 'messageId',
						type: 'string',
						default: '',
						description: 'The thread to forward, or to which the email belongs',
					},
					{
						displayName: 'Recipient Contact ID',
						name: 'recipientContactId',
						type: 'string',
						default: '',
						description: 'Who it is forwarded to',
					},
					{
						displayName: 'Recipient Conversation ID',
						name: 'recipientConversationId',
						type: 'string',
						default: '',
						description: 'The conversation that it is forwarded to',
					},
					{
						displayName: 'Source Contact ID',
						name: 'sourceContactId',
						type: 'string',
						default: '',
						description: 'Whose email it was; HighLevel finds it without this',
					},
					{
						displayName: 'Source Conversation ID',
						name: 'sourceConversationId',
						type: 'string',
						default: '',
						description: 'Where the email was; HighLevel finds it without this',
					},
					{
						displayName: 'To Email',
						name: 'toEmail',
						type: 'string',
						default: '',
						placeholder: 'e.g. name@example.com',
					},
					{
						displayName: 'Whole Thread',
						name: 'forwardWholeThread',
						type: 'boolean',
						default: false,
						description: 'Whether to forward the whole thread and not one email of it',
					},
				],
			},
		],
	},
	send: {
		in: 'body',
		key: 'forward',
		as: (value) => {
			const { email } = value as IDataObject;
			if (!isObject(email)) return undefined;
			const set = Object.entries(email).filter(([, entry]) => (entry ?? '') !== '');
			return { isForwarded: true, ...Object.fromEntries(set) };
		},
	},
};

/** What a message may have beside its text. */
export const messageDetails: Field[] = [
	text('Appointment ID', 'appointmentId', { description: 'That the message is about' }),
	list('Attachment URLs', 'attachments', 'e.g. https://example.com/offer.pdf', toUrls),
	text('Conversation Provider ID', 'conversationProviderId', {
		description: 'The channel of another app that sends the message',
	}),
	text('Custom Subtype ID', 'customSubtypeId', {
		description: 'For emails: the kind of email that people can unsubscribe from',
	}),
	list('Email BCC', 'emailBcc', 'e.g. name@example.com', toEmails),
	list('Email CC', 'emailCc', 'e.g. name@example.com', toEmails),
	text('Email From', 'emailFrom', { placeholder: 'e.g. name@example.com' }),
	choice('Email Reply Mode', 'emailReplyMode', [
		['Reply', 'reply'],
		['Reply to All', 'reply_all'],
	]),
	text('Email To', 'emailTo', {
		placeholder: 'e.g. name@example.com',
		description: 'Another email address of the contact than its first',
	}),
	forward,
	text('From Number', 'fromNumber', { placeholder: 'e.g. +15550100123' }),
	text('HTML', 'html', { typeOptions: { rows: 4 }, description: 'The content of an email' }),
	choice('Optimization Period', 'optimizationPeriod', [
		['24 Hours', '24h'],
		['48 Hours', '48h'],
		['72 Hours', '72h'],
	]),
	text('Reply to Message ID', 'replyMessageId', {
		description: 'The message that this one answers',
	}),
	field(
		{
			displayName: 'Send At',
			name: 'scheduledTimestamp',
			type: 'dateTime',
			default: '',
			description: 'When HighLevel is to send it; at once without this',
		},
		{
			in: 'body',
			key: 'scheduledTimestamp',
			// Epoch seconds here, where HighLevel's other times are in milliseconds.
			as: (value, io) => Math.floor(toEpochMs(value, io.context.getTimezone()) / 1000),
		},
	),
	choice(
		'Status',
		'status',
		[
			['Delivered', 'delivered'],
			['Failed', 'failed'],
			['Pending', 'pending'],
			['Read', 'read'],
		],
		{ default: 'pending', description: 'In which the message starts' },
	),
	text('Subject', 'subject', { description: 'Of an email' }),
	text('Subtype', 'subType', {
		placeholder: 'e.g. SMS',
		description:
			'HighLevel’s description asks for one, in the words of Channel; most clients send none',
	}),
	text('Template ID', 'templateId', { description: 'Of a message template in HighLevel' }),
	text('Thread ID', 'threadId', { description: 'The email thread that it goes into' }),
	text('To Number', 'toNumber', { placeholder: 'e.g. +15550100123' }),
	flag(
		'Uses Native Scheduling AI',
		'usesNativeSchedulingAi',
		'Whether the AI of HighLevel chooses the time of a scheduled email',
	),
];

/** Kinds of message in a conversation, as HighLevel's API names them. */
export const MESSAGE_TYPES = [
	'CALL',
	'SMS',
	'RCS',
	'EMAIL',
	'FACEBOOK',
	'GMB',
	'INSTAGRAM',
	'WHATSAPP',
	'ACTIVITY_APPOINTMENT',
	'ACTIVITY_CONTACT',
	'ACTIVITY_INVOICE',
	'ACTIVITY_PAYMENT',
	'ACTIVITY_OPPORTUNITY',
	'LIVE_CHAT',
	'INTERNAL_COMMENTS',
	'ACTIVITY_EMPLOYEE_ACTION_LOG',
	'TIKTOK',
	'ACTIVITY_WHATSAPP',
	'FORM_SUBMISSION',
];
