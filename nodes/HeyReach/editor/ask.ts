import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { toEditorError } from '../../engine/call/errors';
import { readPages } from '../../engine/call/paginate';
import { offsetPages } from '../calls/pages';
import { send } from '../../engine/call/send';
import type { Account, Answer, Call, PageStyle } from '../../engine/operation';
import { heyReach, openCredential, type Accounts } from '../api';
import type { Workspace } from '../workspaces';
import { workspacesInEditor } from './workspaces';

/** One call for the editor in the chosen workspace, while somebody sets up the node. */
export async function ask(context: ILoadOptionsFunctions, call: Call): Promise<Answer> {
	return await withCredential(context, async ({ workspaces, accountOf }) => {
		const [workspace] = workspacesInEditor(context, workspaces);
		return await sendOne(context, accountOf(workspace), call);
	});
}

/** Every record of a list in the chosen workspace. */
export async function askForAll(
	context: ILoadOptionsFunctions,
	call: Call,
	pages: PageStyle = offsetPages(100),
): Promise<IDataObject[]> {
	return await readPages(pages, call, async (page) => await ask(context, page));
}

/** Every record of a list that the credential's own key opens, whatever workspace is chosen. */
export async function askAsOwner(
	context: ILoadOptionsFunctions,
	call: Call,
	pages: PageStyle,
): Promise<IDataObject[]> {
	return await withCredential(context, async ({ workspaces, accountOf }) => {
		const account = accountOf(workspaces[0]);
		return await readPages(pages, call, async (page) => await sendOne(context, account, page));
	});
}

/** Every record of a list in each chosen workspace: in a trigger these can be all of them. */
export async function askEach(
	context: ILoadOptionsFunctions,
	call: Call,
): Promise<Array<{ workspace: Workspace; rows: IDataObject[] }>> {
	return await withCredential(context, async ({ workspaces, accountOf }) => {
		const read = async (workspace: Workspace) => {
			const account = accountOf(workspace);
			const rows = await readPages(offsetPages(100), call, async (page) => {
				return await sendOne(context, account, page);
			});
			return { workspace, rows };
		};
		return await Promise.all(workspacesInEditor(context, workspaces).map(read));
	});
}

async function sendOne(
	context: ILoadOptionsFunctions,
	account: Account,
	call: Call,
): Promise<Answer> {
	return await send({ context, service: heyReach, account }, call);
}

async function withCredential<T>(
	context: ILoadOptionsFunctions,
	work: (accounts: Accounts) => Promise<T>,
): Promise<T> {
	try {
		return await work(await openCredential(context));
	} catch (error) {
		throw toEditorError(context.getNode(), error);
	}
}
