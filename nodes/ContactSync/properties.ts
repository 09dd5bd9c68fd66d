import type { INodeProperties } from 'n8n-workflow';
import { applyProperties } from './applyProperties';
import { allowOnce, options, tagOptions } from './optionProperties';
import { fieldMapping } from './fieldMapping';
import { newContactProperties } from './newContactProperties';
import { readProperties } from './readProperties';

const plan = { show: { operation: ['plan'] } };
/** A partial run has the settings of the last full run. */
const fullPlan = { show: { operation: ['plan'], mode: ['full'] } };

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
					'Write the changes of a plan: read each record again, write it, and check what was written',
			},
			{
				name: 'Plan',
				value: 'plan',
				action: 'Plan a sync',
				description:
					'Compare contacts and leads with the last run and work out the changes. Nothing is written.',
			},
		],
		default: 'plan',
	},
	{
		displayName:
			'This step writes nothing.<ul><li>1. Read From: choose how both accounts are connected, then the credentials and the lists.</li><li>2. Field Mapping: check each line: HighLevel field, direction, HeyReach field, and who wins if both changed.</li><li>3. Dry Run: turn it on, execute, and read the output Summary. Turn it off when all is right.</li><li>4. Outputs: store Rows, Audit and Needs Review. Connect Plan Items through a Loop Over Items (batch size 1) to a Contact Sync with the operation Apply.</li></ul>The template “Reconcile GHL contacts and HeyReach leads” has all of this.',
		name: 'planNotice',
		type: 'notice',
		default: '',
		displayOptions: plan,
	},
	{
		displayName:
			'<ul><li>1. Input: connect Plan Items of the operation Plan, through a Loop Over Items (batch size 1).</li><li>2. Write To: choose the accounts that Plan has read.</li><li>3. Sync List: choose the HeyReach list that new leads are added to.</li><li>4. Outputs: store Rows and Audit, then go back to the loop for the next items.</li></ul>',
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
				name: 'All Records',
				value: 'full',
				description: 'All contacts, and all leads of the chosen lists',
			},
			{
				name: 'Changed Records Only',
				value: 'partial',
				description:
					'The records that come in, such as those of an event. Only people that both sides already have are updated.',
			},
		],
		default: 'full',
		description: 'The contacts and leads that are compared',
		displayOptions: plan,
	},
	{
		displayName:
			'Lists, field mapping, tags, owners and options are those of the last run with Mode: All Records. Contact Sync finds them in the stored rows.',
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
			'Whether to only show what would be written. Plan Items stays empty, and the plan is in Summary.',
		displayOptions: plan,
	},
	{ ...fieldMapping, displayOptions: fullPlan },
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
