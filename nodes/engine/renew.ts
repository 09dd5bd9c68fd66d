import { ApiFault } from './errors';
import type { Answer, Call } from './operation';
import { request, type Line } from './wire';

interface Renewal {
	/** Counts renewals: a 401 for a call that was sent before the last one only asks to send again. */
	done: number;
	running?: Promise<Answer | undefined>;
	failure?: { at: number; fault: ApiFault };
}

/** How long (ms) a failure is remembered: a refresh token that was used up does not come back. */
const FAILURE_LIFE_MS = 30_000;

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
 * the way that makes n8n renew and save the token; the others wait. On n8n 1.x this holds within
 * one process.
 *
 * @returns the answer, if this very call was carried out on the way; else it is to be sent again
 * @throws ApiFault when the account has to be connected anew; the failure is remembered for 30 s
 */
export async function renewOnce(line: Line, call: Call, seen: number): Promise<Answer | undefined> {
	const state = renewalOf(line);
	if (state.done > seen) return undefined;
	if (state.failure && Date.now() - state.failure.at < FAILURE_LIFE_MS) throw state.failure.fault;
	if (state.running) {
		await state.running;
		return undefined;
	}
	state.running = renew(line, call, state);
	try {
		return await state.running;
	} finally {
		state.running = undefined;
	}
}

async function renew(line: Line, call: Call, state: Renewal): Promise<Answer | undefined> {
	const { answer, code } = await request(line, call, false);
	const status = Number(code);
	if (answer || (status >= 400 && status !== 401)) {
		state.done++;
		state.failure = undefined;
		return answer;
	}
	const fault = new ApiFault(
		{
			kind: 'refused',
			message: `The connection to ${line.service.name} has expired and could not be renewed`,
			description:
				'Open the credential and connect it again. This happens when access was revoked, when the refresh token was used elsewhere, or after a year without use.',
		},
		call,
		'401',
	);
	state.failure = { at: Date.now(), fault };
	throw fault;
}
