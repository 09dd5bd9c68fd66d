import { operation } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { profileUrl } from '../fields/leadKey';

const SIMPLE =
	'linkedin_id profileUrl firstName lastName headline companyName position location emailAddress enrichedEmailAddress';

export const lead: Resource = {
	value: 'lead',
	name: 'Lead',
	operations: [
		operation('POST /lead/GetLead', {
			value: 'get',
			action: 'Get a lead',
			description: 'Get the profile of a lead by its LinkedIn profile URL',
			writes: false,
			fields: [profileUrl],
			simple: SIMPLE.split(' '),
		}),
	],
};
