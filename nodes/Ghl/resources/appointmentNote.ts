import { isObject } from '../../engine/values';
import { additionalFields, required, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { skipPages } from '../calls/pages';
import { lookedUp, readAt } from '../calls/recover';
import { appointmentNoteId, appointmentPicker, userPicker } from '../editor/pickers';

const details = [
	required(
		text('Text', 'body', { typeOptions: { rows: 4 }, description: 'Up to 5000 characters' }),
	),
	additionalFields([userPicker('Written By', 'userId')]),
];

/** 20 is the most that `limit` takes. */
const pages = skipPages(20, 'notes', 'offset', (answer) =>
	isObject(answer) ? answer.hasMore : undefined,
);

const note = verbs('appointment note', {
	article: 'an',
	path: '/calendars/appointments/{appointmentId}/notes/{noteId}',
	parent: [appointmentPicker('appointmentId')],
	id: appointmentNoteId,
	scope: 'calendars/events',
	result: 'note',
});

export const appointmentNote: Resource = {
	value: 'appointmentNote',
	name: 'Appointment Note',
	operations: [
		note.create({
			description: 'Write a note on an appointment',
			fields: details,
			recover: lookedUp({
				pages,
				read: (lost) => readAt(lost),
				added: 'dateAdded',
				fits: (found, lost) => found.body === lost.body?.body,
				body: (found) => ({ note: found }),
			}),
		}),
		note.delete({ description: 'Delete a note of an appointment for good' }),
		note.getMany({ description: 'Get the notes of an appointment', pages }),
		note.update({
			description: 'Replace the text of a note of an appointment',
			fields: details,
		}),
	],
};
