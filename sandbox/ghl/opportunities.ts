import type { SandboxState } from '../state';
import { storedValue } from './contactWrites';
import { badRequest, notFound, unprocessable } from './errors';
import { added, followersBody, removed } from './followers';
import type { Followers } from './followers';
import { opportunityView } from './opportunitySearch';
import type { CustomFieldValue, Opportunity } from './records';
import { checkUser, createdOrUpdated, ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, flag, listOf, number, oneOf, requiredText, text, wholeNumber } from './validate';
import type { Schema } from './validate';

type Status = Opportunity['status'] | 'all';

interface OpportunityBody {
	pipelineId?: string;
	name?: string;
	pipelineStageId?: string;
	status?: Status;
	monetaryValue?: number;
	assignedTo?: string;
	lostReasonId?: string;
	customFields?: Array<{ id?: string; key?: string; field_value?: unknown; fieldValue?: unknown }>;
}

const status = oneOf('open', 'won', 'lost', 'abandoned', 'all');
const fields: Record<string, Schema> = {
	pipelineId: text,
	name: text,
	pipelineStageId: text,
	status,
	monetaryValue: number,
	assignedTo: text,
	customFields: listOf(closed({ id: text, key: text, field_value: {}, fieldValue: {} })),
};

const opportunityOf = ({ state, token, params }: Call<unknown, unknown>): Opportunity =>
	ownRecord(token, state.opportunities, 'Opportunity', params.id);

/** The opportunity with a write applied. Keys that were not sent stay. */
function written(
	call: Call<OpportunityBody, unknown>,
	opportunity: Opportunity,
	body: OpportunityBody = call.body,
): Opportunity {
	const { state, token } = call;
	const now = new Date().toISOString();
	checkUser(call, body.assignedTo);
	const pipeline = ownRecord(
		token,
		state.pipelines,
		'Pipeline',
		body.pipelineId ?? opportunity.pipelineId,
	);
	const moved = pipeline.id !== opportunity.pipelineId;
	const stageId = body.pipelineStageId ?? (moved ? undefined : opportunity.pipelineStageId);
	const stage = stageId ? pipeline.stages.find(({ id }) => id === stageId) : pipeline.stages[0];
	if (stage === undefined) throw notFound('Pipeline stage', String(stageId));
	const newStatus = body.status ?? opportunity.status;
	// The API description lists it for writes too, where it has no meaning.
	if (newStatus === 'all') throw badRequest('Invalid status all');
	return {
		...opportunity,
		pipelineId: pipeline.id,
		pipelineStageId: stage.id,
		status: newStatus,
		name: body.name ?? opportunity.name,
		monetaryValue: body.monetaryValue ?? opportunity.monetaryValue,
		assignedTo: body.assignedTo ?? opportunity.assignedTo,
		lostReasonId: body.lostReasonId ?? opportunity.lostReasonId,
		customFields: mergedCustomFields(state, opportunity, body.customFields ?? []),
		lastStatusChangeAt: newStatus === opportunity.status ? opportunity.lastStatusChangeAt : now,
		lastStageChangeAt:
			stage.id === opportunity.pipelineStageId ? opportunity.lastStageChangeAt : now,
		updatedAt: now,
	};
}

/** As those of a contact: merges by id, an empty text clears, fields that no opportunity has are dropped. */
function mergedCustomFields(
	state: SandboxState,
	{ locationId, customFields }: Opportunity,
	given: NonNullable<OpportunityBody['customFields']>,
): CustomFieldValue[] {
	const values = new Map(customFields.map(({ id, value }) => [id, value]));
	for (const { id, key, field_value: fieldValue, ...other } of given) {
		const field = [...state.customFields.values()].find(
			(candidate) =>
				candidate.locationId === locationId &&
				candidate.model === 'opportunity' &&
				(candidate.id === id || [key, `opportunity.${key}`].includes(candidate.fieldKey)),
		);
		if (field === undefined) continue;
		const value = storedValue(field.dataType, fieldValue ?? other.fieldValue);
		if (value === undefined) values.delete(field.id);
		else values.set(field.id, value);
	}
	return [...values].map(([id, value]) => ({ id, value }));
}

