import type { SandboxState } from '../state';
import { fullName } from './contactWrites';
import type { CustomFieldValue, Opportunity } from './records';
import { route } from './route';
import type { Call, Route } from './route';
import {
	closed,
	flag,
	formatted,
	listOf,
	number,
	oneOf,
	requiredText,
	text,
	wholeNumber,
} from './validate';

/** The contact stands beside its id; custom values are in the form that the route gives them. */
function view(state: SandboxState, opportunity: Opportunity, customFields: object): object {
	const contact = state.contacts.get(opportunity.contactId);
	return {
		...opportunity,
		customFields: undefined,
		...customFields,
		lastActionDate: opportunity.updatedAt,
		indexVersion: '1',
		contact: contact && {
			id: contact.id,
			name: fullName(contact),
			companyName: contact.companyName,
			email: contact.email,
			phone: contact.phone,
			tags: contact.tags,
		},
	};
}

/** As the routes of one opportunity answer it. */
export function opportunityView(state: SandboxState, opportunity: Opportunity): object {
	return view(state, opportunity, { customFields: opportunity.customFields.map(plainValue) });
}

/** As the API description has a custom value. */
const plainValue = ({ id, value }: CustomFieldValue): object => ({ id, fieldValue: value });

/**
 * A custom value as the search by GET was seen to give it (highlevel-api-docs issue 87): under a
 * key that goes with the type of its field, and not under `fieldValue`.
 */
function typedValue(state: SandboxState, { id, value }: CustomFieldValue): object {
	switch (state.customFields.get(id)?.dataType) {
		case 'NUMERICAL':
		case 'MONETORY':
			return { id, type: 'number', fieldValueNumber: value };
		case 'DATE':
			return { id, type: 'date', fieldValueDate: Date.parse(String(value)) };
		case 'FILE_UPLOAD':
			return { id, type: 'file', fieldValueFiles: value };
		default:
			return Array.isArray(value)
				? { id, type: 'array', fieldValueArray: value }
				: { id, type: 'string', fieldValueString: value };
	}
}

interface Details {
	notes?: boolean;
	tasks?: boolean;
	calendarEvents?: boolean;
}

/** A row of a search, with what was asked for of the contact's own records. */
function row(
	state: SandboxState,
	opportunity: Opportunity,
	customFields: object,
	details: Details,
): object {
	const ofContact = <T extends { contactId: string }>(records: Map<string, T>): T[] =>
		[...records.values()].filter(({ contactId }) => contactId === opportunity.contactId);
	return {
		...view(state, opportunity, customFields),
		...(details.notes && { notes: ofContact(state.notes) }),
		...(details.tasks && { tasks: ofContact(state.tasks) }),
		...(details.calendarEvents && { calendarEvents: ofContact(state.appointments) }),
	};
}

const newestFirst = (a: Opportunity, b: Opportunity): number =>
	b.createdAt.localeCompare(a.createdAt) || (a.id < b.id ? -1 : 1);

function matchesText(state: SandboxState, opportunity: Opportunity, query = ''): boolean {
	const contact = state.contacts.get(opportunity.contactId);
	return [opportunity.name, contact && fullName(contact), contact?.email, contact?.phone]
		.join(' ')
		.toLowerCase()
		.includes(query.toLowerCase());
}

