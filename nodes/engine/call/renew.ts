import { sleep } from 'n8n-workflow';
import { BoundedMap } from '../boundedMap';
import { now } from '../monotonicClock';
import { ApiFault, Cancelled, isPassing, OAUTH_REFUSAL, succeeded } from './errors';
import { isObject } from '../values';
import type { Call } from '../operation';
import { unlessCancelled } from './pace';
import type { Line, Outcome } from './wire';

interface Renewal {
	/** The number of renewals. A call that was sent before the last one and met 401 is only sent again. */
	done: number;
	running?: Promise<Outcome | undefined>;
	failure?: { at: number; fault: ApiFault };
}

/** How long (ms) a failure is remembered. A refresh token that was used up stays invalid. */
const FAILURE_LIFE_MS = 30_000;

/** How long (ms) another process may take to store the tokens of its renewal. */
const STORING_MS = 1_000;

const renewals = new BoundedMap<Renewal>(
	1_000,
	({ running, failure }) => !running && !(failure && now() - failure.at < FAILURE_LIFE_MS),
);

function renewalOf({ context, account }: Line): Renewal {
	const id = context.getNode().credentials?.[account.credentialType]?.id ?? account.budgetKey;
	return renewals.of(`${account.credentialType}:${id}`, () => ({ done: 0 }));
}

/** The number of renewals so far. Read it before a call is sent; `renewOnce` needs it after a 401. */
export function renewalsDone(line: Line): number {
	return renewalOf(line).done;
}

/** How `renewOnce` sends the call of the one who asks. */
interface Sender {
	call: Call;
	/** Sends the call in the way that makes n8n renew and save the token. */
	send: () => Promise<Outcome>;
	/** Of the execution. */
	signal?: AbortSignal;
}

/**
 * Renews an OAuth2 token once, also when several calls met the expired one. HighLevel rotates its
 * refresh token, so two renewals at once lose the connection. The first caller's call is sent in the way
 * that makes n8n renew and save the token. The other callers wait; if that renewal comes to nothing for a
 * reason of its own execution or call, the next one of them begins.
 *
 * Between processes n8n 2 holds a lock in Redis. n8n 1 has no lock: the process that comes too late goes
 * on with the token that the other one has stored.
 *
 * A caller must hold no place in a rate budget: the renewal takes one.
 *
 * @param seen `renewalsDone` from before the call was sent
 * @returns the outcome of this call, if the renewal has sent it; an `unsent` outcome if the token service
 * could not be reached or has no time now; `undefined` if the call is to be sent again
 * @throws ApiFault when the account has to be connected again; the failure is remembered for 30 s.
 * Cancelled; what `send` throws
 */
export async function renewOnce(
	line: Line,
	seen: number,
	sender: Sender,
): Promise<Outcome | undefined> {
	const state = renewalOf(line);
	for (;;) {
		if (state.done > seen) return undefined;
		if (state.failure && now() - state.failure.at < FAILURE_LIFE_MS) throw state.failure.fault;
		if (!state.running) break;
		const [other] = await Promise.allSettled([unlessCancelled(state.running, sender.signal)]);
		if (sender.signal?.aborted) throw new Cancelled();
		if (other.status === 'fulfilled' && other.value?.unsent) return other.value;
	}
	state.running = renew(line, state, sender);
	try {
		return await state.running;
	} finally {
		state.running = undefined;
	}
}

async function renew(
	line: Line,
	state: Renewal,
	{ call, send, signal }: Sender,
): Promise<Outcome | undefined> {
	const before = await tokenOf(line);
	const outcome = await send();
	const { answer, code } = outcome;
	if ((answer && succeeded(answer)) || (await tokenOf(line)) !== before) {
		state.done++;
		state.failure = undefined;
		return afterRenewal(outcome);
	}
	if (signal?.aborted) throw new Cancelled();
	// It tells the rate limit of the account, and that nothing was done.
	if (answer?.statusCode === 429) return outcome;
	// By 401 n8n would have asked for a new token. An expired token gets nothing else but for a moment.
	const isOther = answer !== undefined && answer.statusCode !== 401;
	if (isOther || !isRefusal(code)) return { code, unsent: true };
	await sleep(STORING_MS);
	if ((await tokenOf(line)) !== before) {
		state.done++;
		return undefined;
	}
	const fault = new ApiFault(
		{
			kind: 'refused',
			about: 'account',
			message: `The connection to ${line.service.name} has expired and could not be renewed`,
			description:
				'Open the credential and connect it again. This happens when access was revoked, when the refresh token was used elsewhere, or after a year without use.',
		},
		call,
		'401',
	);
	state.failure = { at: now(), fault };
	throw fault;
}

/**
 * The outcome of a call after which there is a new token. Either n8n sent the call with the new token, and
 * the code is the service's answer. Or another process has stored the token, and the service refused our own
 * renewal.
 */
function afterRenewal(outcome: Outcome): Outcome | undefined {
	const { answer, code } = outcome;
	const statusCode = Number(code);
	if (answer && (succeeded(answer) || isPassing(statusCode))) return outcome;
	// The service did not carry the call out. It is sent again, and that answer says why.
	if (statusCode >= 400 && statusCode < 500) return undefined;
	if (isRefusedRenewal(code)) return undefined;
	return statusCode >= 500 ? { answer: { statusCode, headers: {}, body: '' }, code } : { code };
}

/** A renewal that the service refused has the code EAUTH on n8n 1, and no code on n8n 2. */
const isRefusedRenewal = (code: string) => code === OAUTH_REFUSAL || code === 'UNKNOWN';

/** Whether the token service has refused, and would again. */
function isRefusal(code: string): boolean {
	return isRefusedRenewal(code) || (/^4\d\d$/.test(code) && !isPassing(Number(code)));
}

/** The stored access token. n8n saves a renewed one before it sends the call again. */
async function tokenOf({ context, account }: Line): Promise<unknown> {
	const { oauthTokenData } = await context.getCredentials(account.credentialType);
	return isObject(oauthTokenData) ? oauthTokenData.access_token : undefined;
}
