import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ICredentialType, INodeParameters, INodeType } from 'n8n-workflow';
import { SANDBOX } from '../../sandbox';
import { DEFAULT_N8N, ensureRuntime } from '../../tools/n8n/runtime';
import { nextMessage, startProgram } from '../support/nextMessage';
import { runGhl } from '../workflow/ghl';
import { runHeyReach } from '../workflow/heyReach';
import { CredentialStore, runNode, type RunResult } from '../workflow/support';
import { say } from './progress';
import { measured, median, type Measured } from './report';
import { sandboxProcess, type SandboxProcess } from './sandboxProcess';

/**
 * HighLevel's limit at its own pace, and a way of 120 ms. With a shorter interval the CPU of this machine is
 * measured: a burst of 100 calls takes it most of a second.
 */
const WINDOW_MS = 10_000;
const LATENCY_MS = 120;
const LIMIT = 100;
const ITEMS = 1_000;

/** No client that stays inside the limit is faster: the first 100 at once, then 100 each window. */
const IDEAL_MS = ((ITEMS - LIMIT) / LIMIT) * WINDOW_MS;

const limited = { burst: { max: LIMIT, intervalMs: WINDOW_MS } };
const unlimited = {
	burst: { max: 1_000_000, intervalMs: WINDOW_MS },
	heyReachPerMinute: 1_000_000,
};
const byExpression = (text: string) => ({ __rl: true, mode: 'id', value: `={{ ${text} }}` });

/** The rate limit used to the full, and the fewest calls: beside n8n's own nodes in the same run. */
export async function bench(): Promise<Measured[]> {
	const sandbox = await sandboxProcess();
	try {
		return [
			...(await updates(sandbox)),
			await tagCalls(sandbox),
			await readCalls(sandbox),
			await leadCalls(sandbox),
			...(await twoProcesses(sandbox)),
		];
	} finally {
		sandbox.stop();
	}
}

interface Run {
	ms: number;
	failed: number;
	refused: number;
}

type Client = (sandbox: SandboxProcess, ids: string[]) => Promise<RunResult>;

/** One run of 1,000 updates on an account that nobody has used for a window. */
async function timed(sandbox: SandboxProcess, client: Client): Promise<Run> {
	const ids = await sandbox.begin(limited, { contacts: ITEMS, latencyMs: LATENCY_MS });
	await new Promise((resolve) => setTimeout(resolve, 2 * WINDOW_MS));
	const startedAt = Date.now();
	const { outputs, error } = await client(sandbox, ids);
	const ms = Date.now() - startedAt;
	const done = (outputs[0] ?? []).filter(({ json }) => json.error === undefined).length;
	const { refused } = await sandbox.counts();
	return { ms, failed: error ? ITEMS : ITEMS - done, refused };
}

async function several(times: number, sandbox: SandboxProcess, client: Client): Promise<Run> {
	const runs: Run[] = [];
	for (let i = 0; i < times; i++) runs.push(await timed(sandbox, client));
	const middle = (key: keyof Run) => median(runs.map((run) => run[key]));
	return { ms: middle('ms'), failed: middle('failed'), refused: middle('refused') };
}

async function updates(sandbox: SandboxProcess): Promise<Measured[]> {
	await timed(sandbox, ours); // loads n8n-core
	say('1,000 updates with this package, 3 times, a minute and a half each');
	const own = await several(3, sandbox, ours);
	const peers = await n8nNodes();
	say('1,000 updates with the built-in HighLevel node');
	const builtIn = await several(3, sandbox, peers.highLevel);
	say('1,000 updates with HTTP Request, batched');
	let best: Run | undefined;
	// The batches that a person can set for 100 in 10 s, none of which may be refused.
	for (const [batchSize, batchInterval] of [
		[100, 1.05],
		[50, 0.53],
		[10, 0.105],
	]) {
		const run = await several(1, sandbox, peers.httpRequest(batchSize, batchInterval * WINDOW_MS));
		if (run.failed === 0 && (!best || run.ms < best.ms)) best = run;
	}
	return [
		measured('api/update-1000', 'ms', own.ms, IDEAL_MS, 'ideal'),
		measured('api/update-1000/failed', 'items', own.failed),
		measured('api/update-1000/refused', 'calls', own.refused),
		measured(
			'api/update-1000/highlevel-node',
			'items failed',
			own.failed,
			builtIn.failed,
			'HighLevel',
		),
		measured(
			'api/update-1000/http-request',
			'ms',
			own.ms,
			best?.ms ?? null,
			best ? 'HTTP Request, best batching' : 'HTTP Request: items fail with every batching',
		),
	];
}

