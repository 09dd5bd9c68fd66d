import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';

export const pipeline: Resource = {
	value: 'pipeline',
	name: 'Pipeline',
	operations: [
		verbs('pipeline', { path: '/opportunities/pipelines', scope: 'opportunities' }).getMany({
			description:
				'Get the pipelines of the location with the IDs and names of their stages, which opportunities go through',
			query: { locationId: '{locationId}' },
			pages: onePage('pipelines'),
		}),
	],
};
