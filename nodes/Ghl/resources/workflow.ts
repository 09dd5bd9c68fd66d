import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';

export const workflow: Resource = {
	value: 'workflow',
	name: 'Workflow',
	operations: [
		verbs('workflow', { path: '/workflows/', scope: 'workflows' }).getMany({
			description: 'Get HighLevel’s own workflows (not n8n’s), to which contacts can be added',
			query: { locationId: '{locationId}' },
			pages: onePage('workflows'),
		}),
	],
};
