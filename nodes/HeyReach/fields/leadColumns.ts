import { BadInput } from '../../engine/badInput';

interface LeadColumn {
	/** HeyReach's name of the field. */
	id: string;
	name: string;
	required?: true;
	/** Shown from the start; the person adds the others. */
	main?: true;
}

/**
 * The fields that HeyReach takes of a lead, without custom fields. HeyReach drops unknown keys
 * silently.
 */
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

/** Whether a field is one of HeyReach's own and not a custom one. */
export const isLeadField = (name: string): boolean => STANDARD.has(name);

export const isCustomFieldName = (name: string): boolean => /^[A-Za-z0-9_]+$/.test(name);

/** The name of a custom field, checked: HeyReach refuses every lead of a call for one bad name. */
export function customName(name: string): string {
	if (isCustomFieldName(name)) return name;
	throw new BadInput(
		`“${name}” cannot be the name of a custom field in HeyReach`,
		'Use letters, digits and underscores, such as first_topic. It must be the name of the variable in the messages of the campaign.',
	);
}
