import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { requireSafeAddress } from '../nodes/engine/baseUrl';
import {
	chosenWorkspace,
	takeMarker,
	WORKSPACE_PLACES,
	workspacesOf,
} from '../nodes/HeyReach/workspaces';

export class HeyReachApi implements ICredentialType {
	name = 'heyReachApi';

	displayName = 'HeyReach API';

	documentationUrl = 'https://github.com/ghl-heyreach/n8n-nodes-ghl-heyreach#connect-heyreach';

	icon = { light: 'file:../icons/heyreach.svg', dark: 'file:../icons/heyreach.dark.svg' } as const;

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'In HeyReach: Integrations > HeyReach API > New API key (the public API key). Do not use the key of the n8n, Make or Zapier card.',
		},
		{
			displayName: 'Further Workspaces',
			name: 'workspaces',
			type: 'fixedCollection',
			placeholder: 'Add workspace',
			default: {},
			description:
				'For agencies: the HeyReach workspaces of more clients, each with its name and key. You choose one of them under Workspace in the HeyReach nodes.',
			options: WORKSPACE_PLACES.map((place) => ({
				...place,
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. Northwind Dental',
						description: 'Name of this workspace in the HeyReach nodes',
					},
					{
						displayName: 'API Key',
						name: 'apiKey',
						type: 'string',
						typeOptions: { password: true },
						default: '',
						description: 'The public API key of this workspace',
					},
				],
			})),
		},
		{
			displayName: 'API Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.heyreach.io/api/public',
			description: 'Change it only to use the sandbox of this package',
		},
	];

	/**
	 * Adds the key to a request, unless the request would carry it in the clear. A header names a
	 * workspace other than the credential's own; it is taken off.
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		requireSafeAddress(request);
		const { name, headers } = takeMarker(request.headers);
		const { apiKey } = chosenWorkspace(name, workspacesOf(credentials));
		request.headers = { ...headers, 'X-API-KEY': apiKey };
		return request;
	}
}
