import { operation } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';

export const apiKey: Resource = {
	value: 'apiKey',
	name: 'API Key',
	operations: [
		operation('GET /auth/CheckApiKey', {
			value: 'check',
			action: 'Check the API key',
			description:
				'Check whether HeyReach accepts the API key of the credential; returns valid: true, or an error',
			finish: () => ({ valid: true }),
		}),
	],
};
