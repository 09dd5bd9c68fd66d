import { apiCalls } from '../../engine/apiCall/operations';

export const apiCall = apiCalls({
	service: 'HeyReach',
	example: '/campaign/GetById',
	lists: 'POST',
	offset: 'offset',
});
