import { BadInput } from '../../engine/badInput';
import { text } from '../../engine/describe/fields';
import { jsonObject } from './jsonObject';

/** The steps of a campaign, a tree of nodes. */
export const sequence = text('Sequence (JSON)', 'sequence', {
	type: 'json',
	description:
		'The tree of steps as HeyReach has it: nodeType, payload, actionDelay, actionDelayUnit, conditionalNode and unconditionalNode. Get Sequence shows the one of another campaign, and what it puts out can be sent as it is.',
	placeholder: 'e.g. {"nodeType": "CONNECTION_REQUEST", "payload": {}, …}',
	as: (value) => {
		const tree = jsonObject(value);
		if (typeof tree?.nodeType === 'string') return tree;
		throw new BadInput(
			'“Sequence (JSON)” is not a sequence',
			'It must be valid JSON: one object with a nodeType, such as CONNECTION_REQUEST, and the steps after it inside.',
		);
	},
});
