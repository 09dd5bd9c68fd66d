import {
	anything,
	flag,
	integer,
	list,
	object,
	orNull,
	page,
	paging,
	text,
	textOrNull,
	whole,
	type HeyReachOperation,
	type JsonSchema,
} from './shapes';

export const auth: HeyReachOperation[] = [
	{ method: 'GET', path: '/auth/CheckApiKey', confidence: 'C', answer: 'empty' },
];

const MAX_ENTRIES = 100;
const identifiers = ['linkedInProfileId', 'profileUrl', 'email', 'fullName'];
const blacklistLead: JsonSchema = {
	...object(Object.fromEntries(identifiers.map((name) => [name, text]))),
	anyOf: identifiers.map((name) => ({ required: [name] })),
};
const added = object(
	{
		added: integer,
		entries: list(whole({ inputIndex: integer, id: anything, created: flag })),
		duplicates: list(anything),
		validationErrors: list(anything),
	},
	['added', 'entries', 'duplicates', 'validationErrors'],
);

const open: JsonSchema = { type: 'object', minProperties: 1 };
/** Bodies that no source gives: only that there is one is checked. */
const guessed = (path: string, answer: JsonSchema = {}): HeyReachOperation => ({
	method: 'POST',
	path,
	confidence: 'I',
	body: open,
	answer,
	mayBeEmpty: true,
});

export const blacklist: HeyReachOperation[] = [
	{
		method: 'POST',
		path: '/blacklist/GetLeads',
		confidence: '1',
		body: object({
			...paging(),
			search: text,
			matchingStatus: { enum: ['Matching', 'Matched', 'NotFound', 'BroadMatch'] },
		}),
		answer: page(open),
	},
	{
		method: 'POST',
		path: '/blacklist/AddLeads',
		confidence: '1',
		body: whole({ leads: { ...list(blacklistLead, MAX_ENTRIES), minItems: 1 } }),
		answer: added,
	},
	guessed('/blacklist/RemoveLeads'),
	{
		method: 'POST',
		path: '/blacklist/GetCompanies',
		confidence: 'I',
		body: object({ ...paging(), search: text }),
		answer: page(open),
	},
	guessed('/blacklist/AddCompanies'),
	guessed('/blacklist/RemoveCompanies'),
];

export const enrichment: HeyReachOperation[] = [
	guessed('/enrichment/enrich-email', open),
	{
		method: 'GET',
		path: '/enrichment/enrich-email/check-job/{jobId}',
		confidence: 'I',
		pathParameters: whole({ jobId: text }),
		answer: open,
	},
];

const BASE = '/management/organizations';
const inWorkspace = whole({ workspaceId: integer });
const workspace = object(
	{
		workspaceId: integer,
		workspaceName: textOrNull,
		seatsLimit: orNull(integer),
		usedSeats: integer,
	},
	['workspaceId', 'workspaceName', 'seatsLimit'],
);
const keyTypes = { enum: ['PUBLIC', 'N8N', 'MAKE', 'ZAPIER', 'MCP'] };
const usersFilter = object({
	...paging(),
	role: { enum: ['Admin', 'Member', 'Manager'] },
	invitationStatus: list({ enum: ['Accepted', 'Pending', 'Expired', 'Revoked'] }),
});
const userDetails = object(
	{ userId: integer, name: text, surname: text, email: text, roles: list(text) },
	['userId', 'email'],
);
const permissions: JsonSchema = { type: 'object', additionalProperties: flag };
const invitation = { inviterEmail: text, emails: { ...list(text), minItems: 1 } };
const invited = list(
	object(
		{
			workspaces: list(
				object({
					workspaceId: integer,
					success: flag,
					errorCode: textOrNull,
					errorMessage: textOrNull,
				}),
			),
			invitationId: orNull(integer),
			invitationStatus: text,
			invitationUrl: textOrNull,
			invitationExpirationTime: textOrNull,
			emailAddress: text,
		},
		['invitationStatus', 'emailAddress'],
	),
);

const operation = (
	method: HeyReachOperation['method'],
	path: string,
	rest: Omit<HeyReachOperation, 'method' | 'path' | 'organization' | 'confidence'>,
): HeyReachOperation => ({
	method,
	path: BASE + path,
	organization: true,
	confidence: '1',
	...rest,
});

export const organization: HeyReachOperation[] = [
	operation('GET', '/workspaces', {
		query: object({ Offset: paging().offset, Limit: paging().limit }),
		answer: page(workspace),
	}),
	operation('POST', '/workspaces', {
		body: object({ workspaceName: text, seatsLimit: orNull(integer) }, ['workspaceName']),
		answer: workspace,
	}),
	operation('PATCH', '/workspaces/{workspaceId}', {
		pathParameters: inWorkspace,
		body: object({ workspaceName: text, seatsLimit: whole({ value: orNull(integer) }) }),
		answer: workspace,
	}),
	operation('GET', '/api-keys/workspaces/{workspaceId}', {
		pathParameters: inWorkspace,
		answer: whole({
			apiKeys: object({
				publicApi: textOrNull,
				n8N: textOrNull,
				make: textOrNull,
				zapier: textOrNull,
				mcp: textOrNull,
			}),
		}),
	}),
	operation('POST', '/api-keys/workspaces/{workspaceId}', {
		pathParameters: inWorkspace,
		body: whole({ apiKeyType: keyTypes }),
		answer: whole({ key: text, previousKeyStatus: text }),
	}),
	operation('POST', '/users', { body: usersFilter, answer: page(open) }),
	operation('POST', '/users/workspaces/{workspaceId}', {
		pathParameters: inWorkspace,
		body: usersFilter,
		answer: page(
			object(
				{
					workspaceId: integer,
					organizationPermissions: permissions,
					workspacePermissions: permissions,
					userDetails,
					userInvitation: orNull(
						object({
							invitationId: integer,
							invitationStatus: text,
							invitationUrl: textOrNull,
							expirationTime: textOrNull,
						}),
					),
				},
				['workspaceId', 'workspacePermissions', 'userDetails'],
			),
		),
	}),
	operation('GET', '/users/{userId}', {
		pathParameters: whole({ userId: integer }),
		answer: whole({
			userDetails,
			organizationPermissions: permissions,
			workspacesPermissions: list(
				whole({ workspaceName: textOrNull, workspaceId: integer, permissions }),
			),
		}),
	}),
	operation('POST', '/users/invite/admins', { body: whole(invitation), answer: invited }),
	operation('POST', '/users/invite/managers', {
		body: whole({ ...invitation, workspaceIds: list(integer) }),
		answer: invited,
	}),
	operation('POST', '/users/invite/members', {
		body: whole({ ...invitation, workspaceIds: list(integer), permissions }),
		answer: invited,
	}),
];
