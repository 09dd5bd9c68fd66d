import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { requireSafeAddress } from '../nodes/engine/baseUrl';

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
				'In HeyReach: Integrations > HeyReach API > New API key (the public API key). The key from the n8n, Make or Zapier card is of another kind and is not meant for this.',
		},
		{
			displayName: 'API Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.heyreach.io/api/public',
			description: 'Change it only to try things out in the sandbox of this package',
		},
	];

	/** Adds the key to a request, unless the request would carry it in the clear. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		requireSafeAddress(request);
		request.headers = { ...request.headers, 'X-API-KEY': String(credentials.apiKey) };
		return request;
	}

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/auth/CheckApiKey' },
	};
}
