import type { IDataObject } from 'n8n-workflow';
import { choice, clearedBy, flag, rowsField, text } from '../../engine/describe/fields';
import type { Field } from '../../engine/operation';
import { rowsOf } from '../../engine/values';
import { ownerPicker, tagsPicker } from '../editor/pickers';

/** HighLevel's `tags` on update and upsert wipes all tags of the contact that are not in it. */
const replaceTags = clearedBy(
	[],
	tagsPicker('Replace All Tags', {
		description: 'Replaces all tags of the contact. To keep them, use Contact Tag: Add.',
	}),
);

const CHANNELS = {
	Call: 'Call',
	Email: 'Email',
	FB: 'FB',
	GMB: 'GMB',
	SMS: 'SMS',
	WhatsApp: 'WhatsApp',
};

/** HighLevel's words are about Do Not Disturb itself: active means blocked. */
const status = (choices: Record<string, string>): Field =>
	choice('Messages', 'status', choices, {
		default: 'active',
		description: 'Whether HighLevel may send messages on this channel',
	});

const filled = (row: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(row).filter(([, value]) => (value ?? '') !== ''));

const dndSettings = rowsField(
	'Do Not Disturb by Channel',
	'dndSettings',
	{ displayName: 'Channel', name: 'values' },
	[
		choice('Channel', 'channel', CHANNELS, { default: 'Email' }),
		status({ Allowed: 'inactive', Blocked: 'active', 'Blocked Permanently': 'permanent' }),
		text('Message', 'message', {
			placeholder: 'e.g. Asked by phone',
			description: 'Text that HighLevel stores with the setting',
		}),
		text('Code', 'code', {
			placeholder: 'e.g. 101',
			description: 'Code that HighLevel stores with the setting',
		}),
	],
	{
		placeholder: 'Add Channel',
		as: (value) => {
			const rows = rowsOf(value, 'values');
			const channels = rows.map(({ channel, ...rest }) => [String(channel), filled(rest)]);
			return channels.length > 0 ? Object.fromEntries(channels) : undefined;
		},
	},
);

const inboundDndSettings = rowsField(
	'Inbound Do Not Disturb',
	'inboundDndSettings',
	{ displayName: 'All Channels', name: 'all' },
	[
		status({ Allowed: 'inactive', Blocked: 'active' }),
		text('Message', 'message', {
			placeholder: 'e.g. Asked by phone',
			description: 'Text that HighLevel stores with the setting',
		}),
	],
	{
		typeOptions: undefined,
		placeholder: 'Set Inbound Do Not Disturb',
		as: (value) => {
			const { all } = value as IDataObject;
			return all ? { all: filled(all as IDataObject) } : undefined;
		},
	},
);

const common: Field[] = [
	ownerPicker,
	flag('Do Not Disturb', 'dnd', 'Whether to stop all messages to this contact, on every channel', {
		default: false,
	}),
	dndSettings,
	inboundDndSettings,
];

/** Added by a call of its own: see `addTagsAfter` in `calls/tagsAfter.ts`. */
const addTags: Field = {
	...tagsPicker('Add Tags', { name: 'addTags', description: 'The contact keeps its other tags.' }),
	send: undefined,
};

const createNewIfDuplicateAllowed = flag(
	'Create New If Duplicate Allowed',
	'createNewIfDuplicateAllowed',
	'Whether to create a second contact instead of updating the first, if the location allows duplicates',
	{ default: false },
);

/** The tags of a new contact, with those of the table. */
const tags = tagsPicker('Tags');
const tagsToo: Field = { ...tags, send: tags.send && { ...tags.send, adds: true } };

/** The fields of each operation beside the table. HighLevel answers 422 to any other field. */
export const createExtras: Field[] = [...common, tagsToo];
export const getOrCreateExtras: Field[] = [addTags, ownerPicker];
export const upsertExtras: Field[] = [...common, addTags, createNewIfDuplicateAllowed, replaceTags];
export const updateExtras: Field[] = [...common, replaceTags];
