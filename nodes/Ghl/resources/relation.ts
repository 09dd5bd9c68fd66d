import { filters, idField, required, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import { callTo } from '../../engine/call/callTo';
import type { Resource } from '../../engine/operation';
import { toIds } from '../../engine/values';
import { relationPages } from '../calls/objects';
import { lookedUp } from '../calls/recover';
import { associationPicker } from '../editor/objectPickers';

const GET_MANY = 'GET /associations/relations/{recordId}';
const inLocation = { locationId: '{locationId}' };

const end = (displayName: string, name: string, which: string) =>
	required(
		text(displayName, name, {
			placeholder: 'e.g. 661c06b4ffde146bdb469442',
			description: `ID of a contact or record of the ${which} object of the association`,
		}),
	);

const ends = ['associationId', 'firstRecordId', 'secondRecordId'];

const relations = verbs('relation', {
	of: 'a record',
	path: '/associations/relations/{relationId}',
	id: idField('Relation ID', 'relationId', '67ae0d741119d218c9d0c477'),
	scope: 'associations/relation',
});

export const relation: Resource = {
	value: 'relation',
	name: 'Relation',
	operations: [
		relations.create({
			description:
				'Relate two records, such as a company and a contact, and return the relation, also if it exists already',
			body: inLocation,
			fields: [
				associationPicker('body'),
				end('First Record ID', 'firstRecordId', 'first'),
				end('Second Record ID', 'secondRecordId', 'second'),
			],
			recover: lookedUp({
				pages: relationPages,
				read: ({ body = {} }, { account }) =>
					callTo(GET_MANY, {
						values: { recordId: String(body.firstRecordId) },
						query: {
							locationId: account.values.locationId,
							associationIds: [String(body.associationId)],
						},
						scope: 'associations/relation.readonly',
					}),
				fits: (found, { body = {} }) => ends.every((key) => found[key] === body[key]),
				body: (found) => found,
			}),
		}),
		relations.delete({ query: inLocation }),
		relations.getMany({
			route: GET_MANY,
			description: 'Get the relations of a contact or another record',
			query: inLocation,
			fields: [
				idField('Record ID', 'relatedRecordId', '661c06b4ffde146bdb469442', { key: 'recordId' }),
				filters([
					text('Association IDs', 'associationIds', {
						placeholder: 'e.g. ve9EPM428h8vShlRW1KT',
						in: 'query',
						as: toIds,
						description: 'Comma-separated IDs',
					}),
				]),
			],
			pages: relationPages,
		}),
	],
};
