import type { IDataObject } from 'n8n-workflow';
import { BadInput, isObject } from '../../engine/call/errors';
import { mappedValues, mapperProperty } from '../../engine/describe/mapper';
import type { Field, Io } from '../../engine/operation';
import { rowsOf } from '../../engine/call/paginate';
import { toFlag, toText } from '../../engine/values';
import { toProfileUrl } from './leadKey';
import { idOf } from './ids';

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

const NAME = 'leadFields';

const property = mapperProperty(
	'Lead Fields',
	NAME,
	'getLeadColumns',
	'One item is one lead. The items go to HeyReach in calls of up to 100 leads. A lead that is there already is updated.',
	['resource', 'listId.value', 'campaignId.value'],
);

/** The lead of this item, for a list. */
export const leadForList: Field = {
	property,
	spread: async (value, io) => ({ leads: [leadOf(value, io)] }),
};

/** The lead of this item, for a campaign, with the sender that is to reach out to it. */
export const leadForCampaign: Field = {
	property,
	spread: async (value, io) => {
		const sender = io.parameter('senderId');
		const lead = leadOf(value, io);
		const pair =
			String(sender ?? '') === '' ? { lead } : { linkedInAccountId: idOf(sender, 'sender'), lead };
		return { accountLeadPairs: [pair] };
	},
};

/** Custom fields beside those that stand in the table; read together with it. */
export const customFields: Field = {
	property: {
		displayName: 'Custom Fields',
		name: 'customFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Custom Field',
		default: {},
		description: 'Variables for the messages of a campaign, such as {first_topic}',
		options: [
			{
				displayName: 'Custom Field',
				name: 'values',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. first_topic',
						description: 'Letters, digits and underscores',
					},
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	},
};

export const clearEmptyFields: Field = {
	property: {
		displayName: 'Clear Empty Custom Fields',
		name: 'clearEmptyFields',
		type: 'boolean',
		default: true,
		description:
			'Whether a row of Custom Fields without a value empties that field in HeyReach. Without this option the field stays as it is.',
	},
};

function leadOf(table: unknown, io: Io): IDataObject {
	const options = io.parameter('options', {});
	const clears = toFlag(
		(isObject(options) && options.clearEmptyFields) || false,
		clearEmptyFields.property.displayName,
	);
	const lead: IDataObject = {};
	const custom = new Map<string, string>();
	for (const [column, value] of Object.entries(mappedValues(table, io, NAME))) {
		if (value === null) continue; // HeyReach cannot clear a field
		if (isLeadField(column)) lead[column] = toText(value, labelOf(column)).trim();
		else custom.set(customName(column), toText(value, column));
	}
	for (const { name, value } of rowsOf(io.parameter('customFields'), 'values')) {
		const [key, said] = [toText(name, 'Name').trim(), toText(value, 'Value')];
		if (said.trim() !== '' || (clears && key !== ''))
			custom.set(customName(key), said.trim() && said);
	}
	requireField(lead, 'profileUrl', 'profile URL');
	requireField(lead, 'firstName', 'first name');
	requireField(lead, 'lastName', 'last name');
	lead.profileUrl = toProfileUrl(lead.profileUrl);
	if (custom.size > 0) {
		lead.customUserFields = [...custom].map(([name, value]) => ({ name, value }));
	}
	return lead;
}

const labelOf = (column: string) => LEAD_FIELDS.find(({ id }) => id === column)?.name ?? column;

/** HeyReach drops a lead without both names and says nothing. */
function requireField(lead: IDataObject, key: string, label: string): void {
	if (lead[key]) return;
	throw new BadInput(
		`The lead has no ${label}`,
		'HeyReach needs the profile URL, the first name and the last name of every lead. Check what Lead Fields takes from this item. Nothing was sent for it.',
	);
}

/** One bad name makes HeyReach refuse every lead of a call. */
export function customName(name: string): string {
	if (isCustomFieldName(name)) return name;
	throw new BadInput(
		`“${name}” cannot be the name of a custom field in HeyReach`,
		'Use letters, digits and underscores, such as first_topic. It must be the name of the variable in the messages of the campaign.',
	);
}
