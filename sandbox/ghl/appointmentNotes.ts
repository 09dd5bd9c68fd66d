import { notFound } from './errors';
import type { Appointment, AppointmentNote } from './records';
import { checkUser, ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, text, wholeNumber } from './validate';

interface NoteBody {
	body: string;
	userId?: string;
}

const noteBody = closed({ body: { type: 'string', minLength: 1, maxLength: 5000 }, userId: text }, [
	'body',
]);

const appointmentOf = ({ state, token, params }: Call<unknown, unknown>): Appointment =>
	ownRecord(token, state.appointments, 'Appointment', params.appointmentId);

function noteOf(call: Call<unknown, unknown>): AppointmentNote {
	const appointment = appointmentOf(call);
	const note = call.state.appointmentNotes.get(call.params.noteId);
	if (note?.appointmentId !== appointment.id) throw notFound('Note', call.params.noteId);
	return note;
}

function view({ state }: Call<unknown, unknown>, note: AppointmentNote): object {
	const name = state.users.get(note.userId)?.name ?? '';
	return { ...note, appointmentId: undefined, createdBy: { id: note.userId, name } };
}

function saved(call: Call<NoteBody, unknown>, note: AppointmentNote): object {
	checkUser(call, call.body.userId);
	call.state.appointmentNotes.set(note.id, note);
	return { note: view(call, note) };
}

export const appointmentNotes: Route[] = [
	route<unknown, { limit: number; offset: number }>({
		method: 'GET',
		path: '/calendars/appointments/:appointmentId/notes',
		scope: 'calendars/events.readonly',
		query: closed({ limit: wholeNumber(1, 20), offset: wholeNumber(0) }, ['limit', 'offset']),
		handle: (call) => {
			const { id } = appointmentOf(call);
			const { limit, offset } = call.query;
			const found = [...call.state.appointmentNotes.values()].filter(
				({ appointmentId }) => appointmentId === id,
			);
			return {
				notes: found.slice(offset, offset + limit).map((note) => view(call, note)),
				hasMore: found.length > offset + limit,
			};
		},
	}),
	route<NoteBody>({
		method: 'POST',
		path: '/calendars/appointments/:appointmentId/notes',
		scope: 'calendars/events.write',
		status: 201,
		body: noteBody,
		handle: (call) => {
			const { id, contactId, assignedUserId } = appointmentOf(call);
			return saved(call, {
				id: call.state.ids.next('appointmentNote'),
				appointmentId: id,
				contactId,
				body: call.body.body,
				userId: call.body.userId ?? assignedUserId,
				dateAdded: new Date().toISOString(),
			});
		},
	}),
	route<NoteBody>({
		method: 'PUT',
		path: '/calendars/appointments/:appointmentId/notes/:noteId',
		scope: 'calendars/events.write',
		body: noteBody,
		handle: (call) => saved(call, { ...noteOf(call), ...call.body }),
	}),
	route({
		method: 'DELETE',
		path: '/calendars/appointments/:appointmentId/notes/:noteId',
		scope: 'calendars/events.write',
		handle: (call) => {
			call.state.appointmentNotes.delete(noteOf(call).id);
			return { success: true };
		},
	}),
];
