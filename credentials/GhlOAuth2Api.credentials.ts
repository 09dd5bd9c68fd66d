import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { ACCESS_PRESETS, AGENCY_SCOPES } from '../nodes/Ghl/accessPresets';
import {
	lacking,
	MISSING_SCOPE,
	OTHER_KIND_OF_TOKEN,
	outOfOrder,
	readByBody,
	refusal,
	saying,
	UNREADABLE,
} from '../nodes/Ghl/credentialTest';

/** An n8n expression for the scopes of the chosen access. An empty custom list gives the least access. */
function scopeExpression(): string {
	const scopes = Object.fromEntries(
		ACCESS_PRESETS.map(({ value, scopes: list }) => [value, list.join(' ')]),
	);
	const custom = '($self["customScopes"] || "").split(/[\\s,]+/).filter(Boolean).join(" ")';
	const least = ACCESS_PRESETS[0].scopes.join(' ');
	const chosen = `(($self["access"] === "custom" ? ${custom} : (${JSON.stringify(scopes)})[$self["access"]]) || "${least}")`;
	return `={{ ${chosen} + ($self["manyLocations"] ? " ${AGENCY_SCOPES.join(' ')}" : "") }}`;
}

/**
 * n8n's test does not know what came with the token, such as its agency or its location. So it asks for
 * what cannot be there: HighLevel looks at the token first, and any refusal but that of the token is good.
 */
const TEST_PATH =
	'={{ $credentials.manyLocations ? "/oauth/installedLocations" : "/contacts/test-of-the-connection" }}';

export class GhlOAuth2Api implements ICredentialType {
	name = 'ghlOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'HighLevel (GHL) OAuth2 API';

	documentationUrl =
		'https://github.com/ghl-heyreach/n8n-nodes-ghl-heyreach/blob/main/docs/credentials.md#highlevel-ghl-oauth2';

	icon = { light: 'file:../icons/ghl.svg', dark: 'file:../icons/ghl.dark.svg' } as const;

	// n8n deletes a visible scope of a community credential when it connects. A stored value wins over a
	// hidden expression. So every computed value is a hidden field.
	properties: INodeProperties[] = [
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Access',
			name: 'access',
			type: 'options',
			options: [
				...ACCESS_PRESETS.map(({ name, value, description }) => ({ name, value, description })),
				{
					name: 'Custom',
					value: 'custom',
					description: 'The scopes that you name',
				},
			],
			default: 'readContacts',
			description:
				'What this connection can do. Your app in HighLevel must have these scopes. After a change, connect again.',
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScopes',
			type: 'string',
			default: '',
			placeholder: 'e.g. contacts.readonly locations/tags.readonly',
			description: 'Separated by spaces or commas',
			displayOptions: { show: { access: ['custom'] } },
		},
		{
			displayName: 'Many Locations (Agency)',
			name: 'manyLocations',
			type: 'boolean',
			default: false,
			description:
				'Whether an agency user connects this credential, for all sub-accounts in which the app is installed. It also asks for oauth.readonly and oauth.write; your app in HighLevel must have these scopes.',
		},
		{
			displayName: 'Default Location ID',
			name: 'defaultLocationId',
			type: 'string',
			default: '',
			placeholder: 'e.g. ve9EPM428h8vShlRW1KT',
			description:
				'Sub-account that a node works in if its Location is empty (agency connections only)',
		},
		{
			displayName: 'Sign-In Page',
			name: 'authHost',
			type: 'options',
			options: [
				{
					name: 'HighLevel',
					value: 'https://marketplace.gohighlevel.com/v2',
					description: 'For an app that is not white-labelled',
				},
				{
					name: 'Other',
					value: 'other',
					description: 'For the sandbox of this package',
				},
				{
					name: 'White Label',
					value: 'https://marketplace.leadconnectorhq.com/v2',
					description: 'Shows no HighLevel brand',
				},
			],
			default: 'https://marketplace.gohighlevel.com/v2',
			description:
				'If HighLevel says that it finds no integration with the ID, choose the other page',
		},
		{
			displayName: 'Sign-In Page URL',
			name: 'otherAuthHost',
			type: 'string',
			default: '',
			placeholder: 'e.g. http://127.0.0.1:4010/marketplace/v2',
			description: 'The sandbox page shows this address',
			displayOptions: { show: { authHost: ['other'] } },
		},
		{
			displayName: 'App Version ID',
			name: 'appVersionId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 6578278e879ad2646715ba9c',
			description:
				'The version_id in the install link of your app. Needed if HighLevel shows error.noversionid.',
		},
		{
			displayName: 'API Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://services.leadconnectorhq.com',
			description: 'Change it only to use the sandbox of this package',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default:
				'={{ ($self["authHost"] === "other" ? $self["otherAuthHost"] : $self["authHost"]).replace(/\\/+$/, "") + "/oauth/chooselocation" }}',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{ $self["baseUrl"].replace(/\\/+$/, "") + "/oauth/token" }}',
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: scopeExpression() },
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '={{ $self["appVersionId"] ? "version_id=" + $self["appVersionId"] : "" }}',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		{
			displayName: 'Send Additional Body Properties',
			name: 'sendAdditionalBodyProperties',
			type: 'hidden',
			default: true,
		},
		{
			// n8n sends it with the code, and cannot send it with a refresh.
			displayName: 'Additional Body Properties',
			name: 'additionalBodyProperties',
			type: 'hidden',
			default: '{"user_type":"Location"}',
		},
	];

	/** Shows whether HighLevel takes the token, and whether it is of the kind that Many Locations says. */
	test: ICredentialTestRequest = {
		request: {
			...readByBody,
			baseURL: '={{ $credentials.baseUrl.replace(/\\/+$/, "") }}',
			url: TEST_PATH,
			headers: { Version: '2021-07-28', Accept: 'application/json' },
		},
		rules: [
			saying(
				OTHER_KIND_OF_TOKEN,
				'Many Locations (Agency) does not match the user who signed in. Turn it on if an agency user connects, and off if a user of the sub-account does. Then connect again.',
			),
			saying(
				MISSING_SCOPE,
				'The token lacks a scope. A sub-account needs contacts.readonly; an agency needs oauth.readonly (turn on Many Locations (Agency)). Your app in HighLevel must have it too. Then connect again.',
			),
			refusal(
				401,
				'HighLevel does not accept the token. Connect again. A token that has only run out (after a day) is renewed by the next node that uses it.',
			),
			refusal(
				403,
				'HighLevel refuses this connection. The app may have been removed from the sub-account, or the user who signed in may not use it. Look at the installed apps in HighLevel, then connect again.',
			),
			...outOfOrder,
			lacking('statusCode', UNREADABLE),
		],
	};
}
