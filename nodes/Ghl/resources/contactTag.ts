import type { IDataObject } from 'n8n-workflow';
import { choice, field, required, tagsField } from '../../engine/describe/fields';
import type { Io, Resource } from '../../engine/operation';
import { toIds, toOneId } from '../../engine/values';
import { foldContacts, foldTags } from '../calls/bulkTags';
import { TAGS_PATH } from '../calls/contacts';
import { contactId, contactPicker } from '../editor/pickers';

const tags = required(
	tagsField(
		'Tags',
		'Separated by commas, or a list from an expression. HighLevel stores tags in lower case.',
	),
);

const BULK = '/contacts/bulk/tags/update/{type}';

const contactIds = required(
	field(
		{
			displayName: 'Contact IDs',
			name: 'contactIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. ocQHyuzHvysMo5N5VsXc, sx6wyHhbFdRXh302Lunr',
			description: 'Separated by commas, or a list from an expression',
		},
		{ in: 'body', key: 'contacts', as: toIds },
	),
);

const change = choice(
	'Change',
	'change',
	[
		['Add', 'add'],
		['Remove', 'remove'],
	],
	{ in: 'path', key: 'type' },
);

/** Says in the path that tags are removed: there is nothing to choose. */
const removing = field(
	{ displayName: 'Change', name: 'change', type: 'hidden', default: 'remove' },
	{ in: 'path', key: 'type' },
);

/** The contact's tags after the call. */
function tagsOf(record: IDataObject, io: Io): IDataObject {
	return { contactId: io.parameter('contactId') as string, tags: record.tags };
}

export const contactTag: Resource = {
	value: 'contactTag',
	name: 'Contact Tag',
	first: true,
	operations: [
		{
			value: 'add',
			name: 'Add',
			action: 'Add tags to a contact',
			description: 'Add tags to a contact, which keeps the tags it has',
			request: { method: 'POST', path: TAGS_PATH, repeatable: true },
			scope: 'contacts.write',
			writes: true,
			fields: [contactId, tags],
			fold: foldTags('add'),
			finish: tagsOf,
		},
		{
			value: 'remove',
			name: 'Remove',
			action: 'Remove tags from a contact',
			description: 'Remove some tags from a contact; the others stay',
			request: { method: 'DELETE', path: TAGS_PATH },
			scope: 'contacts.write',
			writes: true,
			fields: [contactId, tags],
			fold: foldTags('remove'),
			finish: tagsOf,
		},
		{
			value: 'removeAll',
			name: 'Remove All',
			action: 'Remove all tags from a contact',
			description: 'Remove every tag from a contact',
			request: {
				method: 'POST',
				path: BULK,
				body: { tags: [], removeAllTags: true, locationId: '{locationId}' },
				repeatable: true,
			},
			scope: 'contacts.write',
			writes: true,
			fields: [contactPicker('body', { key: 'contacts', as: toOneId }), removing],
			fold: foldContacts,
			finish: tagsOf,
		},
		{
			value: 'bulkUpdate',
			name: 'Update in Bulk',
			action: 'Update tags of many contacts',
			description:
				'Add tags to, or remove them from, a list of contacts in one call; puts out a row for each contact. With one contact an item, use Add or Remove: they share calls by themselves.',
			request: {
				method: 'POST',
				path: BULK,
				body: { locationId: '{locationId}' },
				repeatable: true,
			},
			scope: 'contacts.write',
			writes: true,
			fields: [contactIds, change, tags],
			result: 'responses',
		},
	],
};
