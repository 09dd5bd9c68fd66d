import type { IDataObject } from 'n8n-workflow';
import { choice, flag, notSent, required, tagsField, text } from '../../engine/describe/fields';
import { operation, type Told } from '../../engine/describe/verbs';
import type { Field, Io, Resource, Route } from '../../engine/operation';
import { toText } from '../../engine/values';
import { foldNewTags } from '../calls/folds';
import { leadField, profileUrl } from '../fields/leadKey';

const lead = leadField({ url: 'leadProfileUrl', id: 'leadLinkedInId' });

const tags = required(tagsField('Tags'));

const createMissing = flag(
	'Create Missing Tags',
	'createTagIfNotExisting',
	'Whether to create tags that the workspace does not have yet. HeyReach refuses unknown tags.',
);

const ofLead = (record: IDataObject, io: Io): IDataObject => ({
	lead: String(io.parameter('lead')),
	newAssignedTags: record.newAssignedTags,
});

/** A change of a lead's tags. A second call leaves the same tags. */
const change = (route: Route, parts: Told) =>
	operation(route, {
		repeatable: true,
		fields: [lead, tags, createMissing],
		finish: ofLead,
		...parts,
	});

const tagName = notSent(required(text('Name', 'tagName', { placeholder: 'e.g. hot lead' })));

const COLORS = ['Blue', 'Cyan', 'Green', 'Orange', 'Pink', 'Purple', 'Red', 'Yellow'];

/** The tag itself, with the name that stands above the color. */
const newTag: Field = {
	...notSent(choice('Color', 'color', COLORS)),
	spread: async (color, io) => ({
		tags: [{ displayName: toText(io.parameter('tagName'), 'Name').trim(), color: String(color) }],
	}),
};

export const leadTag: Resource = {
	value: 'leadTag',
	name: 'Lead Tag',
	operations: [
		change('POST /lead/AddTags', {
			value: 'add',
			action: 'Add tags to a lead',
			description: 'Add tags to a lead, which keeps its other tags; returns the tags that are new',
		}),
		operation('POST /lead_tags/CreateTags', {
			value: 'create',
			action: 'Create a tag',
			description: 'Create one tag per item in the workspace and return it',
			fields: [tagName, newTag],
			fold: foldNewTags,
		}),
		operation('POST /lead/GetTags', {
			value: 'get',
			action: 'Get the tags of a lead',
			description: 'Get the names of the tags of a lead',
			writes: false,
			fields: [profileUrl],
		}),
		change('POST /lead/ReplaceTags', {
			value: 'replace',
			action: 'Replace the tags of a lead',
			description:
				'Replace all tags of a lead; returns the tags that are new. This is the only way to remove a tag in HeyReach.',
		}),
	],
};
