import {
	addedCounts,
	anything,
	dateTime,
	dateTimeOrNull,
	flag,
	filledText,
	integer,
	lead,
	leadIdentity,
	leadInList,
	list,
	MAX_LEADS,
	object,
	orNull,
	page,
	paging,
	text,
	textOrNull,
	whole,
	type HeyReachOperation,
} from './shapes';

const listType = { enum: ['USER_LIST', 'COMPANY_LIST'] };
const leadList = object(
	{
		id: integer,
		name: text,
		totalItemsCount: integer,
		listType,
		creationTime: dateTime,
		campaignIds: list(integer),
		isDeleted: flag,
		status: textOrNull,
	},
	['id', 'name', 'totalItemsCount', 'listType', 'creationTime', 'campaignIds'],
);
const company = object(
	{
		name: text,
		description: textOrNull,
		industry: textOrNull,
		imageUrl: textOrNull,
		companySize: textOrNull,
		employeesOnLinkedIn: orNull(integer),
		location: textOrNull,
		specialities: textOrNull,
		website: textOrNull,
	},
	['name'],
);
const addLeads = object({ listId: integer, leads: { ...list(lead, MAX_LEADS), minItems: 1 } }, [
	'listId',
	'leads',
]);

export const lists: HeyReachOperation[] = [
	{
		method: 'POST',
		path: '/list/GetAll',
		confidence: 'C',
		body: object({
			...paging(),
			keyword: text,
			listType: orNull(listType),
			campaignIds: orNull(list(integer)),
		}),
		answer: page(leadList),
	},
	{
		method: 'GET',
		path: '/list/GetById',
		confidence: 'C',
		query: object({ listId: integer }, ['listId']),
		answer: leadList,
	},
	{
		method: 'POST',
		path: '/list/CreateEmptyList',
		confidence: 'C',
		body: object({ name: filledText, type: listType }, ['name']),
		answer: object(
			{
				id: integer,
				name: text,
				count: integer,
				listType,
				creationTime: dateTime,
				isDeleted: flag,
				campaigns: anything,
				search: anything,
				status: textOrNull,
			},
			['id', 'name', 'count', 'listType', 'creationTime'],
		),
	},
	{
		method: 'POST',
		path: '/list/GetLeadsFromList',
		confidence: 'C',
		body: object(
			{
				...paging(1000),
				listId: integer,
				keyword: text,
				leadProfileUrl: textOrNull,
				leadLinkedInId: textOrNull,
				createdFrom: dateTimeOrNull,
				createdTo: dateTimeOrNull,
			},
			['listId'],
		),
		answer: page(leadInList),
	},
	{
		method: 'POST',
		path: '/list/GetCompaniesFromList',
		confidence: 'C',
		body: object({ ...paging(1000), listId: integer, keyword: text }, ['listId']),
		answer: page(company),
	},
	{
		method: 'POST',
		path: '/list/AddLeadsToList',
		confidence: 'C',
		body: addLeads,
		answer: integer,
	},
	{
		method: 'POST',
		path: '/list/AddLeadsToListV2',
		confidence: 'C',
		body: addLeads,
		answer: addedCounts,
	},
	{
		method: 'DELETE',
		path: '/list/DeleteLeadsFromList',
		confidence: 'C',
		body: object({ listId: integer, leadMemberIds: { ...list(filledText), minItems: 1 } }, [
			'listId',
			'leadMemberIds',
		]),
		// Empty by the documentation; another source speaks of who was not found.
		answer: object({ notFoundInList: list(text) }),
		mayBeEmpty: true,
	},
	{
		method: 'DELETE',
		path: '/list/DeleteLeadsFromListByProfileUrl',
		confidence: 'C',
		body: object({ listId: integer, profileUrls: { ...list(filledText), minItems: 1 } }, [
			'listId',
			'profileUrls',
		]),
		answer: whole({ notFoundInList: list(text) }),
	},
	{
		method: 'POST',
		path: '/list/GetListsForLead',
		confidence: 'C',
		body: leadIdentity,
		answer: page(whole({ listId: integer, listName: text })),
	},
];
