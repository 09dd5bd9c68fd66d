import { sleep } from 'n8n-workflow';
import { BoundedMap } from '../boundedMap';
import { now } from '../monotonicClock';
import { ApiFault } from './errors';
import { isObject } from '../values';
import type { Call } from '../operation';
import { request, type Line, type Outcome } from './wire';

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

/**
 * Renews an OAuth2 token once, also when several calls met the expired one. HighLevel rotates its
 * refresh token, so two renewals at once lose the connection. The first caller's call is sent in the way
 * that makes n8n renew and save the token. The other callers wait.
 *
 * Between processes n8n 2 holds a lock in Redis. n8n 1 has no lock: the process that comes too late goes
 * on with the token that the other one has stored.
 *
 * @param seen `renewalsDone` from before the call was sent
 * @returns the outcome of this call, if the renewal has sent it; an `unsent` outcome after a network
 * fault; `undefined` if the call is to be sent again
 * @throws ApiFault when the account has to be connected again; the failure is remembered for 30 s
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
 * The outcome of a call that failed although there is a new token. Either n8n sent the call with the new
 * token, and the code is the service's answer. Or another process has stored the token, and the service
 * refused our own renewal.
 */
function afterRenewal(code: string): Outcome | undefined {
	const statusCode = Number(code);
	// The service did not carry the call out. It is sent again, and that answer says why.
	if (statusCode >= 400 && statusCode < 500) return undefined;
	if (isRefusedRenewal(code)) return undefined;
	return statusCode >= 500 ? { answer: { statusCode, headers: {}, body: '' }, code } : { code };
}

/** A renewal that the service refused has the code EAUTH on n8n 1, and no code on n8n 2. */
const isRefusedRenewal = (code: string) => code === 'EAUTH' || code === 'UNKNOWN';

/** The token service could not be reached, or failed (5xx). A refusal by it is something else. */
function isOutOfReach(code: string): boolean {
	return /^5\d\d$|^E(CONN|TIMEDOUT|NOTFOUND|AI_|PIPE|HOST|NET)/.test(code);
}

/** The stored access token. n8n saves a renewed one before it sends the call again. */
async function tokenOf({ context, account }: Line): Promise<unknown> {
	const { oauthTokenData } = await context.getCredentials(account.credentialType);
	return isObject(oauthTokenData) ? oauthTokenData.access_token : undefined;
}
