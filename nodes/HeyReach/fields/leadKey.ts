import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { inField } from '../../engine/call/labels';
import { required, text } from '../../engine/describe/fields';
import type { Field } from '../../engine/operation';
import { toText } from '../../engine/values';
import { profileAddress } from '../../linkedIn';

/** The address of a LinkedIn profile, in the form that HeyReach is known to take. */
export const profileUrl = required(
	text('Profile URL', 'profileUrl', {
		placeholder: 'e.g. https://www.linkedin.com/in/jane-doe/',
		description: 'LinkedIn profile URL of the lead',
		as: toProfileUrl,
	}),
);

export function toProfileUrl(value: unknown): string {
	const text = toText(value, 'Profile URL');
	const address = profileAddress(text);
	if (address !== undefined) return address;
	throw new BadInput(
		`“${text}” is not the address of a LinkedIn profile`,
		'It must be like https://www.linkedin.com/in/jane-doe/, with the name of a person after /in/. Sales Navigator addresses work too; company addresses do not.',
	);
}

/** An endpoint's names for the keys of a lead. */
interface LeadKeys {
	url: string;
	id: string;
	/** Absent where the endpoint finds no lead by email. */
	email?: string;
}

const leadText = (ways: string): Field =>
	text('Lead', 'lead', {
		placeholder: 'e.g. https://www.linkedin.com/in/jane-doe/',
		description: `${ways[0].toUpperCase()}${ways.slice(1)} of the lead. Other operations return the LinkedIn ID as linkedin_id.`,
	});

const { property: byUrlOrId } = leadText('profile URL or LinkedIn ID');
const requiredByUrlOrId = { ...byUrlOrId, required: true };
const { property: requiredByAny } = required(leadText('profile URL, LinkedIn ID or email'));

/** The lead that an operation is about. The form of the value tells which key it is. */
export const leadField = (keys: LeadKeys): Field => ({
	property: keys.email ? requiredByAny : requiredByUrlOrId,
	spread: async (value) => leadKey(toText(value, 'Lead').trim(), keys),
});

/** A lead to filter by. */
export const leadFilter = (keys: LeadKeys): Field => ({
	property: byUrlOrId,
	spread: async (value) => {
		const lead = toText(value, 'Lead').trim();
		return lead === '' ? {} : leadKey(lead, keys);
	},
});

function leadKey(value: string, { url, id, email }: LeadKeys): IDataObject {
	// An id has a digit; “null” and “undefined” are what is left of an expression that found nothing.
	if (/^(?=.*\d)[\w-]+$/.test(value)) return { [id]: value };
	if (email && /^[^\s@/]+@[^\s@/]+$/.test(value)) return { [email]: value };
	return { [url]: inField('Lead', () => toProfileUrl(value)) };
}
