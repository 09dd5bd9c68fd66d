import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { offsetPages } from '../calls/pages';
import {
	choice,
	choices,
	filters,
	idField,
	list,
	required,
	text,
} from '../../engine/describe/fields';
import { operation, verbs, type Told } from '../../engine/describe/verbs';
import type { Resource, Route } from '../../engine/operation';
import { toEmails, toList, isObject } from '../../engine/values';
import { workspacePicker } from '../editor/pickers';
import { idOf, idsOf } from '../fields/ids';
import { withOrganizationKey } from './workspace';

/** What a member may do in a workspace. Every invitation names each of these. */
const PERMISSIONS = {
	'Edit and Manage Campaigns': 'editManageCampaigns',
	'Export Data to CRMs': 'exportDataToCRMs',
	'Import, Edit and Manage Lead Lists': 'importEditManageLeadLists',
	'Manage Integrations': 'manageIntegrations',
	'Manage LinkedIn Senders Settings': 'manageLinkedInSendersSettings',
	'Manage Notifications': 'manageNotifications',
	'Reply From LinkedIn Sender Inboxes': 'replyFromLinkedInSenderInboxes',
	'View Campaigns': 'viewCampaigns',
	'View Integrations': 'viewIntegrations',
	'View Lead Lists': 'viewLeadLists',
	'View LinkedIn Sender Inboxes': 'viewLinkedInSenderInboxes',
	'View LinkedIn Senders': 'viewLinkedInSenders',
	'View My Network': 'viewMyNetwork',
	'View Notifications': 'viewNotifications',
};

const inviter = required(
	text('Invited By', 'inviterEmail', {
		placeholder: 'e.g. name@example.com',
		description: 'Email of the organization admin who sends the invitation',
	}),
);

const emails = required(
	list('Emails', 'emails', 'name@example.com', toEmails, {
		description:
			'Emails of the people to invite: comma-separated list, or a list from an expression',
	}),
);

const workspaceIds = required(
	list('Workspace IDs', 'workspaceIds', '1234, 5678', (value) => {
		const ids = idsOf(value, 'workspace');
		if (ids.length > 0) return ids;
		throw new BadInput('“Workspace IDs” is empty', 'Give the ID of at least one workspace.');
	}),
);

const permissions = choices('Permissions', 'permissions', PERMISSIONS, {
	description: 'What the invited people can do',
	as: (value) => {
		const chosen = toList(value);
		return Object.fromEntries(
			Object.values(PERMISSIONS).map((name) => [name, chosen.includes(name)]),
		);
	},
});

const userFilters = filters([
	choices('Invitation Status', 'invitationStatus', ['Accepted', 'Expired', 'Pending', 'Revoked']),
	choice('Role', 'role', ['Admin', 'Manager', 'Member']),
]);

/**
 * Lists leave the address of an invitation out: anybody who has it can register with it, and an
 * output is saved with its execution. Inviting puts it out, since there is no other way to hand it
 * on.
 */
function withoutInvitationUrl(row: IDataObject): IDataObject {
	const shown = (part: object) =>
		Object.fromEntries(Object.entries(part).filter(([key]) => key !== 'invitationUrl'));
	const { userInvitation } = row;
	return {
		...shown(row),
		...(isObject(userInvitation) && { userInvitation: shown(userInvitation) as IDataObject }),
	};
}

/** HeyReach answers with a row for each address, which has a link to send to that person. */
const invitation = (route: Route, { fields = [], description, ...parts }: Told) =>
	operation(route, {
		...parts,
		description: withOrganizationKey(
			`${description} Returns one row per person, which says whether the invitation worked`,
		),
		fields: [inviter, emails, ...fields],
	});

const users = verbs('user of the organization', {
	plural: 'users of the organization',
	path: '/management/organizations/users/{userId}',
	id: idField('User ID', 'userId', '1234', { as: (value) => idOf(value, 'user') }),
	reads: { finish: withoutInvitationUrl },
});

export const organizationUser: Resource = {
	value: 'organizationUser',
	name: 'Organization User',
	operations: [
		users.get({
			description: withOrganizationKey('Get one user with the permissions in each workspace'),
		}),
		users.getMany({
			route: 'POST /management/organizations/users',
			description: withOrganizationKey(
				'Get the users of the organization, invited ones included, without invitation links',
			),
			fields: [userFilters],
			pages: offsetPages(100),
		}),
		users.getMany({
			route: 'POST /management/organizations/users/workspaces/{workspaceId}',
			value: 'getManyOfWorkspace',
			name: 'Get Many of Workspace',
			action: 'Get many users of a workspace',
			description: withOrganizationKey(
				'Get the users of one workspace with their permissions, invited ones included, without invitation links',
			),
			fields: [workspacePicker, userFilters],
			pages: offsetPages(100),
		}),
		invitation('POST /management/organizations/users/invite/admins', {
			value: 'inviteAdmins',
			action: 'Invite admins',
			description:
				'Invite admins to the organization. HeyReach sends no email; the output has the link.',
		}),
		invitation('POST /management/organizations/users/invite/managers', {
			value: 'inviteManagers',
			action: 'Invite managers',
			description: 'Give people from outside the organization access to workspaces.',
			fields: [workspaceIds],
		}),
		invitation('POST /management/organizations/users/invite/members', {
			value: 'inviteMembers',
			action: 'Invite members',
			description:
				'Invite members to workspaces. HeyReach sends no email; the output has the link.',
			fields: [workspaceIds, permissions],
		}),
	],
};
