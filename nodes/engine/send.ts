import { ApiFault, Cancelled, networkProblem, neverSent } from './errors';
import type { Answer, ApiContext, Call, Problem, Recovered } from './operation';
import { budgetFor, pause, type Budget } from './pace';
import { renewalsDone, renewOnce } from './renew';
import { Tally } from './tally';
import { request, type Line } from './wire';

/** A call that meets 429 is sent again until it was sent this often, and for this long (ms). */
const RATE_TRIES = 8;
const RATE_PATIENCE_MS = 180_000;

/** How long (ms) to wait before the next try after a fault; no try after the last. */
const FAULT_WAITS = [1_000, 3_000, 9_000];

export interface Sending extends Line {
	tally?: Tally;
	/** The part of the account's rate limit that this run may use, where the person set one. */
	cap?: Budget;
	/** For a call that must not be sent twice: what became of it when its answer was lost. */
	recover?: (call: Call, startedAt: number) => Promise<Recovered>;
}

/**
 * Sends one call inside the account's rate budget and returns its successful answer.
 *
 * A 401 comes back as data and its text is read: n8n would meet a thrown one with a token refresh,
 * and HighLevel says 401 for a missing scope too, which no refresh mends. 429 is tried again
 * always; network faults and 502, 503, 504 only where repeating is safe, or after a look whether
 * the call was carried out.
 *
 * @throws ApiFault when the service refuses or stays out of reach; Cancelled
 */
export async function send(sending: Sending, call: Call): Promise<Answer> {
	const { context, service, account, cap } = sending;
	const tally = sending.tally ?? new Tally();
	const budget = budgetFor(account.budgetKey, service.limit);
	const signal = cancelSignal(context);
	const startedAt = Date.now();
	let rateTries = 0;
	const isPatient = () => Date.now() - startedAt < RATE_PATIENCE_MS;
	let faults = 0;
	let renewed = false;

	for (;;) {
		const ownSlot = cap && (await tally.wait(cap.take(signal)));
		const slot = await tally.wait(budget.take(signal, rateTries > 0));
		const renewals = renewalsDone(sending);
		tally.calls++;
		const { answer, code } = await request(sending, call);
		budget.done(slot, answer);
		if (ownSlot) cap.done(ownSlot, answer);
		if (signal?.aborted) throw new Cancelled();

		const problem = answer
			? service.problemOf(answer, call, account)
			: networkProblem(service.name, code);
		if (!problem) return answer as Answer;
		if (answer && problem.missing && faults > 0 && call.method === 'DELETE') return answer;
		const fault = new ApiFault(problem, call, code);

		if (problem.kind === 'rate' && answer && (++rateTries < RATE_TRIES || isPatient())) {
			tally.retries++;
			budget.refused(slot, answer, rateTries);
		} else if (problem.kind === 'quota') {
			budget.usedUp(problem, Number(answer?.headers['x-ratelimit-daily-reset']) || undefined);
			throw fault;
		} else if (problem.kind === 'expired' && account.refreshable && !renewed) {
			renewed = true;
			const sent = await renewOnce(sending, call, renewals);
			if (sent) return sent;
		} else if (problem.kind === 'temporary' && faults < FAULT_WAITS.length) {
			const wait = FAULT_WAITS[faults++] * (1 + Math.random() / 5);
			tally.retries++;
			await tally.wait(pause(wait, signal));
			if (call.repeatable || neverSent(code)) continue;
			const found = (await sending.recover?.(call, startedAt)) ?? 'unknown';
			if (found === 'unknown') throw new ApiFault(uncertain(problem), call, code);
			if (found !== 'not done') return found;
		} else {
			throw fault;
		}
	}
}

function cancelSignal(context: ApiContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

function uncertain(problem: Problem): Problem {
	return {
		...problem,
		message: `${problem.message}. The request may have been carried out all the same`,
		description:
			'It was not sent again, so that nothing is created twice. Look whether the record is there before you run this item again.',
	};
}
