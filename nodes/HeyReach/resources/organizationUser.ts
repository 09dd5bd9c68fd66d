import type { IDataObject } from 'n8n-workflow';
import { asOptions, choice, collection, field, required, text } from '../../engine/describe/fields';
import { BadInput, isObject } from '../../engine/call/errors';
import type { Field, Operation, Resource } from '../../engine/operation';
import { offsetPages } from '../../engine/call/paginate';
import { toEmails, toList } from '../../engine/values';
import { idOf, idsOf } from '../fields/ids';
import { workspacePicker } from '../editor/pickers';
import { withOrganizationKey } from './workspace';

const USERS = '/management/organizations/users';

/** What a member may do in a workspace. Each is named in every invitation. */
const PERMISSIONS: Array<[name: string, value: string]> = [
	['Edit and Manage Campaigns', 'editManageCampaigns'],
	['Export Data to CRMs', 'exportDataToCRMs'],
	['Import, Edit and Manage Lead Lists', 'importEditManageLeadLists'],
	['Manage Integrations', 'manageIntegrations'],
	['Manage LinkedIn Senders Settings', 'manageLinkedInSendersSettings'],
	['Manage Notifications', 'manageNotifications'],
	['Reply From LinkedIn Sender Inboxes', 'replyFromLinkedInSenderInboxes'],
	['View Campaigns', 'viewCampaigns'],
	['View Integrations', 'viewIntegrations'],
	['View Lead Lists', 'viewLeadLists'],
	['View LinkedIn Sender Inboxes', 'viewLinkedInSenderInboxes'],
	['View LinkedIn Senders', 'viewLinkedInSenders'],
	['View My Network', 'viewMyNetwork'],
	['View Notifications', 'viewNotifications'],
];

const inviter = required(
	text('Invited By', 'inviterEmail', {
		placeholder: 'e.g. name@example.com',
		description: 'The email of an admin of the organization, from whom the invitation comes',
	}),
);

const emails = field(
	{
		displayName: 'Emails',
		name: 'emails',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. name@example.com',
		description: 'Whom to invite. Separated by commas, or a list from an expression.',
	},
	{ in: 'body', key: 'emails', as: toEmails },
);

const workspaceIds = field(
	{
		displayName: 'Workspace IDs',
		name: 'workspaceIds',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1234, 5678',
		description: 'Separated by commas, or a list from an expression',
	},
	{
		in: 'body',
		key: 'workspaceIds',
		as: (value) => {
			const ids = idsOf(value, 'workspace');
			if (ids.length > 0) return ids;
			throw new BadInput('“Workspace IDs” is empty', 'Give the ID of at least one workspace.');
		},
	},
);

const permissions = field(
	{
		displayName: 'Permissions',
		name: 'permissions',
		type: 'multiOptions',
		options: asOptions(PERMISSIONS),
		default: [],
		description: 'What the invited people may do; what is not chosen is not allowed',
	},
	{
		in: 'body',
		key: 'permissions',
		as: (value) => {
			const chosen = toList(value);
			return Object.fromEntries(PERMISSIONS.map(([, name]) => [name, chosen.includes(name)]));
		},
	},
);

const filters = collection({ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' }, [
	field(
		{
			displayName: 'Invitation Status',
			name: 'invitationStatus',
			type: 'multiOptions',
			options: asOptions([
				['Accepted', 'Accepted'],
				['Expired', 'Expired'],
				['Pending', 'Pending'],
				['Revoked', 'Revoked'],
			]),
			default: [],
		},
		{ in: 'body', key: 'invitationStatus' },
	),
	choice(
		'Role',
		'role',
		[
			['Admin', 'Admin'],
			['Manager', 'Manager'],
			['Member', 'Member'],
		],
		{ default: 'Admin' },
	),
]);

/**
 * Who has the address of an invitation can register with it, and an output is saved with its
 * execution: lists leave it out. Inviting puts it out, for it is the only way to hand it on.
 */
function withoutInvitationUrl(row: IDataObject): IDataObject {
	const shown = (part: object) =>
		Object.fromEntries(Object.entries(part).filter(([key]) => key !== 'invitationUrl'));
	const invitation = row.userInvitation;
	return {
		...shown(row),
		...(isObject(invitation) ? { userInvitation: shown(invitation) as IDataObject } : {}),
	};
}

/** HeyReach answers with a row for each address, which has a link to send to that person. */
function invitation(
	value: string,
	name: string,
	role: string,
	more: Field[],
	what: string,
): Operation {
	return {
		value,
		name,
		action: name.charAt(0) + name.slice(1).toLowerCase(),
		description: withOrganizationKey(
			`${what} Each row of the output says whether the invitation worked`,
		),
		request: { method: 'POST', path: `${USERS}/invite/${role}` },
		writes: true,
		fields: [inviter, emails, ...more],
	};
}

export const organizationUser: Resource = {
	value: 'organizationUser',
	name: 'Organization User',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get a user of the organization',
			description: withOrganizationKey('Get one user with the permissions in each workspace'),
			request: { method: 'GET', path: `${USERS}/{userId}` },
			writes: false,
			fields: [
				field(
					{
						displayName: 'User ID',
						name: 'userId',
						type: 'string',
						required: true,
						default: '',
						placeholder: 'e.g. 1234',
					},
					{ in: 'path', key: 'userId', as: (value) => idOf(value, 'user') },
				),
			],
			finish: withoutInvitationUrl,
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many users of the organization',
			description: withOrganizationKey(
				'Get the users of the organization and those that are invited, without the addresses of invitations',
			),
			request: { method: 'POST', path: USERS, repeatable: true },
			writes: false,
			fields: [filters],
			pages: offsetPages(100),
			finish: withoutInvitationUrl,
		},
		{
			value: 'getManyOfWorkspace',
			name: 'Get Many of Workspace',
			action: 'Get many users of a workspace',
			description: withOrganizationKey(
				'Get the users of one workspace with their permissions in it, and those that are invited, without the addresses of invitations',
			),
			request: { method: 'POST', path: `${USERS}/workspaces/{workspaceId}`, repeatable: true },
			writes: false,
			fields: [workspacePicker, filters],
			pages: offsetPages(100),
			finish: withoutInvitationUrl,
		},
		invitation(
			'inviteAdmins',
			'Invite Admins',
			'admins',
			[],
			'Invite people as admins of the organization. HeyReach sends no email: the link is in the output.',
		),
		invitation(
			'inviteManagers',
			'Invite Managers',
			'managers',
			[workspaceIds],
			'Give people from outside the organization access to some workspaces.',
		),
		invitation(
			'inviteMembers',
			'Invite Members',
			'members',
			[workspaceIds, permissions],
			'Invite people as members of some workspaces. HeyReach sends no email: the link is in the output.',
		),
	],
};
