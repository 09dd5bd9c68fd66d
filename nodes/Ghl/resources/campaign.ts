import { text } from '../../engine/describe/fields';
import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { filters } from '../fields/records';

export const campaign: Resource = {
	value: 'campaign',
	name: 'Campaign',
	operations: [
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many campaigns',
			description: 'Get HighLevel’s own campaigns, to which contacts can be added',
			request: { method: 'GET', path: '/campaigns/', query: { locationId: '{locationId}' } },
			scope: 'campaigns.readonly',
			writes: false,
			fields: [
				filters([
					text('Status', 'status', {
						in: 'query',
						placeholder: 'e.g. published',
						description: 'HighLevel’s own word for it, such as draft or published',
					}),
				]),
			],
			pages: onePage('campaigns'),
		},
	],
};
