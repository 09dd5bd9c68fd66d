import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/call/errors';
import { collection, field, required } from '../../engine/describe/fields';
import type { Field, Resource } from '../../engine/operation';
import { businessPages } from '../calls/pages';
import { businessPicker } from '../editor/pickers';
import { deleted, needsAChange } from '../fields/records';
import { listed } from '../calls/recover';

const text = (displayName: string, name: string) =>
	field({ displayName, name, type: 'string', default: '' }, { in: 'body', key: name });

const name = text('Name', 'name');

const details: Field[] = [
	text('Address', 'address'),
	text('City', 'city'),
	text('Country', 'country'),
	text('Description', 'description'),
	text('Email', 'email'),
	text('Phone', 'phone'),
	text('Postal Code', 'postalCode'),
	text('State', 'state'),
	text('Website', 'website'),
];

/** HighLevel misspells the key on create and update. */
function record(body: IDataObject): IDataObject {
	const business = body.buiseness ?? body.business;
	return isObject(business) ? (business as IDataObject) : body;
}

export const business: Resource = {
	value: 'business',
	name: 'Business',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a business',
			description: 'Create a business, to which contacts can belong',
			request: { method: 'POST', path: '/businesses/', body: { locationId: '{locationId}' } },
			scope: 'businesses.write',
			writes: true,
			fields: [
				required(name),
				collection(
					{
						displayName: 'Additional Fields',
						name: 'additionalFields',
						placeholder: 'Add Field',
					},
					details,
				),
			],
			finish: record,
			recover: listed({
				rows: 'businesses',
				record: 'business',
				equal: ['name'],
				added: 'createdAt',
				pages: businessPages,
				query: ({ body }) => ({ locationId: body?.locationId }),
			}),
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a business',
			description: 'Delete a business for good; its contacts stay',
			request: { method: 'DELETE', path: '/businesses/{businessId}' },
			scope: 'businesses.write',
			writes: true,
			fields: [businessPicker],
			finish: deleted,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a business',
			description: 'Get one business by its ID',
			request: { method: 'GET', path: '/businesses/{businessId}' },
			scope: 'businesses.readonly',
			writes: false,
			fields: [businessPicker],
			result: 'business',
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many businesses',
			description: 'Get the businesses of the location',
			request: {
				method: 'GET',
				path: '/businesses/',
				query: { locationId: '{locationId}' },
			},
			scope: 'businesses.readonly',
			writes: false,
			fields: [],
			pages: businessPages,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a business',
			description: 'Change some fields of a business; the others stay as they are',
			request: { method: 'PUT', path: '/businesses/{businessId}' },
			scope: 'businesses.write',
			writes: true,
			fields: [
				businessPicker,
				collection(
					{ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' },
					[name, ...details],
				),
			],
			check: needsAChange,
			finish: record,
		},
	],
};
