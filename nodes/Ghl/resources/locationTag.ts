import { required, text } from '../../engine/describe/fields';
import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { tagPicker } from '../editor/pickers';
import { deleted } from '../fields/records';
import { listed } from '../calls/recover';

const PATH = '/locations/{locationId}/tags';
const READ = { scope: 'locations/tags.readonly', writes: false };
const WRITE = { scope: 'locations/tags.write', writes: true };

const name = required(
	text('Name', 'name', {
		placeholder: 'e.g. hot lead',
		description: 'HighLevel stores tags in lower case',
	}),
);

export const locationTag: Resource = {
	value: 'locationTag',
	name: 'Location Tag',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a location tag',
			description:
				'Create a tag in the location without giving it to a contact. Contact Tag: Add creates tags that are missing by itself.',
			request: { method: 'POST', path: PATH },
			...WRITE,
			fields: [name],
			result: 'tag',
			recover: listed({ rows: 'tags', record: 'tag', equal: ['name'] }),
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a location tag',
			description: 'Delete a tag of the location for good, and take it from every contact',
			request: { method: 'DELETE', path: `${PATH}/{tagId}` },
			...WRITE,
			fields: [tagPicker],
			finish: deleted,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a location tag',
			description: 'Get one tag of the location',
			request: { method: 'GET', path: `${PATH}/{tagId}` },
			...READ,
			fields: [tagPicker],
			result: 'tag',
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many location tags',
			description: 'Get the tags of the location',
			request: { method: 'GET', path: PATH },
			...READ,
			fields: [],
			pages: onePage('tags'),
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a location tag',
			description:
				'Rename a tag of the location; the contacts that have it keep it under the new name',
			request: { method: 'PUT', path: `${PATH}/{tagId}` },
			...WRITE,
			fields: [tagPicker, name],
			result: 'tag',
		},
	],
};
