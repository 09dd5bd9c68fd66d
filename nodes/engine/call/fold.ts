import type { IDataObject } from 'n8n-workflow';
import { ApiFault } from './errors';
import type { Account, Answer, Call, Fold, Problem, Share } from '../operation';

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

/** Of one run: what calls without any record were answered, by the call. */
export type Probes = Map<string, Promise<Problem | undefined>>;

/**
 * Sends a batch as one call and gives each item its own share of the answer. Where the answer does
 * not tell whose part failed, or the service refuses the whole call because of a record, the record is
 * looked for, so that a failure lands on the item it belongs to: by its name in the refusal, else by
 * halves, else one by one (see `Search`). A refusal that is about no record, such as that of a list that
 * is not there, is everybody's at once.
 *
 * @param settle is told what each item came to, each exactly once
 */
export async function sendBatch(
	fold: Fold,
	account: Account,
	batch: Part[],
	send: (call: Call) => Promise<Answer>,
	settle: (part: Part, outcome: Outcome) => Promise<void>,
	probes: Probes = new Map(),
): Promise<void> {
	await new Search({ fold, account, send, settle, probes }, batch.length).run(batch, false);
}

interface Sending {
	fold: Fold;
	account: Account;
	send: (call: Call) => Promise<Answer>;
	settle: (part: Part, outcome: Outcome) => Promise<void>;
	probes: Probes;
}

/**
 * The way of one batch through the service. One bad record in a hundred costs eight calls more, and
 * a batch of nothing but bad records hardly more than one call for each.
 */
class Search {
	/** How many calls for several records may still be refused before records go one by one. */
	private left: number;

	constructor(
		private readonly sending: Sending,
		count: number,
	) {
		this.left = Math.max(2, Math.ceil(count / 8));
	}

	/** @param isBad a record in it is known to be refused, so that there is no use in sending it whole */
	async run(batch: Part[], isBad: boolean, isHalf = false): Promise<boolean> {
		const { fold, account, send } = this.sending;
		if (batch.length > 1 && (isBad || this.left <= 0)) return await this.divide(batch);
		const calls = batch.map(({ call }) => call);
		const joined = fold.join(calls, account);
		let shares: Share[] | 'divide';
		try {
			shares = fold.split(await send(joined), calls);
		} catch (error) {
			return await this.refused(batch, joined, error, isHalf);
		}
		if (shares === 'divide' && batch.length > 1) return await this.divide(batch);
		const told = shares === 'divide' ? [] : shares;
		const outcomes = batch.map((_, index): Outcome => {
			const share = told[index] ?? { problem: UNTOLD };
			return 'problem' in share ? { error: new ApiFault(share.problem, joined) } : share;
		});
		await this.settle(batch, (index) => outcomes[index]);
		return outcomes.every((outcome) => !('error' in outcome));
	}

	private async refused(
		batch: Part[],
		joined: Call,
		error: unknown,
		isHalf: boolean,
	): Promise<boolean> {
		const { fold } = this.sending;
		const mayDivide = batch.length > 1 && isAboutRecord(error, fold);
		if (!mayDivide || (!isHalf && (await this.isRefusedEmpty(joined, error)))) {
			await this.settle(batch, () => ({ error }));
			return false;
		}
		const named = batch.filter(({ call }) => isNamed(call, error, fold));
		if (named.length === 0 || named.length === batch.length) return await this.divide(batch);
		const others = batch.filter((part) => !named.includes(part));
		await this.run(others, false, true);
		// It may be named for another reason: its own call tells.
		for (const part of named) await this.run([part], false, true);
		return false;
	}

	/** Where the first half is clean, the bad record is in the second. */
	private async divide(batch: Part[]): Promise<boolean> {
		this.left--;
		const size = this.left > 0 ? Math.ceil(batch.length / 2) : 1;
		let isClean = true;
		for (const part of chunks(batch, size)) {
			const isLast = part[part.length - 1] === batch[batch.length - 1];
			const came = await this.run(part, isClean && isLast, true);
			isClean &&= came;
		}
		return isClean;
	}

	private async settle(batch: Part[], outcomeOf: (index: number) => Outcome): Promise<void> {
		await Promise.all(
			batch.map(async (part, index) => await this.sending.settle(part, outcomeOf(index))),
		);
	}

	/** Whether the call is refused in the same words without any record in it. */
	private async isRefusedEmpty(joined: Call, refusal: unknown): Promise<boolean> {
		const { fold, send, probes } = this.sending;
		if (!fold.probe || !(refusal instanceof ApiFault)) return false;
		const probe = fold.probe(joined);
		const key = JSON.stringify([probe.method, probe.path, probe.body]);
		let said = probes.get(key);
		if (!said) probes.set(key, (said = problemOf(send(probe))));
		const problem = await said;
		return (
			problem?.message === refusal.message && problem.description === refusal.problem.description
		);
	}
}

/** `undefined` where it was no refusal. */
async function problemOf(answer: Promise<Answer>): Promise<Problem | undefined> {
	const [outcome] = await Promise.allSettled([answer]);
	const reason: unknown = outcome.status === 'rejected' ? outcome.reason : undefined;
	return reason instanceof ApiFault ? reason.problem : undefined;
}

/** Whether the refusal names the record of this call, as a word. */
function isNamed(call: Call, error: unknown, { name }: Fold): boolean {
	const own = name?.(call) ?? '';
	if (own === '' || !(error instanceof ApiFault)) return false;
	const said = `${error.problem.message}\n${error.problem.description ?? ''}`;
	return said.split(/[^\p{L}\p{N}_-]+/u).includes(own);
}

function isAboutRecord(error: unknown, { hasTarget }: Fold): boolean {
	if (!(error instanceof ApiFault) || (hasTarget && error.problem.missing)) return false;
	return WHOLE_CALL_REFUSED.includes(error.httpCode ?? '');
}

function chunks<T>(list: T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
		list.slice(index * size, (index + 1) * size),
	);
}
