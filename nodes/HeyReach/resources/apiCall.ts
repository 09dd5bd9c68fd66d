import { apiCalls } from '../../engine/apiCall/operations';
import { withoutTriggerSecrets } from '../calls/triggerSecrets';

export const apiCall = apiCalls({
	service: 'HeyReach',
	example: '/campaign/GetById',
	lists: 'POST',
	offset: 'offset',
	// The keys of each workspace. Organization Workspace: Get API Keys puts out their last characters.
	secrets: /^\/management\/organizations\/api-keys(\/|$)/i,
	finish: withoutTriggerSecrets,
});
