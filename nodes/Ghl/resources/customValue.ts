import { required, text, updateFields } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { keepUnchanged } from '../calls/keepUnchanged';
import { listed } from '../calls/recover';
import { customValuePicker } from '../editor/pickers';

const name = text('Name', 'name', { placeholder: 'e.g. Booking link' });
const value = text('Value', 'value', { placeholder: 'e.g. https://example.com/book' });

const ofLocation = verbs('custom value', {
	of: 'the location',
	path: '/locations/{locationId}/customValues/{id}',
	id: customValuePicker,
	scope: 'locations/customValues',
	result: 'customValue',
});

const update = ofLocation.update({
	description: 'Change the value or name of a custom value and return it',
	fields: [updateFields([name, value])],
});

export const customValue: Resource = {
	value: 'customValue',
	name: 'Custom Value',
	operations: [
		ofLocation.create({
			description:
				'Create a custom value, a text that messages and pages of the location can show, and return it',
			fields: [required(name), required(value)],
			recover: listed({ rows: 'customValues', record: 'customValue', equal: ['name', 'value'] }),
		}),
		ofLocation.delete({
			description:
				'Delete a custom value permanently; messages and pages that use it show nothing in its place',
		}),
		ofLocation.get(),
		ofLocation.getMany({ pages: onePage('customValues') }),
		keepUnchanged(['name', 'value'], 'customValue', update),
	],
};
