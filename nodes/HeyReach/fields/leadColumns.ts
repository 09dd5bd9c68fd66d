import { BadInput } from '../../engine/call/errors';

interface LeadColumn {
	/** HeyReach's name of the field. */
	id: string;
	name: string;
	required?: true;
	/** Shown from the start; the others once they are added. */
	main?: true;
}

/** What HeyReach takes of a lead, custom fields aside. Unknown keys it drops without a word. */
export const LEAD_FIELDS: LeadColumn[] = [
	{ id: 'profileUrl', name: 'Profile URL', required: true, main: true },
	{ id: 'firstName', name: 'First Name', required: true, main: true },
	{ id: 'lastName', name: 'Last Name', required: true, main: true },
	{ id: 'emailAddress', name: 'Email', main: true },
	{ id: 'companyName', name: 'Company Name', main: true },
	{ id: 'position', name: 'Position', main: true },
	{ id: 'location', name: 'Location' },
	{ id: 'about', name: 'About' },
	{ id: 'summary', name: 'Summary' },
];

const STANDARD = new Set(LEAD_FIELDS.map(({ id }) => id));

/** Whether it is a field of HeyReach's lead, and not a custom one. */
export const isLeadField = (name: string): boolean => STANDARD.has(name);

export const isCustomFieldName = (name: string): boolean => /^[A-Za-z0-9_]+$/.test(name);

/** One bad name makes HeyReach refuse every lead of a call. */
export function customName(name: string): string {
	if (isCustomFieldName(name)) return name;
	throw new BadInput(
		`“${name}” cannot be the name of a custom field in HeyReach`,
		'Use letters, digits and underscores, such as first_topic. It must be the name of the variable in the messages of the campaign.',
	);
}
