import { additionalFields, flag, required, text, updateFields } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Field, Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { listed } from '../calls/recover';
import { unlessOneContains, unlessThere } from '../calls/unlessThere';
import { contactId, noteId, userPicker } from '../editor/pickers';

const body = text('Text', 'body', {
	placeholder: 'e.g. Asked for a demo',
	typeOptions: { rows: 4 },
});

const details: Field[] = [
	text('Color', 'color', { type: 'color', description: 'Color as #RRGGBB' }),
	flag('Pinned', 'pinned', 'Whether the note stays at the top'),
	text('Title', 'title', { placeholder: 'e.g. Intro call' }),
	userPicker('Written By', 'userId'),
];

const note = verbs('note', {
	of: 'a contact',
	path: '/contacts/{contactId}/notes/{id}',
	parent: [contactId],
	id: noteId,
	scope: 'contacts',
	result: 'note',
});

const create = note.create({
	description: 'Create a note on a contact and return it',
	fields: [required(body), additionalFields([...details, unlessOneContains('notes')])],
	recover: listed({ rows: 'notes', record: 'note', equal: ['body'], added: 'dateAdded' }),
});

export const contactNote: Resource = {
	value: 'contactNote',
	name: 'Contact Note',
	first: true,
	operations: [
		unlessThere({ rows: 'notes', texts: ['body'] }, create),
		note.delete(),
		note.get(),
		note.getMany({ pages: onePage('notes') }),
		note.update({ fields: [updateFields([body, ...details])] }),
	],
};
