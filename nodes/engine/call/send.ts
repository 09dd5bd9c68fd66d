import { checkQuery } from './build';
import { exchangedToken, forgetToken } from './exchange';
import { now } from '../monotonicClock';
import {
	ApiFault,
	Cancelled,
	incomplete,
	networkProblem,
	neverSent,
	NotBegun,
	notRenewed,
	unreadable,
} from './errors';
import type { Answer, ApiContext, Call, LimitReport, Problem, Recovered } from '../operation';
import type { CallPair } from './callPair';
import { budgetFor, pause, type Budget } from './pace';
import type { SharedRefusals } from './sharedRefusals';
import { renewalsDone, renewOnce } from './renew';
import { Tally } from './tally';
import { type Slot } from './slidingWindow';
import { numberIn } from '../values';
import { request, type Line, type Outcome } from './wire';

/** A call that meets 429 is sent again at least this often, and at least for this long (ms). */
const RATE_TRIES = 8;
const RATE_PATIENCE_MS = 180_000;

/** The waits (ms) between tries after a fault. The call fails when all are used. */
const FAULT_WAITS = [1_000, 3_000, 9_000];

export interface Sending extends Line {
	tally?: Tally;
	/** The run's own part of the account's rate limit, if the node's options set one. */
	cap?: Budget;
	/** The refusals of this run. A call that is known to be refused is not sent. */
	refusals?: SharedRefusals;
	/** Of the call and the one that follows it, or that it follows, at once. */
	pair?: CallPair;
	/** Whether the item of the call is still to be begun. */
	turn?: Turn;
	/** Finds out whether a call that must not be sent twice was carried out, when its answer is lost or in doubt. */
	recover?: (call: Call, startedAt: number, refusal?: Problem) => Promise<Recovered>;
}

/** The work on one item in a run that may end with the failure of another item. */
export interface Turn {
	/** Whether the run has ended, and nothing was sent for this item. */
	isOver(): boolean;
	/** A call for the item is sent now: the work on it goes on to its end. */
	begin(): void;
}

/**
 * Sends one call inside the account's rate budget and returns its successful answer.
 *
 * - 401 comes back as data, and its text is read. n8n refreshes the token on a thrown 401, but HighLevel
 *   says 401 for a missing scope too, which no refresh mends.
 * - 429 is sent again for every call: the service has not carried it out.
 * - Network faults, 408, 425, 502, 503 and 504 are sent again where repeating is safe. Otherwise `recover` first
 *   finds out whether the call was carried out.
 *
 * @throws ApiFault when the service refuses or stays out of reach; BadInput; Cancelled; NotBegun
 */
