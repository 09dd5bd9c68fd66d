import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import { additionalFields, required, text, updateFields } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { businessPages } from '../calls/pages';
import { listed } from '../calls/recover';
import { businessPicker } from '../editor/pickers';

const name = text('Name', 'name', { placeholder: 'e.g. Acme' });
const details = [
	text('Address', 'address', { placeholder: 'e.g. 12 Main Street' }),
	text('City', 'city', { placeholder: 'e.g. Austin' }),
	text('Country', 'country', { placeholder: 'e.g. US' }),
	text('Description', 'description', { placeholder: 'e.g. Asked for a demo' }),
	text('Email', 'email', { placeholder: 'e.g. name@example.com' }),
	text('Phone', 'phone', { placeholder: 'e.g. +14155550123' }),
	text('Postal Code', 'postalCode', { placeholder: 'e.g. 78701' }),
	text('State', 'state', { placeholder: 'e.g. TX' }),
	text('Website', 'website', { placeholder: 'e.g. https://example.com' }),
];

/** HighLevel misspells the key on create and update. */
function readRecord(body: IDataObject): IDataObject {
	const record = body.buiseness ?? body.business;
	return isObject(record) ? (record as IDataObject) : body;
}

const ofLocation = verbs('business', {
	plural: 'businesses',
	path: '/businesses/{businessId}',
	listPath: '/businesses/',
	id: businessPicker('path'),
	scope: 'businesses',
});

export const business: Resource = {
	value: 'business',
	name: 'Business',
	operations: [
		ofLocation.create({
			description: 'Create a business, which contacts can belong to, and return it',
			body: { locationId: '{locationId}' },
			fields: [required(name), additionalFields(details)],
			finish: readRecord,
			recover: listed({
				rows: 'businesses',
				record: 'business',
				equal: ['name'],
				added: 'createdAt',
				pages: businessPages,
				query: ({ body }) => ({ locationId: body?.locationId }),
			}),
		}),
		ofLocation.delete({ description: 'Delete a business permanently; its contacts are kept' }),
		ofLocation.get({ result: 'business' }),
		ofLocation.getMany({
			description: 'Get the businesses of the location',
			query: { locationId: '{locationId}' },
			pages: businessPages,
		}),
		ofLocation.update({
			description:
				'Change fields of a business and return it; fields you leave out keep their values',
			fields: [updateFields([name, ...details])],
			finish: readRecord,
		}),
	],
};