function newOpportunity(
	{ state }: Call<unknown, unknown>,
	{ locationId, contactId }: { locationId: string; contactId: string },
): Opportunity {
	const now = new Date().toISOString();
	return {
		id: state.ids.next('opportunity'),
		locationId,
		contactId,
		pipelineId: '',
		pipelineStageId: '',
		name: '',
		status: 'open',
		source: 'public api',
		customFields: [],
		followers: [],
		lastStatusChangeAt: now,
		lastStageChangeAt: now,
		createdAt: now,
		updatedAt: now,
	};
}

function saved({ state }: Call<unknown, unknown>, opportunity: Opportunity): object {
	state.opportunities.set(opportunity.id, opportunity);
	return { opportunity: opportunityView(state, opportunity) };
}

interface CreateBody extends OpportunityBody {
	locationId: string;
	contactId: string;
}

/** That a location may refuse a second one in a pipeline is documented, the answer is not. */
function create(call: Call<CreateBody, unknown>): object {
	const { state, settings, token, body } = call;
	const contact = ownRecord(token, state.contacts, 'Contact', body.contactId);
	const twin = [...state.opportunities.values()].some(
		({ contactId, pipelineId }) => contactId === contact.id && pipelineId === body.pipelineId,
	);
	if (twin && !settings.allowDuplicateOpportunity) {
		throw badRequest('Can not create duplicate opportunity for the contact.');
	}
	return saved(call, written(call, newOpportunity(call, body)));
}

interface UpsertBody extends OpportunityBody {
	id?: string;
	locationId: string;
	contactId?: string;
	followers?: string[];
	isRemoveAllFollowers?: boolean;
	followersActionType?: 'add' | 'remove';
}

/**
 * Updates the opportunity with the id, or the contact's in the pipeline, or makes one for the contact.
 * `contactId` was required until May 2026 and is not in the API description since, whose words for
 * `followers` are "contactId": a contact among them counts as well, and the others are followers. What
 * becomes of a call that names nobody is not documented; here nobody's opportunity is not made.
 */
function upsert(call: Call<UpsertBody, unknown>): object {
	const { state, token, body } = call;
	const { id, locationId, pipelineId, followers: given = [] } = body;
	const contactId = body.contactId ?? given.find((one) => state.contacts.has(one));
	if (contactId !== undefined) ownRecord(token, state.contacts, 'Contact', contactId);
	const match =
		id === undefined
			? [...state.opportunities.values()].find(
					(one) => one.contactId === contactId && one.pipelineId === pipelineId,
				)
			: ownRecord(token, state.opportunities, 'Opportunity', id);
	if (match === undefined && contactId === undefined) {
		throw unprocessable(['contactId should not be empty']);
	}
	const old = match ?? newOpportunity(call, { locationId, contactId: String(contactId) });
	const kept = body.isRemoveAllFollowers ? [] : old.followers;
	const named = { ...call, body: { followers: given.filter((one) => one !== contactId) } };
	const { followers } = (body.followersActionType === 'remove' ? removed : added)(named, kept);
	return { ...saved(call, { ...written(call, old), followers }), new: match === undefined };
}

interface LostReasonQuery {
	locationId: string;
	name?: string;
	query?: string;
	deleted?: boolean;
	skip?: number;
	limit?: number;
	getCount?: boolean;
}

function lostReasons({ state, query }: Call<unknown, LostReasonQuery>): object {
	const { locationId, name, skip = 0, limit = 100, deleted = false, getCount } = query;
	const found = [...state.lostReasons.values()].filter(
		(reason) =>
			!deleted &&
			reason.locationId === locationId &&
			reason.name === (name ?? reason.name) &&
			reason.name.toLowerCase().includes((query.query ?? '').toLowerCase()),
	);
	return {
		lostReasons: found.slice(skip, skip + limit),
		...(getCount && { total: found.length }),
	};
}

