import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { inField } from '../../engine/call/labels';
import { flag, notSent, rowsField, text } from '../../engine/describe/fields';
import { mappedValues, mapperProperty } from '../../engine/describe/mapper';
import type { Field, Io } from '../../engine/operation';
import { LeftOut } from '../../engine/leftOut';
import { profileAddress } from '../../linkedIn';
import { flagIn, toText, rowsOf } from '../../engine/values';
import { customName, isLeadField, LEAD_FIELDS } from './leadColumns';
import { toProfileUrl } from './leadKey';
import { idOf } from './ids';

const NAME = 'leadFields';

const property = mapperProperty(
	'Lead Fields',
	NAME,
	'getLeadColumns',
	'Each item is one lead, sent in calls of up to 100. An existing lead is updated. Choose workspace and list first: n8n empties this table when they change.',
	['workspace', 'resource', 'listId.value', 'campaignId.value'],
);

const labels = Object.fromEntries(LEAD_FIELDS.map(({ id, name }) => [id, name]));

/** The lead of this item, for a list. */
export const leadForList: Field = {
	property,
	labels,
	spread: async (value, io) => ({ leads: [leadOf(value, io)] }),
};

/** The lead of this item, for a campaign, with the sender that reaches out to it. */
export const leadForCampaign: Field = {
	property,
	labels,
	spread: async (value, io) => {
		const sender = io.parameter('senderId');
		const lead = leadOf(value, io);
		const pair =
			String(sender ?? '') === '' ? { lead } : { linkedInAccountId: idOf(sender, 'sender'), lead };
		return { accountLeadPairs: [pair] };
	},
};

/** Custom fields in addition to those of the table. The lead's reader reads both. */
export const customFields = notSent(
	rowsField(
		'Custom Fields',
		'customFields',
		{ displayName: 'Custom Field', name: 'values' },
		[
			text('Name', 'name', {
				placeholder: 'e.g. first_topic',
				description: 'Letters, digits and underscores only',
			}),
			text('Value', 'value', { placeholder: 'e.g. Acme' }),
		],
		{
			placeholder: 'Add Custom Field',
			description: 'Variables for the messages of a campaign, such as {first_topic}',
		},
	),
);

export const clearEmptyFields = notSent(
	flag(
		'Clear Empty Custom Fields',
		'clearEmptyFields',
		'Whether a row of Custom Fields without a value clears that field in HeyReach. Default: the field keeps its value.',
	),
);

/** One row without an address would stop the run. */
export const skipWithoutAddress = notSent(
	flag(
		'Skip Leads Without a LinkedIn Address',
		'skipWithoutAddress',
		'Whether to skip items whose Profile URL is empty or not a LinkedIn profile, instead of stopping with an error. Their result is “skipped”.',
	),
);

/** HeyReach drops such a lead and reports nothing. */
export const skipWithoutName = notSent(
	flag(
		'Skip Leads Without a Name',
		'skipWithoutName',
		'Whether to skip items whose First Name or Last Name is empty, instead of stopping with an error. Their result is “skipped”.',
	),
);

/** @throws LeftOut where the lead has no address or no name, and such leads are skipped */
function skipLead({ firstName, lastName, profileUrl = '' }: IDataObject, io: Io): void {
	const skip = (reason: string, told: string, who: unknown) => {
		io.tell(`Skipped, without a ${told}`, String(who || `item ${io.itemIndex}`));
		throw new LeftOut({ profileUrl, firstName, lastName, result: 'skipped', reason });
	};
	if (isOn(skipWithoutAddress, io) && profileAddress(profileUrl) === undefined) {
		const reason =
			profileUrl === '' ? 'No LinkedIn address' : 'Not the address of a LinkedIn profile';
		skip(reason, 'LinkedIn address', [firstName, lastName].filter(Boolean).join(' '));
	}
	if (isOn(skipWithoutName, io) && !(firstName && lastName))
		skip('No first and last name', 'first and last name', profileUrl);
}

/** Whether an option of the node is turned on. */
const isOn = ({ property: { name, displayName } }: Field, io: Io): boolean =>
	flagIn(io.parameter('options', {}), name, displayName);

function leadOf(table: unknown, io: Io): IDataObject {
	const clears = isOn(clearEmptyFields, io);
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
	skipLead(lead, io);
	requireField(lead, 'profileUrl');
	requireField(lead, 'firstName');
	requireField(lead, 'lastName');
	lead.profileUrl = inField('Profile URL', () => toProfileUrl(lead.profileUrl));
	if (custom.size > 0) {
		lead.customUserFields = [...custom].map(([name, value]) => ({ name, value }));
	}
	return lead;
}

const labelOf = (column: string) => LEAD_FIELDS.find(({ id }) => id === column)?.name ?? column;

/** HeyReach drops a lead without both names and reports nothing. */
function requireField(lead: IDataObject, key: string): void {
	if (lead[key]) return;
	const { firstName, lastName, profileUrl, emailAddress } = lead;
	const name = [firstName, lastName].filter(Boolean).join(' ');
	const who = [name, profileUrl || emailAddress].filter(Boolean).join(', ');
	throw new BadInput(
		`“${labelOf(key)}” under Lead Fields is empty${who && ` for ${who}`}`,
		'HeyReach needs the profile URL, the first name and the last name of every lead. Check what this column takes from the item, or turn on Skip Leads Without a LinkedIn Address or Skip Leads Without a Name under Options. Nothing was sent for it.',
	);
}
