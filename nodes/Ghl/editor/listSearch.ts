import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { isObject, matching, rowsOf, unwrap } from '../../engine/values';
import { callTo } from '../../engine/call/callTo';
import type { Route, PageStyle } from '../../engine/operation';
import { isBefore, lacksList, readPages } from '../../engine/call/paginate';
import { listCall, listRows, type ListName } from '../calls/lists';
import {
	businessPages,
	conversationPages,
	formPages,
	lostReasonPages,
	opportunityPages,
	surveyPages,
} from '../calls/pages';
import { ask, asking } from './ask';
import { searchCountries } from './countries';
import { searchLocations } from './locations';
import { searchAssociations, searchObjects, searchRecords } from './objectPickers';
import { recordSearch } from './recordSearch';
import { searchTagNames } from './tagSearch';
import { userLabel } from './userLabel';

type Label = (row: IDataObject) => string;

/** The searches behind the node's pickers in the editor. */
export const listSearch = {
	searchAssociations,
	...recordSearch,
	searchTagNames,
	searchLocations,
	searchObjects,
	searchRecords,

	async searchContacts(
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const body: IDataObject = { pageLimit: 50 };
		if (filter) body.query = filter.slice(0, 75); // the longest that HighLevel takes
		if (paginationToken) body.searchAfter = JSON.parse(paginationToken) as IDataObject[];
		const answer = await ask(this, (locationId) =>
			callTo('POST /contacts/search', {
				body: { locationId, ...body },
				repeatable: true,
				scope: 'contacts.readonly',
				lacks: lacksList('contacts', paginationToken ? undefined : 0),
			}),
		);
		const rows = rowsOf(answer, 'contacts');
		const last = rows[rows.length - 1]?.searchAfter;
		return {
			results: rows.map((row) => ({ name: contactLabel(row), value: String(row.id) })),
			paginationToken: rows.length === 50 && last ? JSON.stringify(last) : undefined,
		};
	},

	/** The stages of the pipeline that is chosen in the same collection or at the top. */
	async searchPipelineStages(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const chosen = ['&pipelineId', 'pipelineId']
			.map((name) => unwrap(this.getCurrentNodeParameter(name)))
			.find((id) => typeof id === 'string' && id !== '');
		const body = await ask(this, (locationId) => listCall('pipelines', locationId));
		const all = listRows('pipelines', body);
		const own = all.filter(({ id }) => id === chosen);
		const stages = (own.length > 0 ? own : all).flatMap((pipeline) =>
			rowsOf(pipeline, 'stages').map((stage) => ({
				name: own.length > 0 ? nameOf(stage) : `${nameOf(pipeline)}: ${nameOf(stage)}`,
				value: String(stage.id),
			})),
		);
		return { results: stages.filter(matching(filter)) }; // in the order of the pipeline
	},

	searchConversations: searchBy(
		'conversations',
		conversationPages,
		['GET /conversations/search', 'conversations.readonly'],
		{ location: 'locationId', text: 'query' },
		conversationLabel,
	),
	searchLostReasons: searchBy(
		'lostReasons',
		lostReasonPages,
		['GET /opportunities/lost-reason', 'opportunities.readonly'],
		{ location: 'locationId', text: 'query' },
		nameOf,
	),
	searchOpportunities: searchBy(
		'opportunities',
		opportunityPages,
		['GET /opportunities/search', 'opportunities.readonly'],
		{ location: 'location_id', text: 'q' },
		opportunityLabel,
	),

	searchBusinesses: searchAll(['GET /businesses/', 'businesses.readonly'], businessPages),
	searchForms: searchAll(['GET /forms/', 'forms.readonly'], formPages),
	searchSurveys: searchAll(['GET /surveys/', 'surveys.readonly'], surveyPages),

	/** Businesses by name, for filters, which go by it. */
	async searchBusinessNames(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		return foundNames(await readBusinesses(this), filter);
	},

	searchCountries,

	searchAllCustomFields: searchIn('allCustomFields'),
	searchCalendars: searchIn('calendars'),
	searchCampaigns: searchIn('campaigns'),
	searchCustomFields: searchIn('customFields'),
	searchCustomValues: searchIn('customValues'),
	searchLinks: searchIn('links'),
	searchPipelines: searchIn('pipelines'),
	searchTags: searchIn('tags'),
	searchUsers: searchIn('users', userLabel),
	searchWorkflows: searchIn('workflows'),
};

