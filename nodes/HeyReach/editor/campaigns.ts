import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { readAll } from './ask';

/** Every campaign of the workspace, for a list in the editor. */
export async function getCampaigns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const rows = await readAll(this, '/campaign/GetAll');
	return rows.map(campaignOption).sort((a, b) => a.name.localeCompare(b.name));
}

function campaignOption(row: IDataObject): INodePropertyOptions {
	const status = String(row.status ?? '')
		.toLowerCase()
		.replace(/_/g, ' ');
	return {
		name: String(row.name ?? row.id),
		value: Number(row.id),
		description:
			status === 'draft'
				? 'Draft: HeyReach takes it here once it has started'
				: status || undefined,
	};
}
