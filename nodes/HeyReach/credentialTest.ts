import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { checkedBaseUrl } from '../engine/baseUrl';
import { codeOf, networkProblem, unreadable } from '../engine/call/errors';
import { hideSecrets } from '../engine/call/hideSecrets';
import type { Outcome } from '../engine/call/wire';
import { BadInput } from '../engine/badInput';
import { isObject } from '../engine/values';
import type { Account, Call, Problem } from '../engine/operation';
import { heyReach } from './api';
import { calledIn, workspacesOf, type Workspace } from './workspaces';

type Helpers = ICredentialTestFunctions['helpers'];

const CHECK: Call = {
	method: 'GET',
	template: '/auth/CheckApiKey',
	path: '/auth/CheckApiKey',
	repeatable: true,
};

/** What the test says of statuses that mean something else for a record than for a key. */
const OF_TEST: Record<number, string> = {
	404: 'What answers at the API Base URL is not HeyReach. Check the API Base URL.',
	429: 'HeyReach gets too many calls with this key right now: 300 a minute are allowed. The key may be fine. Try again in a minute.',
	500: 'HeyReach has a fault of its own (500). The key may be fine. Try again later.',
};

/** The account of a key that is not known to be good. */
const NOBODY: Account = {
	credentialType: 'heyReachApi',
	baseUrl: '',
	budgetKey: '',
	refreshable: false,
	values: {},
};

/** n8n's test of a HeyReach credential. */
export const credentialTest = {
	async testHeyReachApi(
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		return await testKeys(this.helpers, credential.data ?? {});
	},
};

/** Asks HeyReach about every key, one after the other, and names each workspace whose key is refused. */
async function testKeys(helpers: Helpers, credentials: object): Promise<INodeCredentialTestResult> {
	try {
		const baseUrl = checkedBaseUrl('baseUrl' in credentials ? credentials.baseUrl : '');
		const workspaces = workspacesOf(credentials);
		const refusals: string[] = [];
		for (const workspace of workspaces) {
			const outcome = await request(helpers, baseUrl, workspace.apiKey);
			const problem = problemOf(outcome, baseUrl);
			const told = OF_TEST[outcome.answer?.statusCode ?? 0];
			if (problem) refusals.push(refusalOf(told ?? sentencesIn(problem), workspace, workspaces));
			// What is wrong with the way there is wrong for the other keys as well.
			if (problem?.kind === 'temporary') break;
		}
		if (refusals.length > 0) return { status: 'Error', message: refusals.join(' ') };
		return { status: 'OK', message: successOf(workspaces) };
	} catch (error) {
		return { status: 'Error', message: sentencesOf(error) };
	}
}

/**
 * One call. n8n's context for tests has this function alone, and it takes the options of the old
 * `request` library.
 */
async function request(
	{ request: ask }: Helpers,
	baseUrl: string,
	apiKey: string,
): Promise<Outcome> {
	try {
		const response: unknown = await ask({
			method: CHECK.method,
			uri: baseUrl + CHECK.path,
			headers: { Accept: 'application/json', 'X-API-KEY': apiKey },
			json: true,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			timeout: heyReach.timeoutMs,
		});
		const { statusCode, body } = isObject(response) ? response : {};
		// n8n shows what the test says, and HeyReach may repeat the key that it refuses.
		const shown = hideSecrets(body, [apiKey]);
		const answer = { statusCode: Number(statusCode), headers: {}, body: shown };
		return { answer, code: String(answer.statusCode) };
	} catch (error) {
		// The error holds the request with its headers, so only its code is kept.
		return { code: codeOf(error) };
	}
}

function problemOf({ answer, code }: Outcome, baseUrl: string): Problem | undefined {
	if (!answer) return networkProblem(heyReach.name, code);
	const account = { ...NOBODY, baseUrl };
	return unreadable(heyReach.name, answer) ?? heyReach.problemOf(answer, CHECK, account);
}

const sentencesIn = ({ message, description }: Problem): string =>
	[`${message}.`, description].filter(Boolean).join(' ');

function refusalOf(told: string, workspace: Workspace, all: Workspace[]): string {
	return all.length > 1 ? `Key of ${calledIn(workspace)}: ${told}` : told;
}

function successOf(workspaces: Workspace[]): string {
	return workspaces.length > 1
		? `Connection successful: HeyReach accepts the keys of all ${workspaces.length} workspaces`
		: 'Connection successful!';
}

function sentencesOf(error: unknown): string {
	if (!(error instanceof Error)) return 'The test of the HeyReach credential failed';
	const advice = error instanceof BadInput ? error.description : undefined;
	return [error.message, advice].filter(Boolean).join('. ');
}
