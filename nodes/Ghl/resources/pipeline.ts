import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';

export const pipeline: Resource = {
	value: 'pipeline',
	name: 'Pipeline',
	operations: [
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many pipelines',
			description:
				'Get the pipelines of the location with the IDs and names of their stages, which opportunities go through',
			request: {
				method: 'GET',
				path: '/opportunities/pipelines',
				query: { locationId: '{locationId}' },
			},
			scope: 'opportunities.readonly',
			writes: false,
			fields: [],
			pages: onePage('pipelines'),
		},
	],
};
