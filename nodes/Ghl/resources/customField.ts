import { collection, field } from '../../engine/fields';
import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/paginate';

const model = field(
	{
		displayName: 'Belongs To',
		name: 'model',
		type: 'options',
		options: [
			{ name: 'Contacts', value: 'contact' },
			{ name: 'Opportunities', value: 'opportunity' },
		],
		default: 'contact',
	},
	{ in: 'body', key: 'model' },
);

/** Data types that need no further settings; HighLevel's own spellings. */
const TYPES: Array<[name: string, value: string]> = [
	['Date', 'DATE'],
	['Large Text', 'LARGE_TEXT'],
	['Monetary', 'MONETORY'],
	['Number', 'NUMERICAL'],
	['Phone', 'PHONE'],
	['Text', 'TEXT'],
];

export const customField: Resource = {
	value: 'customField',
	name: 'Custom Field',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a custom field',
			description:
				'Create a custom field in the location. A second one of the same name is not refused: look with Get Many first.',
			request: { method: 'POST', path: '/locations/{locationId}/customFields' },
			scope: 'locations/customFields.write',
			writes: true,
			fields: [
				field(
					{
						displayName: 'Name',
						name: 'fieldName',
						type: 'string',
						required: true,
						default: '',
						placeholder: 'e.g. LinkedIn profile',
					},
					{ in: 'body', key: 'name' },
				),
				field(
					{
						displayName: 'Type',
						name: 'dataType',
						type: 'options',
						options: TYPES.map(([name, value]) => ({ name, value })),
						default: 'TEXT',
					},
					{ in: 'body', key: 'dataType' },
				),
				model,
				collection(
					{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add Field' },
					[
						field(
							{ displayName: 'Placeholder', name: 'placeholder', type: 'string', default: '' },
							{ in: 'body', key: 'placeholder' },
						),
						field(
							{
								displayName: 'Position',
								name: 'position',
								type: 'number',
								default: 0,
								description: 'Where the field stands among the others, from 0',
							},
							{ in: 'body', key: 'position' },
						),
					],
				),
			],
			result: 'customField',
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many custom fields',
			description: 'Get the custom fields of the location, which HighLevel returns all at once',
			request: { method: 'GET', path: '/locations/{locationId}/customFields' },
			scope: 'locations/customFields.readonly',
			writes: false,
			fields: [
				field(
					{
						displayName: 'Belonging To',
						name: 'modelFilter',
						type: 'options',
						options: [
							{ name: 'All', value: 'all' },
							{ name: 'Contacts', value: 'contact' },
							{ name: 'Opportunities', value: 'opportunity' },
						],
						default: 'contact',
					},
					{ in: 'query', key: 'model' },
				),
			],
			pages: onePage('customFields'),
		},
	],
};
