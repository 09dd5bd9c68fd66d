/** The sandbox's fixed credentials: nothing here opens anything but the sandbox. */

/** Every scope of the HighLevel operations; the two `oauth.` scopes belong to marketplace apps. */
const ALL_SCOPES = [
	'contacts.readonly',
	'contacts.write',
	'locations.readonly',
	'locations/tags.readonly',
	'locations/tags.write',
	'locations/customFields.readonly',
	'locations/customFields.write',
	'locations/customValues.readonly',
	'locations/customValues.write',
	'locations/tasks.readonly',
	'users.readonly',
	'users.write',
	'links.readonly',
	'links.write',
	'workflows.readonly',
	'campaigns.readonly',
	'calendars.readonly',
	'calendars/groups.readonly',
	'calendars/events.readonly',
	'calendars/events.write',
	'opportunities.readonly',
	'opportunities.write',
	'businesses.readonly',
	'businesses.write',
	'objects/schema.readonly',
	'objects/schema.write',
	'objects/record.readonly',
	'objects/record.write',
	'associations.readonly',
	'associations.write',
	'associations/relation.readonly',
	'associations/relation.write',
	'conversations.readonly',
	'conversations.write',
	'conversations/message.readonly',
	'conversations/message.write',
	'forms.readonly',
	'forms.write',
	'surveys.readonly',
];

export const SANDBOX = {
	companyId: 'sbxCompany0000000001',
	locationId: 'sbxLocation000000001',
	otherLocationId: 'sbxLocation000000002',
	/** These five exist with the option `agency`: the first two have the app, */
	pausedLocationId: 'sbxLocationPaused001',
	/** the account of this one has a plan without the API, */
	noApiLocationId: 'sbxLocationNoApi0001',
	/** these do not have the app after a sign-in for all locations, */
	noAppLocationIds: ['sbxLocationNoApp0001', 'sbxLocationNoApp0002'],
	/** and this one belongs to another company. */
	foreignLocationId: 'sbxLocationForeign01',
	/** All scopes, on `locationId`. */
	privateToken: 'pit-sandbox-all-scopes',
	/** All scopes, on `locationId`: an OAuth token that does not expire, for what a private one may not. */
	appToken: 'sandbox-app-token',
	/** The agency's OAuth token with all scopes, which does not expire. */
	agencyAppToken: 'sandbox-agency-app-token',
	/** Only contacts.readonly, on `locationId`: a write meets the missing-scope 401. */
	readOnlyToken: 'pit-sandbox-contacts-readonly',
	/** All scopes, on `otherLocationId`: any record of `locationId` meets the 403. */
	otherLocationToken: 'pit-sandbox-other-location',
	/** An agency token: sub-account routes answer 401 whatever its scopes. */
	agencyToken: 'pit-sandbox-agency',
	/** The marketplace app: the part before the hyphen is its app id. */
	oauthClientId: '5b0c0ffee0a9911ab0000001-sandbox1',
	oauthClientSecret: '5b0c0ffe-0000-4000-8000-sandboxsecret',
	/** The app is past its first version, whose id would be the app id. */
	oauthVersionId: '5b0c0ffee0a9911ab0000002',
	/** The workspace that `heyReachKey` opens. */
	heyReachWorkspaceId: 4001,
	heyReachKey: 'sandbox-heyreach-public-key',
	/** An organization-level key: workspace endpoints answer it with 200 and a sentence. */
	heyReachOrganizationKey: 'sandbox-heyreach-organization-key',
	/** Workspaces of an agency's clients: they exist with the option `heyReachClients`. */
	heyReachClients: [
		{ name: 'Bright Dental', workspaceId: 4011, key: 'sandbox-heyreach-bright-dental-key' },
		{ name: 'Cedar Fitness', workspaceId: 4012, key: 'sandbox-heyreach-cedar-fitness-key' },
		{ name: 'Delta Roofing', workspaceId: 4013, key: 'sandbox-heyreach-delta-roofing-key' },
	],
} as const;

/** What a HighLevel bearer token may do. `level` is the user type: a sub-account or an agency. */
export interface AccessToken {
	kind: 'privateIntegration' | 'oauth';
	level: 'Location' | 'Company';
	/** Absent on agency tokens. */
	locationId?: string;
	companyId: string;
	scopes: readonly string[];
	/** Epoch ms. Absent on private integration tokens, which do not expire. */
	expiresAt?: number;
}

const privateIntegration = (
	token: Pick<AccessToken, 'level' | 'locationId' | 'scopes'>,
): AccessToken => ({ kind: 'privateIntegration', companyId: SANDBOX.companyId, ...token });

/** The tokens that exist from the start; the OAuth server adds its own to the same map. */
export function fixedAccessTokens(): Map<string, AccessToken> {
	const { locationId, otherLocationId } = SANDBOX;
	return new Map([
		[
			SANDBOX.privateToken,
			privateIntegration({ level: 'Location', locationId, scopes: ALL_SCOPES }),
		],
		[
			SANDBOX.appToken,
			{
				kind: 'oauth',
				level: 'Location',
				locationId,
				companyId: SANDBOX.companyId,
				scopes: ALL_SCOPES,
			},
		],
		[
			SANDBOX.agencyAppToken,
			{
				kind: 'oauth',
				level: 'Company',
				companyId: SANDBOX.companyId,
				scopes: [...ALL_SCOPES, 'oauth.readonly', 'oauth.write'],
			},
		],
		[
			SANDBOX.readOnlyToken,
			privateIntegration({ level: 'Location', locationId, scopes: ['contacts.readonly'] }),
		],
		[
			SANDBOX.otherLocationToken,
			privateIntegration({ level: 'Location', locationId: otherLocationId, scopes: ALL_SCOPES }),
		],
		[SANDBOX.agencyToken, privateIntegration({ level: 'Company', scopes: ALL_SCOPES })],
	]);
}
