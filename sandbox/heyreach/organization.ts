import { randomUUID } from 'node:crypto';
import { notFound } from './errors';
import { INVITATION_STATUSES, KEY_TYPES } from './records';
import type { KeyType, OrganizationUser, Workspace } from './records';
import { page, route } from './route';
import type { Call, Paging, Route, RouteDescription } from './route';
import { fields, flag, listOf, nullable, paging, text, whole } from './validate';
import type { Organization } from './workspace';

/** Paths, bodies and answers from copies of HeyReach's Postman documentation (one source, official). */
const BASE = '/management/organizations';

const PERMISSIONS = [
	'viewLinkedInSenders',
	'manageLinkedInSendersSettings',
	'viewLeadLists',
	'importEditManageLeadLists',
	'viewMyNetwork',
	'viewCampaigns',
	'editManageCampaigns',
	'viewLinkedInSenderInboxes',
	'replyFromLinkedInSenderInboxes',
	'viewIntegrations',
	'manageIntegrations',
	'exportDataToCRMs',
	'viewNotifications',
	'manageNotifications',
] as const;
/** As they are spelt. */
const ORGANIZATION_PERMISSIONS = [
	'userDeactivate',
	'manageWorkspace',
	'manageWorkspaceMembers',
	'viewBilling',
	'manageBlling',
	'manageBillingDetails',
	'accessBillingInvoiceHistoy',
];
const allOf = (names: readonly string[], value: boolean): Record<string, boolean> =>
	Object.fromEntries(names.map((name) => [name, value]));

const organizationRoute = <Body = unknown, Query = unknown>(
	description: RouteDescription<Body, Query>,
): Route =>
	route<Body, Query>({ ...description, path: BASE + description.path, key: 'organization' });

const inWorkspace = fields({ workspaceId: whole }, ['workspaceId']);
interface InWorkspace {
	workspaceId: number;
}

function workspaceOf(organization: Organization, id: number): Workspace {
	const workspace = organization.workspaces.get(id);
	if (workspace === undefined) throw notFound('Workspace', id);
	return workspace;
}

const workspaceView = (
	organization: Organization,
	{ id, name, seatsLimit }: Workspace,
): object => ({
	workspaceId: id,
	workspaceName: name,
	seatsLimit,
	usedSeats: [...organization.organizationUsers.values()].filter(({ workspaceIds }) =>
		workspaceIds.includes(id),
	).length,
});

/** Under these names the keys of a workspace are listed. */
const KEY_NAMES: Record<KeyType, string> = {
	PUBLIC: 'publicApi',
	N8N: 'n8N',
	MAKE: 'make',
	ZAPIER: 'zapier',
	MCP: 'mcp',
};

/** One key of a kind: a new one ends the one before. */
function createKey({
	organization,
	body,
	query,
}: Call<{ apiKeyType: KeyType }, InWorkspace>): object {
	const { keys } = workspaceOf(organization, query.workspaceId);
	const previousKeyStatus = keys[body.apiKeyType] === undefined ? 'NotFound' : 'Deactivated';
	const key = `sandbox-${body.apiKeyType.toLowerCase()}-${randomUUID()}`;
	keys[body.apiKeyType] = key;
	return { key, previousKeyStatus };
}

const userView = (user: OrganizationUser): object => ({
	...detailsOf(user),
	invitationStatus: user.invitationStatus,
});

/** A row of the users of one workspace: nested, and with the address that registers who is invited. */
const memberView = (user: OrganizationUser, workspaceId: number): object => ({
	workspaceId,
	organizationPermissions: allOf(ORGANIZATION_PERMISSIONS, user.role === 'Admin'),
	workspacePermissions: { ...allOf(PERMISSIONS, false), ...user.permissions },
	userDetails: detailsOf(user),
	userInvitation: {
		invitationId: user.id,
		invitationStatus: user.invitationStatus,
		invitationUrl: invitationUrl(user),
		expirationTime: new Date(Date.now() + WEEK_MS).toISOString(),
	},
});

const detailsOf = ({ id, name, surname, email, role }: OrganizationUser): object => ({
	userId: id,
	name,
	surname,
	email,
	roles: [role],
});

const invitationUrl = ({ id }: OrganizationUser): string =>
	`https://app.heyreach.example/invitation/${id}`;

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

interface UsersFilter extends Paging {
	role?: OrganizationUser['role'];
	invitationStatus?: Array<OrganizationUser['invitationStatus']>;
}
const usersFilter = fields({
	...paging(),
	role: nullable({ enum: ['Admin', 'Member', 'Manager'] }),
	invitationStatus: nullable(listOf({ enum: INVITATION_STATUSES })),
});

function users({ organization, body }: Call<UsersFilter, unknown>, workspaceId?: number): object {
	const { role, invitationStatus } = body;
	const found = [...organization.organizationUsers.values()].filter(
		(user) =>
			(workspaceId === undefined || user.workspaceIds.includes(workspaceId)) &&
			(!role || user.role === role) &&
			(!invitationStatus ||
				invitationStatus.length === 0 ||
				invitationStatus.includes(user.invitationStatus)),
	);
	return page(found, body, (user) =>
		workspaceId === undefined ? userView(user) : memberView(user, workspaceId),
	);
}

interface Invitation {
	inviterEmail: string;
	emails: string[];
	workspaceIds?: number[];
	permissions?: Record<string, boolean>;
}
const invitation = {
	inviterEmail: text,
	emails: { ...listOf(text), minItems: 1 },
};

