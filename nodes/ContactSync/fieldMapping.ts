import type { INodeProperties } from 'n8n-workflow';
import { CUSTOM, DEFAULT_ROWS, GHL_FIELDS, HEYREACH_FIELDS, TAGS } from './fieldTable';
import type { KnownField } from './fieldTable';

const named = (fields: KnownField[]) => fields.map(({ name, value }) => ({ name, value }));

const notTags = { ghlField: [TAGS] };

/** The editor draws a row in one line. Other columns show only where they hold more than their default. */
const inLine = { typeOptions: { showEvenWhenOptional: true } };

const ghlField: INodeProperties = {
	displayName: 'GHL Field',
	name: 'ghlField',
	type: 'options',
	options: named(GHL_FIELDS),
	default: 'firstName',
	description: 'The field of the contact in HighLevel',
	...inLine,
};

const ghlCustomField: INodeProperties = {
	displayName: 'GHL Custom Field Name',
	name: 'ghlCustomField',
	type: 'string',
	default: '',
	placeholder: 'e.g. Job title',
	description:
		'The name that the custom field has in HighLevel. If contacts come as input items, read them with the option Custom Fields by Name of GHL Contacts.',
	...inLine,
};

const heyReachFields: INodeProperties[] = [
	{
		displayName: 'HeyReach Field',
		name: 'heyReachField',
		type: 'options',
		options: named(HEYREACH_FIELDS),
		default: 'firstName',
		description: 'The field of the lead in HeyReach',
		...inLine,
	},
	{
		displayName: 'HeyReach Custom Field Name',
		name: 'heyReachCustomField',
		type: 'string',
		default: '',
		placeholder: 'e.g. first_topic',
		description: 'The name that the custom field has in HeyReach',
		displayOptions: { show: { heyReachField: [CUSTOM] } },
		...inLine,
	},
];

const direction: INodeProperties = {
	displayName: 'Direction',
	name: 'direction',
	type: 'options',
	options: [
		{ name: '← To GHL', value: 'BtoA', description: 'HeyReach fills HighLevel' },
		{ name: '→ To HeyReach', value: 'AtoB', description: 'HighLevel fills HeyReach' },
		{
			name: '⇄ Both Ways',
			value: 'both',
			description: 'A change on either side goes to the other',
		},
		{
			name: 'New Only',
			value: 'new',
			description: 'A new record gets the value, and the field is left alone afterwards',
		},
		{ name: 'Off', value: 'off', description: 'Nothing is written' },
	],
	default: 'BtoA',
	description: 'The way that changes take',
	...inLine,
};

const rule: INodeProperties = {
	displayName: 'If Both Changed',
	name: 'rule',
	type: 'options',
	options: [
		{
			name: 'Ask Me',
			value: 'manual',
			description: 'Writes nothing. The question is in the output Needs Review.',
		},
		{
			name: 'Fill Blanks Only',
			value: 'fillBlank',
			description: 'Fills an empty field and overwrites no value',
		},
		{ name: 'GHL Wins', value: 'A' },
		{ name: 'HeyReach Wins', value: 'B' },
		{
			name: 'Latest Change Wins',
			value: 'field',
			description: 'The later change wins. Two changes that the same run sees go to review.',
		},
		{
			name: 'Latest Record Wins',
			value: 'latest',
			description:
				'Rarely useful: HeyReach gives no such time, and the writes of the sync count too',
		},
	],
	default: 'A',
	description: 'The side that wins if both sides have another value than in the last run',
	...inLine,
};

/** What few fields need. They stand in Options, and in the rows of older workflows. */
const details: INodeProperties[] = [
	{
		displayName: 'If Cleared on One Side',
		name: 'clear',
		type: 'options',
		options: [
			{ name: 'Keep on the Other Side', value: 'keep' },
			{ name: 'Clear on the Other Side Too', value: 'propagate' },
		],
		default: 'keep',
		description: 'HeyReach has no way to clear a field of a lead',
	},
	{
		displayName: 'Compare As',
		name: 'compare',
		type: 'options',
		options: [
			{ name: 'By the Fields', value: 'auto' },
			{ name: 'Date', value: 'date' },
			{ name: 'Email', value: 'email' },
			{ name: 'Exact', value: 'exact' },
			{ name: 'LinkedIn Address', value: 'linkedIn' },
			{ name: 'Phone', value: 'phone' },
			{ name: 'Text (Spaces Do Not Count)', value: 'text' },
			{ name: 'Text (Upper and Lower Case Do Not Count)', value: 'caseless' },
		],
		default: 'auto',
		description: 'When two values count as equal. Equal values are not written.',
	},
	{
		displayName: 'If the Times Are Equal',
		name: 'tiebreak',
		type: 'options',
		options: [
			{ name: 'Ask Me', value: 'manual' },
			{ name: 'GHL Wins', value: 'A' },
			{ name: 'HeyReach Wins', value: 'B' },
		],
		default: 'manual',
		description:
			'The side that wins if Latest Change Wins or Latest Record Wins finds equal or unknown times',
	},
];

const unlessTags = (column: INodeProperties): INodeProperties => ({
	...column,
	displayOptions: { hide: notTags },
});

const ofCustom = { displayOptions: { show: { ghlField: [CUSTOM] } } };

/** The columns of a row. */
export const columns: INodeProperties[] = [
	ghlField,
	{ ...ghlCustomField, ...ofCustom },
	direction,
	...heyReachFields,
	unlessTags(rule),
	...details.map(unlessTags),
];

/** A row for a custom field has no drop-down for the HighLevel field: the line has room for its name. */
const customColumns: INodeProperties[] = [ghlCustomField, direction, ...heyReachFields, rule];

/** The fields of a new node, each with or without its HighLevel field as a drop-down. */
const rows = DEFAULT_ROWS.filter((row) => row.ghlField !== CUSTOM);
const custom = DEFAULT_ROWS.filter((row) => row.ghlField === CUSTOM);

/** The field table. The names of its two kinds of rows head the columns, since the lines have no labels. */
export const fieldMapping: INodeProperties = {
	displayName: 'Field Mapping',
	name: 'fieldMapping',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		hideOptionalFields: true,
		fixedCollection: { layout: 'inline' },
	},
	placeholder: 'Add Field',
	default: {
		rows: rows.map((row) => ({ ...row })),
		custom: custom.map((row) => ({ ...row, ghlField: undefined })),
	},
	description: 'The fields that are kept the same: one line for each',
	options: [
		{
			displayName: 'GHL Field · Direction · HeyReach Field · If Both Changed',
			name: 'rows',
			values: columns,
		},
		{
			displayName: 'GHL Custom Field · Direction · HeyReach Field · If Both Changed',
			name: 'custom',
			values: customColumns,
		},
	],
};

/** In Options: what a field needs beside its line in the field table. */
export const fieldExceptions: INodeProperties = {
	displayName: 'Field Exceptions',
	name: 'fieldExceptions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Exception',
	default: {},
	description: 'For single fields of Field Mapping: clearing, comparing, and equal times',
	options: [
		{
			displayName: 'Exception',
			name: 'rows',
			values: [
				{
					...ghlField,
					typeOptions: undefined,
					options: named(GHL_FIELDS.filter(({ value }) => value !== TAGS)),
				},
				{ ...ghlCustomField, typeOptions: undefined, ...ofCustom },
				...details,
			],
		},
	],
};
