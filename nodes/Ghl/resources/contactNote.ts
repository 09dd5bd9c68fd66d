import { collection, field, required } from '../../engine/describe/fields';
import type { Field, Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { deleted, needsAChange } from '../fields/records';
import { listed } from '../calls/recover';
import { contactId, userPicker } from '../editor/pickers';

const PATH = '/contacts/{contactId}/notes';

const noteId = required(
	field(
		{
			displayName: 'Note ID',
			name: 'noteId',
			type: 'string',
			default: '',
			placeholder: 'e.g. YlWd2wuCAZQzh2cH1fVZ',
		},
		{ in: 'path', key: 'id' },
	),
);

const body = field(
	{
		displayName: 'Text',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
	},
	{ in: 'body', key: 'body' },
);

const details: Field[] = [
	field(
		{
			displayName: 'Color',
			name: 'color',
			type: 'color',
			default: '',
			description: 'As #RRGGBB',
		},
		{ in: 'body', key: 'color' },
	),
	field(
		{
			displayName: 'Pinned',
			name: 'pinned',
			type: 'boolean',
			default: true,
			description: 'Whether the note stays at the top',
		},
		{ in: 'body', key: 'pinned' },
	),
	field(
		{ displayName: 'Title', name: 'title', type: 'string', default: '' },
		{ in: 'body', key: 'title' },
	),
	userPicker('Written By', 'userId', 'userId'),
];

const more = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	placeholder: 'Add Field',
};
const changes = { displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' };

export const contactNote: Resource = {
	value: 'contactNote',
	name: 'Contact Note',
	first: true,
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a note',
			description: 'Write a note on a contact',
			request: { method: 'POST', path: PATH },
			scope: 'contacts.write',
			writes: true,
			fields: [contactId, required(body), collection(more, details)],
			result: 'note',
			recover: listed({ rows: 'notes', record: 'note', equal: ['body'], added: 'dateAdded' }),
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a note',
			description: 'Delete a note for good',
			request: { method: 'DELETE', path: `${PATH}/{id}` },
			scope: 'contacts.write',
			writes: true,
			fields: [contactId, noteId],
			finish: deleted,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a note',
			description: 'Get one note of a contact',
			request: { method: 'GET', path: `${PATH}/{id}` },
			scope: 'contacts.readonly',
			writes: false,
			fields: [contactId, noteId],
			result: 'note',
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many notes',
			description: 'Get the notes of a contact',
			request: { method: 'GET', path: PATH },
			scope: 'contacts.readonly',
			writes: false,
			fields: [contactId],
			pages: onePage('notes'),
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a note',
			description: 'Change some parts of a note; the others stay as they are',
			request: { method: 'PUT', path: `${PATH}/{id}` },
			scope: 'contacts.write',
			writes: true,
			check: needsAChange,
			fields: [contactId, noteId, collection(changes, [body, ...details])],
			result: 'note',
		},
	],
};
