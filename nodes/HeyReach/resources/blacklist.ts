import type { IDataObject } from 'n8n-workflow';
import { offsetPages } from '../calls/pages';
import { choice, filters, required, text } from '../../engine/describe/fields';
import { operation } from '../../engine/describe/verbs';
import type { Resource, Route } from '../../engine/operation';
import { profileAddress } from '../../linkedIn';
import { foldBlacklist } from '../calls/folds';
import { requestBody } from '../fields/requestBody';

/** The description of an endpoint that only one source describes. */
const unsure = (what: string) => `${what}. HeyReach documents little of this endpoint.`;

const entry = required(
	text('Lead', 'blacklistLead', {
		key: 'leads',
		placeholder: 'e.g. https://www.linkedin.com/in/jane-doe/',
		description:
			'A profile URL, LinkedIn ID, email or full name. A name leaves out everybody who is called so; an email may cost a credit of reverse lookup.',
		as: (value) => [entryOf(String(value).trim())],
	}),
);

/** The form of the value tells which kind it is. */
function entryOf(value: string): IDataObject {
	const address = profileAddress(value);
	if (address !== undefined) return { profileUrl: address };
	if (/^[^\s@]+@[^\s@]+$/.test(value)) return { email: value };
	if (/^(\d{5,}|AC[a-z]AA[\w-]+|imp_\w+)$/.test(value)) return { linkedInProfileId: value };
	return { fullName: value };
}

const matchingStatuses = {
	'By Name Only': 'BroadMatch',
	Matched: 'Matched',
	Matching: 'Matching',
	'Not Found': 'NotFound',
};

const matchingStatus = choice('Matching Status', 'matchingStatus', matchingStatuses, {
	default: 'Matched',
	description:
		'What became of the entry: a person was found, is being looked for, was not found, or everybody of that name is left out',
});

const searchText = text('Search Text', 'search', {
	placeholder: 'e.g. Jane',
	description: 'Part of the name, email, profile URL or LinkedIn ID',
});

/** An endpoint whose request no public source describes. */
const openRequest = (route: Route, value: string, action: string, what: string) =>
	operation(route, { value, action, description: unsure(what), fields: [requestBody] });

const readPages = { writes: false, pages: offsetPages(100) };

export const blacklist: Resource = {
	value: 'blacklist',
	name: 'Blacklist',
	operations: [
		openRequest(
			'POST /blacklist/AddCompanies',
			'addCompanies',
			'Add companies to the blacklist',
			'Keep the leads of some companies out of every campaign of the workspace',
		),
		operation('POST /blacklist/AddLeads', {
			value: 'addLead',
			action: 'Add a lead to the blacklist',
			description: unsure(
				'Keep one lead for each item out of every campaign of the workspace, in calls of up to 100',
			),
			repeatable: true,
			fields: [entry],
			fold: foldBlacklist,
		}),
		operation('POST /blacklist/GetCompanies', {
			...readPages,
			value: 'getCompanies',
			name: 'Get Many Companies',
			action: 'Get many companies of the blacklist',
			description: unsure('Get the companies whose leads no campaign of the workspace contacts'),
		}),
		operation('POST /blacklist/GetLeads', {
			...readPages,
			value: 'getLeads',
			name: 'Get Many Leads',
			action: 'Get many leads of the blacklist',
			description: unsure(
				'Get the leads that no campaign of the workspace contacts, the newest first',
			),
			fields: [filters([matchingStatus, searchText])],
		}),
		openRequest(
			'POST /blacklist/RemoveCompanies',
			'removeCompanies',
			'Remove companies from the blacklist',
			'Take companies off the blacklist',
		),
		openRequest(
			'POST /blacklist/RemoveLeads',
			'removeLeads',
			'Remove leads from the blacklist',
			'Take leads off the blacklist',
		),
	],
};
