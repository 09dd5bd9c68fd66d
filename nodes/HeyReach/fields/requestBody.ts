import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { BadInput, isObject } from '../../engine/call/errors';
import type { Field } from '../../engine/operation';

/** The whole body of a request, for endpoints whose form HeyReach does not publish. */
export const requestBody: Field = {
	property: {
		displayName: 'Request Body (JSON)',
		name: 'requestBody',
		type: 'json',
		required: true,
		default: '',
		description:
			'What to send, as the reference of HeyReach says (docs.heyreach.io). It is passed on as it is.',
	},
	spread: async (value) => {
		const body: unknown =
			typeof value === 'string' ? jsonParse(value, { fallbackValue: null }) : value;
		if (isObject(body)) return body as IDataObject;
		throw new BadInput(
			'“Request Body (JSON)” is not a JSON object',
			'Check its brackets, quotes and commas.',
		);
	},
};
