import { flag, notSent } from '../../engine/describe/fields';
import { operation } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { notApplied } from '../../planItem';
import { finishApply, foldApply, startApply } from '../calls/applyPlan';
import { syncList } from '../editor/pickers';

const allowEnrolment = notSent(
	flag(
		'Allow Enrolment',
		'allowEnrolment',
		'Whether the list may be one that campaigns use. A running campaign writes to every lead that is added to its list.',
		{ default: false },
	),
);

export const sync: Resource = {
	value: 'sync',
	name: 'Sync',
	operations: [
		operation('POST /list/AddLeadsToListV2', {
			value: 'applyPlanItem',
			action: 'Apply a plan item of contact sync',
			description:
				'Carry out what Contact Sync has planned for a lead: connect its output Apply in HeyReach. HeyReach changes a lead by adding it to a list again, in calls of up to 100. A field that has changed meanwhile is left out, and the others are written. Each item comes out with its result or error, for Commit of Contact Sync.',
			repeatable: true,
			fields: [syncList, allowEnrolment],
			build: startApply,
			fold: foldApply,
			finish: finishApply,
			failed: notApplied,
		}),
	],
};
