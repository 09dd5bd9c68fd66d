import { createHash } from 'node:crypto';
import { checkedBaseUrl } from '../engine/baseUrl';
import { succeeded, textOf } from '../engine/errors';
import type { Account, Answer, ApiContext, Call, Problem, Service } from '../engine/operation';

/** The HeyReach public API: one key, one workspace, 300 calls a minute, no rate-limit headers. */
export const heyReach: Service = {
	name: 'HeyReach',
	limit: { max: 300, intervalMs: 60_000, concurrency: 10 },
	connect,
	headers: () => ({ Accept: 'application/json' }),
	problemOf,
};

async function connect(context: ApiContext): Promise<Account> {
	const { apiKey, baseUrl } = await context.getCredentials<{ apiKey: string; baseUrl: string }>(
		'heyReachApi',
	);
	const address = checkedBaseUrl(baseUrl);
	const fingerprint = createHash('sha256').update(String(apiKey)).digest('hex').slice(0, 16);
	return {
		credentialType: 'heyReachApi',
		baseUrl: address,
		budgetKey: `heyreach:${address}:${fingerprint}`,
		refreshable: false,
		values: {},
	};
}

/** Reads an answer's status and body; HeyReach also says no with a text behind a 200. */
function problemOf(answer: Answer, call: Call): Problem | undefined {
	const said = textOf(answer.body);
	if (succeeded(answer)) {
		// The first version of some endpoints answers with a bare number.
		if (typeof answer.body !== 'string' || /^\d*$/.test(said)) return undefined;
		return {
			kind: 'refused',
			message: `HeyReach did not do this: ${said}`,
			description:
				'HeyReach answers in this way when the API key is of another kind. Use a public API key of the workspace: HeyReach > Integrations > HeyReach API.',
		};
	}
	const because = said ? `: ${said}` : '';
	switch (answer.statusCode) {
		case 401:
			return {
				kind: 'refused',
				about: 'account',
				message: 'HeyReach does not accept the API key',
				description:
					'Making a new key in HeyReach ends the one before it. Copy the current public API key (Integrations > HeyReach API) into the credential.',
			};
		case 403:
			return {
				kind: 'refused',
				// A text about anything else may be about one record.
				...(/\b(key|subscription|plan)\b/i.test(said) && { about: 'endpoint' }),
				message: `HeyReach refuses access${because}`,
				description: call.template.startsWith('/management/')
					? 'This needs a HeyReach API credential with an organization key, not with the key of a workspace.'
					: 'Check that the workspace has an active subscription.',
			};
		case 404:
			return { kind: 'refused', missing: true, message: `HeyReach found nothing there${because}` };
		case 429:
			return {
				kind: 'rate',
				message: 'HeyReach asks to slow down, and still did after several waits',
				description: 'All tools that use this API key share 300 calls a minute.',
			};
		case 502:
		case 503:
		case 504:
			return {
				kind: 'temporary',
				message: `HeyReach is out of order for the moment (${answer.statusCode})`,
				description: 'Run this again later.',
			};
		default:
			return {
				kind: 'refused',
				message: `HeyReach refused ${call.method} ${call.template} (${answer.statusCode})${because}`,
				description: fieldErrors(answer.body),
			};
	}
}

/** `{errors: {Leads: ['…']}}`, the form in which the API refuses a body. */
function fieldErrors(body: unknown): string | undefined {
	const errors = (body as { errors?: Record<string, string[]> } | null)?.errors;
	if (typeof errors !== 'object' || errors === null) return undefined;
	return Object.entries(errors)
		.map(([name, texts]) => `${name}: ${[texts].flat().join(' ')}`)
		.join('\n');
}
