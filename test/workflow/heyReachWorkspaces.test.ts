import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CredentialTestContext } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HeyReach } from '../../nodes/HeyReach/HeyReach.node';
import { HeyReachTrigger } from '../../nodes/HeyReach/HeyReachTrigger.node';
import { SANDBOX } from '../../sandbox';
import { byId, table } from '../examples/heyReach';
import { useSandbox, withSandbox } from '../support/useSandbox';
import {
	agencyCredentials,
	CLIENT_WORKSPACES,
	heyReachCalls,
	heyReachCredentials,
	runHeyReach,
	type HeyReachRun,
} from './heyReach';
import { loadOptionsFunctions } from './support';

const AGENCY = { heyReachClients: true };
const sandbox = useSandbox({ burst: { max: 100_000, intervalMs: 10_000 }, ...AGENCY });

const [bright, cedar, delta] = SANDBOX.heyReachClients;
const CLIENTS = [bright, cedar, delta];
const OWN_ID = SANDBOX.heyReachWorkspaceId;
const LISTS: Record<string, number> = {
	'': 2001,
	[bright.name]: 2101,
	[cedar.name]: 2201,
	[delta.name]: 2301,
};

const byItem: INodeParameters = { workspace: '={{ $json.workspace }}' };

const run = async (operation: string, parameters: INodeParameters, more: HeyReachRun = {}) =>
	await runHeyReach(sandbox, operation, parameters, {
		credentials: agencyCredentials(sandbox),
		...more,
	});

/** The addresses of the profiles that a list of a workspace holds. */
function profilesIn(workspaceId: number, listId: number): string[] {
	const { lists, leads } = sandbox.state.workspace(workspaceId);
	const members = lists.get(listId)?.members ?? [];
	return members.map(({ linkedinId }) => String(leads.get(linkedinId)?.profileUrl));
}

