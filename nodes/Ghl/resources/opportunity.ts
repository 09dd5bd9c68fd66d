import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/call/errors';
import { toMonthDayYear } from '../../engine/dates';
import { collection, flag, group, optional, required, text } from '../../engine/describe/fields';
import type { Call, Io, Operation, Recovered, Resource } from '../../engine/operation';
import { numberedPages } from '../../engine/call/paginate';
import { opportunityCustomFields } from '../fields/customFieldMapper';
import {
	CUSTOM_FIELD_KEYS,
	customFieldsByName,
	nameCustomFields,
} from '../fields/customFieldValues';
import {
	createDetails,
	name,
	searchFilters,
	stage,
	status,
	updateDetails,
	upsertDetails,
} from '../fields/opportunity';
import { opportunityPages } from '../calls/pages';
import { contactPicker, lostReasonPicker, opportunityId, pipelinePicker } from '../editor/pickers';
import { deleted, needsAChange } from '../fields/records';
import { lookedUp } from '../calls/recover';

const SEARCH = '/opportunities/search';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Opportunities of the pipeline since the day before the lost call, and of the contact where it named
 * one. In which time zone HighLevel's days are is not documented.
 */
function lostCall({ body = {} }: Call, io: Io, startedAt: number): Call {
	return {
		method: 'GET',
		template: SEARCH,
		path: SEARCH,
		query: {
			location_id: io.account.values.locationId,
			pipeline_id: body.pipelineId,
			status: 'all',
			date: toMonthDayYear(new Date(startedAt - DAY_MS).toISOString().slice(0, 10), 'UTC'),
			...(body.contactId && { contact_id: body.contactId }),
		},
		repeatable: true,
		scope: 'opportunities.readonly',
	};
}

/** How long a search may not show a new record, in ms: seconds, for contacts (docs/apis/highlevel.md#contact-search). */
const SEARCH_LAG_MS = 6_000;

const recoverCreate = lookedUp({
	pages: opportunityPages,
	read: lostCall,
	added: 'createdAt',
	fits: ({ name: found }, { body = {} }) => {
		if (body.name !== undefined) return found === body.name;
		return body.contactId ? true : 'maybe';
	},
	body: (opportunity) => ({ opportunity, new: true }),
	lagMs: SEARCH_LAG_MS,
});

/**
 * With an id it is an update, which may be sent again. One that was made just before and lacks what
 * the lost call says is updated by its id.
 */
async function recoverUpsert(call: Call, io: Io, startedAt: number): Promise<Recovered> {
	const { body = {} } = call;
	if (body.id) return 'not done';
	const found = await recoverCreate(call, io, startedAt);
	if (typeof found === 'string') return found;
	const opportunity = readUpsert(found.body as IDataObject);
	const sent = Object.keys(body).filter((key) => WRITTEN.includes(key));
	if (sent.every((key) => opportunity[key] === body[key])) return found;
	return await io.send({ ...call, body: { ...body, id: opportunity.id } });
}

/** What an upsert writes that the opportunity then says in the same words. */
const WRITTEN = ['name', 'status', 'pipelineStageId', 'monetaryValue', 'assignedTo'];

/** Which opportunity an upsert met, and whether it made it. */
function readUpsert(record: IDataObject): IDataObject {
	const opportunity = isObject(record.opportunity) ? (record.opportunity as IDataObject) : {};
	return { ...opportunity, new: record.new };
}

const finish = async (record: IDataObject, io: Io) =>
	await nameCustomFields(record, io, 'opportunity');

/** What Simplify leaves of an opportunity, and its custom fields: under their names where asked for. */
const SIMPLE = [
	'id',
	'name',
	'status',
	'monetaryValue',
	'pipelineId',
	'pipelineStageId',
	'contactId',
	'assignedTo',
	'createdAt',
	'updatedAt',
	...CUSTOM_FIELD_KEYS,
];

/** What all reads of opportunities have. */
const reads: Pick<Operation, 'scope' | 'writes' | 'options' | 'simple' | 'finish'> = {
	scope: 'opportunities.readonly',
	writes: false,
	options: [customFieldsByName],
	simple: SIMPLE,
	finish,
};

const pipeline = required(pipelinePicker('body'));
const additional = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	placeholder: 'Add Field',
};
const include = { displayName: 'Include', name: 'include', placeholder: 'Add Record' };
const withNotes = 'Whether to add the notes of the contact';
const withTasks = 'Whether to add the tasks of the contact';
const withEvents = 'Whether to add the appointments of the contact';
const inQuery = { in: 'query' } as const;

