import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../../engine/operation';
import { BadInput, isObject } from '../../engine/call/errors';
import { collection, field, required, text } from '../../engine/describe/fields';
import { queryPages } from '../calls/pages';
import { workspacePicker } from '../editor/pickers';

/** The credential of a workspace opens none of this. */
export const withOrganizationKey = (what: string) =>
	`${what}. Needs a HeyReach API credential with an organization key.`;

const PATH = '/management/organizations/workspaces';
const KEYS = '/management/organizations/api-keys/workspaces/{workspaceId}';

const name = text('Name', 'workspaceName', { placeholder: 'e.g. Sales team' });

const seats = {
	displayName: 'Seats Limit',
	name: 'seatsLimit',
	type: 'number' as const,
	typeOptions: { minValue: 0 },
	default: 1,
};

/** `{publicApi: 'abcd…', make: null, …}`: enough of each key to tell it from another. */
function withoutSecrets(keys: IDataObject): IDataObject {
	const masked = Object.entries(keys).map(([kind, key]) => [
		kind,
		typeof key === 'string' ? `…${key.slice(-4)}` : key,
	]);
	return Object.fromEntries(masked) as IDataObject;
}

export const workspace: Resource = {
	value: 'workspace',
	name: 'Organization Workspace',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a workspace',
			description: withOrganizationKey('Create a workspace in the organization'),
			request: { method: 'POST', path: PATH },
			writes: true,
			fields: [
				required(name),
				collection(
					{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add Field' },
					[
						field(
							{ ...seats, description: 'The most senders that the workspace may have' },
							{ in: 'body', key: 'seatsLimit' },
						),
					],
				),
			],
		},
		{
			value: 'getApiKeys',
			name: 'Get API Keys',
			action: 'Get the API keys of a workspace',
			description: withOrganizationKey(
				'See which kinds of API key a workspace has. Of each key only the last four characters are put out, since an output is saved with its execution',
			),
			request: { method: 'GET', path: KEYS },
			writes: false,
			fields: [workspacePicker],
			result: 'apiKeys',
			finish: withoutSecrets,
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many workspaces',
			description: withOrganizationKey('Get the workspaces of the organization with their seats'),
			request: { method: 'GET', path: PATH },
			writes: false,
			fields: [],
			pages: queryPages,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a workspace',
			description: withOrganizationKey('Change the name or the seats of a workspace'),
			request: { method: 'PATCH', path: `${PATH}/{workspaceId}` },
			writes: true,
			fields: [
				workspacePicker,
				collection(
					{ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' },
					[
						name,
						field(
							{
								...seats,
								description: 'The most senders that the workspace may have',
							},
							{
								in: 'body',
								key: 'seatsLimit',
								as: (value) => ({ value }),
							},
						),
					],
				),
			],
			check: ({ body }) => {
				if (isObject(body) && Object.keys(body).length > 0) return;
				throw new BadInput('There is nothing to update', 'Add at least one field.');
			},
		},
	],
};
