import type { Sandbox } from '../../sandbox';
import { byId, known, type Example } from './values';

/** A message like the first one, of another type or status. */
function message(sandbox: Sandbox, more: { messageType?: string; status?: string }): string {
	const [one] = sandbox.state.messages.values();
	const id = `sbxMessage${more.messageType ?? more.status}`;
	sandbox.state.messages.set(id, { ...one, id, ...more });
	return id;
}

const aCall = (sandbox: Sandbox) => ({
	messageId: byId(message(sandbox, { messageType: 'TYPE_CALL' })),
});

function subtype(sandbox: Sandbox): string {
	const { locationId } = known(sandbox).contact;
	const id = 'sbxCustomSubtype0001';
	const kind = { name: 'Newsletter', channel: 'email', language: 'en', archived: false } as const;
	sandbox.state.customSubtypes.set(id, { id, locationId, ...kind });
	return id;
}

/** Calls, emails, files and what people unsubscribe from. */
export const ghlMessageExtraExamples: Record<string, Example> = {
	'message:addOutboundCall': (sandbox) => ({
		conversationId: byId(known(sandbox).conversation.id),
		conversationProviderId: 'provider1',
		call: { from: '+15555550100', status: 'no-answer', to: '+15555550101' },
		additionalFields: {
			altId: 'call-1',
			attachments: 'https://example.com/call.mp3',
			date: '2026-01-01T09:00:00',
		},
	}),
	'message:getRecording': aCall,
	'message:getTranscription': aCall,
	'message:downloadTranscription': (sandbox) => ({
		...aCall(sandbox),
		binaryPropertyName: 'transcription',
	}),
	'message:getManyOfLocation': (sandbox) => ({
		filters: {
			channel: 'SMS',
			contactId: byId(known(sandbox).conversation.contactId),
			conversationId: known(sandbox).conversation.id,
			endDate: '2031-01-01T00:00:00',
			sortBy: 'createdAt',
			sortOrder: 'asc',
			startDate: '2020-01-01T00:00:00',
		},
		returnAll: true,
		simplify: false,
	}),
	'message:uploadAttachments': (sandbox) => ({
		conversationId: byId(known(sandbox).conversation.id),
		contactId: byId(known(sandbox).conversation.contactId),
		binaryFields: 'offer',
	}),
	'message:addAttachments': (sandbox) => ({
		...aCall(sandbox),
		attachmentUrls: 'https://example.com/call.mp3',
	}),
	'message:cancelScheduled': (sandbox) => ({
		messageId: byId(message(sandbox, { status: 'scheduled' })),
	}),
	'message:replyToReview': (sandbox) => ({
		conversationId: byId(known(sandbox).conversation.id),
		reply: 'Thank you!',
	}),
	'email:get': (sandbox) => ({
		emailMessageId: message(sandbox, { messageType: 'TYPE_EMAIL' }),
		simplify: false,
	}),
	'email:cancelScheduled': (sandbox) => ({
		emailMessageId: message(sandbox, { messageType: 'TYPE_EMAIL', status: 'scheduled' }),
	}),
	'emailSubscription:get': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		ofEmail: known(sandbox).contact.email ?? 'you@example.com',
	}),
	'emailSubscription:update': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		email: known(sandbox).contact.email ?? 'you@example.com',
		emails: 'custom',
		subtypeId: subtype(sandbox),
		subscription: 'unsubscribed',
		additionalFields: { legal_description: 'By phone', legal_reason: 'Asked for it' },
	}),
	'customSubtype:create': () => ({
		name: 'Newsletter',
		channel: 'email',
		language: 'en',
		additionalFields: { description: 'Once a week' },
	}),
	'customSubtype:getMany': (sandbox) => {
		subtype(sandbox);
		return { returnAll: true };
	},
	'customSubtype:update': (sandbox) => ({
		customSubtypeId: subtype(sandbox),
		updateFields: {
			archived: true,
			description: 'Not any more',
			name: 'Old newsletter',
			resubscription_legal_form_id: 'form1',
		},
	}),
};