export const opportunity: Resource = {
	value: 'opportunity',
	name: 'Opportunity',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create an opportunity',
			description:
				'Create an opportunity for a contact in a pipeline. Where the location allows no duplicates, a second one in the same pipeline is refused.',
			request: { method: 'POST', path: '/opportunities/', body: { locationId: '{locationId}' } },
			scope: 'opportunities.write',
			writes: true,
			fields: [
				contactPicker('body'),
				required(name),
				pipeline,
				stage,
				status,
				opportunityCustomFields,
				collection(additional, createDetails),
			],
			result: 'opportunity',
			recover: recoverCreate,
		},
		{
			value: 'upsert',
			name: 'Create or Update',
			action: 'Create or update an opportunity',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
			request: {
				method: 'POST',
				path: '/opportunities/upsert',
				body: {
					locationId: '{locationId}',
					// HighLevel wants these three on every call.
					followers: [],
					isRemoveAllFollowers: false,
					followersActionType: 'add',
				},
			},
			scope: 'opportunities.write',
			writes: true,
			fields: [
				{
					property: {
						...opportunityId.property,
						required: undefined,
						description:
							'The one to update. Leave it empty to go by the contact: the one that it has in the pipeline is updated, or a new one is created for it.',
					},
					send: { in: 'body', key: 'id' },
				},
				optional(contactPicker('body')),
				pipeline,
				stage,
				collection(additional, upsertDetails),
			],
			finish: readUpsert,
			recover: recoverUpsert,
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete an opportunity',
			description: 'Delete an opportunity for good; its contact stays',
			request: { method: 'DELETE', path: '/opportunities/{id}' },
			scope: 'opportunities.write',
			writes: true,
			fields: [opportunityId],
			finish: deleted,
		},
		{
			...reads,
			value: 'get',
			name: 'Get',
			action: 'Get an opportunity',
			description: 'Get one opportunity by its ID',
			request: { method: 'GET', path: '/opportunities/{id}' },
			fields: [opportunityId],
			result: 'opportunity',
		},
		{
			...reads,
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many opportunities',
			description:
				'Get opportunities with filters: pipeline, stage, status, contact, owner, day of creation',
			request: { method: 'GET', path: SEARCH, query: { location_id: '{locationId}' } },
			fields: [
				text('Search Text', 'textQuery', {
					...inQuery,
					key: 'q',
					placeholder: 'e.g. website',
					description: 'Looks through names and contacts, and finds similar ones too',
				}),
				searchFilters,
				collection(include, [
					flag('Appointments', 'getCalendarEvents', withEvents, inQuery),
					flag('Notes', 'getNotes', withNotes, inQuery),
					flag('Tasks', 'getTasks', withTasks, inQuery),
				]),
			],
			pages: opportunityPages,
			simple: [...SIMPLE, 'notes', 'tasks', 'calendarEvents'],
		},
		{
			...reads,
			value: 'search',
			name: 'Search',
			action: 'Search opportunities',
			description:
				'Find opportunities by a text, with unread conversations if wanted. For filters use Get Many.',
			request: {
				method: 'POST',
				path: SEARCH,
				repeatable: true,
				// HighLevel's description requires all of these.
				body: {
					locationId: '{locationId}',
					query: '',
					searchAfter: [],
					additionalDetails: {
						notes: false,
						tasks: false,
						calendarEvents: false,
						unReadConversations: false,
					},
				},
			},
			fields: [
				text('Search Text', 'query', { placeholder: 'e.g. website' }),
				group(include, 'additionalDetails', [
					flag('Appointments', 'calendarEvents', withEvents),
					flag('Notes', 'notes', withNotes),
					flag('Tasks', 'tasks', withTasks),
					flag(
						'Unread Conversations',
						'unReadConversations',
						'Whether to add the conversations of the contact that hold unread messages',
					),
				]),
			],
			pages: numberedPages(100, 'opportunities'),
			simple: [...SIMPLE, 'notes', 'tasks', 'calendarEvents', 'unReadConversations'],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update an opportunity',
			description: 'Change some fields of an opportunity, such as its stage; the others stay',
			request: { method: 'PUT', path: '/opportunities/{id}' },
			scope: 'opportunities.write',
			writes: true,
			fields: [
				opportunityId,
				opportunityCustomFields,
				collection(
					{ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' },
					updateDetails,
				),
			],
			check: needsAChange,
			result: 'opportunity',
		},
		{
			value: 'updateStatus',
			name: 'Update Status',
			action: 'Update the status of an opportunity',
			description: 'Mark an opportunity as open, won, lost (with the reason) or abandoned',
			request: { method: 'PUT', path: '/opportunities/{id}/status' },
			scope: 'opportunities.write',
			writes: true,
			fields: [opportunityId, status, collection(additional, [lostReasonPicker])],
			// HighLevel says no more than that it was done.
			finish: (_record, io) => ({
				id: io.parameter('opportunityId') as string,
				status: io.parameter('status') as string,
			}),
		},
	],
};
