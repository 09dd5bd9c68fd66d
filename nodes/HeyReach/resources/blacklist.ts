import type { IDataObject } from 'n8n-workflow';
import { offsetPages } from '../calls/pages';
import { choice, filters, required, text } from '../../engine/describe/fields';
import { operation } from '../../engine/describe/verbs';
import type { Resource, Route } from '../../engine/operation';
import { toText } from '../../engine/values';
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
			'Profile URL, LinkedIn ID, email or full name. A name excludes everyone with that name; an email may cost a reverse lookup credit.',
		as: (value) => [entryOf(toText(value, 'Lead').trim())],
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
		'Status of the entry: the person was found, is being looked for, was not found, or everyone with that name is excluded',
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
			'Exclude the leads of companies from all campaigns of the workspace; returns how many were added',
		),
		operation('POST /blacklist/AddLeads', {
			value: 'addLead',
			action: 'Add a lead to the blacklist',
			description: unsure(
				'Exclude one lead per item from all campaigns of the workspace, up to 100 in a call; returns whether the entry is new',
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
			description: unsure('Get the companies on the blacklist, whose leads no campaign contacts'),
		}),
		operation('POST /blacklist/GetLeads', {
			...readPages,
			value: 'getLeads',
			name: 'Get Many Leads',
			action: 'Get many leads of the blacklist',
			description: unsure(
				'Get the leads on the blacklist, which no campaign contacts, the newest first',
			),
			fields: [filters([matchingStatus, searchText])],
		}),
		openRequest(
			'POST /blacklist/RemoveCompanies',
			'removeCompanies',
			'Remove companies from the blacklist',
			'Remove companies from the blacklist; returns how many were removed',
		),
		openRequest(
			'POST /blacklist/RemoveLeads',
			'removeLeads',
			'Remove leads from the blacklist',
			'Remove leads from the blacklist; returns how many were removed',
		),
	],
};
