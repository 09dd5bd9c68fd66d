import type { INodeProperties } from 'n8n-workflow';
import { applyProperties } from './applyProperties';
import { allowOnce, options, tagOptions } from './optionProperties';
import { CUSTOM, DEFAULT_ROWS, GHL_FIELDS, HEYREACH_FIELDS, TAGS } from './fieldTable';
import type { KnownField } from './fieldTable';
import { newContactProperties } from './newContactProperties';
import { readProperties } from './readProperties';

const plan = { show: { operation: ['plan'] } };
/** A partial run has the settings of the last full run. */
const fullPlan = { show: { operation: ['plan'], mode: ['full'] } };

const named = (fields: KnownField[]) => fields.map(({ name, value }) => ({ name, value }));

const notTags = { ghlField: [TAGS] };

/** The columns of the field table. */
export const columns: INodeProperties[] = [
	{
		displayName: 'GHL Field',
		name: 'ghlField',
		type: 'options',
		options: named(GHL_FIELDS),
		default: 'firstName',
	},
	{
		displayName: 'GHL Custom Field Name',
		name: 'ghlCustomField',
		type: 'string',
		default: '',
		placeholder: 'e.g. Job title',
		description:
			'As it is named in HighLevel. GHL Contacts must read contacts with the option Custom Fields by Name.',
		displayOptions: { show: { ghlField: [CUSTOM] } },
	},
	{
		displayName: 'HeyReach Field',
		name: 'heyReachField',
		type: 'options',
		options: named(HEYREACH_FIELDS),
		default: 'firstName',
	},
	{
		displayName: 'HeyReach Custom Field Name',
		name: 'heyReachCustomField',
		type: 'string',
		default: '',
		placeholder: 'e.g. first_topic',
		displayOptions: { show: { heyReachField: [CUSTOM] } },
	},
	{
		displayName: 'Direction',
		name: 'direction',
		type: 'options',
		options: [
			{ name: 'Both Ways', value: 'both' },
			{ name: 'GHL to HeyReach', value: 'AtoB' },
			{ name: 'HeyReach to GHL', value: 'BtoA' },
			{ name: 'New Records Only', value: 'new' },
			{ name: 'Off', value: 'off' },
		],
		default: 'BtoA',
		description:
			'Where changes go. New Records Only: a new record gets the value, and the field is left alone afterwards.',
	},
	{
		displayName: 'If Both Changed',
		name: 'rule',
		type: 'options',
		options: [
			{
				name: 'Ask Me',
				value: 'manual',
				description: 'Writes nothing. The conflict is in the output Needs Review.',
			},
			{
				name: 'Field Changed Last Wins',
				value: 'field',
				description: 'The later change wins. Two changes that the same run sees go to review.',
			},
			{
				name: 'Fill Blanks Only',
				value: 'fillBlank',
				description: 'Fills an empty field and overwrites no value',
			},
			{ name: 'GHL Wins', value: 'A' },
			{ name: 'HeyReach Wins', value: 'B' },
			{
				name: 'Record Changed Last Wins',
				value: 'latest',
				description:
					'Rarely useful: HeyReach gives no such time, and the writes of the sync count too',
			},
		],
		default: 'A',
		displayOptions: { hide: notTags },
	},
	{
		displayName: 'Tie Breaker',
		name: 'tiebreak',
		type: 'options',
		options: [
			{ name: 'Ask Me', value: 'manual' },
			{ name: 'GHL Wins', value: 'A' },
			{ name: 'HeyReach Wins', value: 'B' },
		],
		default: 'manual',
		description: 'Which side wins when the times are equal or unknown',
		displayOptions: { show: { rule: ['latest', 'field'] }, hide: notTags },
	},
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
		displayOptions: { hide: notTags },
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
		displayOptions: { hide: notTags },
	},
];

/** All parameters of the node. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Apply',
				value: 'apply',
				action: 'Apply a plan',
				description:
					'Carry out the portions of a plan: look at each record again, write, and read back',
			},
			{
				name: 'Plan',
				value: 'plan',
				action: 'Plan a sync',
				description: 'Compare both sides with what was stored and plan what has to be written',
			},
		],
		default: 'plan',
	},
	{
		displayName:
			'This step writes nothing. Store the outputs Rows, Audit and Needs Review, and connect Plan Items through a <b>Loop Over Items</b> (batch size 1) to a Contact Sync with the operation Apply.',
		name: 'planNotice',
		type: 'notice',
		default: '',
		displayOptions: plan,
	},
	{
		displayName:
			'Connect <b>Plan Items</b> of the operation Plan here. Store the rows of both outputs Rows and Audit before the next portion begins.',
		name: 'applyNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['apply'] } },
	},
	...readProperties,
	...applyProperties,
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Full',
				value: 'full',
				description: 'All contacts, and all leads of the chosen lists',
			},
			{
				name: 'Partial',
				value: 'partial',
				description: 'Some records, such as those of an event. Only linked pairs are updated.',
			},
		],
		default: 'full',
		displayOptions: plan,
	},
	{
		displayName:
			'A partial run has the settings of the last full run: lists, field mapping, tags, owners and options. The row of that run is in the table of the links.',
		name: 'partialNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['plan'], mode: ['partial'] } },
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description:
			'Whether to only show what would be written. The outputs for both services stay empty, and the plan is in Summary.',
		displayOptions: plan,
	},
	{
		displayName: 'Field Mapping',
		name: 'fieldMapping',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Field',
		default: { rows: DEFAULT_ROWS.map((row) => ({ ...row })) },
		displayOptions: fullPlan,
		options: [{ displayName: 'Field', name: 'rows', values: columns }],
	},
	{
		displayName: 'When First Linked',
		name: 'initial',
		type: 'options',
		options: [
			{
				name: 'Ask Me',
				value: 'manual',
				description: 'Fills blanks. Values that differ go to review.',
			},
			{
				name: 'Fill Blanks',
				value: 'fillBlank',
				description: 'Fills blanks. Values that differ stay, and are in Needs Review.',
			},
			{ name: 'GHL Wins', value: 'A' },
			{ name: 'HeyReach Wins', value: 'B' },
		],
		default: 'fillBlank',
		description:
			'What happens to differing values when a contact and a lead are linked for the first time',
		displayOptions: fullPlan,
	},
	{
		displayName: 'Create Missing in GHL',
		name: 'createInGhl',
		type: 'boolean',
		default: false,
		description: 'Whether a lead without a contact becomes a new contact',
		displayOptions: fullPlan,
	},
	{
		displayName: 'Create Missing in HeyReach',
		name: 'createInHeyReach',
		type: 'boolean',
		default: false,
		description:
			'Whether a contact without a lead becomes a new lead in the sync list. Contacts that have opted out never do.',
		displayOptions: fullPlan,
	},
	...newContactProperties,
	{ ...tagOptions, displayOptions: fullPlan },
	{ ...allowOnce, displayOptions: fullPlan },
	{ ...options, displayOptions: fullPlan },
];
