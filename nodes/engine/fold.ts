import type { IDataObject } from 'n8n-workflow';
import { ApiFault } from './errors';
import type { Account, Answer, Call, Fold, Problem, Share } from './operation';

/** One item's part of a folded call. */
export interface Part {
	itemIndex: number;
	call: Call;
}

/** What an item came to. */
export type Outcome = { record: IDataObject } | { error: unknown };

/** Statuses with which a service refuses a whole call because of one record in it, or for its size. */
const WHOLE_CALL_REFUSED = ['400', '404', '413', '422'];

/** For an answer to a single record that does not say what became of it. */
const UNTOLD: Problem = {
	kind: 'refused',
	message: 'The answer does not say what became of this record',
	description: 'Look whether it was changed before you run this item again.',
};

/** Items that may share a call, in batches of what one call takes; items keep their order. */
export function batchesOf(fold: Fold, parts: Part[]): Part[][] {
	const groups = new Map<string, Part[]>();
	for (const part of parts) {
		const key = fold.key(part.call);
		const group = groups.get(key);
		if (group) group.push(part);
		else groups.set(key, [part]);
	}
	return [...groups.values()].flatMap((group) => chunks(group, fold.size));
}

/**
 * Sends a batch as one call and gives each item its own share of the answer. Where the answer does
 * not tell whose part failed, or the service refuses the whole call because of a record, the halves
 * are sent again, down to single items: so a failure lands on the item it belongs to. A refusal that
 * is about no record, such as that of a list that is not there, is everybody's at once.
 *
 * @param settle is told what each item came to, each exactly once
 * @param isHalf of a batch that was divided: what is wrong in it is a record
 */
export async function sendBatch(
	fold: Fold,
	account: Account,
	batch: Part[],
	send: (call: Call) => Promise<Answer>,
	settle: (part: Part, outcome: Outcome) => Promise<void>,
	isHalf = false,
): Promise<void> {
	const calls = batch.map(({ call }) => call);
	const joined = fold.join(calls, account);
	let shares: Share[] | 'divide';
	try {
		shares = fold.split(await send(joined), calls);
	} catch (error) {
		const mayDivide = batch.length > 1 && isAboutRecord(error, fold);
		if (!mayDivide || (!isHalf && (await isRefusedEmpty(joined, error, fold, send)))) {
			await Promise.all(batch.map(async (part) => await settle(part, { error })));
			return;
		}
		shares = 'divide';
	}
	if (shares === 'divide' && batch.length > 1) {
		for (const half of chunks(batch, Math.ceil(batch.length / 2))) {
			await sendBatch(fold, account, half, send, settle, true);
		}
		return;
	}
	const told = shares === 'divide' ? [] : shares;
	await Promise.all(
		batch.map(async (part, index) => {
			const share = told[index] ?? { problem: UNTOLD };
			const failed = 'problem' in share;
			await settle(part, failed ? { error: new ApiFault(share.problem, joined) } : share);
		}),
	);
}

function isAboutRecord(error: unknown, { hasTarget }: Fold): boolean {
	if (!(error instanceof ApiFault) || (hasTarget && error.problem.missing)) return false;
	return WHOLE_CALL_REFUSED.includes(error.httpCode ?? '');
}

/** Whether the call is refused in the same words without any record in it. */
async function isRefusedEmpty(
	joined: Call,
	refusal: unknown,
	{ probe }: Fold,
	send: (call: Call) => Promise<Answer>,
): Promise<boolean> {
	if (!probe || !(refusal instanceof ApiFault)) return false;
	const [empty] = await Promise.allSettled([send(probe(joined))]);
	if (empty.status === 'fulfilled' || !(empty.reason instanceof ApiFault)) return false;
	const { problem } = empty.reason;
	return problem.message === refusal.message && problem.description === refusal.problem.description;
}

function chunks<T>(list: T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
		list.slice(index * size, (index + 1) * size),
	);
}
