import { additionalFields, choice, group, text } from '../../engine/describe/fields';
import { fileField } from '../../engine/call/fileAnswer';
import { verbs } from '../../engine/describe/verbs';
import { conversationPicker, messageId } from '../editor/pickers';
import { placedDetails, providerId } from '../fields/message';

const OF_CALL = '/conversations/locations/{locationId}/messages/{messageId}/transcription';

const ofMessage = verbs('message', { scope: 'conversations/message' });

const STATUSES = {
	Answered: 'answered',
	Busy: 'busy',
	Canceled: 'canceled',
	Completed: 'completed',
	Failed: 'failed',
	'No Answer': 'no-answer',
	Pending: 'pending',
	Voicemail: 'voicemail',
};

const ofCall = ['altId', 'attachments', 'date'];

/** Calls by phone, and what was said in them. */
export const callOperations = [
	ofMessage.other('POST /conversations/messages/outbound', {
		value: 'addOutboundCall',
		action: 'Add an outbound call',
		description:
			'Add a call from another phone system to the conversation of a contact; returns the ID of the message',
		body: { type: 'Call' },
		fields: [
			conversationPicker('body'),
			providerId,
			group({ displayName: 'Call', name: 'call', placeholder: 'Add Field' }, 'call', [
				text('From Number', 'from', { placeholder: 'e.g. +15550100123' }),
				choice('Status', 'status', STATUSES, { default: 'completed' }),
				text('To Number', 'to', { placeholder: 'e.g. +15550100123' }),
			]),
			additionalFields(placedDetails.filter(({ property }) => ofCall.includes(property.name))),
		],
	}),
	ofMessage.other('GET /conversations/messages/{messageId}/locations/{locationId}/recording', {
		value: 'getRecording',
		action: 'Get the recording of a call',
		description: 'Get the recording of a call or voicemail as a file',
		fields: [messageId, fileField],
		asFile: true,
	}),
	ofMessage.other(`GET ${OF_CALL}`, {
		value: 'getTranscription',
		action: 'Get the transcription of a call',
		description: 'Get the transcription of a call: one item per sentence',
		fields: [messageId],
	}),
	ofMessage.other(`GET ${OF_CALL}/download`, {
		value: 'downloadTranscription',
		action: 'Download the transcription of a call',
		description: 'Download the transcription of a call as a text file',
		fields: [messageId, fileField],
		asFile: true,
	}),
];
