import type { ICredentialType, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { GhlOAuth2Api } from '../../credentials/GhlOAuth2Api.credentials';
import { GhlPrivateIntegrationApi } from '../../credentials/GhlPrivateIntegrationApi.credentials';
import { GhlWebhookSecretApi } from '../../credentials/GhlWebhookSecretApi.credentials';
import { HeyReachApi } from '../../credentials/HeyReachApi.credentials';
import { ContactSync } from '../../nodes/ContactSync/ContactSync.node';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node';
import { GhlPollingTrigger } from '../../nodes/Ghl/GhlPollingTrigger.node';
import { GhlTrigger } from '../../nodes/Ghl/GhlTrigger.node';
import { HeyReach } from '../../nodes/HeyReach/HeyReach.node';
import { HeyReachPollingTrigger } from '../../nodes/HeyReach/HeyReachPollingTrigger.node';
import { HeyReachTrigger } from '../../nodes/HeyReach/HeyReachTrigger.node';

/** All nodes of the package. */
export const NODES = [
	new GhlContacts(),
	new GhlTrigger(),
	new GhlPollingTrigger(),
	new HeyReach(),
	new HeyReachTrigger(),
	new HeyReachPollingTrigger(),
	new ContactSync(),
];

const CREDENTIALS: ICredentialType[] = [
	new GhlOAuth2Api(),
	new GhlPrivateIntegrationApi(),
	new GhlWebhookSecretApi(),
	new HeyReachApi(),
];

/** What has parameters, by its name in the editor. */
export const DESCRIBED: Array<{ name: string; properties: INodeProperties[] }> = [
	...NODES.map(({ description: { displayName, properties } }) => ({
		name: displayName,
		properties,
	})),
	...CREDENTIALS.map(({ displayName, properties }) => ({ name: displayName, properties })),
];

/** A parameter that a person sees, with the labels that lead to it: `Options > Respond`. */
export interface Placed {
	path: string;
	property: INodeProperties;
}

/** All parameters that a person sees, those of collections and rows included. */
export function placedIn(properties: INodeProperties[], above: string[] = []): Placed[] {
	return properties
		.filter(({ type }) => type !== 'hidden')
		.flatMap((property): Placed[] => {
			const labels = [...above, property.displayName];
			const inside = (property.options ?? []).flatMap((option) =>
				'values' in option
					? placedIn(option.values, labels)
					: 'type' in option
						? placedIn([option], labels)
						: [],
			);
			return [{ path: labels.join(' > '), property }, ...inside];
		});
}

/** The choices of a drop-down. */
export const choicesOf = ({ options = [] }: INodeProperties): INodePropertyOptions[] =>
	options.filter((option): option is INodePropertyOptions => 'value' in option);
