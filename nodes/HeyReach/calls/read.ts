import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { ApiFault } from '../../engine/call/errors';
import { lacksList } from '../../engine/call/paginate';
import type { Call, Io } from '../../engine/operation';

export type Path = `/${string}`;

/** A read by POST. With a `limit` in its body it is a page of a list. */
export function read(path: Path, body: IDataObject): Call {
	const lacks = 'limit' in body ? lacksList('items', Number(body.offset)) : undefined;
	return callTo(`POST ${path}`, { body, repeatable: true, lacks });
}

/** A read of one record by its id in the query, as `GetById` takes it. */
export const readById = (path: Path, query: IDataObject): Call => callTo(`GET ${path}`, { query });

/** The body of the answer; `undefined` where HeyReach does not find what is asked for. */
export async function readOrNone(call: Call, io: Io): Promise<unknown> {
	const answer = await io.send(call).catch((error: unknown) => {
		if (error instanceof ApiFault && error.problem.missing) return undefined;
		throw error;
	});
	return answer?.body;
}
