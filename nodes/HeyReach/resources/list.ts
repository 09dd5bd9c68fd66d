import { choice, collection, field, required, text } from '../../engine/describe/fields';
import type { Field, Operation, Resource } from '../../engine/operation';
import { offsetPages } from '../../engine/call/paginate';
import { momentField } from '../fields/dates';
import { leadField, leadFilter, toProfileUrl } from '../fields/leadKey';
import { confirmTaken, foldLeads } from '../calls/foldLeads';
import { foldRemovals } from '../calls/folds';
import { clearEmptyFields, customFields, leadForList } from '../fields/lead';
import { anyList, campaignIds, companyList, leadList } from '../editor/pickers';
import { PROFILE } from '../fields/profile';
import { recoverByName } from '../calls/recover';

const kind = (key = 'listType'): Field =>
	choice(
		'Type',
		'listType',
		[
			['Companies', 'COMPANY_LIST'],
			['Leads', 'USER_LIST'],
		],
		{ key, default: 'USER_LIST' },
	);

const filter = { displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' };

const byKeyword = (description: string) =>
	text('Search Text', 'keyword', { placeholder: 'e.g. founders', description });

/** One lead of a list for each item, in calls of up to 100. */
function removal(
	value: string,
	name: string,
	action: string,
	path: string,
	key: 'leadMemberIds' | 'profileUrls',
	lead: Field,
	more = '',
): Operation {
	return {
		value,
		name,
		action,
		description: `Remove one lead for each item, in calls of up to 100; it stays in HeyReach${more}`,
		request: { method: 'DELETE', path },
		writes: true,
		fields: [leadList, lead],
		fold: foldRemovals(key, lead.property.name),
	};
}

const linkedInId = required(
	field(
		{
			displayName: 'LinkedIn ID',
			name: 'linkedInId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 123456789',
			description: 'What other operations put out as linkedin_id',
		},
		{ in: 'body', key: 'leadMemberIds', as: (value) => [String(value).trim()] },
	),
);

const profileUrl = required(
	field(
		{
			displayName: 'Profile URL',
			name: 'profileUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://www.linkedin.com/in/jane-doe/',
		},
		{ in: 'body', key: 'profileUrls', as: (value) => [toProfileUrl(value)] },
	),
);

const SIMPLE_COMPANY = [
	'name',
	'description',
	'industry',
	'companySize',
	'employeesOnLinkedIn',
	'location',
	'website',
];

export const list: Resource = {
	value: 'list',
	name: 'List',
	successors: { addLeadV1: 'Add Lead' },
	operations: [
		{
			value: 'addLead',
			name: 'Add Lead',
			action: 'Add a lead to a list',
			description:
				'Add one lead for each item, in calls of up to 100 leads; one that is there already is updated. A campaign that runs on the list takes it up; a finished one does not.',
			request: { method: 'POST', path: '/list/AddLeadsToListV2', repeatable: true },
			writes: true,
			fields: [leadList, leadForList, customFields],
			options: [clearEmptyFields],
			fold: foldLeads('leads'),
			finish: confirmTaken,
		},
		{
			value: 'create',
			name: 'Create',
			action: 'Create a list',
			description: 'Create an empty list for leads or companies',
			request: { method: 'POST', path: '/list/CreateEmptyList' },
			writes: true,
			fields: [
				required(text('Name', 'listName', { key: 'name', placeholder: 'e.g. Founders in Austin' })),
				kind('type'),
			],
			recover: recoverByName('/list/GetAll'),
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a list',
			description: 'Get one list with its size and its campaigns',
			request: { method: 'GET', path: '/list/GetById' },
			writes: false,
			fields: [anyList],
		},
		{
			value: 'getCompanies',
			name: 'Get Many Companies',
			action: 'Get many companies of a list',
			description: 'Get the companies of a list of companies',
			request: { method: 'POST', path: '/list/GetCompaniesFromList', repeatable: true },
			writes: false,
			fields: [companyList, collection(filter, [byKeyword('Part of the name of the company')])],
			pages: offsetPages(1_000),
			simple: SIMPLE_COMPANY,
		},
		{
			value: 'getLeads',
			name: 'Get Many Leads',
			action: 'Get many leads of a list',
			description: 'Get the leads of a list with their tags and custom fields',
			request: { method: 'POST', path: '/list/GetLeadsFromList', repeatable: true },
			writes: false,
			fields: [
				leadList,
				collection(filter, [
					momentField('Added After', 'createdFrom'),
					momentField('Added Before', 'createdTo'),
					leadFilter({ url: 'leadProfileUrl', id: 'leadLinkedInId' }),
					byKeyword('Part of the name or headline of the lead'),
				]),
			],
			pages: offsetPages(1_000),
			simple: PROFILE,
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many lists',
			description: 'Get the lists of the workspace',
			request: { method: 'POST', path: '/list/GetAll', repeatable: true },
			writes: false,
			fields: [
				collection(filter, [campaignIds, byKeyword('Part of the name of the list'), kind()]),
			],
			pages: offsetPages(100),
		},
		{
			value: 'getManyForLead',
			name: 'Get Many for Lead',
			action: 'Get many lists of a lead',
			description: 'Get the lists that a lead is in',
			request: { method: 'POST', path: '/list/GetListsForLead', repeatable: true },
			writes: false,
			fields: [leadField({ url: 'profileUrl', id: 'linkedinId', email: 'email' })],
			pages: offsetPages(100),
		},
		removal(
			'removeLead',
			'Remove Lead',
			'Remove a lead from a list',
			'/list/DeleteLeadsFromListByProfileUrl',
			'profileUrls',
			profileUrl,
			'. The output says whether it was in the list.',
		),
		removal(
			'removeLeadById',
			'Remove Lead by ID',
			'Remove a lead from a list by ID',
			'/list/DeleteLeadsFromList',
			'leadMemberIds',
			linkedInId,
		),
	],
};
