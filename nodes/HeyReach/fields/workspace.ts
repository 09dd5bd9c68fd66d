import type { INodeProperties } from 'n8n-workflow';

/** The parameter that names a workspace of the credential; empty for the credential's own. */
export const WORKSPACE_PARAMETER = 'workspace';

const workspaceChoice = (loadOptionsMethod: string, hint: string): INodeProperties => ({
	displayName: 'Workspace',
	name: WORKSPACE_PARAMETER,
	type: 'options',
	typeOptions: { loadOptionsMethod },
	default: '',
	description: `${hint} Choose from the list, or specify the name using an <a href="https://docs.n8n.io/code/expressions/">expression</a>`,
});

/** For the action node, where each item may name another one. An organization key opens no workspace. */
export const workspaceOfItem: INodeProperties = {
	...workspaceChoice(
		'getWorkspaces',
		'The workspace to work in, from those in the credential. An expression can give each item its own.',
	),
	displayOptions: { hide: { resource: ['workspace', 'organizationUser'] } },
};

/** For the triggers. */
export const workspaceOrAll = workspaceChoice(
	'getWorkspacesOrAll',
	'The workspace to watch, from those in the credential.',
);

/** Makes the editor read a list again when another workspace is chosen. */
export const reloadWithWorkspace = { loadOptionsDependsOn: [WORKSPACE_PARAMETER] };
