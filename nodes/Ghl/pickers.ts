import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { toNodeError } from '../engine/errors';
import type { Call, Field } from '../engine/operation';
import { rowsOf } from '../engine/paginate';
import { send } from '../engine/send';
import { highLevel } from './api';
import { customFieldsCall, readCustomFields } from './customFields';

/** The parts of an address in the HighLevel app: …/location/<id>/contacts/detail/<contact id>. */
const CONTACT_URL = '/contacts/detail/([A-Za-z0-9]+)';

/** The contact that an operation is about. */
export const contactId: Field = {
	property: {
		displayName: 'Contact',
		name: 'contactId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchContacts', searchable: true },
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://app.gohighlevel.com/v2/location/…/contacts/detail/…',
				extractValue: { type: 'regex', regex: CONTACT_URL },
				validation: [
					{
						type: 'regex',
						properties: {
							regex: `.*${CONTACT_URL}.*`,
							errorMessage: 'Open the contact in HighLevel and copy the address from there',
						},
					},
				],
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. ocQHyuzHvysMo5N5VsXc',
			},
		],
	},
	send: { in: 'path', key: 'contactId' },
};

/** A user of the location. */
export function userPicker(displayName: string, name: string, key: string): Field {
	return {
		property: {
			displayName,
			name,
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchUsers', searchable: true },
				},
				{
					displayName: 'By ID',
					name: 'id',
					type: 'string',
					placeholder: 'e.g. 0IHuJvc2ofPAAA8GzTRi',
				},
			],
		},
		send: { in: 'body', key },
	};
}

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
		const rows = await ask(this, 'users', (locationId) => ({
			method: 'GET',
			template: '/users/',
			path: '/users/',
			query: { locationId },
			repeatable: true,
			scope: 'users.readonly',
		}));
		return matching(
			rows.map((row) => ({ name: userLabel(row), value: String(row.id) })),
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
