import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { asOneEntry, matching } from '../../engine/values';
import { listCall, listRows } from '../calls/lists';
import { ask } from './ask';

/** The tags of the location by name; beneath them the text itself, for a new tag, or several with commas. */
export async function searchTagNames(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const body = await ask(this, (locationId) => listCall('tags', locationId));
	const names = [...new Set(listRows('tags', body).map(({ name }) => String(name)))];
	const found = names
		.sort((a, b) => a.localeCompare(b))
		.map((name) => ({ name, value: asOneEntry(name) }))
		.filter(matching(filter));
	const typed = filter?.trim() ?? '';
	const isNew = typed !== '' && !names.some((name) => name.toLowerCase() === typed.toLowerCase());
	return { results: isNew ? [...found, { name: `Use “${typed}”`, value: typed }] : found };
}