/** Saves the opportunity with the followers of the answer. */
function followed<Answer extends Followers>(
	call: Call<unknown, unknown>,
	opportunity: Opportunity,
	answer: Answer,
): Answer {
	const { followers } = answer;
	saved(call, { ...opportunity, followers, updatedAt: new Date().toISOString() });
	return answer;
}

export const opportunities: Route[] = [
	route<unknown, LostReasonQuery>({
		method: 'GET',
		path: '/opportunities/lost-reason',
		scope: 'opportunities.readonly',
		query: closed(
			{
				locationId: requiredText,
				name: text,
				query: text,
				deleted: flag,
				skip: wholeNumber(0),
				limit: wholeNumber(1),
				getCount: flag,
			},
			['locationId'],
		),
		handle: lostReasons,
	}),
	route<CreateBody>({
		method: 'POST',
		path: '/opportunities/',
		scope: 'opportunities.write',
		status: 201,
		body: closed(
			{
				...fields,
				pipelineId: requiredText,
				locationId: requiredText,
				name: requiredText,
				contactId: requiredText,
			},
			['pipelineId', 'locationId', 'name', 'status', 'contactId'],
		),
		handle: create,
	}),
	route<UpsertBody>({
		method: 'POST',
		path: '/opportunities/upsert',
		scope: 'opportunities.write',
		status: createdOrUpdated,
		// The API description requires the three about followers; four of five clients send none.
		body: closed(
			{
				id: text,
				contactId: requiredText,
				pipelineId: requiredText,
				locationId: requiredText,
				followers: listOf(requiredText),
				isRemoveAllFollowers: flag,
				followersActionType: oneOf('add', 'remove'),
				name: text,
				status,
				pipelineStageId: text,
				monetaryValue: number,
				assignedTo: text,
				lostReasonId: text,
			},
			['pipelineId', 'locationId'],
		),
		handle: upsert,
	}),
	route({
		method: 'GET',
		path: '/opportunities/:id',
		scope: 'opportunities.readonly',
		handle: (call) => ({ opportunity: opportunityView(call.state, opportunityOf(call)) }),
	}),
	route<OpportunityBody>({
		method: 'PUT',
		path: '/opportunities/:id',
		scope: 'opportunities.write',
		body: closed(fields),
		handle: (call) => saved(call, written(call, opportunityOf(call))),
	}),
	route<{ status: Status; lostReasonId?: string }>({
		method: 'PUT',
		path: '/opportunities/:id/status',
		scope: 'opportunities.write',
		body: closed({ status, lostReasonId: text }, ['status']),
		handle: (call) => {
			saved(call, written(call, opportunityOf(call)));
			return { succeded: true };
		},
	}),
	route({
		method: 'DELETE',
		path: '/opportunities/:id',
		scope: 'opportunities.write',
		handle: (call) => {
			call.state.opportunities.delete(opportunityOf(call).id);
			return { succeded: true };
		},
	}),
	route<Followers>({
		method: 'POST',
		path: '/opportunities/:id/followers',
		scope: 'opportunities.write',
		status: 201,
		body: followersBody,
		handle: (call) => {
			const opportunity = opportunityOf(call);
			return followed(call, opportunity, added(call, opportunity.followers));
		},
	}),
	route<Followers, { isRemoveAllFollowers?: boolean }>({
		method: 'DELETE',
		path: '/opportunities/:id/followers',
		scope: 'opportunities.write',
		query: closed({ isRemoveAllFollowers: flag }),
		body: followersBody,
		handle: (call) => {
			const opportunity = opportunityOf(call);
			const named = call.query.isRemoveAllFollowers ? opportunity : call.body;
			return followed(call, opportunity, removed({ ...call, body: named }, opportunity.followers));
		},
	}),
];
