import { isObject } from '../../engine/values';
import { additionalFields, required, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { skipPages } from '../calls/pages';
import { lookedUp, readAt } from '../calls/recover';
import { appointmentNoteId, appointmentPicker, userPicker } from '../editor/pickers';

const details = [
	required(
		text('Text', 'body', {
			placeholder: 'e.g. Asked for a demo',
			typeOptions: { rows: 4 },
			description: 'The text of the note, up to 5000 characters',
		}),
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
			description: 'Create a note on an appointment and return it',
			fields: details,
			recover: lookedUp({
				pages,
				read: (lost) => readAt(lost),
				added: 'dateAdded',
				fits: (found, lost) => found.body === lost.body?.body,
				body: (found) => ({ note: found }),
			}),
		}),
		note.delete({ description: 'Delete a note of an appointment permanently' }),
		note.getMany({ description: 'Get the notes of an appointment', pages }),
		note.update({
			description: 'Replace the text of an appointment note and return the note',
			fields: details,
		}),
	],
};