const ours: Client = async (sandbox, ids) =>
	await runGhl(
		sandbox,
		'contact:update',
		{
			contactId: byExpression('$json.id'),
			contactFields: { mappingMode: 'defineBelow', value: { city: 'Utrecht' }, schema: [] },
		},
		{ items: ids.map((id) => ({ id })), onError: 'continueRegularOutput' },
	);

/** n8n's own nodes, from the installed n8n, with their own code. */
async function n8nNodes() {
	const { n8nFolder } = await ensureRuntime(DEFAULT_N8N, say);
	const base = createRequire(join(n8nFolder, 'package.json'));
	const load = (path: string) =>
		base(`n8n-nodes-base/dist/nodes/${path}`) as Record<string, unknown>;
	type Made = new (description: object) => INodeType;
	const { HighLevel } = load('HighLevel/HighLevel.node.js') as {
		HighLevel: new () => { nodeVersions: Record<number, INodeType> };
	};
	const { HttpRequestV3 } = load('HttpRequest/V3/HttpRequestV3.node.js') as { HttpRequestV3: Made };
	const http = new HttpRequestV3({
		displayName: 'HTTP Request',
		name: 'httpRequest',
		group: ['output'],
		description: '',
	});

	const highLevel: Client = async (sandbox, ids) => {
		const node = new HighLevel().nodeVersions[2];
		node.description.requestDefaults = {
			...node.description.requestDefaults,
			baseURL: sandbox.ghlUrl,
		};
		return await runNode({
			node,
			typeName: 'n8n-nodes-base.highLevel',
			parameters: {
				resource: 'contact',
				operation: 'update',
				contactId: '={{ $json.id }}',
				updateFields: { city: 'Utrecht' },
			},
			credentials: new CredentialStore([withToken], { highLevelOAuth2Api: {} }),
			items: ids.map((id) => ({ id })),
			onError: 'continueRegularOutput',
		});
	};
	const httpRequest =
		(batchSize: number, batchInterval: number): Client =>
		async (sandbox, ids) =>
			await runNode({
				node: http,
				typeName: 'n8n-nodes-base.httpRequest',
				parameters: httpParameters(sandbox, { batch: { batchSize, batchInterval } }),
				items: ids.map((id) => ({ id })),
				onError: 'continueRegularOutput',
			});
	return { highLevel, httpRequest };
}

/** The built-in node's credential is OAuth2; a token in the header gives the same calls. */
const withToken: ICredentialType = {
	name: 'highLevelOAuth2Api',
	displayName: 'HighLevel',
	properties: [],
	authenticate: {
		type: 'generic',
		properties: { headers: { Authorization: `Bearer ${SANDBOX.privateToken}` } },
	},
};

function httpParameters({ ghlUrl }: SandboxProcess, batching: object): INodeParameters {
	const headers = { Authorization: `Bearer ${SANDBOX.privateToken}`, Version: '2021-07-28' };
	return {
		method: 'PUT',
		url: `=${ghlUrl}/contacts/{{ $json.id }}`,
		sendHeaders: true,
		headerParameters: {
			parameters: Object.entries(headers).map(([name, value]) => ({ name, value })),
		},
		sendBody: true,
		bodyParameters: { parameters: [{ name: 'city', value: 'Utrecht' }] },
		options: { batching } as INodeParameters,
	};
}

async function tagCalls(sandbox: SandboxProcess): Promise<Measured> {
	say('5,000 contacts tagged');
	const ids = await sandbox.begin(unlimited, { contacts: 5_000 });
	const { error } = await runGhl(
		sandbox,
		'contactTag:add',
		{ contactId: byExpression('$json.id'), tags: 'fresh' },
		{ items: ids.map((id) => ({ id })) },
	);
	if (error) throw error;
	return measured(
		'api/tag-5000-calls',
		'calls',
		(await sandbox.counts()).calls,
		ids.length,
		'one each',
	);
}