export async function send(sending: Sending, call: Call): Promise<Answer> {
	checkQuery(call);
	const { context, service, account, cap, refusals, pair } = sending;
	const tally = sending.tally ?? new Tally();
	const signal = cancelSignal(context);
	const isSecond = pair?.next();
	const startedAt = Date.now();
	const since = now();
	let rateTries = 0;
	const isPatient = () => now() - since < RATE_PATIENCE_MS;
	let faults = 0;
	let renewed = false;
	let maybeDone = false;
	/** The outcome of this call, if the renewal of the token has sent it. */
	let sentInRenewal: Outcome | undefined;

	for (;;) {
		const renewals = renewalsDone(sending);
		const token = sentInRenewal ? undefined : await tokenOfAccount();
		const outcome = sentInRenewal ?? (await sendInBudget(token));
		sentInRenewal = undefined;
		if (signal?.aborted) throw new Cancelled();

		const { answer, code } = outcome;
		const problem = problemOf(outcome);
		if (answer && !problem) {
			refusals?.worked(account, call);
			return maybeDone ? { ...answer, repeated: true } : answer;
		}
		if (answer && problem?.missing && maybeDone && call.method === 'DELETE') return answer;
		const fault = new ApiFault(problem as Problem, call, code);

		if (fault.problem.kind === 'rate' && (rateTries < RATE_TRIES || isPatient())) {
			tally.retries++;
			rateTries++;
		} else if (fault.problem.kind === 'expired' && account.exchange && !renewed) {
			forgetToken(account.exchange, token);
			renewed = true;
		} else if (fault.problem.kind === 'expired' && account.refreshable && !renewed) {
			sentInRenewal = await renew(renewals);
			renewed = renewalsDone(sending) > renewals;
		} else if (fault.problem.kind === 'temporary' && faults < FAULT_WAITS.length) {
			const wait = FAULT_WAITS[faults++] * (1 + Math.random() / 5);
			tally.retries++;
			await tally.wait(pause(wait, signal));
			if (outcome.unsent || neverSent(code)) continue;
			maybeDone = true;
			if (call.repeatable) continue;
			const found = (await sending.recover?.(call, startedAt)) ?? 'unknown';
			if (found === 'unknown') throw new ApiFault(uncertain(fault.problem), call, code);
			if (found !== 'not done') return found;
		} else {
			refusals?.refused(account, call, fault);
			const found =
				fault.problem.maybeDone && (await sending.recover?.(call, startedAt, fault.problem));
			if (typeof found === 'object') return found;
			throw fault;
		}
	}

	/** The place that the call had is given back: the renewal takes its own. */
	async function renew(seen: number): Promise<Outcome | undefined> {
		const sender = { call, signal, send: async () => await sendInBudget(undefined, false) };
		const [renewal] = await Promise.allSettled([renewOnce(sending, seen, sender)]);
		if (renewal.status === 'fulfilled') return renewal.value;
		if (renewal.reason instanceof ApiFault) refusals?.refused(account, call, renewal.reason);
		throw renewal.reason;
	}

	/**
	 * The token that the credential's own was exchanged for, where the account needs one. A refusal of the
	 * exchange holds for all calls of this run to this account. One that is about the credential's own token
	 * holds for the exchange for every account.
	 */
	async function tokenOfAccount(): Promise<string | undefined> {
		const { exchange } = account;
		if (!exchange) return undefined;
		throwIfVain();
		// A token that is asked for begins nothing in the account.
		const turn = sending.turn && { ...sending.turn, begin: () => {} };
		const owner = { context, service, account: exchange.owner, tally, refusals, turn };
		const [token] = await Promise.allSettled([
			exchangedToken(exchange, async (ask) => await send(owner, ask), signal),
		]);
		if (token.status === 'fulfilled') return token.value;
		const reason: unknown = token.reason;
		if (!(reason instanceof ApiFault) || reason.problem.kind !== 'refused') throw reason;
		const fault = new ApiFault(
			// It says nothing about the record of this call.
			{ ...reason.problem, about: 'account', missing: undefined, maybeDone: undefined },
			exchange.call,
			reason.httpCode,
		);
		refusals?.refused(account, call, fault);
		throw fault;
	}

	/** Sends inside the run's own part of the limit. Each place that is taken is given back, also on an error. */
	async function sendInBudget(token: string | undefined, asData = true): Promise<Outcome> {
		throwIfVain();
		const again = rateTries > 0 || !asData; // everybody waits for a renewal
		if (!cap) return await sendInAccount(token, asData, again);
		const slot = await tally.wait(cap.take({ signal, again: !asData, pair, isSecond }));
		let outcome: Outcome | undefined;
		try {
			outcome = await sendInAccount(token, asData, again);
			return outcome;
		} finally {
			if (outcome) cap.done(slot, outcome.answer && limitsIn(outcome.answer));
			else cap.giveBack(slot);
		}
	}

	async function sendInAccount(
		token: string | undefined,
		asData: boolean,
		again: boolean,
	): Promise<Outcome> {
		// Not before: an account that gets no token needs no budget.
		const budget = budgetFor(account.budgetKey, account.limit ?? service.limit);
		const slot = await tally.wait(budget.take({ signal, again, pair, isSecond }));
		let isGivenBack = false;
		try {
			throwIfVain(); // another call may have been refused meanwhile
			sending.turn?.begin();
			tally.calls++;
			const outcome = await request(sending, call, asData, token);
			settle(budget, slot, outcome);
			isGivenBack = true;
			return outcome;
		} finally {
			if (!isGivenBack) budget.giveBack(slot);
		}
	}

	function throwIfVain(): void {
		if (sending.turn?.isOver()) throw new NotBegun();
		const known = refusals?.of(account, call);
		if (known) throw known;
	}

	function settle(budget: Budget, slot: Slot, outcome: Outcome): void {
		const { answer, code } = outcome;
		const problem = problemOf(outcome);
		// `refused` blocks the other callers before the next one takes the place; `done` would not. Where the
		// token service asks to slow down, no call has a token.
		if (answer ? problem?.kind === 'rate' : code === '429') {
			budget.refused(slot, answer ? limitsIn(answer) : {}, rateTries + 1);
			return;
		}
		if (answer && problem?.kind === 'quota') {
			budget.usedUp(problem, limitsIn(answer).quotaResetMs);
		}
		budget.done(slot, answer && limitsIn(answer));
	}

	function limitsIn({ headers }: Answer): LimitReport {
		// Retry-After is a header of HTTP itself (RFC 9110), in seconds here.
		const seconds = numberIn(headers['retry-after']);
		return {
			...service.readLimits(headers),
			...(seconds !== undefined && { retryAfterMs: seconds * 1000 }),
		};
	}

	function problemOf({ answer, code, unsent }: Outcome): Problem | undefined {
		if (!answer) return (unsent ? notRenewed : networkProblem)(service.name, code);
		return (
			unreadable(service.name, answer) ??
			service.problemOf(answer, call, account) ??
			incomplete(service.name, answer, call)
		);
	}
}

function cancelSignal(context: ApiContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

function uncertain(problem: Problem): Problem {
	return {
		...problem,
		message: `${problem.message}. The request may have been carried out anyway`,
		description:
			'It was not sent again, so that nothing is created twice. Check whether the record exists before you run this item again.',
	};
}
