import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { BadInput, toNodeError } from '../engine/errors';
import { offsetPages, readPages } from '../engine/paginate';
import { send } from '../engine/send';
import { heyReach } from './api';

/** Every campaign of the workspace, for a list in the editor. */
export async function getCampaigns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const account = await heyReach.connect(this, 0);
		const rows = await readPages(
			offsetPages(100),
			{
				method: 'POST',
				template: '/campaign/GetAll',
				path: '/campaign/GetAll',
				repeatable: true,
			},
			async (call) => await send({ context: this, service: heyReach, account }, call),
		);
		return rows.map(campaignOption).sort((a, b) => a.name.localeCompare(b.name));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
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

/**
 * The ids in what a person chose from the list, or in what an expression gave: a list, one id, or
 * ids separated by commas.
 *
 * @throws BadInput for what is no id
 */
export function campaignIdsOf(value: unknown): number[] {
	return [value ?? []]
		.flat()
		.flatMap((part) => String(part).split(','))
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.map((part) => {
			if (/^\d+$/.test(part)) return Number(part);
			throw new BadInput(
				`“${part}” is not the ID of a campaign`,
				'Choose the campaigns from the list. An expression must give numbers, such as {{ [1234, 5678] }}.',
			);
		});
}
