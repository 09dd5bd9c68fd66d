import { badRequest, notFound } from './errors';
import { objectNamed } from './objects';
import type { Association, Relation } from './objectTypes';
import { ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, listOf, requiredText, wholeNumber } from './validate';

interface Page {
	locationId: string;
	skip: number;
	limit: number;
}

const page = { locationId: requiredText, skip: wholeNumber(0), limit: wholeNumber(1, 100) };
const PAGE_KEYS = ['locationId', 'skip', 'limit'];
const ofLocation = closed({ locationId: requiredText }, ['locationId']);

const associationOf = ({ state, token }: Call<unknown, unknown>, id: string): Association =>
	ownRecord(token, state.associations, 'Association', id);

const associationsIn = ({ state, token }: Call<unknown, unknown>): Association[] =>
	[...state.associations.values()].filter(({ locationId }) => locationId === token.locationId);

type Labels = Pick<Association, 'firstObjectLabel' | 'secondObjectLabel'>;
type AssociationBody = Omit<Association, 'id' | 'associationType'>;

const labels = { firstObjectLabel: requiredText, secondObjectLabel: requiredText };

function create(call: Call<AssociationBody, unknown>): Association {
	const { state, body } = call;
	objectNamed(state, body.locationId, body.firstObjectKey);
	objectNamed(state, body.locationId, body.secondObjectKey);
	if (associationsIn(call).some(({ key }) => key === body.key)) {
		throw badRequest(`Association with key ${body.key} already exists`);
	}
	const id = state.ids.next('association');
	const association: Association = { ...body, id, associationType: 'USER_DEFINED' };
	state.associations.set(id, association);
	return association;
}

/** Those that came with the account stay as they are. */
function ownAssociation(call: Call<unknown, unknown>): Association {
	const association = associationOf(call, call.params.associationId);
	if (association.associationType === 'SYSTEM_DEFINED') {
		throw badRequest('System defined associations cannot be changed');
	}
	return association;
}

/** 400 for a record that is not there, or belongs to another object than the association names. */
function checkEnd({ state, token }: Call<unknown, unknown>, objectKey: string, id: string): void {
	const { contacts, opportunities, businesses, objectRecords } = state;
	const standard = { contact: contacts, opportunity: opportunities, business: businesses };
	const own = objectRecords.get(id);
	const custom = own?.objectKey === objectKey ? own : undefined;
	const stored = objectKey in standard ? standard[objectKey as keyof typeof standard] : undefined;
	const record = stored === undefined ? custom : stored.get(id);
	if (record?.locationId !== token.locationId) throw notFound(`Record of ${objectKey}`, id);
}

type RelationBody = Pick<
	Relation,
	'locationId' | 'associationId' | 'firstRecordId' | 'secondRecordId'
>;

function relate(call: Call<RelationBody, unknown>): Relation {
	const { state, body } = call;
	const { firstObjectKey, secondObjectKey } = associationOf(call, body.associationId);
	checkEnd(call, firstObjectKey, body.firstRecordId);
	checkEnd(call, secondObjectKey, body.secondRecordId);
	const isThere = [...state.relations.values()].some(
		(one) =>
			one.associationId === body.associationId &&
			one.firstRecordId === body.firstRecordId &&
			one.secondRecordId === body.secondRecordId,
	);
	// In these words: highlevel-api-docs issue 73.
	if (isThere) {
		throw badRequest(
			`Could not create relation: duplicate relation of object Ids for given association ${body.associationId}`,
		);
	}
	const relation = { ...body, id: state.ids.next('relation'), firstObjectKey, secondObjectKey };
	state.relations.set(relation.id, relation);
	return relation;
}

const oneOrMore = { anyOf: [requiredText, listOf(requiredText)] };

