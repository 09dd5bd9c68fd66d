import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** Shown while the grant is one that goes through the browser, as in n8n. */
const inBrowser: INodeProperties['displayOptions'] = {
	show: { grantType: ['authorizationCode', 'pkce'] },
};

/**
 * The fields of n8n's own `oAuth2Api` that a credential extends and that the signing and renewing
 * code in n8n-core reads. n8n-nodes-base, where the real one lives, is not a dependency.
 */
export class OAuth2Api implements ICredentialType {
	name = 'oAuth2Api';

	displayName = 'OAuth2 API';

	properties: INodeProperties[] = [
		{ displayName: 'Grant Type', name: 'grantType', type: 'string', default: 'authorizationCode' },
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'string',
			default: '',
			displayOptions: inBrowser,
		},
		{ displayName: 'Access Token URL', name: 'accessTokenUrl', type: 'string', default: '' },
		{ displayName: 'Client ID', name: 'clientId', type: 'string', default: '' },
		{ displayName: 'Client Secret', name: 'clientSecret', type: 'string', default: '' },
		{ displayName: 'Scope', name: 'scope', type: 'string', default: '' },
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'string',
			default: '',
			displayOptions: inBrowser,
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'string', default: 'header' },
		{
			displayName: 'Send Additional Body Properties',
			name: 'sendAdditionalBodyProperties',
			type: 'boolean',
			default: false,
			displayOptions: { show: { grantType: ['clientCredentials'], authentication: ['body'] } },
		},
		{
			displayName: 'Additional Body Properties',
			name: 'additionalBodyProperties',
			type: 'json',
			default: '',
			displayOptions: {
				show: {
					grantType: ['clientCredentials'],
					authentication: ['body'],
					sendAdditionalBodyProperties: [true],
				},
			},
		},
	];
}
