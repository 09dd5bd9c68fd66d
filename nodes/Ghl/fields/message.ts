import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { toEpochMs } from '../../engine/dates';
import { choice, dateTime, flag, list, rowsField, text } from '../../engine/describe/fields';
import type { Field } from '../../engine/operation';
import { toEmails, toList, toUrls, isObject } from '../../engine/values';

export const channel = choice(
	'Channel',
	'type',
	{
		Custom: 'Custom',
		Email: 'Email',
		Facebook: 'FB',
		Instagram: 'IG',
		'Internal Comment': 'InternalComment',
		'Live Chat': 'Live_Chat',
		RCS: 'RCS',
		SMS: 'SMS',
		TikTok: 'TIKTOK',
		WhatsApp: 'WhatsApp',
	},
	{ default: 'SMS', description: 'It must be set up in the location' },
);

export const providerId = text('Conversation Provider ID', 'conversationProviderId', {
	placeholder: 'e.g. 61d6d1f9cdac7612faf80753',
	description: 'From your app in HighLevel’s marketplace; needs OAuth2 with that app',
});

export const message = text('Message', 'message', {
	typeOptions: { rows: 4 },
	description: 'The text. For an email, fill in HTML or this.',
});

type Shown = Pick<INodeProperties, 'displayOptions'>;

const forChannels = (...channels: string[]): Shown => ({
	displayOptions: { show: { '/type': channels } },
});

/** Passing on an email that is there already. */
const forward = rowsField(
	'Forward',
	'forward',
	{ displayName: 'Forward', name: 'email' },
	[
		text('Email Message ID', 'emailMessageId', {
			description: 'The one email to forward; not for a whole thread',
		}),
		text('Message ID', 'messageId', {
			description: 'The thread to forward, or to which the email belongs',
		}),
		text('Recipient Contact ID', 'recipientContactId', {
			description: 'Who it is forwarded to',
		}),
		text('Recipient Conversation ID', 'recipientConversationId', {
			description: 'The conversation that it is forwarded to',
		}),
		text('Source Contact ID', 'sourceContactId', {
			description: 'Whose email it was; HighLevel finds it without this',
		}),
		text('Source Conversation ID', 'sourceConversationId', {
			description: 'Where the email was; HighLevel finds it without this',
		}),
		text('To Email', 'toEmail', { placeholder: 'e.g. name@example.com' }),
		flag(
			'Whole Thread',
			'forwardWholeThread',
			'Whether to forward the whole thread and not one email of it',
			{ default: false },
		),
	],
	{
		...forChannels('Email'),
		typeOptions: undefined,
		placeholder: 'Set Forward',
		as: (value) => {
			const { email } = value as IDataObject;
			if (!isObject(email)) return undefined;
			const set = Object.entries(email).filter(([, entry]) => (entry ?? '') !== '');
			return { isForwarded: true, ...Object.fromEntries(set) };
		},
	},
);

/** This time is in epoch seconds. HighLevel's other times are in milliseconds. */
const toEpochSeconds = (value: unknown, timezone: string): number =>
	Math.floor(toEpochMs(value, timezone) / 1000);

export const toIsoUtc = (value: unknown, timezone: string): string =>
	new Date(toEpochMs(value, timezone)).toISOString();

const ofEmail = forChannels('Email');
const ofPhone = forChannels('SMS', 'WhatsApp', 'RCS', 'Custom');

/** Of an email. An older workflow has it among the additional fields: `subject` of `messageDetails`. */
export const emailSubject = text('Subject', 'emailSubject', {
	key: 'subject',
	placeholder: 'e.g. Your offer',
	displayOptions: { show: { type: ['Email'] } },
});

const olderSubject: Shown = {
	displayOptions: { show: { '/type': ['Email'], '/emailSubject': [''] } },
};