describe('Items of one run over several workspaces', () => {
	const idOf = (name: string) =>
		CLIENTS.find((client) => client.name === name)?.workspaceId ?? OWN_ID;
	const addLead: INodeParameters = {
		...byItem,
		listId: byId('={{ $json.listId }}'),
		leadFields: table({
			profileUrl: '={{ $json.profileUrl }}',
			firstName: '={{ $json.firstName }}',
			lastName: '={{ $json.workspace || "own" }}',
		}),
	};
	const mixed = (count: number): IDataObject[] => {
		const names = Object.keys(LISTS);
		return Array.from({ length: count }, (_, at) => {
			const workspace = names[(at * 7) % names.length];
			return {
				workspace,
				listId: LISTS[workspace],
				profileUrl: `https://www.linkedin.com/in/newcomer-${at}/`,
				firstName: `First${at}`,
			};
		});
	};

	it('go each to its own: the lead lands there and nowhere else, folded and in order', async () => {
		const items = mixed(600);
		const { json, outputs, error } = await run('list:addLead', addLead, { items });
		expect(error).toBeUndefined();
		expect(json.map(({ firstName, result }) => [firstName, result])).toEqual(
			items.map(({ firstName }) => [firstName, 'added']),
		);
		expect(outputs[0].map((item) => item.pairedItem)).toEqual(items.map((_, item) => ({ item })));
		// 150 leads for each workspace, 100 in a call.
		expect(heyReachCalls(sandbox)).toHaveLength(8);
		for (const name of Object.keys(LISTS)) {
			const own = items.filter(({ workspace }) => workspace === name);
			const found = profilesIn(idOf(name), LISTS[name]).filter((url) => url.includes('newcomer-'));
			expect(found.sort()).toEqual(own.map(({ profileUrl }) => profileUrl).sort());
			const everywhere = [...sandbox.state.workspace(idOf(name)).leads.values()];
			expect(everywhere.filter(({ profileUrl }) => profileUrl.includes('newcomer-'))).toHaveLength(
				own.length,
			);
		}
	});

	it('fail alone where the credential has no such workspace, before anything is sent', async () => {
		const items = mixed(4);
		items[1].workspace = 'Echo Motors';
		items[2].workspace = null;
		const { json } = await run('list:addLead', addLead, {
			items,
			onError: 'continueRegularOutput',
		});
		expect(json).toMatchObject([
			{ result: 'added' },
			{ error: 'The HeyReach credential has no workspace “Echo Motors”' },
			{ error: 'The expression in Workspace finds nothing' },
			{ result: 'added' },
		]);
		expect(heyReachCalls(sandbox)).toHaveLength(2);
	});

	it('change nothing where one of them names no workspace and the run stops at it', async () => {
		const items = mixed(4);
		items[3].workspace = 'Echo Motors';
		const { error } = await run('list:addLead', addLead, { items });
		expect(error).toMatchObject({
			message: 'The HeyReach credential has no workspace “Echo Motors”',
			description: expect.stringContaining('“Bright Dental”, “Cedar Fitness”') as string,
		});
		expect(heyReachCalls(sandbox)).toEqual([]);
	});

	it('read each from its own, also where the calls are the same', async () => {
		const items = ['', ...CLIENTS.map(({ name }) => name), ''].map((workspace) => ({ workspace }));
		const { json } = await run('sender:getMany', { ...byItem, returnAll: true }, { items });
		const names = json.map(({ firstName }) => firstName);
		expect(names).toEqual(expect.arrayContaining(['Bea', 'Cem', 'Dana']));
		expect(names.filter((name) => name === 'Bea')).toHaveLength(1);
	});

	it('go on where the key of one workspace is refused: its items fail with the reason', async () => {
		const credentials = agencyCredentials(sandbox, {
			...CLIENT_WORKSPACES,
			workspace3: { name: cedar.name, apiKey: 'an-old-key' },
		});
		const items = mixed(40);
		const { json } = await run('list:addLead', addLead, {
			items,
			credentials,
			onError: 'continueRegularOutput',
		});
		expect(json.map(({ result, error }) => result ?? error)).toEqual(
			items.map(({ workspace }) =>
				workspace === cedar.name ? 'HeyReach does not accept the API key' : 'added',
			),
		);
		const [refused] = json.filter(({ error }) => error !== undefined);
		expect((refused.details as IDataObject).description).toContain('workspace “Cedar Fitness”');
	});

	it('have one budget a key: together they send more than one key may', async () => {
		// A sandbox of its own has an address of its own, so its budgets are fresh in this process.
		await withSandbox({ ...AGENCY, heyReachPerMinute: 300 }, async (own) => {
			const items = CLIENTS.flatMap(({ name }, client) =>
				Array.from({ length: 250 }, (_, at) => ({
					workspace: name,
					profileUrl: `https://www.linkedin.com/in/person-${client}-${at}/`,
				})),
			);
			const startedAt = Date.now();
			const { json } = await runHeyReach(
				own,
				'lead:get',
				{ ...byItem, profileUrl: '={{ $json.profileUrl }}' },
				{ items, credentials: agencyCredentials(own), onError: 'continueRegularOutput' },
			);
			expect(json).toHaveLength(750);
			const statuses = own.requests.list({ service: 'heyreach' }).map(({ status }) => status);
			expect(statuses).toHaveLength(750);
			expect(statuses).not.toContain(429);
			// One budget for all would send 300 in the first minute.
			expect(Date.now() - startedAt).toBeLessThan(45_000);
		});
	}, 60_000);

	it('leave a saved workflow and a credential with one key as they were', async () => {
		const credentials = heyReachCredentials(sandbox);
		const { json } = await run('list:getMany', { returnAll: true }, { credentials });
		expect(json.map(({ id }) => id)).toContain(2001);
		const items = [{ workspace: null }, {}];
		const again = await run('apiKey:check', byItem, { credentials, items });
		expect(again.error).toBeUndefined();
		expect(again.json).toHaveLength(2);
	});
});

