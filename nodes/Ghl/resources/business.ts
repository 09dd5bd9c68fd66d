import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import { additionalFields, required, text, updateFields } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { businessPages } from '../calls/pages';
import { listed } from '../calls/recover';
import { businessPicker } from '../editor/pickers';

const name = text('Name', 'name');
const details = [
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
			description: 'Create a business, to which contacts can belong',
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
		ofLocation.delete({ description: 'Delete a business for good; its contacts stay' }),
		ofLocation.get({ result: 'business' }),
		ofLocation.getMany({
			description: 'Get the businesses of the location',
			query: { locationId: '{locationId}' },
			pages: businessPages,
		}),
		ofLocation.update({
			description: 'Change some fields of a business; the others stay as they are',
			fields: [updateFields([name, ...details])],
			finish: readRecord,
		}),
	],
};
