import { readFile } from 'node:fs/promises';
import { SANDBOX, type Sandbox } from '../../sandbox';
import { errorOf, itemsOf, type Execution } from '../../tools/n8n/executions';
import { DEFAULT_N8N, LAST_N8N_1 } from '../../tools/n8n/runtime';
import type { CredentialRef, WorkflowFile } from '../../tools/n8n/workflow';
import { ghlExamples } from '../examples/ghlContacts';
import { Editor } from './support/browser';
import { everyCall } from './support/everyOperation';
import { connectByHttp, startSignIn } from './support/oauthDance';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';

const CONTACTS = 'n8n-nodes-ghl-heyreach.ghlContacts';

/** A Manual Trigger, `items` of it, and GHL Contacts with an operation. */
function oneNode(operation: string, parameters: object, items: object[] = [{}]): WorkflowFile {
	const [resource, value] = operation.split(':');
	const next = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const node = (name: string, type: string, typeVersion: number, more: object) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0] as [number, number],
		parameters: { ...more },
	});
	return {
		name: operation,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Items', 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				jsonOutput: JSON.stringify({ items }),
				options: {},
			}),
			node('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} }),
			node('GHL', CONTACTS, 1, { resource, operation: value, ...parameters }),
		],
		connections: {
			Start: next('Items'),
			Items: next('Split'),
			Split: next('GHL'),
		},
	};
}

async function run(
	stack: Stack,
	workflow: WorkflowFile,
	credential: CredentialRef,
	timeoutMs?: number,
): Promise<Execution> {
	const credentials = { ghlOAuth2Api: credential };
	const { id } = await stack.client.importWorkflow(workflow, {
		...stack.credentials,
		...credentials,
	});
	return await stack.client.waitForExecution(await stack.client.run(id), timeoutMs);
}

const tokenCalls = (sandbox: Sandbox) =>
	sandbox.requests.list({ service: 'highlevel' }).filter(({ path }) => path === '/oauth/token');

const OTHER_TOKEN =
	'This needs a credential of an agency user, but this one is for a single sub-account';

/** What a connection to one sub-account is not good for. */
const REFUSED: Record<string, string[]> = {
	oAuth2: [
		`location:getManyInstalled: ${OTHER_TOKEN}`,
		'user:searchByEmail: HighLevel needs the other type of token here: the agency’s, or a sub-account’s',
	],
	privateIntegration: [
		'contact:lookUp: HighLevel allows Look Up with OAuth2 only, and this credential is a private integration',
		'location:getMany: HighLevel does not let this token search locations',
		`location:getManyInstalled: ${OTHER_TOKEN}`,
		`message:addInbound: HighLevel does not take this conversation provider: You don't have access to the conversationProvider with id: 61d6d1f9cdac7612faf80753`,
		'message:updateStatus: HighLevel does not let this connection set the status of this message',
		'user:searchByEmail: This is an agency token, and contacts belong to a sub-account',
	],
};

