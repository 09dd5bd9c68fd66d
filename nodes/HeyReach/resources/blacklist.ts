import type { IDataObject } from 'n8n-workflow';
import { choice, collection, text } from '../../engine/describe/fields';
import type { Field, Operation, Resource } from '../../engine/operation';
import { offsetPages } from '../../engine/call/paginate';
import { foldBlacklist } from '../calls/folds';
import { requestBody } from '../fields/requestBody';
import { profileAddress } from '../../linkedIn';

/** For endpoints that one source alone tells of. */
const unsure = (what: string) => `${what}. HeyReach documents little of this endpoint.`;

/** What a person gives tells which kind it is. */
const entry: Field = {
	property: {
		displayName: 'Lead',
		name: 'blacklistLead',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://www.linkedin.com/in/jane-doe/',
		description:
			'A profile URL, LinkedIn ID, email or full name. A name leaves out everybody who is called so; an email may cost a credit of reverse lookup.',
	},
	spread: async (value) => ({ leads: [entryOf(String(value).trim())] }),
};

function entryOf(value: string): IDataObject {
	const address = profileAddress(value);
	if (address !== undefined) return { profileUrl: address };
	if (/^[^\s@]+@[^\s@]+$/.test(value)) return { email: value };
	if (/^(\d{5,}|AC[a-z]AA[\w-]+|imp_\w+)$/.test(value)) return { linkedInProfileId: value };
	return { fullName: value };
}

const search = collection({ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' }, [
	choice(
		'Matching Status',
		'matchingStatus',
		[
			['By Name Only', 'BroadMatch'],
			['Matched', 'Matched'],
			['Matching', 'Matching'],
			['Not Found', 'NotFound'],
		],
		{
			default: 'Matched',
			description:
				'What became of the entry: a person was found, is being looked for, was not found, or everybody of that name is left out',
		},
	),
	text('Search Text', 'search', {
		placeholder: 'e.g. Jane',
		description: 'Part of the name, email, profile URL or LinkedIn ID',
	}),
]);

/** An endpoint for whose request no public source has the form. */
const openRequest = (
	value: string,
	name: string,
	action: string,
	path: string,
	what: string,
): Operation => ({
	value,
	name,
	action,
	description: unsure(what),
	request: { method: 'POST', path },
	writes: true,
	fields: [requestBody],
});

export const blacklist: Resource = {
	value: 'blacklist',
	name: 'Blacklist',
	operations: [
		openRequest(
			'addCompanies',
			'Add Companies',
			'Add companies to the blacklist',
			'/blacklist/AddCompanies',
			'Keep the leads of some companies out of every campaign of the workspace',
		),
		{
			value: 'addLead',
			name: 'Add Lead',
			action: 'Add a lead to the blacklist',
			description: unsure(
				'Keep one lead for each item out of every campaign of the workspace, in calls of up to 100',
			),
			request: { method: 'POST', path: '/blacklist/AddLeads', repeatable: true },
			writes: true,
			fields: [entry],
			fold: foldBlacklist,
		},
		{
			value: 'getCompanies',
			name: 'Get Many Companies',
			action: 'Get many companies of the blacklist',
			description: unsure('Get the companies whose leads no campaign of the workspace contacts'),
			request: { method: 'POST', path: '/blacklist/GetCompanies', repeatable: true },
			writes: false,
			fields: [],
			pages: offsetPages(100),
		},
		{
			value: 'getLeads',
			name: 'Get Many Leads',
			action: 'Get many leads of the blacklist',
			description: unsure(
				'Get the leads that no campaign of the workspace contacts, the newest first',
			),
			request: { method: 'POST', path: '/blacklist/GetLeads', repeatable: true },
			writes: false,
			fields: [search],
			pages: offsetPages(100),
		},
		openRequest(
			'removeCompanies',
			'Remove Companies',
			'Remove companies from the blacklist',
			'/blacklist/RemoveCompanies',
			'Take companies off the blacklist',
		),
		openRequest(
			'removeLeads',
			'Remove Leads',
			'Remove leads from the blacklist',
			'/blacklist/RemoveLeads',
			'Take leads off the blacklist',
		),
	],
};