/** The names on the wire are as mixed as this. */
interface SearchQuery {
	location_id: string;
	pipeline_id?: string;
	pipeline_stage_id?: string;
	contact_id?: string;
	assigned_to?: string;
	status?: string;
	q?: string;
	id?: string;
	order?: string;
	date?: string;
	endDate?: string;
	page?: number;
	limit?: number;
	startAfter?: string;
	startAfterId?: string;
	campaignId?: string;
	country?: string;
	getTasks?: boolean;
	getNotes?: boolean;
	getCalendarEvents?: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The start of a day given as mm-dd-yyyy, in UTC. */
function dayStart(date: string): number {
	const [month, day, year] = date.split('-').map(Number);
	return Date.UTC(year, month - 1, day);
}

function matches(state: SandboxState, opportunity: Opportunity, query: SearchQuery): boolean {
	const created = Date.parse(opportunity.createdAt);
	const equal: Array<[asked: string | undefined, has: string | undefined]> = [
		[query.location_id, opportunity.locationId],
		[query.pipeline_id, opportunity.pipelineId],
		[query.pipeline_stage_id, opportunity.pipelineStageId],
		[query.contact_id, opportunity.contactId],
		[query.assigned_to, opportunity.assignedTo],
		[query.status === 'all' ? undefined : query.status, opportunity.status],
		[query.id, opportunity.id],
		[query.country, state.contacts.get(opportunity.contactId)?.country],
	];
	const campaign = state.marketingCampaigns.get(query.campaignId ?? '');
	return (
		equal.every(([asked, has]) => asked === undefined || asked === has) &&
		(query.campaignId === undefined || campaign?.contactIds.has(opportunity.contactId) === true) &&
		(query.date === undefined || created >= dayStart(query.date)) &&
		(query.endDate === undefined || created < dayStart(query.endDate) + DAY_MS) &&
		matchesText(state, opportunity, query.q)
	);
}

/** By page, or on from the last row of the page before: `startAfter` (epoch ms) and its id. */
function search({ state, query, baseUrl }: Call<unknown, SearchQuery>): object {
	const { page = 1, limit = 20, startAfter, startAfterId } = query;
	const found = [...state.opportunities.values()]
		.filter((opportunity) => matches(state, opportunity, query))
		.sort(query.order === 'added_asc' ? (a, b) => newestFirst(b, a) : newestFirst);
	const behind = found.findIndex(
		({ id, createdAt }) => id === startAfterId && Date.parse(createdAt) === Number(startAfter),
	);
	const start = behind === -1 ? (page - 1) * limit : behind + 1;
	const rows = found.slice(start, start + limit);
	const last = rows.at(-1);
	const more = start + limit < found.length;
	const currentPage = Math.floor(start / limit) + 1;
	const cursor = last && {
		startAfterId: last.id,
		startAfter: Date.parse(last.createdAt),
	};
	const next = new URLSearchParams({
		...textValues({ ...query, page: undefined }),
		...textValues({ ...cursor }),
		page: String(currentPage + 1),
	});
	const details = {
		notes: query.getNotes,
		tasks: query.getTasks,
		calendarEvents: query.getCalendarEvents,
	};
	return {
		opportunities: rows.map((opportunity) => {
			const customFields = opportunity.customFields.map((value) => typedValue(state, value));
			return row(state, opportunity, { customFields }, details);
		}),
		meta: {
			total: found.length,
			...cursor,
			currentPage,
			...(more && {
				nextPage: currentPage + 1,
				nextPageUrl: `${baseUrl}/opportunities/search?${next}`,
			}),
			...(currentPage > 1 && { prevPage: currentPage - 1 }),
		},
		aggregations: {},
	};
}

const textValues = (values: object): Record<string, string> =>
	Object.fromEntries(
		Object.entries(values)
			.filter(([, value]) => value !== undefined)
			.map(([name, value]) => [name, String(value)]),
	);

interface AdvancedSearch {
	locationId: string;
	query: string;
	limit: number;
	page: number;
	searchAfter: unknown[];
	additionalDetails: Details & { unReadConversations: boolean };
}

function advancedSearch({ state, body }: Call<AdvancedSearch, unknown>): object {
	const { locationId, query, limit, page, searchAfter, additionalDetails } = body;
	const found = [...state.opportunities.values()]
		.filter((opportunity) => opportunity.locationId === locationId)
		.filter((opportunity) => matchesText(state, opportunity, query))
		.sort(newestFirst);
	const behind = found.findIndex(({ id }) => id === searchAfter.at(-1));
	const start = behind === -1 ? (page - 1) * limit : behind + 1;
	return {
		opportunities: found.slice(start, start + limit).map((opportunity) => {
			const values = opportunity.customFields;
			const both = values.map((value) => ({ ...plainValue(value), ...typedValue(state, value) }));
			// Under this name here alone.
			return row(state, opportunity, { custom_fields: both }, additionalDetails);
		}),
		total: found.length,
		aggregations: {},
	};
}

export const opportunitySearch: Route[] = [
	route<unknown, SearchQuery>({
		method: 'GET',
		path: '/opportunities/search',
		scope: 'opportunities.readonly',
		query: closed(
			{
				location_id: requiredText,
				pipeline_id: text,
				pipeline_stage_id: text,
				contact_id: text,
				assigned_to: text,
				status: oneOf('open', 'won', 'lost', 'abandoned', 'all'),
				q: text,
				id: text,
				order: text,
				date: formatted('month-day-year'),
				endDate: formatted('month-day-year'),
				page: wholeNumber(1),
				limit: wholeNumber(1, 100),
				startAfter: formatted('epoch-ms'),
				startAfterId: text,
				campaignId: text,
				country: text,
				getTasks: flag,
				getNotes: flag,
				getCalendarEvents: flag,
			},
			['location_id'],
		),
		handle: search,
	}),
	// All of it is required, says the API description.
	route<AdvancedSearch>({
		method: 'POST',
		path: '/opportunities/search',
		scope: 'opportunities.readonly',
		body: closed(
			{
				locationId: requiredText,
				query: text,
				limit: wholeNumber(1, 100),
				page: wholeNumber(1),
				searchAfter: listOf({ ...number, type: ['string', 'number'] }),
				additionalDetails: closed(
					{ notes: flag, tasks: flag, calendarEvents: flag, unReadConversations: flag },
					['notes', 'tasks', 'calendarEvents', 'unReadConversations'],
				),
			},
			['locationId', 'query', 'limit', 'page', 'searchAfter', 'additionalDetails'],
		),
		handle: advancedSearch,
	}),
];
