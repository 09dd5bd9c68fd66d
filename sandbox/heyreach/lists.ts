import { addLeads, fileInList, leadInput, MAX_LEADS, taken } from './addLeads';
import type { AddedCounts, LeadInput } from './addLeads';
import { notFound, refused } from './errors';
import type { Lead, LeadList } from './records';
import { epochOf, findLead, hasKeyword, page, profileKey, route } from './route';
import type { Call, LeadIdentity, Paging, Route } from './route';
import { fields, listOf, optionalText, paging, text, time, whole } from './validate';
import { companyView, createdListView, listView, profileView, username } from './views';
import type { WorkspaceData } from './workspace';

const LIST_TYPE = { enum: ['USER_LIST', 'COMPANY_LIST'] };

interface ById {
	listId: number;
}

function listOfId(state: WorkspaceData, id: number): LeadList {
	const list = state.lists.get(id);
	if (list === undefined) throw notFound('List', id);
	return list;
}

export function createList(
	state: WorkspaceData,
	name: string,
	listType: LeadList['listType'] = 'USER_LIST',
): LeadList {
	const list: LeadList = {
		id: state.ids.nextNumber('list', 2101),
		name,
		listType,
		creationTime: new Date().toISOString(),
		members: [],
	};
	state.lists.set(list.id, list);
	return list;
}

interface LeadsFilter extends Paging, ById {
	keyword?: string | null;
	leadProfileUrl?: string | null;
	leadLinkedInId?: string | null;
	createdFrom?: string | null;
	createdTo?: string | null;
}

function leadsOf({ state, body, settings }: Call<LeadsFilter, unknown>): object {
	const { keyword, leadProfileUrl, leadLinkedInId, createdFrom, createdTo } = body;
	const isLate = (addedAt: string) => {
		const ageMs = Date.now() - Date.parse(addedAt);
		return ageMs >= 0 && ageMs < settings.listLagMs;
	};
	const found = listOfId(state, body.listId)
		.members.filter(
			({ addedAt }) =>
				(settings.listLagMs === 0 || !isLate(addedAt)) &&
				(!createdFrom || Date.parse(addedAt) >= epochOf(createdFrom)) &&
				(!createdTo || Date.parse(addedAt) <= epochOf(createdTo)),
		)
		.map(({ linkedinId }) => state.leads.get(linkedinId))
		.filter((lead): lead is Lead => lead !== undefined)
		.filter(
			(lead) =>
				hasKeyword(`${lead.firstName} ${lead.lastName} ${lead.companyName}`, keyword) &&
				(!leadLinkedInId || lead.linkedinId === leadLinkedInId) &&
				(!leadProfileUrl || profileKey(lead.profileUrl) === profileKey(leadProfileUrl)),
		);
	return page(found, body, (lead) => ({ id: rowIdOf(lead), ...profileView(lead) }));
}

/** Rows of a list carry an id of their own. What it counts is not known; here it is made of the lead's. */
const rowIdOf = ({ linkedinId }: Lead): number => Number(linkedinId.replace(/\D/g, '')) + 7_000_000;

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

interface CompaniesFilter extends Paging, ById {
	keyword?: string | null;
}

function companiesOf({ state, body }: Call<CompaniesFilter, unknown>): object {
	const list = listOfId(state, body.listId);
	if (list.listType !== 'COMPANY_LIST') throw refused(`List ${list.id} is not a COMPANY_LIST.`);
	const found = [...state.companies.values()].filter(
		(company) => company.listId === list.id && hasKeyword(company.name, body.keyword),
	);
	return page(found, body, companyView);
}

interface AddBody extends ById {
	leads: LeadInput[];
}
const addModel = fields({ listId: whole, leads: listOf(leadInput, MAX_LEADS) }, [
	'listId',
	'leads',
]);

function add({ state, body }: Call<AddBody, unknown>): AddedCounts {
	const list = listOfId(state, body.listId);
	if (list.listType !== 'USER_LIST') throw refused(`List ${list.id} is not a USER_LIST.`);
	return addLeads(state, body.leads, (lead) => fileInList(state, list, lead));
}

/** Answers 200 even when nothing matched, and names who was not there by username only. */
function deleteByProfileUrl({
	state,
	body,
}: Call<ById & { profileUrls: string[] }, unknown>): object {
	const list = listOfId(state, body.listId);
	const notFoundInList: string[] = [];
	for (const profileUrl of body.profileUrls) {
		const lead = findLead(state, { profileUrl });
		const at = list.members.findIndex(({ linkedinId }) => linkedinId === lead?.linkedinId);
		if (at === -1) notFoundInList.push(username(profileUrl) || profileUrl);
		else list.members.splice(at, 1);
	}
	return { notFoundInList };
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
		handle: ({ state, body }) => createdListView(createList(state, body.name, body.type)),
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
				createdFrom: time,
				createdTo: time,
			},
			['listId'],
		),
		handle: leadsOf,
	}),
	route<CompaniesFilter>({
		method: 'POST',
		path: '/list/GetCompaniesFromList',
		body: fields({ ...paging(1000), listId: whole, keyword: optionalText }, ['listId']),
		handle: companiesOf,
	}),
	route<AddBody>({
		method: 'POST',
		path: '/list/AddLeadsToListV2',
		body: addModel,
		handle: add,
	}),
	// The first version answers the bare number of leads it took.
	route<AddBody>({
		method: 'POST',
		path: '/list/AddLeadsToList',
		body: addModel,
		handle: (call) => taken(add(call)),
	}),
	route<ById & { leadMemberIds: string[] }>({
		method: 'DELETE',
		path: '/list/DeleteLeadsFromList',
		body: fields({ listId: whole, leadMemberIds: listOf(text) }, ['listId', 'leadMemberIds']),
		handle: ({ state, body }) => {
			const list = listOfId(state, body.listId);
			list.members = list.members.filter(
				({ linkedinId }) => !body.leadMemberIds.includes(linkedinId),
			);
		},
	}),
	route<ById & { profileUrls: string[] }>({
		method: 'DELETE',
		path: '/list/DeleteLeadsFromListByProfileUrl',
		body: fields({ listId: whole, profileUrls: listOf(text) }, ['listId', 'profileUrls']),
		handle: deleteByProfileUrl,
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
