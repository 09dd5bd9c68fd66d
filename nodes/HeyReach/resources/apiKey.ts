import type { Resource } from '../../engine/operation';

export const apiKey: Resource = {
	value: 'apiKey',
	name: 'API Key',
	operations: [
		{
			value: 'check',
			name: 'Check',
			action: 'Check the API key',
			description: 'Check whether HeyReach accepts the API key of the credential; fails if not',
			request: { method: 'GET', path: '/auth/CheckApiKey' },
			writes: false,
			fields: [],
			finish: () => ({ valid: true }),
		},
	],
};
