import { required, text } from '../../engine/describe/fields';
import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { customValuePicker } from '../editor/pickers';
import { deleted, keeping, needsAChange, updateFields } from '../fields/records';
import { listed } from '../calls/recover';

const PATH = '/locations/{locationId}/customValues';
const READ = { scope: 'locations/customValues.readonly', writes: false };
const WRITE = { scope: 'locations/customValues.write', writes: true };

const name = text('Name', 'name', { placeholder: 'e.g. Booking link' });
const value = text('Value', 'value', { placeholder: 'e.g. https://example.com/book' });

export const customValue: Resource = {
	value: 'customValue',
	name: 'Custom Value',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a custom value',
			description:
				'Create a custom value: a text of the location that its messages and pages can show',
			request: { method: 'POST', path: PATH },
			...WRITE,
			fields: [required(name), required(value)],
			result: 'customValue',
			recover: listed({
				rows: 'customValues',
				record: 'customValue',
				equal: ['name', 'value'],
			}),
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a custom value',
			description:
				'Delete a custom value for good; where it stands in messages and pages it is empty',
			request: { method: 'DELETE', path: `${PATH}/{id}` },
			...WRITE,
			fields: [customValuePicker],
			finish: deleted,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a custom value',
			description: 'Get one custom value of the location',
			request: { method: 'GET', path: `${PATH}/{id}` },
			...READ,
			fields: [customValuePicker],
			result: 'customValue',
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many custom values',
			description: 'Get the custom values of the location',
			request: { method: 'GET', path: PATH },
			...READ,
			fields: [],
			pages: onePage('customValues'),
		},
		keeping(['name', 'value'], 'customValue', {
			value: 'update',
			name: 'Update',
			action: 'Update a custom value',
			description: 'Change the value or the name of a custom value; the other stays as it is',
			request: { method: 'PUT', path: `${PATH}/{id}` },
			...WRITE,
			fields: [customValuePicker, updateFields([name, value])],
			check: needsAChange,
			result: 'customValue',
		}),
	],
};
