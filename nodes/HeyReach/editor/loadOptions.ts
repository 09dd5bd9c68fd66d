import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { read } from '../calls/read';
import { askForAll } from './ask';
import { senderLabel, words } from './listSearch';

/** The lists behind parameters that take several campaigns, lists or senders. */
export const loadOptions = {
	getCampaigns: campaigns(),

	/** Lists of leads only: a list of companies holds none. */
	async getLeadLists(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const rows = await askForAll(this, read('/list/GetAll', { listType: 'USER_LIST' }));
		return options(rows, ({ totalItemsCount }) =>
			totalItemsCount === undefined ? undefined : `${String(totalItemsCount)} leads`,
		);
	},

	async getSenders(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const rows = await askForAll(this, read('/li_account/GetAll', {}));
		return options(rows.map((row) => ({ id: row.id, name: senderLabel(row) })));
	},
};

/** The same campaigns with a note on drafts, for which HeyReach takes no webhooks. */
export const triggerLoadOptions = {
	getCampaigns: campaigns({ draft: 'Draft: HeyReach takes it here once it has started' }),
};

/** Every campaign of the workspace with its status, or with the note on that status. */
function campaigns(notes: Record<string, string> = {}) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const rows = await askForAll(this, read('/campaign/GetAll', {}));
		return options(rows, ({ status }) => notes[words(status)] ?? words(status));
	};
}

/** The rows as options, sorted by name. */
function options(
	rows: IDataObject[],
	describe: (row: IDataObject) => string | undefined = () => undefined,
): INodePropertyOptions[] {
	return rows
		.map((row) => ({
			name: String(row.name ?? row.id),
			value: Number(row.id),
			description: describe(row) || undefined,
		}))
		.sort((a, b) => a.name.localeCompare(b.name));
}
