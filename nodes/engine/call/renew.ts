import { sleep } from 'n8n-workflow';
import { now } from '../monotonicClock';
import { ApiFault, isObject } from './errors';
import type { Call } from '../operation';
import { request, type Line, type Outcome } from './wire';

interface Renewal {
	/** Counts renewals: a 401 for a call that was sent before the last one only asks to send again. */
	done: number;
	running?: Promise<Outcome | undefined>;
	failure?: { at: number; fault: ApiFault };
}

/** How long (ms) a failure is remembered: a refresh token that was used up does not come back. */
const FAILURE_LIFE_MS = 30_000;

/** How long (ms) another process may take to store the tokens of its renewal. */
const STORING_MS = 1_000;

const renewals = new Map<string, Renewal>();

function renewalOf({ context, account }: Line): Renewal {
	const id = context.getNode().credentials?.[account.credentialType]?.id ?? account.budgetKey;
	const key = `${account.credentialType}:${id}`;
	let state = renewals.get(key);
	if (!state) renewals.set(key, (state = { done: 0 }));
	return state;
}

/** Read it before a call is sent, and hand it to `renewOnce` after the call's 401. */
export function renewalsDone(line: Line): number {
	return renewalOf(line).done;
}

/**
 * Renews an OAuth2 token once, however many calls met the expired one: HighLevel rotates its
 * refresh token, so two renewals at once lose the connection. The first caller's call goes out in
 * the way that makes n8n renew and save the token; the others wait. Between processes n8n 2 holds a
 * lock in Redis; on n8n 1 one of them comes too late, and goes on with what the other has stored.
 *
 * @returns what became of this very call, if it was sent on the way; `unsent` if the renewal met a
 * fault of the network. Without either the call is to be sent again
 * @throws ApiFault when the account has to be connected anew; the failure is remembered for 30 s
 */
export async function renewOnce(
	line: Line,
	call: Call,
	seen: number,
): Promise<Outcome | undefined> {
	const state = renewalOf(line);
	if (state.done > seen) return undefined;
	if (state.failure && now() - state.failure.at < FAILURE_LIFE_MS) throw state.failure.fault;
	if (state.running) {
		const outcome = await state.running;
		return outcome?.unsent ? outcome : undefined;
	}
	state.running = renew(line, call, state);
	try {
		return await state.running;
	} finally {
		state.running = undefined;
	}
}

async function renew(line: Line, call: Call, state: Renewal): Promise<Outcome | undefined> {
	const before = await tokenOf(line);
	const outcome = await request(line, call, false);
	const { answer, code } = outcome;
	if (answer || (await tokenOf(line)) !== before) {
		state.done++;
		state.failure = undefined;
		return answer ? outcome : afterRenewal(code);
	}
	if (isOutOfReach(code)) return { code, unsent: true };
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
 * There is a new token. Either the call went out with it and failed, and n8n leaves the code of that
 * alone; or the token is another process's and our own renewal was refused.
 */
function afterRenewal(code: string): Outcome | undefined {
	const statusCode = Number(code);
	// Refused without being carried out: sent again, its answer tells why.
	if (statusCode >= 400 && statusCode < 500) return undefined;
	if (isRefusedRenewal(code)) return undefined;
	return statusCode >= 500 ? { answer: { statusCode, headers: {}, body: '' }, code } : { code };
}

/** n8n 1 says EAUTH of a renewal that the service refused, n8n 2 gives no code. */
const isRefusedRenewal = (code: string) => code === 'EAUTH' || code === 'UNKNOWN';

/** A fault of the way to the service that issues tokens, or of that service; not its refusal. */
function isOutOfReach(code: string): boolean {
	return /^5\d\d$|^E(CONN|TIMEDOUT|NOTFOUND|AI_|PIPE|HOST|NET)/.test(code);
}

/** n8n saves the renewed token before it sends the call again. */
async function tokenOf({ context, account }: Line): Promise<unknown> {
	const { oauthTokenData } = await context.getCredentials(account.credentialType);
	return isObject(oauthTokenData) ? oauthTokenData.access_token : undefined;
}
