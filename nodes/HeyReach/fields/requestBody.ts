import { BadInput } from '../../engine/badInput';
import { required, text } from '../../engine/describe/fields';
import type { Field } from '../../engine/operation';
import { jsonObject } from './jsonObject';

const { property } = required(
	text('Request Body (JSON)', 'requestBody', {
		type: 'json',
		description:
			'What to send, as the reference of HeyReach says (docs.heyreach.io). It is passed on as it is.',
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
