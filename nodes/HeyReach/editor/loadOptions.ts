import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { readAll } from './ask';
import { senderLabel, words } from './listSearch';

/** The lists behind parameters that take several campaigns, lists or senders. */
export const loadOptions = {
	async getCampaigns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const rows = await readAll(this, '/campaign/GetAll');
		return sorted(
			rows.map((row) => ({
				name: String(row.name ?? row.id),
				value: Number(row.id),
				description: words(row.status) || undefined,
			})),
		);
	},

	/** Those of companies hold no leads. */
	async getLeadLists(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const rows = await readAll(this, '/list/GetAll', { listType: 'USER_LIST' });
		return sorted(
			rows.map(({ id, name, totalItemsCount }) => ({
				name: String(name ?? id),
				value: Number(id),
				description: totalItemsCount === undefined ? undefined : `${String(totalItemsCount)} leads`,
			})),
		);
	},

	async getSenders(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const rows = await readAll(this, '/li_account/GetAll');
		return sorted(rows.map((row) => ({ name: senderLabel(row), value: Number(row.id) })));
	},
};

function sorted(options: INodePropertyOptions[]): INodePropertyOptions[] {
	return options.sort((a, b) => a.name.localeCompare(b.name));
}
