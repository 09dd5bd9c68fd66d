import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { toDay, toEpochMs } from '../../engine/dates';
import { BadInput } from '../../engine/call/errors';
import { field } from '../../engine/describe/fields';
import type { Field, Io } from '../../engine/operation';
import { idsOf } from './ids';
import { profileAddress } from '../../linkedIn';

type More = Partial<INodeProperties>;

/** A moment of the body, sent as ISO in UTC. */
export const moment = (displayName: string, name: string, more: More = {}): Field =>
	field(
		{ displayName, name, type: 'dateTime', default: '', ...more },
		{ in: 'body', key: name, as: toIso },
	);

/** The end of a span of which HeyReach looks at the day only: midnight UTC of that day. */
export const dayMoment = (displayName: string, name: string): Field =>
	field(
		{
			displayName,
			name,
			type: 'dateTime',
			default: '',
			description: 'HeyReach looks at the day only',
		},
		{
			in: 'body',
			key: name,
			as: (value, io) => `${toDay(value, io.context.getTimezone())}T00:00:00.000Z`,
		},
	);

export function toIso(value: unknown, io: Io): string {
	return new Date(toEpochMs(value, io.context.getTimezone())).toISOString();
}

/** The description that n8n asks for on lists that are loaded. */
const FROM_LIST =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

const many = (displayName: string, name: string, loadOptionsMethod: string): INodeProperties => ({
	displayName,
	name,
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod },
	default: [],
	description: FROM_LIST,
});

const campaignsProperty = many('Campaign Names or IDs', 'campaignIds', 'getCampaigns');
const sendersProperty = many('Sender Names or IDs', 'senderIds', 'getSenders');

/** Several campaigns. */
export const campaignIds: Field = field(campaignsProperty, {
	in: 'body',
	key: 'campaignIds',
	as: (value) => idsOf(value, 'campaign'),
});

/** Several senders, under the name that the endpoint has for them. */
export const senderIds = (key: string): Field =>
	field(sendersProperty, { in: 'body', key, as: (value) => idsOf(value, 'sender') });

/** Several senders, at least one. HeyReach takes up to 100 in a campaign. */
export const someSenders = (key: string): Field =>
	field(sendersProperty, {
		in: 'body',
		key,
		as: (value) => {
			const ids = [...new Set(idsOf(value, 'sender'))];
			if (ids.length > 100) {
				throw new BadInput(
					`There are ${ids.length} senders`,
					'HeyReach takes up to 100 senders in one call.',
				);
			}
			if (ids.length > 0) return ids;
			throw new BadInput(
				'“Sender Names or IDs” is empty',
				'Choose at least one LinkedIn account. A campaign needs one that runs it.',
			);
		},
	});

/** The address of a LinkedIn profile, in the one form that HeyReach takes for sure. */
export const profileUrl: Field = field(
	{
		displayName: 'Profile URL',
		name: 'profileUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://www.linkedin.com/in/jane-doe/',
		description: 'The address of the lead on LinkedIn',
	},
	{ in: 'body', key: 'profileUrl', as: toProfileUrl },
);

export function toProfileUrl(value: unknown): string {
	const address = profileAddress(value);
	if (address !== undefined) return address;
	throw new BadInput(
		`“${String(value)}” is not the address of a LinkedIn profile`,
		'It must be like https://www.linkedin.com/in/jane-doe/, with the name of a person behind /in/. Addresses of Sales Navigator work too; those of companies do not.',
	);
}

/** The names that an endpoint has for what tells a lead from others. */
interface LeadKeys {
	url: string;
	id: string;
	/** Absent where the endpoint finds no lead by email. */
	email?: string;
}

const leadText = (ways: string): INodeProperties => ({
	displayName: 'Lead',
	name: 'lead',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://www.linkedin.com/in/jane-doe/',
	description: `Its ${ways}. Other operations put out the LinkedIn ID as linkedin_id.`,
});

const byUrlOrId = leadText('profile URL or LinkedIn ID');
const requiredByUrlOrId = { ...byUrlOrId, required: true };
const requiredByAny = {
	...leadText('profile URL, LinkedIn ID or email'),
	required: true,
};

/** The lead that an operation is about; what a person gives tells which kind it is. */
export const leadField = (keys: LeadKeys): Field => ({
	property: keys.email ? requiredByAny : requiredByUrlOrId,
	spread: async (value) => leadKey(String(value).trim(), keys),
});

/** A lead to filter by. */
export const leadFilter = (keys: LeadKeys): Field => ({
	property: byUrlOrId,
	spread: async (value) => {
		const lead = String(value).trim();
		return lead === '' ? {} : leadKey(lead, keys);
	},
});

function leadKey(value: string, { url, id, email }: LeadKeys): IDataObject {
	// An id has a digit; “null” and “undefined” are what is left of an expression that found nothing.
	if (/^(?=.*\d)[\w-]+$/.test(value)) return { [id]: value };
	if (email && /^[^\s@/]+@[^\s@/]+$/.test(value)) return { [email]: value };
	return { [url]: toProfileUrl(value) };
}