describe.each([DEFAULT_N8N, LAST_N8N_1])('OAuth2 on n8n %s', (n8nVersion) => {
	let stack: Stack;
	let credential: CredentialRef;

	beforeAll(async () => {
		stack = await startStack({ n8nVersion });
	}, STACK_TIMEOUT_MS);
	afterAll(async () => await stack?.close(), 30_000);

	it('connects by the whole dance, asking for the scopes of the chosen access alone', async () => {
		const result = await connectByHttp(stack.client, stack.sandbox, 'readWriteContacts');
		expect(result.page).toMatch(/^200/);
		expect(stack.sandbox.oauth.exchanges).toBe(1);
		const asked = result.signIn.searchParams;
		// Least privilege: a scope more is a decision, so the list stands here once more.
		expect(asked.get('scope')).toBe(
			'contacts.readonly contacts.write businesses.readonly campaigns.readonly locations/customFields.readonly users.readonly workflows.readonly',
		);
		expect(asked.get('version_id')).toBe(SANDBOX.oauthVersionId);
		expect(tokenCalls(stack.sandbox)[0].body).toMatchObject({ user_type: 'Location' });
		credential = result.credential;
	}, 60_000);

	it('renews once for ten calls that meet an expired token, and keeps the new one', async () => {
		const items = [...stack.sandbox.state.contacts.keys()].slice(0, 10).map((id) => ({ id }));
		const workflow = oneNode(
			'contactNote:create',
			{
				authentication: 'oAuth2',
				contactId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				body: 'Renewed',
			},
			items,
		);
		for (let round = 1; round <= 2; round++) {
			stack.sandbox.oauth.expireAll();
			const execution = await run(stack, workflow, credential);
			expect(errorOf(execution)).toBeUndefined();
			expect(itemsOf(execution, 'GHL')).toHaveLength(10);
			// The second round works only if the rotated token of the first was stored.
			expect(stack.sandbox.oauth.refreshes).toBe(round);
		}
	}, 60_000);

	it('does not renew for a missing scope, and names it', async () => {
		const before = stack.sandbox.oauth.refreshes;
		const parameters = {
			...ghlExamples['business:create'](stack.sandbox),
			authentication: 'oAuth2',
		};
		const execution = await run(stack, oneNode('business:create', parameters), credential);
		expect(errorOf(execution)?.message).toBe('The token lacks the scope businesses.write');
		expect(stack.sandbox.oauth.refreshes).toBe(before);
	}, 60_000);

	it('says once that a connection is lost', async () => {
		const lost = (await connectByHttp(stack.client, stack.sandbox)).credential;
		stack.sandbox.oauth.expireAll();
		stack.sandbox.oauth.revokeAll();
		const before = tokenCalls(stack.sandbox).length;
		const parameters = { authentication: 'oAuth2', returnAll: false, limit: 5 };
		const items = Array.from({ length: 5 }, () => ({}));
		const execution = await run(stack, oneNode('contact:getMany', parameters, items), lost);
		expect(errorOf(execution)?.message).toBe(
			'The connection to HighLevel has expired and could not be renewed',
		);
		expect(tokenCalls(stack.sandbox)).toHaveLength(before + 1);
	}, 60_000);

	it('connects by clicking, as a person does', async () => {
		const before = stack.sandbox.oauth.exchanges;
		const { credential, signIn } = await startSignIn(stack.client, stack.sandbox);
		const editor = await Editor.open(stack.n8n.url);
		try {
			await editor.page.goto(signIn.href);
			await editor.screenshot('oauth-consent');
			await editor.page.getByRole('button', { name: 'Allow' }).click();
			await editor.page.waitForURL(/oauth2-credential\/callback/);
			await editor.screenshot('oauth-connected');
		} finally {
			await editor.close();
		}
		expect(stack.sandbox.oauth.exchanges).toBe(before + 1);
		const parameters = { authentication: 'oAuth2', returnAll: false, limit: 1 };
		const execution = await run(stack, oneNode('contact:getMany', parameters), credential);
		expect(itemsOf(execution, 'GHL')).toHaveLength(1);
	}, 120_000);

	it.each(['oAuth2', 'privateIntegration'])(
		'runs every operation with a credential for %s',
		async (authentication) => {
			const { sandbox, client } = stack;
			const { credential } = await connectByHttp(client, sandbox);
			const tokens = [...sandbox.state.accessTokens];
			const asAtFirst = () => {
				sandbox.reset();
				for (const [token, access] of tokens) sandbox.state.accessTokens.set(token, access);
			};
			const calls = Object.entries(ghlExamples).map(([key, example]) => {
				asAtFirst();
				return { key, parameters: { authentication, ...example(sandbox) } };
			});
			const every = await everyCall(CONTACTS, calls, (key) => {
				asAtFirst();
				// An example may change the sandbox as well.
				ghlExamples[key](sandbox);
			});
			try {
				const execution = await run(stack, every.workflow, credential, 200_000);
				expect(errorOf(execution)).toBeUndefined();
				expect(every.failures(execution).sort()).toEqual(REFUSED[authentication]);
			} finally {
				await every.close();
			}
		},
		240_000,
	);

	it('leaves no token in the log of n8n', async () => {
		const log = await readFile(stack.n8n.logFile, 'utf8');
		expect(log).not.toContain(SANDBOX.oauthClientSecret);
		for (const token of stack.sandbox.state.accessTokens.keys()) expect(log).not.toContain(token);
	});
});
