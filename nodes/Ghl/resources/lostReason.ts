import { collection, flag, text } from '../../engine/describe/fields';
import type { Resource } from '../../engine/operation';
import { lostReasonPages } from '../calls/pages';

export const lostReason: Resource = {
	value: 'lostReason',
	name: 'Lost Reason',
	operations: [
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many lost reasons',
			description: 'Get the reasons that can be given for a lost opportunity',
			request: {
				method: 'GET',
				path: '/opportunities/lost-reason',
				query: { locationId: '{locationId}' },
			},
			scope: 'opportunities.readonly',
			writes: false,
			fields: [
				collection({ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' }, [
					flag('Deleted', 'deleted', 'Whether to return reasons that were deleted', {
						in: 'query',
					}),
					text('Name', 'name', { in: 'query', description: 'The exact name' }),
					text('Search Text', 'query', { in: 'query' }),
				]),
			],
			pages: lostReasonPages,
		},
	],
};
