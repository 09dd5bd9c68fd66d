import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';

export const workflow: Resource = {
	value: 'workflow',
	name: 'Workflow',
	operations: [
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many workflows',
			description:
				'Get HighLevel’s own workflows (not n8n’s), to which contacts can be added. They are made in HighLevel only.',
			request: { method: 'GET', path: '/workflows/', query: { locationId: '{locationId}' } },
			scope: 'workflows.readonly',
			writes: false,
			fields: [],
			pages: onePage('workflows'),
		},
	],
};
