import type { INodeProperties } from 'n8n-workflow';
import { allowOnce, options, tagOptions } from './optionProperties';
import { CUSTOM, DEFAULT_ROWS, GHL_FIELDS, HEYREACH_FIELDS, TAGS } from './fieldTable';
import type { KnownField } from './fieldTable';

const plan = { show: { operation: ['plan'] } };

const named = (fields: KnownField[]) => fields.map(({ name, value }) => ({ name, value }));

const notTags = { ghlField: [TAGS] };

const columns: INodeProperties[] = [
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
			'Where changes travel. New Records Only: a record that is created gets it, and it is left alone afterwards.',
	},
	{
		displayName: 'If Both Changed',
		name: 'rule',
		type: 'options',
		options: [
			{ name: 'Ask Me', value: 'manual', description: 'Nothing is written; it is in Needs Review' },
			{
				name: 'Field Changed Last Wins',
				value: 'field',
				description: 'By when a change was first seen; both in one run: ask',
			},
			{
				name: 'Fill Blanks Only',
				value: 'fillBlank',
				description: 'A value is never overwritten, whoever changed it',
			},
			{ name: 'GHL Wins', value: 'A' },
			{ name: 'HeyReach Wins', value: 'B' },
			{
				name: 'Record Changed Last Wins',
				value: 'latest',
				description:
					'HeyReach gives no such time, and our own writes count too: rarely what is wanted',
			},
		],
		default: 'A',
		displayOptions: { hide: notTags },
	},
	{
		displayName: 'If That Cannot Tell',
		name: 'tiebreak',
		type: 'options',
		options: [
			{ name: 'Ask Me', value: 'manual' },
			{ name: 'GHL Wins', value: 'A' },
			{ name: 'HeyReach Wins', value: 'B' },
		],
		default: 'manual',
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
		description: 'When two values count as the same, so that nothing is written',
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
				name: 'Commit',
				value: 'commit',
				action: 'Commit what was applied',
				description:
					'Turn applied plan items into rows to store, so that the next plan knows of them',
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
			'Nothing is written by this node. Connect Apply in GHL and Apply in HeyReach to <b>Sync: Apply Plan Item</b> of the two nodes, and those to a Contact Sync with the operation Commit.',
		name: 'planNotice',
		type: 'notice',
		default: '',
		displayOptions: plan,
	},
	{
		displayName:
			'Connect <b>Sync: Apply Plan Item</b> of GHL Contacts and of HeyReach here. Store the rows of both outputs.',
		name: 'commitNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['commit'] } },
	},
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Full',
				value: 'full',
				description: 'All contacts and all leads of the chosen lists are connected',
			},
			{
				name: 'Partial',
				value: 'partial',
				description:
					'Some records, such as those of an event: only pairs that are linked already are kept in step',
			},
		],
		default: 'full',
		displayOptions: plan,
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description:
			'Whether to only show what would be written: the outputs for both services stay empty, and the plan is in Summary',
		displayOptions: plan,
	},
	{
		displayName: 'Field Mapping',
		name: 'fieldMapping',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Field',
		default: { rows: DEFAULT_ROWS.map((row) => ({ ...row })) },
		displayOptions: plan,
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
				description: 'Blanks are filled; where values differ, ask',
			},
			{
				name: 'Fill Blanks',
				value: 'fillBlank',
				description: 'Where values differ both stay, and it is in Needs Review',
			},
			{ name: 'GHL Wins', value: 'A' },
			{ name: 'HeyReach Wins', value: 'B' },
		],
		default: 'fillBlank',
		description:
			'What happens to differing values when a contact and a lead are linked for the first time',
		displayOptions: plan,
	},
	{
		displayName: 'Create Missing in GHL',
		name: 'createInGhl',
		type: 'boolean',
		default: false,
		description: 'Whether a lead without a contact becomes a new contact',
		displayOptions: plan,
	},
	{
		displayName: 'Create Missing in HeyReach',
		name: 'createInHeyReach',
		type: 'boolean',
		default: false,
		description:
			'Whether a contact without a lead becomes a new lead in the sync list. Contacts that have opted out never do.',
		displayOptions: plan,
	},
	{ ...tagOptions, displayOptions: plan },
	{ ...allowOnce, displayOptions: plan },
	{ ...options, displayOptions: plan },
	{
		displayName: 'Options',
		name: 'commitOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { operation: ['commit'] } },
		options: [
			{
				displayName: 'Values in Audit Rows',
				name: 'auditValues',
				type: 'boolean',
				default: true,
				description: 'Whether audit rows carry the values before and after',
			},
		],
	},
];