/** No mail is sent: the answer has the address that registers the person. Managers are in at once. */
const invite = (
	path: string,
	role: OrganizationUser['role'],
	more: Record<string, object>,
): Route =>
	organizationRoute<Invitation>({
		method: 'POST',
		path: `/users/invite/${path}`,
		body: fields({ ...invitation, ...more }, [...Object.keys(invitation), ...Object.keys(more)]),
		handle: ({ organization, body }) => {
			const { emails, workspaceIds = [], permissions = {} } = body;
			return emails.map((email) => {
				const user: OrganizationUser = {
					id: organization.ids.nextNumber('organizationUser', 7101),
					name: '',
					surname: '',
					email,
					role,
					invitationStatus: role === 'Manager' ? 'Accepted' : 'Pending',
					workspaceIds: workspaceIds.filter((id) => organization.workspaces.has(id)),
					permissions: { ...allOf(PERMISSIONS, role !== 'Member'), ...permissions },
				};
				organization.organizationUsers.set(user.id, user);
				return {
					workspaces: workspaceIds.map((workspaceId) => {
						const success = organization.workspaces.has(workspaceId);
						return {
							workspaceId,
							success,
							errorCode: success ? 'Success' : 'WorkspaceDoesNotExists',
							errorMessage: success ? null : `Workspace ${workspaceId} does not exist.`,
						};
					}),
					invitationId: user.id,
					invitationStatus: user.invitationStatus,
					invitationUrl: invitationUrl(user),
					invitationExpirationTime: new Date(Date.now() + WEEK_MS).toISOString(),
					emailAddress: email,
				};
			});
		},
	});

export const management: Route[] = [
	// Its paging stands in the query string, with capital letters.
	organizationRoute<unknown, { Offset?: number; Limit?: number }>({
		method: 'GET',
		path: '/workspaces',
		query: fields({ Offset: paging().offset, Limit: paging().limit }),
		handle: ({ organization, query: { Offset: offset, Limit: limit } }) =>
			page([...organization.workspaces.values()], { offset, limit }, (workspace) =>
				workspaceView(organization, workspace),
			),
	}),
	organizationRoute<{ workspaceName: string; seatsLimit?: number | null }>({
		method: 'POST',
		path: '/workspaces',
		body: fields({ workspaceName: { ...text, minLength: 1 }, seatsLimit: nullable(whole) }, [
			'workspaceName',
		]),
		handle: ({ organization, body: { workspaceName, seatsLimit = null } }) => {
			const id = organization.ids.nextNumber('workspace', 4101);
			organization.workspaces.set(id, { id, name: workspaceName, seatsLimit, keys: {} });
			return { workspaceId: id, workspaceName, seatsLimit };
		},
	}),
	organizationRoute<
		{ workspaceName?: string | null; seatsLimit?: { value: number | null } | null },
		InWorkspace
	>({
		method: 'PATCH',
		path: '/workspaces/:workspaceId',
		query: inWorkspace,
		body: fields({
			workspaceName: nullable(text),
			seatsLimit: nullable(fields({ value: nullable(whole) }, ['value'])),
		}),
		// The limit is wrapped, so that null can mean "none" and its absence "as it is".
		handle: ({ organization, query, body: { workspaceName, seatsLimit } }) => {
			const workspace = workspaceOf(organization, query.workspaceId);
			workspace.name = workspaceName ?? workspace.name;
			if (seatsLimit) workspace.seatsLimit = seatsLimit.value;
			return workspaceView(organization, workspace);
		},
	}),
	organizationRoute<unknown, InWorkspace>({
		method: 'GET',
		path: '/api-keys/workspaces/:workspaceId',
		query: inWorkspace,
		handle: ({ organization, query }) => {
			const { keys } = workspaceOf(organization, query.workspaceId);
			return {
				apiKeys: Object.fromEntries(KEY_TYPES.map((type) => [KEY_NAMES[type], keys[type] ?? null])),
			};
		},
	}),
	organizationRoute<{ apiKeyType: KeyType }, InWorkspace>({
		method: 'POST',
		path: '/api-keys/workspaces/:workspaceId',
		query: inWorkspace,
		body: fields({ apiKeyType: { enum: KEY_TYPES } }, ['apiKeyType']),
		handle: createKey,
	}),
	// What a row of this list looks like is not documented: it is what the single user shows.
	organizationRoute<UsersFilter>({
		method: 'POST',
		path: '/users',
		body: usersFilter,
		handle: (call) => users(call),
	}),
	organizationRoute<UsersFilter, InWorkspace>({
		method: 'POST',
		path: '/users/workspaces/:workspaceId',
		query: inWorkspace,
		body: usersFilter,
		handle: (call) => users(call, workspaceOf(call.organization, call.query.workspaceId).id),
	}),
	organizationRoute<unknown, { userId: number }>({
		method: 'GET',
		path: '/users/:userId',
		query: fields({ userId: whole }, ['userId']),
		handle: ({ organization, query }) => {
			const user = organization.organizationUsers.get(query.userId);
			if (user === undefined) throw notFound('User', query.userId);
			return {
				userDetails: detailsOf(user),
				organizationPermissions: allOf(ORGANIZATION_PERMISSIONS, user.role === 'Admin'),
				workspacesPermissions: user.workspaceIds.map((workspaceId) => ({
					workspaceName: organization.workspaces.get(workspaceId)?.name ?? null,
					workspaceId,
					permissions: { ...allOf(PERMISSIONS, false), ...user.permissions },
				})),
			};
		},
	}),
	invite('admins', 'Admin', {}),
	invite('managers', 'Manager', { workspaceIds: listOf(whole) }),
	invite('members', 'Member', {
		workspaceIds: listOf(whole),
		permissions: fields(Object.fromEntries(PERMISSIONS.map((name) => [name, flag]))),
	}),
];
