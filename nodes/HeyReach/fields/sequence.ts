import { BadInput } from '../../engine/badInput';
import { text } from '../../engine/describe/fields';
import { jsonObject } from './jsonObject';

/** The steps of a campaign, a tree of nodes. */
export const sequence = text('Sequence (JSON)', 'sequence', {
	type: 'json',
	description:
		'The steps as a tree: nodeType, payload, actionDelay, actionDelayUnit, conditionalNode and unconditionalNode. You can use the output of Get Sequence of another campaign.',
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
