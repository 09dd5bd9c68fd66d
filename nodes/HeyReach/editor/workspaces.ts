import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { toEditorError } from '../../engine/call/errors';
import { openCredential } from '../api';
import { WORKSPACE_PARAMETER } from '../fields/workspace';
import { ALL_WORKSPACES, chosenWorkspaces, OWN_WORKSPACE, type Workspace } from '../workspaces';

/** The workspaces of the credential, for the field that chooses one. */
export async function getWorkspaces(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const further = await furtherWorkspaces(this);
	return [ownBeside(further), ...further];
}

/** The same with a choice for all of them, for the triggers. */
export async function getWorkspacesOrAll(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const further = await furtherWorkspaces(this);
	return [ownBeside(further), ALL, ...further];
}

/** Its name is not known: HeyReach does not tell the workspace of a key. */
const ownBeside = ({ length }: INodePropertyOptions[]): INodePropertyOptions => ({
	name: "The Credential's Own Workspace",
	value: OWN_WORKSPACE,
	description:
		length === 0
			? 'The one that the API key of the credential opens'
			: "The workspace of the credential's first API key",
});

const ALL: INodePropertyOptions = {
	name: 'All Workspaces',
	value: ALL_WORKSPACES,
	description: 'The own workspace and all further ones, also those that are added later',
};

async function furtherWorkspaces(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const { workspaces } = await openCredential(context);
		return workspaces
			.filter(({ name }) => name !== OWN_WORKSPACE)
			.map(({ name }) => ({ name, value: name }))
			.sort((a, b) => a.name.localeCompare(b.name));
	} catch (error) {
		throw toEditorError(context.getNode(), error);
	}
}

/** Whether the editor can tell which workspace is chosen. It may not resolve an expression. */
function isTold(context: ILoadOptionsFunctions): boolean {
	// The editor leaves such an expression out, or sends it as it is.
	const value: unknown = context.getCurrentNodeParameter(WORKSPACE_PARAMETER);
	return value !== undefined && value !== null && !String(value).startsWith('=');
}

/** Whether the editor can ask in the chosen workspace. */
export async function knowsWorkspace(context: ILoadOptionsFunctions): Promise<boolean> {
	return isTold(context) || (await openCredential(context)).workspaces.length === 1;
}

/**
 * The workspaces that are chosen in the editor: one, or in a trigger all of them.
 *
 * @throws BadInput for an expression whose value the editor cannot tell before the workflow runs
 */
export function workspacesInEditor(
	context: ILoadOptionsFunctions,
	workspaces: Workspace[],
): Workspace[] {
	if (isTold(context)) {
		return chosenWorkspaces(context.getCurrentNodeParameter(WORKSPACE_PARAMETER), workspaces);
	}
	if (workspaces.length === 1) return workspaces;
	throw new BadInput(
		'The editor cannot know the workspace of the expression in Workspace',
		'Choose a workspace from the list to see what is in it, or enter the ID.',
	);
}
