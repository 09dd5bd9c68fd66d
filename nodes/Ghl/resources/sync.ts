import { notApplied } from '../../planItem';
import type { Resource } from '../../engine/operation';
import { finishApply, recoverApply, startApply } from '../calls/applyPlan';

export const sync: Resource = {
	value: 'sync',
	name: 'Sync',
	operations: [
		{
			value: 'applyPlanItem',
			name: 'Apply Plan Item',
			action: 'Apply a plan item of contact sync',
			description:
				'Carry out what Contact Sync has planned for a contact: connect its output Apply in GHL. A field that has changed meanwhile, or that HighLevel cannot take, is left out, and the others are written. Each item comes out with its result or error, for Commit of Contact Sync.',
			request: { method: 'PUT', path: '/contacts/{contactId}' },
			scope: 'contacts.write',
			writes: true,
			fields: [],
			build: startApply,
			recover: recoverApply,
			finish: finishApply,
			failed: notApplied,
		},
	],
};
