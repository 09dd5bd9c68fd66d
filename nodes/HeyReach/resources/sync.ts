import type { Resource } from '../../engine/operation';
import { notApplied } from '../../engine/planItem';
import { finishApply, foldApply, startApply } from '../calls/applyPlan';
import { syncList } from '../editor/pickers';

export const sync: Resource = {
	value: 'sync',
	name: 'Sync',
	operations: [
		{
			value: 'applyPlanItem',
			name: 'Apply Plan Item',
			action: 'Apply a plan item of contact sync',
			description:
				'Carry out what Contact Sync has planned for a lead: connect its output Apply in HeyReach. HeyReach changes a lead by adding it to a list again, in calls of up to 100. A field that has changed meanwhile is left out, and the others are written. Each item comes out with its result or error, for Commit of Contact Sync.',
			request: { method: 'POST', path: '/list/AddLeadsToListV2', repeatable: true },
			writes: true,
			fields: [
				syncList,
				{
					property: {
						displayName: 'Allow Enrolment',
						name: 'allowEnrolment',
						type: 'boolean',
						default: false,
						description:
							'Whether the list may be one that campaigns use. A running campaign writes to every lead that is added to its list.',
					},
				},
			],
			build: startApply,
			fold: foldApply,
			finish: finishApply,
			failed: notApplied,
		},
	],
};
