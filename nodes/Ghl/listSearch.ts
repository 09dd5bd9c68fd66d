import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { toNodeError } from '../engine/errors';
import type { Call } from '../engine/operation';
import { rowsOf } from '../engine/paginate';
import { send } from '../engine/send';
import { highLevel } from './api';
import { customFieldsCall, readCustomFields } from './customFields';

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
		const rows = await ask(this, 'contacts', (locationId) => ({
			method: 'POST',
			template: '/contacts/search',
			path: '/contacts/search',
			body: { locationId, ...body },
			repeatable: true,
			scope: 'contacts.readonly',
		}));
		const last = rows[rows.length - 1]?.searchAfter;
		return {
			results: rows.map((row) => ({ name: contactLabel(row), value: String(row.id) })),
			paginationToken: rows.length === 50 && last ? JSON.stringify(last) : undefined,
		};
	},

	async searchUsers(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		const rows = await ask(this, 'users', (locationId) =>
			read('/users/', 'users.readonly', { locationId }),
		);
		return matching(
			rows.map((row) => ({ name: userLabel(row), value: String(row.id) })),
			filter,
		);
	},

	async searchBusinesses(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const rows = await ask(this, 'businesses', (locationId) =>
			read('/businesses/', 'businesses.readonly', { locationId, limit: 100, skip: 0 }),
		);
		return matching(
			rows.map((row) => ({ name: String(row.name ?? row.id), value: String(row.id) })),
			filter,
		);
	},

	async searchCalendars(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const rows = await ask(this, 'calendars', (locationId) =>
			read('/calendars/', 'calendars.readonly', { locationId }),
		);
		return matching(
			rows.map((row) => ({ name: String(row.name ?? row.id), value: String(row.id) })),
			filter,
		);
	},

	async searchCustomFields(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const rows = await ask(this, 'customFields', customFieldsCall);
		const fields = readCustomFields({ customFields: rows });
		return matching(
			fields.map(({ id, name }) => ({ name, value: id })),
			filter,
		);
	},
};

/** One read for the editor: the records under `items` of its answer. */
export async function ask(
	context: ILoadOptionsFunctions,
	items: string,
	callFor: (locationId: string) => Call,
): Promise<IDataObject[]> {
	try {
		const account = await highLevel.connect(context, 0);
		const call = callFor(account.values.locationId);
		const answer = await send({ context, service: highLevel, account }, call);
		return rowsOf(answer.body, items);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

function read(path: string, scope: string, query: IDataObject): Call {
	return { method: 'GET', template: path, path, query, repeatable: true, scope };
}

function matching(
	results: Array<{ name: string; value: string }>,
	filter = '',
): INodeListSearchResult {
	const low = filter.toLowerCase();
	return {
		results: results
			.filter(({ name, value }) => name.toLowerCase().includes(low) || value === filter)
			.sort((a, b) => a.name.localeCompare(b.name)),
	};
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
