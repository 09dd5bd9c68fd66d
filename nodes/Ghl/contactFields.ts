import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { toDay } from '../engine/dates';
import { field, toList } from '../engine/fields';
import type { Field, Io } from '../engine/operation';
import { rowsOf } from '../engine/paginate';
import { customFieldValues } from './customFields';
import { userPicker } from './pickers';

/** Text that goes into the body under its own name. */
function text(displayName: string, name: string, more: Partial<INodeProperties> = {}): Field {
	return field(
		{ displayName, name, type: 'string', default: '', ...more },
		{ in: 'body', key: name },
	);
}

const email = text('Email', 'email', { placeholder: 'e.g. name@example.com' });
const phone = text('Phone', 'phone', {
	placeholder: 'e.g. +15550100123',
	description: 'Best with country code; HighLevel adds the one of the location otherwise',
});
const firstName = text('First Name', 'firstName');
const lastName = text('Last Name', 'lastName');

const createTags: Field = {
	property: {
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		placeholder: 'e.g. webinar, hot lead',
		description: 'Separated by commas, or a list from an expression',
	},
	send: { in: 'body', key: 'tags', as: toList },
};

/** HighLevel's `tags` on update and upsert wipes all tags of the contact that are not in it. */
const replaceTags: Field = {
	...createTags,
	property: {
		...createTags.property,
		displayName: 'Replace All Tags',
		description:
			'These take the place of all tags of the contact. To keep the tags it has, use Contact Tag: Add instead.',
	},
};

const dateOfBirth = field(
	{ displayName: 'Date of Birth', name: 'dateOfBirth', type: 'dateTime', default: '' },
	{
		in: 'body',
		key: 'dateOfBirth',
		as: (value, io: Io) => toDay(value, io.context.getTimezone()),
	},
);

const dnd = field(
	{
		displayName: 'Do Not Disturb',
		name: 'dnd',
		type: 'boolean',
		default: false,
		description: 'Whether to stop all messages to this contact, on every channel',
	},
	{ in: 'body', key: 'dnd' },
);

const CHANNELS = ['Call', 'Email', 'FB', 'GMB', 'SMS', 'WhatsApp'];

const dndSettings: Field = {
	property: {
		displayName: 'Do Not Disturb by Channel',
		name: 'dndSettings',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Channel',
		default: {},
		options: [
			{
				displayName: 'Channel',
				name: 'values',
				values: [
					{
						displayName: 'Channel',
						name: 'channel',
						type: 'options',
						options: CHANNELS.map((name) => ({ name, value: name })),
						default: 'Email',
					},
					dndStatus([
						{ name: 'Allowed', value: 'inactive' },
						{ name: 'Blocked', value: 'active' },
						{ name: 'Blocked for Good', value: 'permanent' },
					]),
					{ displayName: 'Message', name: 'message', type: 'string', default: '' },
					{ displayName: 'Code', name: 'code', type: 'string', default: '' },
				],
			},
		],
	},
	send: {
		in: 'body',
		key: 'dndSettings',
		as: (value) => {
			const channels = rowsOf(value, 'values').map(({ channel, ...rest }) => [
				String(channel),
				filled(rest),
			]);
			return channels.length > 0 ? Object.fromEntries(channels) : undefined;
		},
	},
};

const inboundDndSettings: Field = {
	property: {
		displayName: 'Inbound Do Not Disturb',
		name: 'inboundDndSettings',
		type: 'fixedCollection',
		placeholder: 'Set Inbound Do Not Disturb',
		default: {},
		options: [
			{
				displayName: 'All Channels',
				name: 'all',
				values: [
					dndStatus([
						{ name: 'Allowed', value: 'inactive' },
						{ name: 'Blocked', value: 'active' },
					]),
					{ displayName: 'Message', name: 'message', type: 'string', default: '' },
				],
			},
		],
	},
	send: {
		in: 'body',
		key: 'inboundDndSettings',
		as: (value) => {
			const { all } = value as IDataObject;
			return all ? { all: filled(all as IDataObject) } : undefined;
		},
	},
};

/** HighLevel's words are about Do Not Disturb itself: active means blocked. */
function dndStatus(options: Array<{ name: string; value: string }>): INodeProperties {
	return { displayName: 'Messages', name: 'status', type: 'options', options, default: 'active' };
}

function filled(row: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
}

const common: Field[] = [
	text('Address', 'address1'),
	userPicker('Assigned To', 'assignedTo', 'assignedTo'),
	text('City', 'city'),
	text('Country', 'country', {
		placeholder: 'e.g. US',
		description: 'Two letters, as in ISO 3166-1',
	}),
	customFieldValues,
	dateOfBirth,
	dnd,
	dndSettings,
	inboundDndSettings,
	text('Name', 'name', { description: 'The full name, instead of First Name and Last Name' }),
	text('Postal Code', 'postalCode'),
	text('Source', 'source', { placeholder: 'e.g. HeyReach' }),
	text('State', 'state'),
	text('Timezone', 'timezone', { placeholder: 'e.g. America/Chihuahua' }),
	text('Website', 'website'),
];

const companyName = text('Company Name', 'companyName');
const gender = text('Gender', 'gender');

const createNewIfDuplicateAllowed = field(
	{
		displayName: 'Create New If Duplicate Allowed',
		name: 'createNewIfDuplicateAllowed',
		type: 'boolean',
		default: false,
		description:
			'Whether to create a second contact where the location allows duplicates, and not to update the first',
	},
	{ in: 'body', key: 'createNewIfDuplicateAllowed' },
);

/** The fields that identify a person, shown at once. */
export const identity: Field[] = [email, phone, firstName, lastName];

/** The fields that each operation takes, no other: HighLevel answers 422 to one more. */
export const createFields: Field[] = [...common, companyName, gender, createTags];
export const upsertFields: Field[] = [
	...common,
	companyName,
	createNewIfDuplicateAllowed,
	gender,
	replaceTags,
];
export const updateFields: Field[] = [...identity, ...common, replaceTags];
