import type { IDataObject } from 'n8n-workflow';
import { toPathSegment } from 'n8n-workflow';
import { required, tagsField } from '../../engine/fields';
import type { Call, Io, Resource } from '../../engine/operation';
import { foldTags } from '../bulkTags';
import { contactId } from '../pickers';

const tags = required(
	tagsField(
		'Tags',
		'Separated by commas, or a list from an expression. HighLevel stores tags in lower case.',
	),
);

const PATH = '/contacts/{contactId}/tags';

/** Adding a tag that the contact has changes nothing, so the call may be sent again. */
export function addTagsCall(id: string, tagList: string[]): Call {
	return {
		method: 'POST',
		template: PATH,
		path: `/contacts/${toPathSegment(id)}/tags`,
		body: { tags: tagList },
		repeatable: true,
		scope: 'contacts.write',
	};
}

/** The contact's tags after the call. */
function tagsOf(record: IDataObject, io: Io): IDataObject {
	return { contactId: io.parameter('contactId') as string, tags: record.tags };
}

export const contactTag: Resource = {
	value: 'contactTag',
	name: 'Contact Tag',
	operations: [
		{
			value: 'add',
			name: 'Add',
			action: 'Add tags to a contact',
			description: 'Add tags to a contact, which keeps the tags it has',
			request: { method: 'POST', path: PATH, repeatable: true },
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
			request: { method: 'DELETE', path: PATH },
			scope: 'contacts.write',
			writes: true,
			fields: [contactId, tags],
			fold: foldTags('remove'),
			finish: tagsOf,
		},
	],
};