async function readBusinesses(context: ILoadOptionsFunctions): Promise<IDataObject[]> {
	return await asking(context, async (locationId, sendOne) => {
		const scope = 'businesses.readonly';
		const call = callTo('GET /businesses/', { query: { locationId }, scope });
		return await readPages(businessPages, call, sendOne);
	});
}

/** The names that match the text, each once. */
function foundNames(rows: IDataObject[], filter?: string): INodeListSearchResult {
	const names = [...new Set(rows.map(nameOf))].sort((a, b) => a.localeCompare(b));
	return { results: names.map((name) => ({ name, value: name })).filter(matching(filter)) };
}

/** A picker that reads a whole list and filters it here. */
function searchIn(list: ListName, label = nameOf) {
	return async function (this: ILoadOptionsFunctions, filter?: string) {
		const body = await ask(this, (locationId) => listCall(list, locationId));
		return found(listRows(list, body), label, filter);
	};
}

/** A picker for records in pages in which HighLevel looks for no text: all of them are read. */
function searchAll([route, scope]: [route: Route, scope: string], pages: PageStyle) {
	return async function (this: ILoadOptionsFunctions, filter?: string) {
		const rows = await asking(this, async (locationId, sendOne) => {
			const call = callTo(route, { query: { locationId }, scope });
			return await readPages(pages, call, sendOne);
		});
		return found(rows, nameOf, filter);
	};
}

/** The records that match the text or the id, sorted by name. Records with the same name show their key or id. */
function found(rows: IDataObject[], label: Label, filter?: string): INodeListSearchResult {
	const labels = rows.map(label);
	const isTwice = (name: string) => labels.indexOf(name) !== labels.lastIndexOf(name);
	const distinct = (name: string, { fieldKey, id }: IDataObject) =>
		isTwice(name) ? `${name} (${String(fieldKey ?? id)})` : name;
	return {
		results: rows
			.map((row) => ({ name: distinct(label(row), row), value: String(row.id) }))
			.filter(matching(filter))
			.sort((a, b) => a.name.localeCompare(b.name)),
	};
}

/** The position of a picker in a list: the query of the next page, and the number of records before it. */
interface Place {
	query: IDataObject;
	read: number;
}

/** A picker for records that HighLevel itself searches, a page at a time. Its token is a `Place`. */
function searchBy(
	items: string,
	pages: PageStyle,
	[route, scope]: [route: Route, scope: string],
	keys: { location: string; text: string },
	label: Label,
) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		return await asking(this, async (locationId, sendOne) => {
			const whole = { [keys.location]: locationId, ...(filter && { [keys.text]: filter }) };
			const first: Place = { query: whole, read: 0 };
			const { query, read } = paginationToken ? (JSON.parse(paginationToken) as Place) : first;
			const asked = callTo(route, { query, scope });
			const call = paginationToken ? asked : pages.first(asked, pages.size);
			const answer = await sendOne({ ...call, lacks: lacksList(items, read) });
			const rows = rowsOf(answer.body, items);
			const seen = read + rows.length;
			const isFull = rows.length >= (pages.full ?? pages.size);
			const goesOn = rows.length > 0 && isBefore(answer.body, seen, isFull);
			const next = goesOn ? pages.next(call, rows, answer, pages.size, call) : undefined;
			return {
				results: rows.map((row) => ({ name: label(row), value: String(row.id) })),
				paginationToken: next && JSON.stringify({ query: next.query, read: seen }),
			};
		});
	};
}

function nameOf(row: IDataObject): string {
	return String(row.name ?? row.id);
}

function opportunityLabel(row: IDataObject): string {
	const contact = isObject(row.contact) ? row.contact.name : undefined;
	const name = nameOf(row);
	return contact && contact !== name ? `${name} (${String(contact)})` : name;
}

function conversationLabel(row: IDataObject): string {
	const name = row.contactName ?? row.fullName ?? row.email ?? row.phone ?? row.id;
	const said = String(row.lastMessageBody ?? '').slice(0, 40);
	return said ? `${String(name)}: ${said}` : String(name);
}

function contactLabel(row: IDataObject): string {
	const name =
		row.contactName ?? row.name ?? [row.firstName, row.lastName].filter(Boolean).join(' ');
	const reach = row.email ?? row.phone;
	return [name, reach && `(${String(reach)})`].filter(Boolean).join(' ') || String(row.id);
}