/** The fields of a message beside its text: those that its channel has. */
export const messageDetails: Field[] = [
	text('Appointment ID', 'appointmentId', { description: 'That the message is about' }),
	list('Attachment URLs', 'attachments', 'https://example.com/offer.pdf', toUrls),
	text('Conversation Provider ID', 'conversationProviderId', {
		description: 'The channel of another app that sends the message',
	}),
	text('Custom Subtype ID', 'customSubtypeId', {
		description: 'The kind of email that people can unsubscribe from',
		...ofEmail,
	}),
	list('Email BCC', 'emailBcc', 'name@example.com', toEmails, ofEmail),
	list('Email CC', 'emailCc', 'name@example.com', toEmails, ofEmail),
	text('Email From', 'emailFrom', { placeholder: 'e.g. name@example.com', ...ofEmail }),
	choice(
		'Email Reply Mode',
		'emailReplyMode',
		{ Reply: 'reply', 'Reply to All': 'reply_all' },
		ofEmail,
	),
	text('Email To', 'emailTo', {
		placeholder: 'e.g. name@example.com',
		description: 'Another email address of the contact than its first',
		...ofEmail,
	}),
	forward,
	text('From Number', 'fromNumber', { placeholder: 'e.g. +15550100123', ...ofPhone }),
	text('HTML', 'html', {
		typeOptions: { rows: 4 },
		description: 'The content of an email',
		...ofEmail,
	}),
	choice(
		'Optimization Period',
		'optimizationPeriod',
		{ '24 Hours': '24h', '48 Hours': '48h', '72 Hours': '72h' },
		ofEmail,
	),
	text('Reply to Message ID', 'replyMessageId', {
		description: 'The message that this one answers',
	}),
	dateTime('Send At', 'scheduledTimestamp', toEpochSeconds, {
		description: 'When HighLevel is to send it; at once without this',
	}),
	choice(
		'Status',
		'status',
		{ Delivered: 'delivered', Failed: 'failed', Pending: 'pending', Read: 'read' },
		{ default: 'pending', description: 'In which the message starts' },
	),
	text('Subject (Older Field)', 'subject', {
		description: 'Fill in Subject above instead',
		...olderSubject,
	}),
	text('Subtype', 'subType', {
		placeholder: 'e.g. SMS',
		description:
			'HighLevel’s description asks for one, in the words of Channel; most clients send none',
	}),
	text('Template ID', 'templateId', { description: 'Of a message template in HighLevel' }),
	text('Thread ID', 'threadId', {
		description: 'The email thread that it goes into',
		...ofEmail,
	}),
	text('To Number', 'toNumber', { placeholder: 'e.g. +15550100123', ...ofPhone }),
	flag(
		'Uses Native Scheduling AI',
		'usesNativeSchedulingAi',
		'Whether the AI of HighLevel chooses the time of a scheduled email',
		ofEmail,
	),
];

/** Where a message of another channel stands, beside its text. */
export const placedDetails: Field[] = [
	text('Alt ID', 'altId', {
		description: 'The ID of the message in the other system, by which HighLevel knows it again',
	}),
	list('Attachment URLs', 'attachments', 'https://example.com/offer.pdf', toUrls),
	text('Conversation ID', 'conversationId', {
		description: 'Of this contact. HighLevel finds it without this.',
	}),
	dateTime('Date', 'date', toIsoUtc, { description: 'When it was written; now without this' }),
	list('Email BCC', 'emailBcc', 'name@example.com', toEmails),
	list('Email CC', 'emailCc', 'name@example.com', toEmails),
	text('Email From', 'emailFrom', { placeholder: 'e.g. name@example.com' }),
	text('Email Message ID', 'emailMessageId', { description: 'The email that this one answers' }),
	text('Email To', 'emailTo', { placeholder: 'e.g. name@example.com' }),
	text('HTML', 'html', { typeOptions: { rows: 4 }, description: 'The content of an email' }),
	text('Subject', 'subject', { description: 'Of an email' }),
];

/** What a conversation provider says of a message that it was to send. */
export const deliveryDetails: Field[] = [
	text('Email Message ID', 'emailMessageId', { description: 'Of an email in the message' }),
	text('Error', 'error', {
		placeholder: 'e.g. The person is no connection any more',
		description: 'Why it failed; HighLevel shows it at the message',
		as: (message) => ({ code: '1', type: 'provider', message }),
	}),
	list('Email Recipients', 'recipients', 'name@example.com', toEmails),
];

/** Kinds of message in a conversation, as HighLevel's API names them. */
export const MESSAGE_TYPES = toList(`
	CALL, SMS, RCS, EMAIL, FACEBOOK, GMB, INSTAGRAM, WHATSAPP, LIVE_CHAT, TIKTOK,
	ACTIVITY_APPOINTMENT, ACTIVITY_CONTACT, ACTIVITY_EMPLOYEE_ACTION_LOG, ACTIVITY_INVOICE,
	ACTIVITY_OPPORTUNITY, ACTIVITY_PAYMENT, ACTIVITY_WHATSAPP, FORM_SUBMISSION, INTERNAL_COMMENTS
`);
