import { required, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { listed } from '../calls/recover';
import { tagPicker } from '../editor/pickers';

const name = required(
	text('Name', 'name', {
		placeholder: 'e.g. hot lead',
		description: 'HighLevel stores tags in lower case',
	}),
);

const tag = verbs('location tag', {
	path: '/locations/{locationId}/tags/{tagId}',
	id: tagPicker,
	scope: 'locations/tags',
	result: 'tag',
});

export const locationTag: Resource = {
	value: 'locationTag',
	name: 'Location Tag',
	operations: [
		tag.create({
			description:
				'Create a tag in the location and return it. Not needed before Contact Tag: Add, which creates missing tags automatically.',
			fields: [name],
			recover: listed({ rows: 'tags', record: 'tag', equal: ['name'] }),
		}),
		tag.delete({
			description: 'Delete a tag of the location permanently and remove it from every contact',
		}),
		tag.get({ description: 'Get one tag of the location' }),
		tag.getMany({ description: 'Get the tags of the location', pages: onePage('tags') }),
		tag.update({
			description:
				'Rename a tag of the location and return it; contacts keep the tag under its new name',
			fields: [name],
		}),
	],
};