it('sends the key of the workspace and no marker', async () => {
	const seen: Array<Record<string, unknown>> = [];
	const server = createServer((request, response) => {
		seen.push(request.headers);
		response.setHeader('Content-Type', 'application/json').end('{"items":[],"totalCount":0}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	try {
		const heyReachUrl = `http://127.0.0.1:${port}`;
		await runHeyReach(
			{ heyReachUrl },
			'campaign:getMany',
			{ ...byItem },
			{
				items: ['', cedar.name].map((workspace) => ({ workspace })),
				credentials: agencyCredentials({ heyReachUrl }),
			},
		);
	} finally {
		await new Promise((resolve) => server.close(resolve));
	}
	expect(seen.map((headers) => headers['x-api-key']).sort()).toEqual(
		[SANDBOX.heyReachKey, cedar.key].sort(),
	);
	for (const headers of seen) {
		expect(Object.keys(headers).filter((name) => /n8n|workspace/i.test(name))).toEqual([]);
	}
});

describe('The editor', () => {
	const node = new HeyReach();
	const editor = (parameters: INodeParameters, credentials = agencyCredentials(sandbox)) =>
		loadOptionsFunctions({ node, parameters, credentials });
	const namesOf = async (parameters: INodeParameters) => {
		const { results } = await editor(parameters).call(node.methods.listSearch.searchLists);
		return results.map(({ name }) => name);
	};

	it('lists the workspaces of the credential, its own first', async () => {
		const options = await editor({}).call(node.methods.loadOptions.getWorkspaces);
		expect(options.map(({ name, value }) => [name, value])).toEqual([
			["The Credential's Own Workspace", ''],
			...CLIENTS.map(({ name }) => [name, name]),
		]);
		const trigger = new HeyReachTrigger();
		const all = await loadOptionsFunctions({
			node: trigger,
			credentials: agencyCredentials(sandbox),
		}).call(trigger.methods.loadOptions.getWorkspacesOrAll);
		expect(all[1]).toMatchObject({ name: 'All Workspaces', value: '*' });
		for (const [own] of [options, all]) {
			expect(own.description).toBe("The workspace of the credential's first API key");
		}
		const alone = editor({}, heyReachCredentials(sandbox));
		expect((await alone.call(node.methods.loadOptions.getWorkspaces))[0].description).toBe(
			'The one that the API key of the credential opens',
		);
	});

	it('asks in the chosen workspace', async () => {
		expect(await namesOf({ workspace: cedar.name })).toEqual([
			'Cedar Fitness: prospects (a campaign uses it)',
			'Cedar Fitness: partners (a campaign uses it)',
		]);
		expect(await namesOf({ workspace: '' })).not.toContainEqual(
			expect.stringContaining('Cedar Fitness'),
		);
	});

	it.each(['={{ $json.client }}', null])(
		'says that it cannot tell what %j names',
		async (value) => {
			await expect(namesOf({ workspace: value })).rejects.toThrow(
				'The editor cannot know the workspace of the expression in Workspace',
			);
			const { fields } = await editor({
				workspace: value,
				resource: 'list',
				listId: byId(2101),
			}).call(node.methods.resourceMapping.getLeadColumns);
			expect(fields.map(({ id }) => id)).toContain('profileUrl');
		},
	);
});

describe('n8n’s test of the credential', () => {
	const test = async (more: IDataObject = {}) =>
		await new HeyReach().methods.credentialTest.testHeyReachApi.call(new CredentialTestContext(), {
			id: 'one',
			name: 'HeyReach',
			type: 'heyReachApi',
			data: {
				apiKey: SANDBOX.heyReachKey,
				baseUrl: sandbox.heyReachUrl,
				workspaces: { ...CLIENT_WORKSPACES },
				...more,
			} as never,
		});

	it('asks about every key', async () => {
		expect(await test()).toEqual({
			status: 'OK',
			message: 'Connection successful: HeyReach accepts the keys of all 4 workspaces',
		});
		expect(heyReachCalls(sandbox)).toEqual(Array(4).fill('GET /auth/CheckApiKey'));
		expect(await test({ workspaces: {} })).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
	});

	it('names each workspace whose key is refused, and no key', async () => {
		const workspaces = {
			...CLIENT_WORKSPACES,
			workspace2: { name: bright.name, apiKey: 'an-old-key-of-bright' },
			workspace7: { name: 'Echo Motors', apiKey: 'an-old-key-of-echo' },
		};
		const { status, message } = await test({ workspaces });
		expect(status).toBe('Error');
		expect(message).toContain('Key of workspace “Bright Dental”: HeyReach does not accept');
		expect(message).toContain('Key of workspace “Echo Motors”: HeyReach does not accept');
		expect(message).not.toMatch(/Cedar|old-key/);
	});

	it('holds no key that HeyReach repeats, and takes “not now” for no word about the key', async () => {
		const fault = { kind: 'status', path: 'CheckApiKey$', status: 400 } as const;
		sandbox.faults.add({ ...fault, body: { errorMessage: `Bad key ${SANDBOX.heyReachKey}` } });
		const { message } = await test({ workspaces: {} });
		expect(message).toContain('Bad key [hidden]');
		sandbox.faults.add({ ...fault, status: 408, body: {} });
		expect(await test({ workspaces: {} })).toMatchObject({
			message: expect.stringContaining('not available at the moment (408)') as string,
		});
	});

	it('says what is wrong with a single key, a form and an address', async () => {
		expect(await test({ workspaces: {}, apiKey: 'wrong' })).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/^HeyReach does not accept the API key/) as string,
		});
		expect(await test({ workspaces: {}, apiKey: SANDBOX.heyReachOrganizationKey })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('is not a workspace-level API key') as string,
		});
		expect(await test({ workspaces: { workspace2: { name: 'A' } } })).toMatchObject({
			message: expect.stringContaining('Workspace “A” of the HeyReach credential has no') as string,
		});
		expect(await test({ baseUrl: 'http://127.0.0.1:9' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('HeyReach could not be reached') as string,
		});
		expect(await test({ baseUrl: 'http://example.com' })).toMatchObject({
			message: expect.stringContaining('https://') as string,
		});
	});
});
