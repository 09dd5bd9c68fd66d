import { createHash } from 'node:crypto';
import { checkedBaseUrl } from '../engine/baseUrl';
import { succeeded, textOf } from '../engine/call/errors';
import { parameterOf } from '../engine/call/parameter';
import type {
	Account,
	Answer,
	ApiContext,
	Call,
	Connection,
	Problem,
	Service,
} from '../engine/operation';
import { WORKSPACE_PARAMETER } from './fields/workspace';
import {
	calledIn,
	chosenWorkspace,
	markerFor,
	OWN_WORKSPACE,
	takeMarker,
	workspacesOf,
	type Workspace,
} from './workspaces';

/**
 * HeyReach's public API. A key opens one workspace and allows 300 calls a minute. Answers carry no
 * rate-limit headers.
 */
export const heyReach: Service = {
	name: 'HeyReach',
	limit: { max: 300, intervalMs: 60_000, concurrency: 10 },
	connect,
	headers: () => ({ Accept: 'application/json' }),
	problemOf,
	readLimits: () => ({}),
	listFormat: 'brackets',
	// HeyReach can take 26 s for the first call after a pause (docs/apis/heyreach.md#limits).
	timeoutMs: 60_000,
};

/** What a HeyReach credential opens. */
export interface Accounts {
	/** Its own workspace first. */
	workspaces: Workspace[];
	accountOf(workspace: Workspace): Account;
}

/** @throws BadInput for a credential whose workspaces cannot be told apart */
export async function openCredential(context: ApiContext): Promise<Accounts> {
	const credentials = await context.getCredentials<{ baseUrl: string }>('heyReachApi');
	const baseUrl = checkedBaseUrl(credentials.baseUrl);
	return {
		workspaces: workspacesOf(credentials),
		accountOf: (workspace) => ({
			credentialType: 'heyReachApi',
			signingHeaders: markerFor(workspace),
			baseUrl,
			budgetKey: `heyreach:${baseUrl}:${fingerprintOf(workspace)}`,
			refreshable: false,
			values: {},
		}),
	};
}

const fingerprintOf = ({ apiKey }: Workspace): string =>
	createHash('sha256').update(apiKey).digest('hex').slice(0, 16);

async function connect(context: ApiContext): Promise<Connection> {
	const { workspaces, accountOf } = await openCredential(context);
	return {
		owner: accountOf(workspaces[0]),
		accountOf: (itemIndex) => {
			const value = parameterOf(context, WORKSPACE_PARAMETER, itemIndex, OWN_WORKSPACE);
			return accountOf(chosenWorkspace(value, workspaces));
		},
	};
}

/**
 * The problem in an answer, by its status and body. HeyReach also refuses by a text with status
 * 200.
 */
function problemOf(answer: Answer, call: Call, account: Account): Problem | undefined {
	const said = textOf(answer.body);
	if (succeeded(answer)) {
		// The first version of some endpoints answers with a bare number.
		if (typeof answer.body !== 'string' || /^\d*$/.test(said)) return undefined;
		return {
			kind: 'refused',
			message: `HeyReach did not do this: ${said}`,
			description:
				'HeyReach answers like this when the API key is of another type. Use a public API key of the workspace: HeyReach > Integrations > HeyReach API.',
		};
	}
	const because = said ? `: ${said}` : '';
	if (answer.statusCode === 404 || isListMissing(answer, said)) {
		return {
			kind: 'refused',
			missing: true,
			message: `HeyReach found nothing there${because}`,
			description: namesList(call)
				? 'The list may have been deleted, or belong to another workspace. Choose it again.'
				: 'It was deleted, or belongs to another workspace. Choose it again from the list, or check the ID.',
		};
	}
	switch (answer.statusCode) {
		case 401:
			return {
				kind: 'refused',
				about: 'account',
				message: 'HeyReach does not accept the API key',
				description: `Creating a new key in HeyReach revokes the old one. Copy the current public API key (Integrations > HeyReach API) of ${whose(account)} into the credential.`,
			};
		case 403:
			return {
				kind: 'refused',
				// A text about anything else may be about one record.
				...(/\b(key|subscription|plan)\b/i.test(said) && { about: 'endpoint' }),
				message: `HeyReach refuses access${because}`,
				description: call.template.startsWith('/management/')
					? 'This needs a HeyReach API credential with an organization key, not with the key of a workspace.'
					: `Check that ${whose(account)} has an active subscription.`,
			};
		case 429:
			return {
				kind: 'rate',
				message: 'HeyReach asks to slow down, even after several waits',
				description: 'All tools that use this API key share 300 calls a minute.',
			};
		case 408:
		case 425:
		case 502:
		case 503:
		case 504:
			return {
				kind: 'temporary',
				message: `HeyReach is not available at the moment (${answer.statusCode})`,
				description: 'Run this again later.',
			};
		default:
			return {
				kind: 'refused',
				message:
					answer.statusCode >= 500
						? `HeyReach had an internal error (${answer.statusCode})${because}`
						: `HeyReach does not accept this (${answer.statusCode})${because}`,
				description: fieldErrors(answer.body) ?? adviceFor(said) ?? usualAdvice(answer.statusCode),
				details: { call: `${call.method} ${call.template}` },
			};
	}
}

function whose({ signingHeaders }: Account): string {
	const { name } = takeMarker(signingHeaders);
	return typeof name !== 'string' || name === OWN_WORKSPACE ? 'the workspace' : calledIn({ name });
}

/** HeyReach also reports a missing list with status 400: one call got "Lead list not found". */
const isListMissing = ({ statusCode }: Answer, said: string): boolean =>
	statusCode === 400 && /\blist\b.* not found/i.test(said);

const namesList = ({ body, query }: Call): boolean =>
	[body?.listId, query?.listId, body?.linkedInUserListId].some((id) => id !== undefined);

/** Advice for refusals whose words are known from the live service. */
const ADVICE: Array<[words: RegExp, advice: string]> = [
	[
		/to a draft campaign/i,
		'HeyReach accepts leads only for running campaigns. Start the campaign first (Campaign: Start), or add the leads to its list.',
	],
	[
		/not paused, finished or failed/i,
		'Resume works for a stopped campaign. Check its status with Campaign: Get; for a draft use Start.',
	],
	[
		/list changed after campaign has started/i,
		'A campaign keeps its list once it has started. Leave Lead List out of Update Fields.',
	],
	[
		/invalid delay/i,
		'Give the first step, and each step after a message, request or other action, an actionDelay of at least 3 hours. Only the END that HeyReach itself adds after a message has none.',
	],
];

const adviceFor = (said: string): string | undefined =>
	ADVICE.find(([words]) => words.test(said))?.[1];

const usualAdvice = (status: number): string =>
	status >= 500
		? 'Check in HeyReach whether the change was made, then run this item again.'
		: 'Correct what HeyReach names, then run this item again.';

/** The form in which the API refuses a body: `{errors: {Leads: ['…']}}`. */
function fieldErrors(body: unknown): string | undefined {
	const errors = (body as { errors?: Record<string, string[]> } | null)?.errors;
	if (typeof errors !== 'object' || errors === null) return undefined;
	return Object.entries(errors)
		.map(([name, texts]) => `${name}: ${[texts].flat().join(' ')}`)
		.join('\n');
}
