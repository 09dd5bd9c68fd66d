import type { IDataObject } from 'n8n-workflow';
import { asOptions, field, flag, required, tagsField } from '../../engine/describe/fields';
import type { Io, Operation, Resource } from '../../engine/operation';
import { toText } from '../../engine/values';
import { leadField, profileUrl } from '../fields/leadKey';
import { foldNewTags } from '../calls/folds';

const lead = leadField({ url: 'leadProfileUrl', id: 'leadLinkedInId' });

const tags = required(tagsField('Tags', 'Separated by commas, or a list from an expression'));

const createMissing = flag(
	'Create Missing Tags',
	'createTagIfNotExisting',
	'Whether to create tags that the workspace does not have yet. Without this HeyReach refuses them.',
);

const ofLead = (record: IDataObject, io: Io): IDataObject => ({
	lead: String(io.parameter('lead')),
	newAssignedTags: record.newAssignedTags,
});

/** Sending it twice leaves the same tags. */
function change(
	value: string,
	name: string,
	action: string,
	path: string,
	description: string,
): Operation {
	return {
		value,
		name,
		action,
		description,
		request: { method: 'POST', path, repeatable: true },
		writes: true,
		fields: [lead, tags, createMissing],
		finish: ofLead,
	};
}

const tagName = field({
	displayName: 'Name',
	name: 'tagName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. hot lead',
});

const COLORS = ['Blue', 'Cyan', 'Green', 'Orange', 'Pink', 'Purple', 'Red', 'Yellow'];

const color = {
	...field({
		displayName: 'Color',
		name: 'color',
		type: 'options',
		options: asOptions(COLORS.map((name): [string, string] => [name, name])),
		default: 'Blue',
	}),
	spread: async (value: unknown, io: Io): Promise<IDataObject> => ({
		tags: [{ displayName: toText(io.parameter('tagName'), 'Name').trim(), color: String(value) }],
	}),
};

export const leadTag: Resource = {
	value: 'leadTag',
	name: 'Lead Tag',
	operations: [
		change(
			'add',
			'Add',
			'Add tags to a lead',
			'/lead/AddTags',
			'Add tags to a lead, which keeps the tags it has',
		),
		{
			value: 'create',
			name: 'Create',
			action: 'Create a tag',
			description: 'Create one tag of the workspace for each item, for leads to have later',
			request: { method: 'POST', path: '/lead_tags/CreateTags' },
			writes: true,
			fields: [tagName, color],
			fold: foldNewTags,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get the tags of a lead',
			description: 'Get the names of the tags that a lead has',
			request: { method: 'POST', path: '/lead/GetTags', repeatable: true },
			writes: false,
			fields: [profileUrl],
		},
		change(
			'replace',
			'Replace',
			'Replace the tags of a lead',
			'/lead/ReplaceTags',
			'Give a lead these tags and take all others from it. HeyReach has no other way to remove a tag.',
		),
	],
};
