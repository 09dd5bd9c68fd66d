import { ghlResources } from '../../../nodes/Ghl/resources';
import { heyReachResources } from '../../../nodes/HeyReach/resources';
import type { Operation, Resource } from '../../../nodes/engine/operation';
import type { Manner, ServiceName } from './table';

export interface Listed {
	/** `contact:create`. */
	key: string;
	operation: Operation;
	manner: Manner;
	/** The operation's own call, not the look-ups on the way to it. */
	path: string;
}

const RESOURCES: Record<ServiceName, Resource[]> = {
	highlevel: ghlResources,
	heyreach: heyReachResources,
};

export const operationsOf = (service: ServiceName): Listed[] =>
	RESOURCES[service].flatMap((resource) =>
		resource.operations.map((operation) => ({
			key: `${resource.value}:${operation.value}`,
			operation,
			manner: mannerOf(operation),
			path: `^${operation.request.path.replace('/{path}', '/.+').replace(/\{\w+\}/g, '[^/]+')}$`,
		})),
	);

function mannerOf({ request, recover }: Operation): Manner {
	if (request.method !== 'POST' || request.repeatable === true) return 'safe';
	return recover ? 'lookedUp' : 'once';
}
