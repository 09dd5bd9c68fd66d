import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { isObject, matching, rowsOf } from '../../engine/values';
import { isBefore } from '../../engine/call/paginate';
import { queryPages } from '../calls/pages';
import { read, readById, type Path } from '../calls/read';
import { ask, askAsOwner, askForAll } from './ask';

type Label = (row: IDataObject) => string;

/** The lists behind the pickers of the editor. */
export const listSearch = {
	searchCampaigns: searchIn('/campaign/GetAll', campaignLabel),
	searchLists: searchIn('/list/GetAll', listLabel),
	searchLeadLists: searchIn('/list/GetAll', listLabel, { listType: 'USER_LIST' }),
	searchCompanyLists: searchIn('/list/GetAll', nameLabel, { listType: 'COMPANY_LIST' }),
	searchSenders: searchIn('/li_account/GetAll', senderLabel),

	/** The conversations of the chosen sender. HeyReach searches by the name of the lead. */
	async searchConversations(this: ILoadOptionsFunctions, filter?: string, token?: string) {
		const sender = Number(
			this.getCurrentNodeParameter('senderId', { extractValue: true }) as string,
		);
		const filters: IDataObject = { linkedInAccountIds: sender ? [sender] : [], campaignIds: [] };
		if (filter) filters.searchString = filter;
		const path = '/inbox/GetConversationsV2';
		return await searchPage(this, path, { filters }, conversationLabel, token);
	},

	/** The endpoint has no search, so all webhooks are read. */
	async searchWebhooks(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const rows = await askForAll(this, read('/webhooks/GetAllWebhooks', {}));
		return found(rows, 'id', webhookLabel, filter);
	},

	/** The endpoint wants an organization key and has no search. */
	async searchWorkspaces(
		this: ILoadOptionsFunctions,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const call = readById('/management/organizations/workspaces', {});
		const rows = await askAsOwner(this, call, queryPages);
		const label: Label = (row) => String(row.workspaceName ?? row.workspaceId);
		return found(rows, 'workspaceId', label, filter);
	},
};

/** A picker whose endpoint searches by itself. */
function searchIn(path: Path, label: Label, fixed: IDataObject = {}) {
	return async function (this: ILoadOptionsFunctions, keyword?: string, token?: string) {
		const filters = keyword ? { ...fixed, keyword } : fixed;
		return await searchPage(this, path, filters, label, token);
	};
}

const PAGE = 100;

/** One page of a list whose endpoint searches by itself; the token is the offset of the page. */
async function searchPage(
	context: ILoadOptionsFunctions,
	path: Path,
	filters: IDataObject,
	label: Label,
	token = '0',
): Promise<INodeListSearchResult> {
	const offset = Number(token);
	const { body } = await ask(context, read(path, { ...filters, offset, limit: PAGE }));
	const rows = rowsOf(body, 'items');
	const next = offset + rows.length;
	const goesOn = rows.length > 0 && isBefore(body, next, rows.length === PAGE);
	return {
		results: rows.map((row) => ({ name: label(row), value: String(row.id) })),
		paginationToken: goesOn ? String(next) : undefined,
	};
}

function found(
	rows: IDataObject[],
	key: string,
	label: Label,
	filter?: string,
): INodeListSearchResult {
	return {
		results: rows
			.map((row) => ({ name: label(row), value: String(row[key]) }))
			.filter(matching(filter))
			.sort((a, b) => a.name.localeCompare(b.name)),
	};
}

function nameLabel(row: IDataObject): string {
	return String(row.name ?? row.id);
}

/** `Partners (a campaign uses it)`: whoever is added to such a list may get its messages. */
export function listLabel(row: IDataObject): string {
	const campaigns = Array.isArray(row.campaignIds) ? row.campaignIds.length : 0;
	if (campaigns === 0) return nameLabel(row);
	return `${nameLabel(row)} (${campaigns === 1 ? 'a campaign uses' : `${campaigns} campaigns use`} it)`;
}

function campaignLabel(row: IDataObject): string {
	return row.status ? `${nameLabel(row)} (${words(row.status)})` : nameLabel(row);
}

const webhookLabel: Label = (row) => `${String(row.webhookName)} (${words(row.eventType)})`;

function conversationLabel(row: IDataObject): string {
	const name = isObject(row.correspondentProfile)
		? fullName(row.correspondentProfile as IDataObject)
		: '';
	const last = String(row.lastMessageText ?? '');
	const text = last.length > 40 ? `${last.slice(0, 39)}…` : last;
	return [name || String(row.id), text].filter(Boolean).join(': ');
}

/** `Sandy Box (sandy@example.com)` */
export function senderLabel(row: IDataObject): string {
	const email = row.emailAddress ? `(${String(row.emailAddress)})` : '';
	return [fullName(row), email].filter(Boolean).join(' ') || String(row.id);
}

function fullName({ firstName, lastName }: IDataObject): string {
	return [firstName, lastName].filter(Boolean).join(' ');
}

/** `IN_PROGRESS`: in progress. */
export function words(value: unknown): string {
	return String(value ?? '')
		.toLowerCase()
		.replace(/_/g, ' ');
}
