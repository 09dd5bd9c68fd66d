import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../engine/describe/locator';
import { tagNameModes } from '../Ghl/editor/pickers';
import { fieldExceptions } from './fieldMapping';

/** How tags are given in a picker. */
export const TAG_HELP = 'Choose or type one; several with commas, one that has a comma in quotes.';

/** Which tags may be touched, and what marks a record whose counterpart is gone. */
export const tagOptions: INodeProperties = {
	displayName: 'Tags',
	name: 'tagOptions',
	type: 'collection',
	placeholder: 'Add tag setting',
	default: {},
	options: [
		{
			displayName: 'Tag If the Contact Is Gone',
			name: 'goneTagHeyReach',
			type: 'string',
			default: '',
			placeholder: 'e.g. ghl-gone',
			description: 'Added in HeyReach to a lead whose contact is gone',
		},
		locator('Tag If the Lead Is Gone', 'goneTagGhl', tagNameModes, {
			description: 'Added in HighLevel to a contact whose lead is gone from the lists',
		}),
		{
			displayName: 'Tags That Begin With',
			name: 'prefixes',
			type: 'string',
			default: '',
			placeholder: 'e.g. li-, outreach-',
			description:
				'The sync copies tags that begin with one of these texts, and touches no other tag. Separate several with commas. Case does not count.',
		},
		locator('Tags to Copy', 'tags', tagNameModes, {
			description: `The sync copies these tags too. ${TAG_HELP}`,
		}),
	],
};

const allowed = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description,
});

/** Numbers that lift a brake for one run: the run's message says which is needed. */
export const allowOnce: INodeProperties = {
	displayName: 'Allow Once',
	name: 'allowOnce',
	type: 'collection',
	placeholder: 'Add a number',
	default: {},
	description:
		'A run that would do more than usual stops and says how much. Enter that number here for one run, then remove it.',
	options: [
		allowed('Empty Side', 'emptySide', 'Links to process although a side has no records'),
		allowed('New Records', 'creates', 'Records that may be created on one side'),
		allowed('New Settings', 'newPolicy', 'Writes to make although the settings are new'),
		allowed('Records Gone', 'gone', 'Linked records that may be gone on one side'),
		allowed('Updates', 'updates', 'Records that may be updated on one side'),
	],
};

const completeness = (displayName: string, name: string, service: string): INodeProperties => ({
	displayName,
	name,
	type: 'options',
	options: [
		{
			name: 'Automatic',
			value: 'auto',
			description: 'Yes, unless an item reports a failure or fewer came than expected',
		},
		{ name: 'No', value: 'no' },
		{ name: 'Yes', value: 'yes' },
	],
	default: 'auto',
	description: `Whether all records of ${service} come in. If not, the run links, creates and unlinks no records.`,
});

const expected = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description,
});

export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		completeness('All GHL Contacts Read', 'ghlComplete', 'GHL'),
		completeness('All HeyReach Leads Read', 'heyReachComplete', 'HeyReach'),
		expected(
			'Expected GHL Contacts',
			'expectedGhl',
			'How many contacts there are in HighLevel. If fewer come, the run takes the contacts for incomplete. 0 means unknown.',
		),
		expected(
			'Expected HeyReach Leads',
			'expectedHeyReach',
			'How many leads the chosen lists have together (totalItemsCount of each). If fewer come, the run takes the leads for incomplete. 0 means unknown.',
		),
		fieldExceptions,
		{
			displayName: 'Match by Phone',
			name: 'matchByPhone',
			type: 'boolean',
			default: false,
			description:
				'Whether the same phone number means the same person. Several people may share a number.',
		},
		{
			displayName: 'Missing GHL Fields Are Blank',
			name: 'absentIsBlank',
			type: 'boolean',
			default: true,
			description:
				'Whether a field that a contact comes without counts as blank. HighLevel leaves out fields that are not set; if this is off, such a field is never filled.',
		},
		{
			displayName: 'Old and New Values in Audit',
			name: 'auditValues',
			type: 'boolean',
			default: true,
			description: 'Whether the output Audit says what each value was before and is now',
		},
		{
			displayName: 'Preview New Settings',
			name: 'previewNewSettings',
			type: 'boolean',
			default: true,
			description:
				'Whether the first run with new or changed settings only shows what it would write',
		},
		{
			displayName: 'Safety Limits',
			name: 'brakes',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Limit',
			default: {},
			description:
				'How much one run may do on a side: the larger of the number and the share. A run that would do more stops and asks.',
			options: [
				{
					displayName: 'Limit',
					name: 'limits',
					values: [
						{
							displayName: 'Limit For',
							name: 'brake',
							type: 'options',
							options: [
								{ name: 'New Records', value: 'creates' },
								{ name: 'Records Gone', value: 'gone' },
								{ name: 'Updates', value: 'updates' },
							],
							default: 'updates',
							description: 'What is limited',
						},
						{
							displayName: 'Number',
							name: 'count',
							type: 'number',
							typeOptions: { minValue: 0 },
							default: 50,
							description: 'How many records one run may write, or find gone',
						},
						{
							displayName: 'Share (%)',
							name: 'percent',
							type: 'number',
							typeOptions: { minValue: 0, maxValue: 100 },
							default: 25,
							description:
								'Of the records of that side for New Records, of the linked people for the others',
						},
					],
				},
			],
		},
		{
			displayName: 'Wait for New Records (Minutes)',
			name: 'graceMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 15,
			description:
				'How long a new record may be missing from a list. After that it counts as gone, or is searched for and created again.',
		},
	],
};
