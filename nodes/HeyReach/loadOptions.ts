import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { readAll } from './ask';
import { senderLabel, words } from './listSearch';

/** The lists behind parameters that take several campaigns or senders. */
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

	async getSenders(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const rows = await readAll(this, '/li_account/GetAll');
		return sorted(rows.map((row) => ({ name: senderLabel(row), value: Number(row.id) })));
	},
};

function sorted(options: INodePropertyOptions[]): INodePropertyOptions[] {
	return options.sort((a, b) => a.name.localeCompare(b.name));
}
