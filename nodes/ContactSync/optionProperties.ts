import type { INodeProperties } from 'n8n-workflow';

/** Which tags may be touched, and what marks a record whose counterpart is gone. */
export const tagOptions: INodeProperties = {
	displayName: 'Tags',
	name: 'tagOptions',
	type: 'collection',
	placeholder: 'Add tag setting',
	default: {},
	options: [
		{
			displayName: 'Gone Tag in GHL',
			name: 'goneTagGhl',
			type: 'string',
			default: '',
			placeholder: 'e.g. heyreach-gone',
			description: 'Added to a contact whose lead is gone from the lists',
		},
		{
			displayName: 'Gone Tag in HeyReach',
			name: 'goneTagHeyReach',
			type: 'string',
			default: '',
			placeholder: 'e.g. ghl-gone',
			description: 'Added to a lead whose contact is gone',
		},
		{
			displayName: 'Prefixes',
			name: 'prefixes',
			type: 'string',
			default: '',
			placeholder: 'e.g. li-, outreach-',
			description:
				'The sync copies tags that begin with one of these, and touches no other tag. Separated by commas. Case does not count.',
		},
		{
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			default: '',
			placeholder: 'e.g. hot lead, customer',
			description: 'The sync copies these tags too. Separated by commas.',
		},
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
	placeholder: 'Lift a brake',
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
	description: `Whether all records of ${service} are connected. If not, the run links, creates and unlinks nobody.`,
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
		{
			displayName: 'Brakes',
			name: 'brakes',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Brake',
			default: {},
			description: 'How much one run may do to a side: the larger of the number and the share',
			options: [
				{
					displayName: 'Brake',
					name: 'limits',
					values: [
						{
							displayName: 'Brake',
							name: 'brake',
							type: 'options',
							options: [
								{ name: 'New Records', value: 'creates' },
								{ name: 'Records Gone', value: 'gone' },
								{ name: 'Updates', value: 'updates' },
							],
							default: 'updates',
						},
						{
							displayName: 'Number',
							name: 'count',
							type: 'number',
							typeOptions: { minValue: 0 },
							default: 50,
						},
						{
							displayName: 'Share (%)',
							name: 'percent',
							type: 'number',
							typeOptions: { minValue: 0, maxValue: 100 },
							default: 25,
							description: 'New Records: of the records of that side. The others: of the links.',
						},
					],
				},
			],
		},
		expected(
			'Expected GHL Contacts',
			'expectedGhl',
			'How many contacts a whole read has. With fewer the side counts as half read. 0: not known.',
		),
		expected(
			'Expected HeyReach Leads',
			'expectedHeyReach',
			'How many leads all chosen lists have together (totalItemsCount of each). With fewer the side counts as half read. 0: not known.',
		),
		{
			displayName: 'Left-Out GHL Fields Are Blank',
			name: 'absentIsBlank',
			type: 'boolean',
			default: true,
			description:
				'Whether a field that a whole contact does not show counts as blank. HighLevel leaves out what is not set; without this such a field is never filled.',
		},
		{
			displayName: 'Match by Phone',
			name: 'matchByPhone',
			type: 'boolean',
			default: false,
			description:
				'Whether the same phone number means the same person. Several people may share a number.',
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
			displayName: 'Values in Audit Rows',
			name: 'auditValues',
			type: 'boolean',
			default: true,
			description: 'Whether audit rows carry the values before and after',
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
