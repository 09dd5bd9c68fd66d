import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { requireSafeAddress } from '../nodes/engine/baseUrl';
import {
	AGENCY_INTEGRATION,
	lacking,
	MISSING_SCOPE,
	NO_HIGHLEVEL,
	outOfOrder,
	readByBody,
	refusal,
	saying,
	UNREADABLE,
} from '../nodes/Ghl/credentialTest';

export class GhlPrivateIntegrationApi implements ICredentialType {
	name = 'ghlPrivateIntegrationApi';

	displayName = 'HighLevel (GHL) Private Integration API';

	documentationUrl =
		'https://github.com/ghl-heyreach/n8n-nodes-ghl-heyreach#connect-highlevel-with-a-private-integration';

	icon = { light: 'file:../icons/ghl.svg', dark: 'file:../icons/ghl.dark.svg' } as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. pit-0000…',
			description:
				'In the sub-account: Settings > Private Integrations > Create new integration. Use a sub-account token; an agency token cannot reach contacts.',
		},
		{
			displayName: 'Location ID',
			name: 'locationId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ve9EPM428h8vShlRW1KT',
			description:
				'The ID of the sub-account: Settings > Business Profile, or the part behind /location/ in the address of the HighLevel app',
		},
		{
			displayName: 'API Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://services.leadconnectorhq.com',
			description: 'Change it only to use the sandbox of this package',
		},
	];

	/** Adds the token to a request, unless the request would carry it in the clear. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		requireSafeAddress(request);
		request.headers = { ...request.headers, Authorization: `Bearer ${String(credentials.token)}` };
		return request;
	}

	test: ICredentialTestRequest = {
		request: {
			...readByBody,
			baseURL: '={{$credentials.baseUrl}}',
			url: '/contacts/search',
			method: 'POST',
			headers: { Version: '2021-07-28' },
			body: { locationId: '={{$credentials.locationId}}', pageLimit: 1 },
		},
		rules: [
			saying(
				AGENCY_INTEGRATION,
				'This is the token of an agency, which opens no contacts. Make one in the sub-account: Settings > Private Integrations there. For many sub-accounts use the HighLevel (GHL) OAuth2 credential: one connection of an agency user works for all of them.',
			),
			saying(
				MISSING_SCOPE,
				'The token lacks the scope contacts.readonly. Add it to the private integration: Settings > Private Integrations in the sub-account.',
			),
			refusal(
				401,
				'HighLevel does not accept the token. The token was rotated, deleted or copied incompletely. Copy the current one: Settings > Private Integrations in the sub-account.',
			),
			refusal(
				403,
				'The token belongs to another sub-account than the Location ID. Each sub-account needs a private integration of its own.',
			),
			refusal(
				400,
				'This token opens no sub-account with this Location ID, or it is paused. Copy the ID again: Settings > Business Profile in the sub-account. Your agency knows whether it is paused.',
			),
			refusal(404, NO_HIGHLEVEL),
			refusal(
				422,
				'HighLevel cannot read the Location ID. Copy it again, without blanks: Settings > Business Profile in the sub-account.',
			),
			...outOfOrder,
			lacking('contacts', UNREADABLE),
		],
	};
}
