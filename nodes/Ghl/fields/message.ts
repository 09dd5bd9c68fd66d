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
	{ default: 'SMS', description: 'The channel must be set up in the location' },
);

export const providerId = text('Conversation Provider ID', 'conversationProviderId', {
	placeholder: 'e.g. 61d6d1f9cdac7612faf80753',
	description: 'ID of the provider in your HighLevel marketplace app. Needs OAuth2 with that app.',
});

export const message = text('Message', 'message', {
	placeholder: 'e.g. Hi Jane, thanks for your reply',
	typeOptions: { rows: 4 },
	description: 'Text of the message. For an email, fill in this or HTML.',
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
			placeholder: 'e.g. rnGyqh2F6uBrIkfhFo9A',
			description: 'ID of the email to forward. Leave empty for a whole thread.',
		}),
		text('Message ID', 'messageId', {
			placeholder: 'e.g. ve9EPM428h8vShlRW1KT',
			description: 'ID of the thread to forward, or of the email’s thread',
		}),
		text('Recipient Contact ID', 'recipientContactId', {
			placeholder: 'e.g. ocQHyuzHvysMo5N5VsXc',
			description: 'ID of the contact who gets the email',
		}),
		text('Recipient Conversation ID', 'recipientConversationId', {
			placeholder: 'e.g. tDtDnQdgm2LXpyiqYvZ6',
			description: 'ID of the conversation to forward to',
		}),
		text('Source Contact ID', 'sourceContactId', {
			placeholder: 'e.g. ocQHyuzHvysMo5N5VsXc',
			description: 'ID of the contact of the email. Default: HighLevel finds it.',
		}),
		text('Source Conversation ID', 'sourceConversationId', {
			placeholder: 'e.g. tDtDnQdgm2LXpyiqYvZ6',
			description: 'ID of the conversation of the email. Default: HighLevel finds it.',
		}),
		text('To Email', 'toEmail', { placeholder: 'e.g. name@example.com' }),
		flag(
			'Whole Thread',
			'forwardWholeThread',
			'Whether to forward the whole thread instead of one email',
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
	text('Appointment ID', 'appointmentId', {
		placeholder: 'e.g. ocQHyuzHvysMo5N5VsXc',
		description: 'ID of the appointment that the message is about',
	}),
	list('Attachment URLs', 'attachments', 'https://example.com/offer.pdf', toUrls),
	text('Conversation Provider ID', 'conversationProviderId', {
		placeholder: 'e.g. 61d6d1f9cdac7612faf80753',
		description: 'ID of another app’s channel that sends the message',
	}),
	text('Custom Subtype ID', 'customSubtypeId', {
		placeholder: 'e.g. ve9EPM428h8vShlRW1KT',
		description: 'Type of email that people can unsubscribe from',
		...ofEmail,
	}),
	list('Email BCC', 'emailBcc', 'name@example.com', toEmails, ofEmail),
	list('Email CC', 'emailCc', 'name@example.com', toEmails, ofEmail),
	text('Email From', 'emailFrom', {
		placeholder: 'e.g. name@example.com',
		description: 'Sender of the email',
		...ofEmail,
	}),
	choice(
		'Email Reply Mode',
		'emailReplyMode',
		{ Reply: 'reply', 'Reply to All': 'reply_all' },
		ofEmail,
	),
	text('Email To', 'emailTo', {
		placeholder: 'e.g. name@example.com',
		description: 'An email of the contact other than its first',
		...ofEmail,
	}),
	forward,
	text('From Number', 'fromNumber', { placeholder: 'e.g. +15550100123', ...ofPhone }),
	text('HTML', 'html', {
		placeholder: 'e.g. <p>Hi Jane</p>',
		typeOptions: { rows: 4 },
		description: 'Content of the email as HTML',
		...ofEmail,
	}),
	choice(
		'Optimization Period',
		'optimizationPeriod',
		{ '24 Hours': '24h', '48 Hours': '48h', '72 Hours': '72h' },
		{ ...ofEmail, description: 'Period within which HighLevel chooses the time to send' },
	),
	text('Reply to Message ID', 'replyMessageId', {
		placeholder: 'e.g. ve9EPM428h8vShlRW1KT',
		description: 'ID of the message that this one answers',
	}),
	dateTime('Send At', 'scheduledTimestamp', toEpochSeconds, {
		description: 'When HighLevel sends the message. Default: immediately.',
	}),
	choice(
		'Status',
		'status',
		{ Delivered: 'delivered', Failed: 'failed', Pending: 'pending', Read: 'read' },
		{ default: 'pending', description: 'Initial status of the message' },
	),
	text('Subject (Older Field)', 'subject', {
		placeholder: 'e.g. Your offer',
		description: 'Use Subject above instead',
		...olderSubject,
	}),
	text('Subtype', 'subType', {
		placeholder: 'e.g. SMS',
		description: 'Usually left empty; one of the words of Channel',
	}),
	text('Template ID', 'templateId', {
		placeholder: 'e.g. 60b9f7d1e6a2c8',
		description: 'ID of a message template in HighLevel',
	}),
	text('Thread ID', 'threadId', {
		placeholder: 'e.g. ve9EPM428h8vShlRW1KT',
		description: 'ID of the email thread to add the message to',
		...ofEmail,
	}),
	text('To Number', 'toNumber', { placeholder: 'e.g. +15550100123', ...ofPhone }),
	flag(
		'Uses Native Scheduling AI',
		'usesNativeSchedulingAi',
		'Whether HighLevel’s AI chooses the time of a scheduled email',
		ofEmail,
	),
];

/** Where a message of another channel stands, beside its text. */
export const placedDetails: Field[] = [
	text('Alt ID', 'altId', {
		placeholder: 'e.g. 61d6d1f9cdac7612faf80753',
		description: 'ID of the message in the other system',
	}),
	list('Attachment URLs', 'attachments', 'https://example.com/offer.pdf', toUrls),
	text('Conversation ID', 'conversationId', {
		placeholder: 'e.g. tDtDnQdgm2LXpyiqYvZ6',
		description: 'A conversation of this contact. Default: HighLevel finds it.',
	}),
	dateTime('Date', 'date', toIsoUtc, {
		description: 'When the message was written. Default: now.',
	}),
	list('Email BCC', 'emailBcc', 'name@example.com', toEmails),
	list('Email CC', 'emailCc', 'name@example.com', toEmails),
	text('Email From', 'emailFrom', {
		placeholder: 'e.g. name@example.com',
		description: 'Sender of the email',
	}),
	text('Email Message ID', 'emailMessageId', {
		placeholder: 'e.g. rnGyqh2F6uBrIkfhFo9A',
		description: 'ID of the email that this one answers',
	}),
	text('Email To', 'emailTo', {
		placeholder: 'e.g. name@example.com',
		description: 'Recipient of the email',
	}),
	text('HTML', 'html', {
		placeholder: 'e.g. <p>Hi Jane</p>',
		typeOptions: { rows: 4 },
		description: 'Content of the email as HTML',
	}),
	text('Subject', 'subject', {
		placeholder: 'e.g. Your offer',
		description: 'Subject of the email',
	}),
];

/** What a conversation provider says of a message that it was to send. */
export const deliveryDetails: Field[] = [
	text('Email Message ID', 'emailMessageId', {
		placeholder: 'e.g. rnGyqh2F6uBrIkfhFo9A',
		description: 'ID of an email in the message',
	}),
	text('Error', 'error', {
		placeholder: 'e.g. The person is no longer a connection',
		description: 'Reason of the failure, which HighLevel shows next to the message',
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
