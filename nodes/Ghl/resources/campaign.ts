import { filters, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';

const status = text('Status', 'status', {
	in: 'query',
	placeholder: 'e.g. published',
	description: 'Status in HighLevel, such as draft or published',
});

export const campaign: Resource = {
	value: 'campaign',
	name: 'Campaign',
	operations: [
		verbs('campaign', { path: '/campaigns/', scope: 'campaigns' }).getMany({
			description: 'Get HighLevel’s own campaigns, to which contacts can be added',
			query: { locationId: '{locationId}' },
			fields: [filters([status])],
			pages: onePage('campaigns'),
		}),
	],
};
