import { byId, known, type Example } from './values';

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
