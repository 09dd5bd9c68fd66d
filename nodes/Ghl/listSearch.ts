import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { toNodeError } from '../engine/errors';
import type { Call } from '../engine/operation';
import { rowsOf } from '../engine/paginate';
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
		}));
		const rows = rowsOf(answer, 'contacts');
		const last = rows[rows.length - 1]?.searchAfter;
		return {
			results: rows.map((row) => ({ name: contactLabel(row), value: String(row.id) })),
			paginationToken: rows.length === 50 && last ? JSON.stringify(last) : undefined,
		};
	},

	searchAllCustomFields: searchIn('allCustomFields'),
	searchBusinesses: searchIn('businesses'),
	searchCalendars: searchIn('calendars'),
	searchCampaigns: searchIn('campaigns'),
	searchCustomFields: searchIn('customFields'),
	searchCustomValues: searchIn('customValues'),
	searchTags: searchIn('tags'),
	searchUsers: searchIn('users', userLabel),
	searchWorkflows: searchIn('workflows'),
};

/** A picker that reads a whole list and looks for the text in it here. */
function searchIn(list: ListName, label = nameOf) {
	return async function (this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		const body = await ask(this, (locationId) => listCall(list, locationId));
		const low = filter.toLowerCase();
		return {
			results: listRows(list, body)
				.map((row) => ({ name: label(row), value: String(row.id) }))
				.filter(({ name, value }) => name.toLowerCase().includes(low) || value === filter)
				.sort((a, b) => a.name.localeCompare(b.name)),
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
