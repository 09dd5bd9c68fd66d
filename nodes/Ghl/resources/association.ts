import { idField, required, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { associationPages, associationsCall, associationsOfObject } from '../calls/objects';
import { lookedUp } from '../calls/recover';
import { associationPicker, endPicker, objectPicker } from '../editor/objectPickers';

const labels = [
	required(
		text('First Label', 'firstObjectLabel', {
			placeholder: 'e.g. Employer',
			description: 'What a record of the first object is to one of the second',
		}),
	),
	required(
		text('Second Label', 'secondObjectLabel', {
			placeholder: 'e.g. Employee',
			description: 'What a record of the second object is to one of the first',
		}),
	),
];

const ends = ['key', 'firstObjectKey', 'secondObjectKey'];
const inLocation = { locationId: '{locationId}' };

const associations = verbs('association', {
	article: 'an',
	path: '/associations/{associationId}',
	listPath: '/associations/',
	id: associationPicker('path'),
	scope: 'associations',
});

export const association: Resource = {
	value: 'association',
	name: 'Association',
	operations: [
		associations.create({
			description:
				'Create an association, which lets records of two objects be related, such as companies and contacts; returns it',
			body: inLocation,
			fields: [
				required(
					text('Key', 'key', {
						placeholder: 'e.g. company_people',
						description: 'Key of the association',
					}),
				),
				endPicker('First Object', 'firstObjectKey'),
				endPicker('Second Object', 'secondObjectKey'),
				...labels,
			],
			recover: lookedUp({
				pages: associationPages,
				read: (_lost, { account }) => associationsCall(account.values.locationId),
				fits: (found, { body = {} }) => ends.every((key) => found[key] === body[key]),
				body: (found) => found,
			}),
		}),
		associations.delete({
			description: 'Delete an association permanently, with its relations; the records are kept',
		}),
		associations.get(),
		associations.other('GET /associations/key/{key_name}', {
			value: 'getByKey',
			description: 'Get one association by its key',
			query: inLocation,
			fields: [
				idField('Key', 'associationKey', 'company_people', {
					key: 'key_name',
					description: 'Key of the association',
				}),
			],
		}),
		associations.getMany({
			description: 'Get the associations of the location',
			query: inLocation,
			pages: associationPages,
		}),
		associations.other('GET /associations/objectKey/{objectKey}', {
			value: 'getManyByObject',
			name: 'Get Many by Object',
			action: 'Get many associations of an object',
			description: 'Get the associations of one object',
			query: inLocation,
			fields: [objectPicker('path', { key: 'objectKey' })],
			pages: associationsOfObject,
		}),
		associations.update({
			description: 'Change the labels of the two ends of an association and return it',
			fields: labels,
		}),
	],
};
