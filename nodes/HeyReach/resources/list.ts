import { offsetPages } from '../calls/pages';
import { choice, filters, required, text } from '../../engine/describe/fields';
import { operation, verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { toText } from '../../engine/values';
import { confirmTaken, foldLeads } from '../calls/foldLeads';
import { unlessListed, useExisting } from '../calls/existingList';
import { foldRemovals } from '../calls/folds';
import { recoverByName } from '../calls/recover';
import { anyList, campaignIds, companyList, leadList } from '../editor/pickers';
import { momentField } from '../fields/dates';
import {
	clearEmptyFields,
	customFields,
	leadForList,
	skipWithoutAddress,
	skipWithoutName,
} from '../fields/lead';
import { leadField, leadFilter, toProfileUrl } from '../fields/leadKey';
import { PROFILE } from '../fields/profile';

const kinds = { Companies: 'COMPANY_LIST', Leads: 'USER_LIST' };

const kind = (key = 'listType') => choice('Type', 'listType', kinds, { key, default: 'USER_LIST' });

const byKeyword = (description: string) =>
	text('Search Text', 'keyword', { placeholder: 'e.g. founders', description });

const linkedInId = required(
	text('LinkedIn ID', 'linkedInId', {
		key: 'leadMemberIds',
		placeholder: 'e.g. 123456789',
		description: 'The linkedin_id that other operations return',
		as: (value) => [toText(value, 'LinkedIn ID').trim()],
	}),
);

const profileUrl = required(
	text('Profile URL', 'profileUrl', {
		key: 'profileUrls',
		placeholder: 'e.g. https://www.linkedin.com/in/jane-doe/',
		as: (value) => [toProfileUrl(value)],
	}),
);

const removal = (result: string) =>
	`Remove one lead per item from a list, up to 100 in a call; the lead stays in HeyReach. Returns ${result}.`;

const SIMPLE_COMPANY =
	'name description industry companySize employeesOnLinkedIn location website'.split(' ');

/** The companies or leads of a list. */
const content = { writes: false, pages: offsetPages(1_000) };

const lists = verbs('list', { of: 'the workspace', id: anyList });

export const list: Resource = {
	value: 'list',
	name: 'List',
	successors: { addLeadV1: 'Add Lead' },
	operations: [
		operation('POST /list/AddLeadsToListV2', {
			value: 'addLead',
			action: 'Add a lead to a list',
			description:
				'Add one lead per item, up to 100 in a call; an existing lead is updated. A running campaign of the list contacts the lead; a finished one does not. Returns whether each lead was added, updated or failed.',
			repeatable: true,
			fields: [leadList, leadForList, customFields],
			options: [clearEmptyFields, skipWithoutAddress, skipWithoutName],
			fold: foldLeads('leads'),
			finish: confirmTaken,
		}),
		unlessListed(
			lists.create({
				route: 'POST /list/CreateEmptyList',
				description: 'Create an empty list for leads or companies and return it',
				fields: [
					required(
						text('Name', 'listName', { key: 'name', placeholder: 'e.g. Founders in Austin' }),
					),
					kind('type'),
				],
				options: [useExisting],
				recover: recoverByName('/list/GetAll'),
			}),
		),
		lists.get({
			route: 'GET /list/GetById',
			description: 'Get one list with its size and its campaigns',
		}),
		operation('POST /list/GetCompaniesFromList', {
			...content,
			value: 'getCompanies',
			name: 'Get Many Companies',
			action: 'Get many companies of a list',
			description: 'Get the companies of a list of companies',
			fields: [companyList, filters([byKeyword('Part of the name of the company')])],
			simple: SIMPLE_COMPANY,
		}),
		operation('POST /list/GetLeadsFromList', {
			...content,
			value: 'getLeads',
			name: 'Get Many Leads',
			action: 'Get many leads of a list',
			description: 'Get the leads of a list with their tags and custom fields',
			fields: [
				leadList,
				filters([
					momentField('Added After', 'createdFrom'),
					momentField('Added Before', 'createdTo'),
					leadFilter({ url: 'leadProfileUrl', id: 'leadLinkedInId' }),
					byKeyword('Part of the name or headline of the lead'),
				]),
			],
			simple: PROFILE,
		}),
		lists.getMany({
			route: 'POST /list/GetAll',
			fields: [filters([campaignIds, byKeyword('Part of the name of the list'), kind()])],
			pages: offsetPages(100),
		}),
		operation('POST /list/GetListsForLead', {
			value: 'getManyForLead',
			name: 'Get Many for Lead',
			action: 'Get many lists of a lead',
			description: 'Get the lists that a lead is in',
			writes: false,
			fields: [leadField({ url: 'profileUrl', id: 'linkedinId', email: 'email' })],
			pages: offsetPages(100),
		}),
		operation('DELETE /list/DeleteLeadsFromListByProfileUrl', {
			value: 'removeLead',
			action: 'Remove a lead from a list',
			description: removal('whether it was in the list'),
			fields: [leadList, profileUrl],
			fold: foldRemovals('profileUrls', 'profileUrl'),
		}),
		operation('DELETE /list/DeleteLeadsFromList', {
			value: 'removeLeadById',
			name: 'Remove Lead by ID',
			action: 'Remove a lead from a list by ID',
			description: removal('success'),
			fields: [leadList, linkedInId],
			fold: foldRemovals('leadMemberIds', 'linkedInId'),
		}),
	],
};
