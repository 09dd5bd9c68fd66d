import type { Resource } from './engine/operation';

/** In version 0.1 each service had an operation for plan items. A workflow of that time still asks for it. */
export const replacedSync: Resource = {
	value: 'sync',
	name: 'Sync',
	operations: [],
	replaced:
		'Contact Sync now writes to both services itself: connect its output Plan Items to a Contact Sync with the operation Apply, or import the template of the sync again. Nothing was sent.',
};
