import { BadInput } from '../../engine/badInput';
import { required, text } from '../../engine/describe/fields';
import type { Field } from '../../engine/operation';
import { jsonObject } from './jsonObject';

const { property } = required(
	text('Request Body (JSON)', 'requestBody', {
		type: 'json',
		description: 'The body as documented at docs.heyreach.io. It is sent unchanged.',
	}),
);

/** The whole body of a request, for endpoints whose form HeyReach does not publish. */
export const requestBody: Field = {
	property,
	spread: async (value) => {
		const body = jsonObject(value);
		if (body) return body;
		throw new BadInput(
			'“Request Body (JSON)” is not a JSON object',
			'Check its brackets, quotes and commas.',
		);
	},
};
