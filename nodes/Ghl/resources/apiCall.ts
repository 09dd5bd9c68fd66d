import { apiCalls } from '../../engine/apiCall/operations';

export const apiCall = apiCalls({
	service: 'HighLevel',
	example: '/contacts/{{ $json.id }}/tags',
	lists: 'GET',
	offset: 'skip',
	versioned: true,
	agencies: true,
	// Both put tokens into the answer (docs/apis/highlevel.md#agency).
	secrets: /^\/oauth\/(token|locationToken)\/?$/i,
});
