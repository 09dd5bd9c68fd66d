import type { IDataObject } from 'n8n-workflow';
import {
	additionalFields,
	number,
	required,
	text,
	updateFields,
} from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { queryPages } from '../calls/pages';
import { workspacePicker } from '../editor/pickers';

/** The description of an operation that the key of a workspace does not open. */
export const withOrganizationKey = (what: string) =>
	`${what}. Needs a HeyReach API credential with an organization key.`;

const name = text('Name', 'workspaceName', { placeholder: 'e.g. Sales team' });

const seats = {
	typeOptions: { minValue: 0 },
	default: 1,
	description: 'Maximum number of senders in the workspace',
};

/**
 * The last characters of each key, enough to tell it from another: `{publicApi: '…abcd', make:
 * null}`.
 */
function withoutSecrets(keys: IDataObject): IDataObject {
	const masked = Object.entries(keys).map(([kind, key]) => [
		kind,
		typeof key === 'string' ? `…${key.slice(-4)}` : key,
	]);
	return Object.fromEntries(masked) as IDataObject;
}

const workspaces = verbs('workspace', {
	path: '/management/organizations/workspaces/{workspaceId}',
	id: workspacePicker,
});

export const workspace: Resource = {
	value: 'workspace',
	name: 'Organization Workspace',
	operations: [
		workspaces.create({
			description: withOrganizationKey('Create a workspace in the organization and return it'),
			fields: [required(name), additionalFields([number('Seats Limit', 'seatsLimit', seats)])],
		}),
		workspaces.get({
			route: 'GET /management/organizations/api-keys/workspaces/{workspaceId}',
			value: 'getApiKeys',
			name: 'Get API Keys',
			action: 'Get the API keys of a workspace',
			description: withOrganizationKey(
				'Get the API keys of a workspace. Returns only the last four characters of each, since n8n saves outputs',
			),
			result: 'apiKeys',
			finish: withoutSecrets,
		}),
		workspaces.getMany({
			description: withOrganizationKey('Get the workspaces of the organization with their seats'),
			pages: queryPages,
		}),
		workspaces.update({
			route: 'PATCH /management/organizations/workspaces/{workspaceId}',
			description: withOrganizationKey('Change the name or seats of a workspace and return it'),
			fields: [
				updateFields([
					name,
					number('Seats Limit', 'seatsLimit', { ...seats, as: (value) => ({ value }) }),
				]),
			],
		}),
	],
};