export const associations: Route[] = [
	route<unknown, Page>({
		method: 'GET',
		path: '/associations/',
		scope: 'associations.readonly',
		query: closed(page, PAGE_KEYS),
		handle: (call) => ({
			associations: associationsIn(call).slice(call.query.skip, call.query.skip + call.query.limit),
		}),
	}),
	route<AssociationBody>({
		method: 'POST',
		path: '/associations/',
		scope: 'associations.write',
		status: 201,
		body: closed(
			{
				...labels,
				locationId: requiredText,
				key: requiredText,
				firstObjectKey: requiredText,
				secondObjectKey: requiredText,
			},
			['locationId', 'key', 'firstObjectKey', 'secondObjectKey', ...Object.keys(labels)],
		),
		handle: create,
	}),
	route({
		method: 'GET',
		path: '/associations/key/:key',
		scope: 'associations.readonly',
		query: ofLocation,
		handle: (call) => {
			const found = associationsIn(call).find(({ key }) => key === call.params.key);
			if (found === undefined) throw notFound('Association', call.params.key);
			return found;
		},
	}),
	route({
		method: 'GET',
		path: '/associations/objectKey/:objectKey',
		scope: 'associations.readonly',
		query: closed({ locationId: requiredText }),
		handle: (call) => ({
			associations: associationsIn(call).filter(({ firstObjectKey, secondObjectKey }) =>
				[firstObjectKey, secondObjectKey].includes(call.params.objectKey),
			),
		}),
	}),
	route({
		method: 'GET',
		path: '/associations/:associationId',
		scope: 'associations.readonly',
		handle: (call) => associationOf(call, call.params.associationId),
	}),
	route<Labels>({
		method: 'PUT',
		path: '/associations/:associationId',
		scope: 'associations.write',
		body: closed(labels, Object.keys(labels)),
		handle: (call) => {
			const association = { ...ownAssociation(call), ...call.body };
			call.state.associations.set(association.id, association);
			return association;
		},
	}),
	route({
		method: 'DELETE',
		path: '/associations/:associationId',
		scope: 'associations.write',
		handle: (call) => {
			const { id } = ownAssociation(call);
			call.state.associations.delete(id);
			for (const [key, { associationId }] of call.state.relations) {
				if (associationId === id) call.state.relations.delete(key);
			}
			return { deleted: true, id, message: 'Association deleted successfully' };
		},
	}),
	route<RelationBody>({
		method: 'POST',
		path: '/associations/relations',
		scope: 'associations/relation.write',
		status: 201,
		body: closed(
			{
				locationId: requiredText,
				associationId: requiredText,
				firstRecordId: requiredText,
				secondRecordId: requiredText,
			},
			['locationId', 'associationId', 'firstRecordId', 'secondRecordId'],
		),
		handle: relate,
	}),
	route<
		unknown,
		Page & { associationIds?: string | string[]; 'associationIds[]'?: string | string[] }
	>({
		method: 'GET',
		path: '/associations/relations/:recordId',
		scope: 'associations/relation.readonly',
		query: closed({ ...page, associationIds: oneOrMore, 'associationIds[]': oneOrMore }, PAGE_KEYS),
		handle: ({ state, token, params, query }) => {
			const asked = [query.associationIds ?? query['associationIds[]'] ?? []].flat();
			const found = [...state.relations.values()]
				.filter(({ locationId }) => locationId === token.locationId)
				.filter(({ firstRecordId, secondRecordId }) =>
					[firstRecordId, secondRecordId].includes(params.recordId),
				)
				.filter(({ associationId }) => asked.length === 0 || asked.includes(associationId));
			return {
				relations: found.slice(query.skip, query.skip + query.limit),
				total: found.length,
			};
		},
	}),
	route({
		method: 'DELETE',
		path: '/associations/relations/:relationId',
		scope: 'associations/relation.write',
		query: ofLocation,
		handle: (call) => {
			const { state, token, params } = call;
			const relation = ownRecord(token, state.relations, 'Relation', params.relationId);
			state.relations.delete(relation.id);
			return relation;
		},
	}),
];
