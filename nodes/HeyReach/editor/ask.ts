import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { toNodeError } from '../../engine/call/errors';
import { readPages } from '../../engine/call/paginate';
import { offsetPages } from '../calls/pages';
import { send } from '../../engine/call/send';
import type { Answer, Call, PageStyle } from '../../engine/operation';
import { heyReach } from '../api';

/** One call for the editor, while somebody sets up the node. */
export async function ask(context: ILoadOptionsFunctions, call: Call): Promise<Answer> {
	try {
		const account = (await heyReach.connect(context)).accountOf(0);
		return await send({ context, service: heyReach, account }, call);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** Every record of a list, for the editor. */
export async function askForAll(
	context: ILoadOptionsFunctions,
	call: Call,
	pages: PageStyle = offsetPages(100),
): Promise<IDataObject[]> {
	return await readPages(pages, call, async (page) => await ask(context, page));
}
