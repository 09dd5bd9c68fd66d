import { isObject } from '../../engine/call/errors';
import { collection, required, text } from '../../engine/describe/fields';
import type { Field, Resource } from '../../engine/operation';
import { skipPages } from '../../engine/call/paginate';
import { userPicker } from '../editor/pickers';
import { deleted } from '../fields/records';
import { lookedUp } from '../calls/recover';

const PATH = '/calendars/appointments/{appointmentId}/notes';

const appointmentId = required(
	text('Appointment ID', 'appointmentId', {
		in: 'path',
		placeholder: 'e.g. ocQHyuzHvysMo5N5VsXc',
	}),
);

const noteId = required(
	text('Note ID', 'noteId', { in: 'path', placeholder: 'e.g. HGPcayliwcdoUFzvbTok' }),
);

const body = required(
	text('Text', 'body', { typeOptions: { rows: 4 }, description: 'Up to 5000 characters' }),
);

const more: Field = collection(
	{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add Field' },
	[userPicker('Written By', 'userId', 'userId')],
);

/** 20 is the most that `limit` takes. */
const pages = skipPages(20, 'notes', 'offset', (answer) =>
	isObject(answer) ? answer.hasMore : undefined,
);

export const appointmentNote: Resource = {
	value: 'appointmentNote',
	name: 'Appointment Note',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create an appointment note',
			description: 'Write a note on an appointment',
			request: { method: 'POST', path: PATH },
			scope: 'calendars/events.write',
			writes: true,
			fields: [appointmentId, body, more],
			result: 'note',
			recover: lookedUp({
				pages,
				read: (lost) => ({
					...lost,
					method: 'GET',
					body: undefined,
					repeatable: true,
					scope: 'calendars/events.readonly',
				}),
				added: 'dateAdded',
				fits: (note, lost) => note.body === lost.body?.body,
				body: (note) => ({ note }),
			}),
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete an appointment note',
			description: 'Delete a note of an appointment for good',
			request: { method: 'DELETE', path: `${PATH}/{noteId}` },
			scope: 'calendars/events.write',
			writes: true,
			fields: [appointmentId, noteId],
			finish: deleted,
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many appointment notes',
			description: 'Get the notes of an appointment',
			request: { method: 'GET', path: PATH },
			scope: 'calendars/events.readonly',
			writes: false,
			fields: [appointmentId],
			pages,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update an appointment note',
			description: 'Replace the text of a note of an appointment',
			request: { method: 'PUT', path: `${PATH}/{noteId}` },
			scope: 'calendars/events.write',
			writes: true,
			fields: [appointmentId, noteId, body, more],
			result: 'note',
		},
	],
};
