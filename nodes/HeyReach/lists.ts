import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { toNodeError } from '../engine/errors';
import { offsetPages, readPages } from '../engine/paginate';
import { send } from '../engine/send';
import { heyReach } from './api';

/** Every list of leads in the workspace (not those of companies), for a list in the editor. */
export async function getLeadLists(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const account = await heyReach.connect(this, 0);
		const rows = await readPages(
			offsetPages(100),
			{
				method: 'POST',
				template: '/list/GetAll',
				path: '/list/GetAll',
				body: { listType: 'USER_LIST' },
				repeatable: true,
			},
			async (call) => await send({ context: this, service: heyReach, account }, call),
		);
		return rows
			.map((row) => ({
				name: String(row.name ?? row.id),
				value: Number(row.id),
				description: row.totalItemsCount === undefined ? undefined : `${row.totalItemsCount} leads`,
			}))
			.sort((a, b) => a.name.localeCompare(b.name));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
