import { jsonParse } from 'n8n-workflow';
import { BadInput, isObject } from '../../engine/call/errors';
import { field } from '../../engine/describe/fields';
import type { Field } from '../../engine/operation';

/** The steps of a campaign, a tree of nodes. */
export const sequence: Field = field(
	{
		displayName: 'Sequence (JSON)',
		name: 'sequence',
		type: 'json',
		default: '',
		description:
			'The tree of steps as HeyReach has it: nodeType, payload, actionDelay, actionDelayUnit, conditionalNode and unconditionalNode. Get Sequence shows the one of another campaign, and what it puts out can be sent as it is.',
		placeholder: 'e.g. {"nodeType": "CONNECTION_REQUEST", "payload": {}, …}',
	},
	{
		in: 'body',
		key: 'sequence',
		as: (value) => {
			const tree: unknown =
				typeof value === 'string' ? jsonParse(value, { fallbackValue: null }) : value;
			if (isObject(tree) && typeof tree.nodeType === 'string') return tree;
			throw new BadInput(
				'“Sequence (JSON)” is not a sequence',
				'It must be valid JSON: one object with a nodeType, such as CONNECTION_REQUEST, and the steps after it inside.',
			);
		},
	},
);
