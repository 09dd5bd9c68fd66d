import type {
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { isObject, rowsOf } from '../../engine/values';
import { mapperColumn } from '../../engine/describe/mapper';
import { read, readById } from '../calls/read';
import { ask } from '../editor/ask';
import { knowsWorkspace } from '../editor/workspaces';
import { isCustomFieldName, LEAD_FIELDS } from './leadColumns';

/**
 * The columns of a lead for the editor: HeyReach's own fields, and the custom fields of the first
 * leads in the list. HeyReach has no endpoint that lists custom fields.
 */
export async function getLeadColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const listId = await chosenList(this);
	const custom = listId ? await customFieldNames(this, listId) : [];
	return {
		fields: [
			...LEAD_FIELDS.map(({ id, name, required, main }) =>
				mapperColumn(id, name, 'string', { required, removed: !main }),
			),
			...custom.map(
				(name): ResourceMapperField => mapperColumn(name, name, 'string', { removed: true }),
			),
		],
	};
}

/**
 * The chosen list, or the list of the chosen campaign; 0 for none, and where an expression chooses
 * it or its workspace.
 */
async function chosenList(context: ILoadOptionsFunctions): Promise<number> {
	if (!(await knowsWorkspace(context))) return 0;
	const chosen = (name: string) =>
		Number(context.getCurrentNodeParameter(name, { extractValue: true })) || 0;
	if (context.getCurrentNodeParameter('resource') === 'list') return chosen('listId');
	const campaignId = chosen('campaignId');
	if (!campaignId) return 0;
	const { body } = await ask(context, readById('/campaign/GetById', { campaignId }));
	return isObject(body) ? Number(body.linkedInUserListId) || 0 : 0;
}

async function customFieldNames(context: ILoadOptionsFunctions, listId: number): Promise<string[]> {
	const call = read('/list/GetLeadsFromList', { listId, offset: 0, limit: 100 });
	const leads = rowsOf((await ask(context, call)).body, 'items');
	const names = leads.flatMap((lead) => rowsOf(lead, 'customFields').map(({ name }) => name));
	const standard = LEAD_FIELDS.map(({ id }) => id);
	return [...new Set(names.map(String))]
		.filter((name) => isCustomFieldName(name) && !standard.includes(name))
		.sort((a, b) => a.localeCompare(b));
}
