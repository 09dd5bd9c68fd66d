import type { SandboxState } from '../state';
import { addLeads, fileInList, leadInput, MAX_LEADS } from './addLeads';
import type { LeadInput } from './addLeads';
import { notFound, refused } from './errors';
import type { Lead, LeadList } from './records';
import { findLead, hasKeyword, page, profileKey, route } from './route';
import type { Call, LeadIdentity, Paging, Route } from './route';
import { fields, listOf, optionalText, paging, text, whole } from './validate';
import { createdListView, listView, profileView } from './views';

const LIST_TYPE = { enum: ['USER_LIST', 'COMPANY_LIST'] };

interface ById {
	listId: number;
}

function listOfId(state: SandboxState, id: number): LeadList {
	const list = state.lists.get(id);
	if (list === undefined) throw notFound('List', id);
	return list;
}

interface LeadsFilter extends Paging, ById {
	keyword?: string | null;
	leadProfileUrl?: string | null;
	leadLinkedInId?: string | null;
	createdFrom?: string | null;
	createdTo?: string | null;
}

function leadsOf({ state, body }: Call<LeadsFilter, unknown>): object {
	const { keyword, leadProfileUrl, leadLinkedInId, createdFrom, createdTo } = body;
	const found = listOfId(state, body.listId)
		.members.filter(
			({ addedAt }) =>
				(!createdFrom || Date.parse(addedAt) >= Date.parse(createdFrom)) &&
				(!createdTo || Date.parse(addedAt) <= Date.parse(createdTo)),
		)
		.map(({ linkedinId }) => state.leads.get(linkedinId))
		.filter((lead): lead is Lead => lead !== undefined)
		.filter(
			(lead) =>
				hasKeyword(`${lead.firstName} ${lead.lastName} ${lead.companyName}`, keyword) &&
				(!leadLinkedInId || lead.linkedinId === leadLinkedInId) &&
				(!leadProfileUrl || profileKey(lead.profileUrl) === profileKey(leadProfileUrl)),
		);
	return page(found, body, profileView);
}

function listsOfLead({ state, body }: Call<LeadIdentity & Paging, unknown>): object {
	if (!body.email && !body.linkedinId && !body.profileUrl) {
		throw refused('One of email, linkedinId or profileUrl is required.');
	}
	const lead = findLead(state, body);
	const found = [...state.lists.values()].filter((list) =>
		list.members.some(({ linkedinId }) => linkedinId === lead?.linkedinId),
	);
	return page(found, body, ({ id, name }) => ({ listId: id, listName: name }));
}

interface ListFilter extends Paging {
	keyword?: string | null;
	listType?: LeadList['listType'] | null;
	campaignIds?: number[] | null;
}

function lists({ state, body }: Call<ListFilter, unknown>): object {
	const { keyword, listType } = body;
	const campaignIds = body.campaignIds ?? [];
	const found = [...state.lists.values()].filter(
		(list) =>
			hasKeyword(list.name, keyword) &&
			(!listType || list.listType === listType) &&
			(campaignIds.length === 0 ||
				campaignIds.some((id) => state.campaigns.get(id)?.listId === list.id)),
	);
	return page(found, body, (list) => listView(state, list));
}

export const leadLists: Route[] = [
	route<ListFilter>({
		method: 'POST',
		path: '/list/GetAll',
		body: fields({
			...paging(),
			keyword: optionalText,
			listType: { enum: [...LIST_TYPE.enum, null] },
			campaignIds: { ...listOf(whole), type: ['array', 'null'] },
		}),
		handle: lists,
	}),
	route<unknown, ById>({
		method: 'GET',
		path: '/list/GetById',
		query: fields({ listId: whole }, ['listId']),
		handle: ({ state, query }) => listView(state, listOfId(state, query.listId)),
	}),
	route<{ name: string; type?: LeadList['listType'] }>({
		method: 'POST',
		path: '/list/CreateEmptyList',
		body: fields({ name: { ...text, minLength: 1 }, type: LIST_TYPE }, ['name']),
		handle: ({ state, body }) => {
			const list: LeadList = {
				id: state.ids.nextNumber('list', 2101),
				name: body.name,
				listType: body.type ?? 'USER_LIST',
				creationTime: new Date().toISOString(),
				members: [],
			};
			state.lists.set(list.id, list);
			return createdListView(list);
		},
	}),
	route<LeadsFilter>({
		method: 'POST',
		path: '/list/GetLeadsFromList',
		body: fields(
			{
				...paging(1000),
				listId: whole,
				keyword: optionalText,
				leadProfileUrl: optionalText,
				leadLinkedInId: optionalText,
				createdFrom: { ...optionalText, format: 'date-time' },
				createdTo: { ...optionalText, format: 'date-time' },
			},
			['listId'],
		),
		handle: leadsOf,
	}),
	route<ById & { leads: LeadInput[] }>({
		method: 'POST',
		path: '/list/AddLeadsToListV2',
		body: fields({ listId: whole, leads: listOf(leadInput, MAX_LEADS) }, ['listId', 'leads']),
		handle: ({ state, body }) => {
			const list = listOfId(state, body.listId);
			return addLeads(state, body.leads, (lead) => fileInList(state, list, lead));
		},
	}),
	route<LeadIdentity & Paging>({
		method: 'POST',
		path: '/list/GetListsForLead',
		body: fields({
			...paging(),
			email: optionalText,
			linkedinId: optionalText,
			profileUrl: optionalText,
		}),
		handle: listsOfLead,
	}),
];
