import type { Resource } from '../../engine/operation';
import { profileUrl } from '../fields/leadKey';

const SIMPLE = [
	'linkedin_id',
	'profileUrl',
	'firstName',
	'lastName',
	'headline',
	'companyName',
	'position',
	'location',
	'emailAddress',
	'enrichedEmailAddress',
];

export const lead: Resource = {
	value: 'lead',
	name: 'Lead',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get a lead',
			description: 'Get what HeyReach knows of a lead, by the address of its LinkedIn profile',
			request: { method: 'POST', path: '/lead/GetLead', repeatable: true },
			writes: false,
			fields: [profileUrl],
			simple: SIMPLE,
		},
	],
};
