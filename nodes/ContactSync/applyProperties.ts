import type { INodeProperties } from 'n8n-workflow';
import { syncList } from '../HeyReach/editor/pickers';

const apply = { show: { operation: ['apply'] } };

/** Where Apply writes the leads. */
export const applyProperties: INodeProperties[] = [
	{ ...syncList.property, required: false, displayOptions: apply },
	{
		displayName: 'Allow a List With Campaigns',
		name: 'allowEnrolment',
		type: 'boolean',
		default: false,
		description:
			'Whether the list may be one that campaigns use. A running campaign writes to every lead that is added to its list.',
		displayOptions: apply,
	},
];
