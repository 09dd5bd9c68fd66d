import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { read } from '../calls/read';
import { placeIn } from '../fields/ids';
import { OWN_WORKSPACE, type Workspace } from '../workspaces';
import { askEach, askForAll } from './ask';
import { listLabel, senderLabel, words } from './listSearch';
import { getWorkspaces, getWorkspacesOrAll } from './workspaces';

/** The lists behind parameters that take several campaigns, lists or senders, or a workspace. */
export const loadOptions = {
	getWorkspaces,

	getCampaigns: campaigns(),

	async getSenders(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const rows = await askForAll(this, read('/li_account/GetAll', {}));
		return options(rows.map((row) => ({ id: row.id, name: senderLabel(row) })));
	},
};

/** The same campaigns with a note on drafts, for which HeyReach takes no webhooks. */
export const triggerLoadOptions = {
	getWorkspacesOrAll,

	getCampaigns: campaigns({ draft: 'Draft: HeyReach accepts it here once it has started' }),
};

/** The lists of the polling trigger, which can watch several workspaces. */
export const pollingLoadOptions = {
	getWorkspacesOrAll,

	getCampaigns: campaigns(),

	/** Lists of leads only: a list of companies holds none. */
	async getLeadLists(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const found = await askEach(this, read('/list/GetAll', { listType: 'USER_LIST' }));
		const named = found.map(({ workspace, rows }) => ({
			workspace,
			rows: rows.map((row) => ({ ...row, name: listLabel(row) })),
		}));
		return optionsOfEach(named, ({ totalItemsCount }) =>
			totalItemsCount === undefined ? undefined : `${String(totalItemsCount)} leads`,
		);
	},
};

/** Every campaign with its status, or with the note on that status. */
function campaigns(notes: Record<string, string> = {}) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const found = await askEach(this, read('/campaign/GetAll', {}));
		return optionsOfEach(found, ({ status }) => notes[words(status)] ?? words(status));
	};
}

type Describe = (row: IDataObject) => string | undefined;

/** The rows of several workspaces. With more than one, each option says in which it is. */
function optionsOfEach(
	found: Array<{ workspace: Workspace; rows: IDataObject[] }>,
	describe: Describe,
): INodePropertyOptions[] {
	if (found.length === 1) return options(found[0].rows, describe);
	return found.flatMap(({ workspace, rows }) =>
		options(rows, describe).map((option) => inWorkspace(option, workspace)),
	);
}

const inWorkspace = (option: INodePropertyOptions, { name }: Workspace): INodePropertyOptions =>
	name === OWN_WORKSPACE
		? option
		: { ...option, name: `${name}: ${option.name}`, value: placeIn(name, Number(option.value)) };

/** The rows as options, sorted by name. */
function options(
	rows: IDataObject[],
	describe: Describe = () => undefined,
): INodePropertyOptions[] {
	return rows
		.map((row) => ({
			name: String(row.name ?? row.id),
			value: Number(row.id),
			description: describe(row) || undefined,
		}))
		.sort((a, b) => a.name.localeCompare(b.name));
}
