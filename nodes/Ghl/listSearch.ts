import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { matching } from '../engine/locator';
import { unwrap } from '../engine/build';
import { isObject, toNodeError } from '../engine/errors';
import type { Call } from '../engine/operation';
import { lacksList, rowsOf } from '../engine/paginate';
import { send } from '../engine/send';
import { highLevel } from './api';
import { listCall, listRows, type ListName } from './lists';

/** What the node's pickers ask while somebody looks for a record in the editor. */
export const listSearch = {
	async searchContacts(
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const body: IDataObject = { pageLimit: 50 };
		if (filter) body.query = filter.slice(0, 75); // the longest that HighLevel takes
		if (paginationToken) body.searchAfter = JSON.parse(paginationToken) as IDataObject[];
		const answer = await ask(this, (locationId) => ({
			method: 'POST',
			template: '/contacts/search',
			path: '/contacts/search',
			body: { locationId, ...body },
			repeatable: true,
			scope: 'contacts.readonly',
			lacks: lacksList('contacts'),
		}));
		const rows = rowsOf(answer, 'contacts');
		const last = rows[rows.length - 1]?.searchAfter;
		return {
			results: rows.map((row) => ({ name: contactLabel(row), value: String(row.id) })),
			paginationToken: rows.length === 50 && last ? JSON.stringify(last) : undefined,
		};
	},

	/** The stages of the pipeline beside them: in the same collection, or both at the top. */
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
		{ path: '/conversations/search', scope: 'conversations.readonly' },
		{ location: 'locationId', text: 'query' },
		conversationLabel,
	),
	searchOpportunities: searchBy(
		'opportunities',
		{ path: '/opportunities/search', scope: 'opportunities.readonly' },
		{ location: 'location_id', text: 'q' },
		opportunityLabel,
	),

	searchAllCustomFields: searchIn('allCustomFields'),
	searchBusinesses: searchIn('businesses'),
	searchCalendars: searchIn('calendars'),
	searchCampaigns: searchIn('campaigns'),
	searchCustomFields: searchIn('customFields'),
	searchCustomValues: searchIn('customValues'),
	searchLostReasons: searchIn('lostReasons'),
	searchPipelines: searchIn('pipelines'),
	searchTags: searchIn('tags'),
	searchUsers: searchIn('users', userLabel),
	searchWorkflows: searchIn('workflows'),
};

/** A picker that reads a whole list and looks for the text in it here. */
function searchIn(list: ListName, label = nameOf) {
	return async function (this: ILoadOptionsFunctions, filter?: string) {
		const body = await ask(this, (locationId) => listCall(list, locationId));
		return {
			results: listRows(list, body)
				.map((row) => ({ name: label(row), value: String(row.id) }))
				.filter(matching(filter))
				.sort((a, b) => a.name.localeCompare(b.name)),
		};
	};
}

/** A picker for records that HighLevel itself looks through: the first hundred it finds. */
function searchBy(
	items: string,
	{ path, scope }: Pick<Call, 'path' | 'scope'>,
	keys: { location: string; text: string },
	label: (row: IDataObject) => string,
) {
	return async function (this: ILoadOptionsFunctions, filter?: string) {
		const body = await ask(this, (locationId) => ({
			method: 'GET',
			template: path,
			path,
			query: { [keys.location]: locationId, limit: 100, ...(filter && { [keys.text]: filter }) },
			repeatable: true,
			scope,
			lacks: lacksList(items),
		}));
		return {
			results: rowsOf(body, items).map((row) => ({ name: label(row), value: String(row.id) })),
		};
	};
}

/** The body of the answer to one read for the editor. */
export async function ask(
	context: ILoadOptionsFunctions,
	callFor: (locationId: string) => Call,
): Promise<unknown> {
	try {
		const account = await highLevel.connect(context, 0);
		const call = callFor(account.values.locationId);
		return (await send({ context, service: highLevel, account }, call)).body;
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
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

function userLabel(row: IDataObject): string {
	const name = row.name ?? [row.firstName, row.lastName].filter(Boolean).join(' ');
	return [name, row.email && `(${String(row.email)})`].filter(Boolean).join(' ') || String(row.id);
}
