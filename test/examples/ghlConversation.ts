import type { Sandbox } from '../../sandbox';
import type { ConversationProvider, Message } from '../../sandbox/ghl/records';
import { byId, known, type Example } from './values';

/** A channel of the app. */
export const PROVIDER = {
	id: '61d6d1f9cdac7612faf80753',
	name: 'LinkedIn',
	type: 'SMS',
	custom: true,
	deliveryUrl: 'http://127.0.0.1:9/none',
} as const;

export function withProvider({ state }: Sandbox, more: Partial<ConversationProvider> = {}): void {
	state.conversationProviders.set(PROVIDER.id, { ...PROVIDER, ...more });
}

/** The first message of the sandbox, as one that went through that channel. */
function providerMessage(sandbox: Sandbox): Message {
	withProvider(sandbox);
	const [first] = sandbox.state.messages.values();
	const attachments = ['https://example.com/offer.pdf'];
	const message = { ...first, attachments, conversationProviderId: PROVIDER.id };
	sandbox.state.messages.set(message.id, message);
	return message;
}

/** Conversations and messages. */
export const ghlConversationExamples: Record<string, Example> = {
	'conversation:create': (sandbox) => ({
		// A contact has one conversation at the most.
		contactId: byId([...sandbox.state.contacts.keys()].at(-1) ?? ''),
	}),
	'conversation:getMany': (sandbox) => {
		const { conversation, user } = known(sandbox);
		return {
			textQuery: 'a',
			filters: {
				assignedTo: 'unassigned',
				contactId: byId(conversation.contactId),
				endDate: '2031-01-01T00:00:00',
				followers: user.id,
				id: conversation.id,
				lastMessageAction: 'manual',
				lastMessageDirection: 'outbound',
				lastMessageType: 'TYPE_SMS',
				mentions: user.id,
				scoreProfile: 'p1',
				scoreProfileMax: 9,
				scoreProfileMin: 1,
				startDate: '2020-01-01T00:00:00',
				status: 'all',
			},
			sort: 'desc',
			returnAll: false,
			limit: 5,
			simplify: false,
		};
	},
	'conversation:get': (sandbox) => ({ conversationId: byId(known(sandbox).conversation.id) }),
	'conversation:update': (sandbox) => ({
		conversationId: byId(known(sandbox).conversation.id),
		updateFields: { starred: true, unreadCount: 2 },
	}),
	'conversation:delete': (sandbox) => ({ conversationId: byId(known(sandbox).conversation.id) }),
	'message:addInbound': (sandbox) => {
		const { conversation } = known(sandbox);
		withProvider(sandbox);
		return {
			type: 'Custom',
			contactId: byId(conversation.contactId),
			conversationProviderId: PROVIDER.id,
			direction: 'inbound',
			message: 'Thank you, Tuesday suits me.',
			additionalFields: {
				altId: '2-MTY5-1764331200000-them',
				attachments: 'https://example.com/plan.pdf',
				conversationId: conversation.id,
				date: '2026-11-20T09:30:15.250Z',
				emailBcc: 'bcc@example.com',
				emailCc: 'cc@example.com',
				emailFrom: 'them@example.com',
				emailMessageId: 'e1',
				emailTo: 'me@example.com',
				html: '<p>Thank you.</p>',
				subject: 'Tuesday',
			},
		};
	},
	'message:get': (sandbox) => ({
		messageId: providerMessage(sandbox).id,
		simplify: false,
	}),
	'message:updateStatus': (sandbox) => ({
		messageId: providerMessage(sandbox).id,
		status: 'failed',
		additionalFields: {
			emailMessageId: 'e1',
			error: 'The person is no connection any more',
			recipients: 'them@example.com',
		},
	}),
	'message:getMany': (sandbox) => ({
		conversationId: byId(known(sandbox).conversation.id),
		messageTypes: ['TYPE_SMS'],
		returnAll: true,
		simplify: false,
	}),
	'message:send': (sandbox) => {
		const { appointment, contact, conversation } = known(sandbox);
		return {
			type: 'Email',
			contactId: byId(contact.id),
			message: 'Here is the offer.',
			additionalFields: {
				appointmentId: appointment.id,
				attachments: 'https://example.com/offer.pdf',
				conversationProviderId: 'provider1',
				customSubtypeId: '507f1f77bcf86cd799439011',
				emailBcc: 'bcc@example.com',
				emailCc: 'cc1@example.com, cc2@example.com',
				emailFrom: 'me@example.com',
				emailReplyMode: 'reply_all',
				emailTo: contact.email ?? 'you@example.com',
				forward: {
					email: {
						emailMessageId: 'e1',
						messageId: 'm1',
						recipientContactId: contact.id,
						recipientConversationId: conversation.id,
						sourceContactId: contact.id,
						sourceConversationId: conversation.id,
						toEmail: 'them@example.com',
						forwardWholeThread: false,
					},
				},
				fromNumber: '+15555550100',
				html: '<p>Here is the offer.</p>',
				optimizationPeriod: '24h',
				replyMessageId: 'm2',
				scheduledTimestamp: '2031-01-01T09:00:00',
				status: 'pending',
				subject: 'Offer',
				subType: 'Email',
				templateId: 't1',
				threadId: 'th1',
				toNumber: '+15555550101',
				usesNativeSchedulingAi: false,
			},
		};
	},
};