async function readCalls(sandbox: SandboxProcess): Promise<Measured> {
	say('20,000 contacts read');
	await sandbox.begin(unlimited, { contacts: 20_000 });
	const { error, json } = await runGhl(sandbox, 'contact:getMany', { returnAll: true });
	if (error) throw error;
	if (json.length !== 20_000) throw new Error(`Only ${json.length} contacts came back`);
	return measured(
		'api/read-20000-calls',
		'calls',
		(await sandbox.counts()).calls,
		200,
		'100 a call',
	);
}

/** HeyReach takes at most 100 leads in a call. */
async function leadCalls(sandbox: SandboxProcess): Promise<Measured> {
	say('5,000 leads added to a list');
	await sandbox.begin(unlimited);
	const items = Array.from({ length: 5_000 }, (_, n) => ({
		profileUrl: `https://www.linkedin.com/in/bench-lead-${n}/`,
		firstName: 'Bench',
		lastName: `Lead ${n}`,
	}));
	const value = Object.fromEntries(
		['profileUrl', 'firstName', 'lastName'].map((name) => [name, `={{ $json.${name} }}`]),
	);
	const { error, json } = await runHeyReach(
		sandbox,
		'list:addLead',
		{
			listId: { __rl: true, mode: 'id', value: '2003' },
			leadFields: { mappingMode: 'defineBelow', value, schema: [] },
		},
		{ items },
	);
	if (error) throw error;
	const added = json.filter(({ result }) => result === 'added').length;
	if (added !== items.length) throw new Error(`Only ${added} leads were added`);
	return measured(
		'api/add-leads-5000-calls',
		'calls',
		(await sandbox.counts()).calls,
		items.length,
		'one each',
	);
}

/**
 * Two n8n processes on one account, 1,000 updates each: how much of the limit they use together, in the run
 * as a whole and while both are at work and have settled, and how many calls are refused.
 */
async function twoProcesses(sandbox: SandboxProcess): Promise<Measured[]> {
	say('two processes on one account, 3 times, more than three minutes each');
	const runs: Shares[] = [];
	for (let i = 0; i < 3; i++) runs.push(await sharesOfTwo(sandbox));
	const middle = (key: keyof Shares) => median(runs.map((run) => run[key]));
	const whole = [1, 'the whole limit'] as const;
	return [
		measured('api/two-processes', 'of the limit', middle('used'), ...whole),
		measured('api/two-processes/settled', 'of the limit', middle('settled'), ...whole),
		measured('api/two-processes/refused', 'of the calls', middle('refused')),
	];
}

interface Shares {
	used: number;
	settled: number;
	refused: number;
}

async function sharesOfTwo(sandbox: SandboxProcess): Promise<Shares> {
	const total = 2 * ITEMS;
	const ids = await sandbox.begin(limited, { contacts: total, latencyMs: LATENCY_MS });
	const children = [0, 1].map(() => startProgram(join(__dirname, 'apiProcess.ts')));
	await Promise.all(children.map(async (child) => await nextMessage(child)));
	const startedAt = Date.now();
	children.forEach((child, n) =>
		child.send({ ghlUrl: sandbox.ghlUrl, ids: ids.slice(n * ITEMS, (n + 1) * ITEMS) }),
	);
	const answers = await Promise.all(
		children.map(async (child) => {
			const failed = await nextMessage<number>(child);
			return { failed, endedAt: Date.now() };
		}),
	);
	children.forEach((child) => child.kill());
	const failed = answers.reduce((sum, one) => sum + one.failed, 0);
	if (failed > 0) throw new Error(`${failed} items failed`);

	const ends = answers.map(({ endedAt }) => endedAt);
	const { takenAt, refused, calls } = await sandbox.counts();
	const from = startedAt + 2 * WINDOW_MS;
	const windows = Math.floor((Math.min(...ends) - from) / WINDOW_MS);
	const taken = takenAt.filter((at) => at >= from && at < from + windows * WINDOW_MS).length;
	const idealMs = ((total - LIMIT) / LIMIT) * WINDOW_MS;
	return {
		used: idealMs / (Math.max(...ends) - startedAt),
		settled: taken / (windows * LIMIT),
		refused: refused / calls,
	};
}
