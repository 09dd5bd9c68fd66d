import type { IDataObject } from 'n8n-workflow';
import { choice, list, required, text } from '../../engine/describe/fields';
import { sentId } from '../../engine/call/sentId';
import { operation } from '../../engine/describe/verbs';
import type { Io, Resource } from '../../engine/operation';
import { toIds } from '../../engine/values';
import { BULK_TAGS, foldContacts, foldTags } from '../calls/bulkTags';
import { TAGS_PATH } from '../calls/contacts';
import { contactAsList, contactId, contactPicker, tagsPicker } from '../editor/pickers';

const tags = required(tagsPicker('Tags', { description: 'HighLevel stores tags in lower case.' }));

const contactIds = required(
	list('Contact IDs', 'contactIds', 'ocQHyuzHvysMo5N5VsXc, sx6wyHhbFdRXh302Lunr', toIds, {
		key: 'contacts',
	}),
);

const inPath = { in: 'path', key: 'type' } as const;
const change = choice(
	'Change',
	'change',
	{ Add: 'add', Remove: 'remove' },
	{
		...inPath,
		description: 'Whether to add or remove the tags',
	},
);

/** The path says that tags are removed. There is nothing to choose. */
const removing = text('Change', 'change', { type: 'hidden', default: 'remove', ...inPath });

/** The contact's tags after the call. */
const tagsOf = (record: IDataObject, io: Io): IDataObject => ({
	contactId: sentId(io, 'contactId'),
	tags: record.tags,
});

export const contactTag: Resource = {
	value: 'contactTag',
	name: 'Contact Tag',
	first: true,
	operations: [
		operation(`POST ${TAGS_PATH}`, {
			value: 'add',
			action: 'Add tags to a contact',
			description: 'Add tags to a contact, which keeps its other tags, and return all its tags',
			repeatable: true,
			scope: 'contacts',
			fields: [contactId, tags],
			fold: foldTags('add'),
			finish: tagsOf,
		}),
		operation(`DELETE ${TAGS_PATH}`, {
			value: 'remove',
			action: 'Remove tags from a contact',
			description:
				'Remove tags from a contact, which keeps its other tags, and return all its tags',
			scope: 'contacts',
			fields: [contactId, tags],
			fold: foldTags('remove'),
			finish: tagsOf,
		}),
		operation(BULK_TAGS, {
			value: 'removeAll',
			action: 'Remove all tags from a contact',
			description: 'Remove all tags from a contact; returns an empty list of tags',
			body: { tags: [], removeAllTags: true, locationId: '{locationId}' },
			repeatable: true,
			scope: 'contacts',
			fields: [contactPicker('body', { key: 'contacts', as: contactAsList }), removing],
			fold: foldContacts,
			finish: tagsOf,
		}),
		operation(BULK_TAGS, {
			value: 'bulkUpdate',
			name: 'Update in Bulk',
			action: 'Update tags of many contacts',
			description:
				'Add tags to, or remove tags from, a list of contacts in one call. Returns a row for each contact. For one contact per item use Add or Remove, which combine calls automatically.',
			body: { locationId: '{locationId}' },
			repeatable: true,
			scope: 'contacts',
			fields: [contactIds, change, tags],
			result: 'responses',
		}),
	],
};
