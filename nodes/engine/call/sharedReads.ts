import type { IDataObject } from 'n8n-workflow';
import { Cancelled } from './errors';
import type { Account, Answer, Call } from '../operation';

/** The reads of one run: calls in the same words to one account are sent once, whichever items ask for them. */
export class SharedReads {
	private readonly answers = new Map<string, Promise<Answer>>();
	/** Only the lists under way: a list may be all there is in the account, so none is kept. */
	private readonly lists = new Map<string, Promise<IDataObject[]>>();

	/**
	 * One answer for all items that ask. A failed answer belongs to the item that sent the call; the
	 * other items send it again, together, and no item meets more than two failures.
	 */
	async answer(
		account: Account,
		call: Call,
		send: (call: Call) => Promise<Answer>,
		again = true,
	): Promise<Answer> {
		const key = keyOf(account, call);
		const known = this.answers.get(key);
		const answer = known ?? send(call);
		if (!known) this.answers.set(key, answer);
		const [outcome] = await Promise.allSettled([answer]);
		if (outcome.status === 'fulfilled') return outcome.value;
		if (this.answers.get(key) === answer) this.answers.delete(key);
		const { reason } = outcome as { reason: unknown };
		if (known && again && !(reason instanceof Cancelled))
			return await this.answer(account, call, send, false);
		throw reason;
	}

	/** One list for the items that ask for it at the same time, with the same limit. */
	async list(
		account: Account,
		call: Call,
		limit: number,
		read: () => Promise<IDataObject[]>,
	): Promise<IDataObject[]> {
		const key = `${keyOf(account, call)} ${limit}`;
		const known = this.lists.get(key);
		if (known) return await known;
		const list = read();
		this.lists.set(key, list);
		try {
			return await list;
		} finally {
			this.lists.delete(key);
		}
	}
}

const keyOf = ({ budgetKey }: Account, { method, path, query, body, version }: Call) =>
	JSON.stringify([budgetKey, method, path, query, body, version]);
