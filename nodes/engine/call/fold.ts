import type { IDataObject } from 'n8n-workflow';
import { ApiFault } from './errors';
import type { Account, Answer, Call, Fold, Problem, Share } from '../operation';

/** One item's part of a folded call. */
export interface Part {
	itemIndex: number;
	call: Call;
}

/** The result of one item. */
export type Outcome = { record: IDataObject } | { error: unknown };

/** Statuses with which a service refuses a whole call because of one record in it, or for its size. */
const WHOLE_CALL_REFUSED = ['400', '404', '413', '422'];

/** The problem of an answer that says nothing about the single record it is for. */
const UNTOLD: Problem = {
	kind: 'refused',
	message: 'The answer does not say what happened to this record',
	description: 'Check whether it was changed before you run this item again.',
};

/** Batches of the items that may share a call, of at most `fold.size` items, in the order of the items. */
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

/** The refusals that calls without a record met in this run, by the call; `undefined` for a success. */
export type Probes = Map<string, Promise<Problem | undefined>>;

/**
 * Sends a batch as one call and gives each item its own share of the answer. A service may refuse the
 * whole call because of one record, or may not say which record failed. Then a search finds the bad
 * record, so that only its item fails: by its name in the refusal, else by bisection, else one by one
 * (see `Search`). A refusal that is not about a record, such as a list that does not exist, fails all
 * items of the batch at once.
 *
 * @param settle receives the result of each item exactly once
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
 * The search for the bad records of one batch, by bisection with a limit on refusals. One bad record in
 * a hundred costs eight more calls. A batch of bad records only costs little more than one call a record.
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

	/** @param isBad the batch is known to hold a bad record, so that the whole batch is not sent */
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
		// The refusal may name a record for another reason, so the record gets a call of its own.
		for (const part of named) await this.run([part], false, true);
		return false;
	}

	/** If no record of the first half is bad, the bad record is in the second half. */
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

	/** Whether the service refuses the call in the same words without a record. The refusal is then not about a record. */
	private async isRefusedEmpty(joined: Call, refusal: unknown): Promise<boolean> {
		const { fold, account, send, probes } = this.sending;
		if (!fold.probe || !(refusal instanceof ApiFault)) return false;
		const probe = fold.probe(joined);
		const key = JSON.stringify([account.budgetKey, probe.method, probe.path, probe.body]);
		let said = probes.get(key);
		if (!said) probes.set(key, (said = problemOf(send(probe))));
		const problem = await said;
		return (
			problem?.message === refusal.message && problem.description === refusal.problem.description
		);
	}
}

/** The problem of a refusal; `undefined` for anything else. */
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
