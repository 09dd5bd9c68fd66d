import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { toMonthDayYear } from '../../engine/dates';
import {
	additionalFields,
	collection,
	field,
	flag,
	group,
	optional,
	required,
	text,
	updateFields,
} from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Call, Io, Recovered, Resource } from '../../engine/operation';
import { toList, isObject } from '../../engine/values';
import { opportunityPages, pagesFromOne } from '../calls/pages';
import { lookedUp } from '../calls/recover';
import { unlessOneExists, unlessThere } from '../calls/unlessThere';
import { contactPicker, lostReasonPicker, opportunityId, pipelinePicker } from '../editor/pickers';
import { opportunityCustomFields } from '../fields/customFieldColumns';
import { CUSTOM_FIELD_KEYS, customFieldsByName, nameCustomFields } from '../fields/customFields';
import {
	createDetails,
	name,
	searchFilters,
	stage,
	status,
	updateDetails,
	upsertDetails,
} from '../fields/opportunity';
import { nameStage } from '../fields/stageNames';

const SEARCH = 'GET /opportunities/search';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Reads the pipeline's opportunities since the day before the lost call, of the call's contact if it
 * named one. The time zone of HighLevel's days is not documented, hence the day before.
 */
function lostCall({ body = {} }: Call, io: Io, startedAt: number): Call {
	const dayBefore = new Date(startedAt - DAY_MS).toISOString().slice(0, 10);
	return callTo(SEARCH, {
		query: {
			location_id: io.account.values.locationId,
			pipeline_id: body.pipelineId,
			status: 'all',
			date: toMonthDayYear(dayBefore, 'UTC'),
			...(body.contactId && { contact_id: body.contactId }),
		},
		scope: 'opportunities.readonly',
	});
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
 * An upsert with an id is an update, and may be sent again. An opportunity that was made just before
 * and lacks a part of the lost call is updated by its id.
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

/** The fields of an upsert whose values the opportunity then holds unchanged. */
const WRITTEN = ['name', 'status', 'pipelineStageId', 'monetaryValue', 'assignedTo'];

/** Reads the open opportunities of the contact in the pipeline of a create. */
const openCall = ({ body = {} }: Call, io: Io): Call =>
	callTo(SEARCH, {
		query: {
			location_id: io.account.values.locationId,
			contact_id: body.contactId,
			pipeline_id: body.pipelineId,
			status: 'open',
			limit: 1,
		},
		scope: 'opportunities.readonly',
	});

/** The opportunity of an upsert, and whether the upsert created it (`new`). */
function readUpsert(record: IDataObject): IDataObject {
	const opportunity = isObject(record.opportunity) ? (record.opportunity as IDataObject) : {};
	return { ...opportunity, new: record.new };
}

const pipeline = required(pipelinePicker('body'));
const inQuery = { in: 'query' } as const;

/** The opportunity to update, if one is named. */
const optionalOpportunity = field(
	{
		...opportunityId.property,
		required: undefined,
		description:
			'The opportunity to update. Leave empty to update the contact’s opportunity in the pipeline, or create one.',
	},
	{ in: 'body', key: 'id' },
);

const INCLUDE = { displayName: 'Include', name: 'include', placeholder: 'Add Record' };
const APPOINTMENTS = 'Whether to add the appointments of the contact';
const NOTES = 'Whether to add the notes of the contact';
const TASKS = 'Whether to add the tasks of the contact';

const includeInList = collection(INCLUDE, [
	flag('Appointments', 'getCalendarEvents', APPOINTMENTS, inQuery),
	flag('Notes', 'getNotes', NOTES, inQuery),
	flag('Tasks', 'getTasks', TASKS, inQuery),
]);

const includeInSearch = group(INCLUDE, 'additionalDetails', [
	flag('Appointments', 'calendarEvents', APPOINTMENTS),
	flag('Notes', 'notes', NOTES),
	flag('Tasks', 'tasks', TASKS),
	flag(
		'Unread Conversations',
		'unReadConversations',
		'Whether to add the conversations of the contact that hold unread messages',
	),
]);

/** The fields that Simplify leaves, and the custom fields: under their names where asked for. */
const SIMPLE = [
	...toList('id, name, status, monetaryValue, pipelineName, pipelineStageName'),
	...toList('pipelineId, pipelineStageId'),
	...toList('contactId, assignedTo, createdAt, updatedAt'),
	...CUSTOM_FIELD_KEYS,
];

const ofLocation = verbs('opportunity', {
	article: 'an',
	plural: 'opportunities',
	path: '/opportunities/{id}',
	listPath: '/opportunities/',
	id: opportunityId,
	scope: 'opportunities',
	result: 'opportunity',
	reads: {
		options: [customFieldsByName],
		simple: SIMPLE,
		finish: async (record, io) =>
			await nameStage(await nameCustomFields(record, io, 'opportunity'), io),
	},
});

const create = ofLocation.create({
	description:
		'Create an opportunity for a contact in a pipeline and return it. If the location allows no duplicates, a contact can have only one opportunity per pipeline.',
	body: { locationId: '{locationId}' },
	fields: [
		contactPicker('body'),
		required(name),
		pipeline,
		stage,
		status,
		opportunityCustomFields,
		additionalFields([
			...createDetails,
			unlessOneExists('the open opportunity of the contact in the pipeline'),
		]),
	],
	recover: recoverCreate,
});

export const opportunity: Resource = {
	value: 'opportunity',
	name: 'Opportunity',
	operations: [
		unlessThere({ rows: 'opportunities', isLike: () => true, list: openCall }, create),
		ofLocation.other('POST /opportunities/upsert', {
			value: 'upsert',
			name: 'Create or Update',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
			body: {
				locationId: '{locationId}',
				// HighLevel requires these three on every call.
				followers: [],
				isRemoveAllFollowers: false,
				followersActionType: 'add',
			},
			fields: [
				optionalOpportunity,
				optional(contactPicker('body')),
				pipeline,
				stage,
				additionalFields(upsertDetails),
			],
			result: undefined,
			finish: readUpsert,
			recover: recoverUpsert,
		}),
		ofLocation.delete({ description: 'Delete an opportunity permanently; its contact is kept' }),
		ofLocation.get(),
		ofLocation.getMany({
			route: SEARCH,
			description:
				'Get opportunities, filtered by pipeline, stage, status, contact, owner or creation date',
			query: { location_id: '{locationId}' },
			fields: [
				text('Search Text', 'textQuery', {
					...inQuery,
					key: 'q',
					placeholder: 'e.g. website',
					description: 'Searches names and contacts, and also finds similar ones',
				}),
				searchFilters,
				includeInList,
			],
			pages: opportunityPages,
			simple: [...SIMPLE, 'notes', 'tasks', 'calendarEvents'],
		}),
		ofLocation.other('POST /opportunities/search', {
			value: 'search',
			action: 'Search opportunities',
			description:
				'Find opportunities by text, optionally with unread conversations. For filters use Get Many.',
			writes: false,
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
			fields: [text('Search Text', 'query', { placeholder: 'e.g. website' }), includeInSearch],
			pages: pagesFromOne(100, 'opportunities'),
			simple: [...SIMPLE, 'notes', 'tasks', 'calendarEvents', 'unReadConversations'],
		}),
		ofLocation.update({
			description:
				'Change fields of an opportunity, such as its stage, and return it; fields you leave out keep their values',
			fields: [opportunityCustomFields, updateFields(updateDetails)],
		}),
		ofLocation.other('PUT /opportunities/{id}/status', {
			value: 'updateStatus',
			action: 'Update the status of an opportunity',
			description:
				'Mark an opportunity as open, won, lost (with the reason) or abandoned; returns its ID and status',
			fields: [opportunityId, status, additionalFields([lostReasonPicker])],
			result: undefined,
			// HighLevel says no more than that it was done.
			finish: (_record, io) => ({
				id: io.parameter('opportunityId') as string,
				status: io.parameter('status') as string,
			}),
		}),
	],
};
