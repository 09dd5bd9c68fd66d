import type { Note } from './records';
import { checkUser, contactOf, contactRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, flag, formatted, requiredText, text } from './validate';

type NoteBody = Partial<Pick<Note, 'body' | 'title' | 'color' | 'pinned' | 'userId'>>;

const fields = { userId: text, title: text, color: formatted('hex-color'), pinned: flag };

const noteOf = (call: Call<unknown, unknown>): Note =>
	contactRecord(call, call.state.notes, 'Note', call.params.id);

function saved(call: Call<NoteBody, unknown>, note: Note): object {
	const { userId } = call.body;
	// n8n's own HighLevel node sends the id of the location; what becomes of it is not documented.
	if (userId !== call.token.locationId) checkUser(call, userId);
	call.state.notes.set(note.id, note);
	return { note };
}

export const notes: Route[] = [
	route({
		method: 'GET',
		path: '/contacts/:contactId/notes',
		scope: 'contacts.readonly',
		// Newest first; there is no paging.
		handle: (call) => {
			const { id } = contactOf(call);
			return {
				notes: [...call.state.notes.values()]
					.filter(({ contactId }) => contactId === id)
					.sort((a, b) => b.dateAdded.localeCompare(a.dateAdded)),
			};
		},
	}),
	route<NoteBody & { body: string }>({
		method: 'POST',
		path: '/contacts/:contactId/notes',
		scope: 'contacts.write',
		status: 201,
		body: closed({ ...fields, body: requiredText }, ['body']),
		handle: (call) =>
			saved(call, {
				pinned: false,
				...call.body,
				id: call.state.ids.next('note'),
				contactId: contactOf(call).id,
				dateAdded: new Date().toISOString(),
			}),
	}),
	route({
		method: 'GET',
		path: '/contacts/:contactId/notes/:id',
		scope: 'contacts.readonly',
		handle: (call) => ({ note: noteOf(call) }),
	}),
	route<NoteBody>({
		method: 'PUT',
		path: '/contacts/:contactId/notes/:id',
		scope: 'contacts.write',
		body: closed({ ...fields, body: text }),
		handle: (call) => saved(call, { ...noteOf(call), ...call.body }),
	}),
	route({
		method: 'DELETE',
		path: '/contacts/:contactId/notes/:id',
		scope: 'contacts.write',
		handle: (call) => {
			call.state.notes.delete(noteOf(call).id);
			return { succeded: true };
		},
	}),
];
