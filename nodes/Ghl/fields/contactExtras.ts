import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { clearedBy, field, tagsField } from '../../engine/describe/fields';
import type { Field } from '../../engine/operation';
import { rowsOf } from '../../engine/call/paginate';
import { userPicker } from '../editor/pickers';

const createTags = tagsField('Tags', 'Separated by commas, or a list from an expression');

/** HighLevel's `tags` on update and upsert wipes all tags of the contact that are not in it. */
const replaceTags = clearedBy(
	[],
	tagsField(
		'Replace All Tags',
		'These take the place of all tags of the contact. To keep the tags it has, use Contact Tag: Add instead.',
	),
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
	return Object.fromEntries(Object.entries(row).filter(([, value]) => (value ?? '') !== ''));
}

const common: Field[] = [
	userPicker('Assigned To', 'assignedTo', 'assignedTo'),
	dnd,
	dndSettings,
	inboundDndSettings,
];

/** Added after an upsert by a call of its own: see `addTagsAfter` beside the operation. */
const addTags = field({
	displayName: 'Add Tags',
	name: 'addTags',
	type: 'string',
	default: '',
	placeholder: 'e.g. webinar, hot lead',
	description:
		'Separated by commas, or a list from an expression. The contact keeps the tags it has.',
});

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

/** What each operation takes beside the table of fields. HighLevel answers 422 to any other. */
export const createExtras: Field[] = [...common, createTags];
export const upsertExtras: Field[] = [...common, addTags, createNewIfDuplicateAllowed, replaceTags];
export const updateExtras: Field[] = [...common, replaceTags];
