import { filters, flag, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { lostReasonPages } from '../calls/pages';

export const lostReason: Resource = {
	value: 'lostReason',
	name: 'Lost Reason',
	operations: [
		verbs('lost reason', { path: '/opportunities/lost-reason', scope: 'opportunities' }).getMany({
			description: 'Get the lost reasons that an opportunity can have',
			query: { locationId: '{locationId}' },
			fields: [
				filters([
					flag('Deleted', 'deleted', 'Whether to return reasons that were deleted', {
						in: 'query',
					}),
					text('Name', 'name', {
						placeholder: 'e.g. Acme',
						in: 'query',
						description: 'Exact name of the reason',
					}),
					text('Search Text', 'query', { placeholder: 'e.g. price', in: 'query' }),
				]),
			],
			pages: lostReasonPages,
		}),
	],
};
