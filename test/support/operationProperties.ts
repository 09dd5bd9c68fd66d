import type { INodeProperties, INodeType } from 'n8n-workflow';
import type { Resource } from '../../nodes/engine/operation';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node';
import { ghlResources } from '../../nodes/Ghl/resources';
import { HeyReach } from '../../nodes/HeyReach/HeyReach.node';
import { heyReachResources } from '../../nodes/HeyReach/resources';

interface Described {
	node: INodeType;
	resources: Resource[];
}

/** The action nodes, by their name in the editor. */
export const ACTION_NODES: Record<string, Described> = {
	'GHL Contacts': { node: new GhlContacts(), resources: ghlResources },
	HeyReach: { node: new HeyReach(), resources: heyReachResources },
};

/** The parameters of an operation, `contact:get`, as the node describes them. */
export function operationProperties(node: string, key: string): INodeProperties[] {
	const [resource, operation] = key.split(':');
	const { properties } = ACTION_NODES[node].node.description;
	return properties.filter(({ displayOptions: { show = {} } = {} }) =>
		[
			[show.resource, resource],
			[show.operation, operation],
		].every(([among, one]) => (among as unknown[] | undefined)?.includes(one)),
	);
}
