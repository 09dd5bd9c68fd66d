import type { IDataObject } from 'n8n-workflow';
import { readOrNone } from '../../engine/call/callTo';
import { lacksList, lacksRecord } from '../../engine/call/paginate';
import type { Call, Io } from '../../engine/operation';
import { isObject, rowsOf, textsIn } from '../../engine/values';
import { read, readById } from '../calls/read';

type Sender = Pick<Io, 'send'>;

// An answer that does not hold what was asked for is asked for again: it must not pass for a lead without
// values, a lead without tags, or a list without campaigns.

/** The lead at the address, without custom fields and tags: HeyReach shows these in lists only. */
export async function leadAt(
	address: string | undefined,
	io: Sender,
): Promise<IDataObject | undefined> {
	const call = read('/lead/GetLead', { profileUrl: address });
	const lead = await readOrNone({ ...call, lacks: lacksRecord('linkedin_id') }, io);
	return isObject(lead) ? (lead as IDataObject) : undefined;
}

/** The row that a list has for the lead at the address. */
export async function rowIn(
	listId: number,
	address: string | undefined,
	io: Sender,
): Promise<IDataObject | undefined> {
	const body = { listId, leadProfileUrl: address, offset: 0, limit: 1 };
	const answer = await readOrNone(read('/list/GetLeadsFromList', body), io);
	return rowsOf(answer, 'items')[0];
}

/** The ids of the lists that the lead at the address is in. */
export async function listsOfLead(address: string | undefined, io: Sender): Promise<number[]> {
	const call = read('/list/GetListsForLead', { profileUrl: address, offset: 0, limit: 100 });
	return rowsOf(await readOrNone(call, io), 'items').map(({ listId }) => Number(listId));
}

export async function tagsAt(address: string | undefined, { send }: Sender): Promise<string[]> {
	const call = read('/lead/GetTags', { profileUrl: address });
	const { body } = await send({ ...call, lacks: lacksList('tags') });
	return isObject(body) ? textsIn(body.tags) : [];
}

export async function listOf(listId: number, { send }: Sender): Promise<Record<string, unknown>> {
	const call: Call = readById('/list/GetById', { listId });
	const { body } = await send({ ...call, lacks: lacksRecord('id') });
	return isObject(body) ? body : {};
}
