import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { toNodeError } from '../../engine/call/errors';
import type { Answer, Call } from '../../engine/operation';
import { lacksList, offsetPages, readPages, type PageStyle } from '../../engine/call/paginate';
import { send } from '../../engine/call/send';
import { heyReach } from '../api';

/** One call for the editor, while somebody sets up the node. */
export async function ask(context: ILoadOptionsFunctions, call: Call): Promise<Answer> {
	try {
		const account = await heyReach.connect(context, 0);
		return await send({ context, service: heyReach, account }, call);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** Every record of a list, for the editor. */
export async function readAll(
	context: ILoadOptionsFunctions,
	path: string,
	body: IDataObject = {},
): Promise<IDataObject[]> {
	return await readEach(context, offsetPages(100), read(path, body));
}

/** Every record of a list that is paged in some way, for the editor. */
export async function readEach(
	context: ILoadOptionsFunctions,
	pages: PageStyle,
	call: Call,
): Promise<IDataObject[]> {
	return await readPages(pages, call, async (at) => await ask(context, at));
}

/** HeyReach reads by POST; with a limit, a page of a list. */
export function read(path: string, body: IDataObject): Call {
	const lacks = 'limit' in body ? { lacks: lacksList('items', Number(body.offset)) } : {};
	return { method: 'POST', template: path, path, body, repeatable: true, ...lacks };
}

/** A record by its id in the query, as `GetById` takes it. */
export function readById(path: string, query: IDataObject): Call {
	return { method: 'GET', template: path, path, query, repeatable: true };
}
