import { filters, flag, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { lostReasonPages } from '../calls/pages';

export const lostReason: Resource = {
	value: 'lostReason',
	name: 'Lost Reason',
	operations: [
		verbs('lost reason', { path: '/opportunities/lost-reason', scope: 'opportunities' }).getMany({
			description: 'Get the reasons that can be given for a lost opportunity',
			query: { locationId: '{locationId}' },
			fields: [
				filters([
					flag('Deleted', 'deleted', 'Whether to return reasons that were deleted', {
						in: 'query',
					}),
					text('Name', 'name', { in: 'query', description: 'The exact name' }),
					text('Search Text', 'query', { in: 'query' }),
				]),
			],
			pages: lostReasonPages,
		}),
	],
};
