import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { readKeys, signatureProblem } from '../../nodes/Ghl/trigger/signature';
import { isOver } from '../../tools/n8n/executions';
import type { WorkflowFile } from '../../tools/n8n/workflow';
import { officialSdk } from '../contract/support/sdk';
import { startStack, type Stack } from '../e2e/support/stack';
import { say } from './progress';
import { measured, median, type Measured } from './report';

/** Short rounds, and many: the speed of a machine that others use changes within a minute. */
const EVENTS = 60;
const CONNECTIONS = 20;
const ROUNDS = 12;

const pair = generateKeyPairSync('ed25519');
const publicKey = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));

/**
 * Webhook triggers against n8n's own Webhook node, in the same n8n, in turns; and what a check costs.
 *
 * n8n spares its own Webhook node, and it alone, the isolate that it makes for the expressions of each
 * request. The second run of an n8n takes that away from it. For a node with a credential n8n also looks up,
 * with each run, whether the workflow may use it; so HeyReach Trigger is compared with a Webhook node that has
 * one too. What is left is the nodes' own part.
 */
export async function bench(): Promise<Measured[]> {
	return [
		...(await against('n8n Webhook node', '', { heyReach: 'webhook' }, {})),
		...(await against(
			'n8n Webhook node, with isolate',
			'/equal',
			{ heyReach: 'webhookWithCredential' },
			{ N8N_EXPRESSION_ENGINE_ALLOW_WEBHOOK_ISOLATE_SKIP: 'false' },
		)),
		signatureCost(),
	];
}

async function against(
	reference: string,
	suffix: string,
	floors: { heyReach: keyof Rates },
	env: Record<string, string>,
): Promise<Measured[]> {
	const stack = await startStack({ sandbox: { heyReachPerMinute: 100_000 }, env });
	try {
		const rates = await ratesOf(stack);
		const of = (name: keyof Rates) => median(rates[name]);
		const beside = floors.heyReach === 'webhook' ? reference : `${reference} and credential`;
		return [
			measured(`trigger/ghl-events${suffix}`, 'events/s', of('ghl'), of('webhook'), reference),
			measured(
				...([`trigger/heyreach-events${suffix}`, 'events/s'] as const),
				...([of('heyReach'), of(floors.heyReach), beside] as const),
			),
		];
	} finally {
		await stack.close();
	}
}

interface Receiver {
	workflowId: string;
	url: string;
	/** One event as its service sends it. */
	event(): { body: string; headers?: Record<string, string> };
}

/** Events per second of each receiver, round by round. */
type Rates = Record<'webhook' | 'webhookWithCredential' | 'ghl' | 'heyReach', number[]>;

async function ratesOf(stack: Stack): Promise<Rates> {
	const receivers = await receiversIn(stack);
	const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
	const rates: Rates = { webhook: [], webhookWithCredential: [], ghl: [], heyReach: [] };
	for (let round = 0; round <= ROUNDS; round++) {
		// Each round begins with another one, so that none always comes after a rest.
		const names = Object.keys(receivers) as Array<keyof Rates>;
		const order = names.map((_, at) => names[(at + round) % names.length]);
		for (const name of order) {
			const rate = await rateOf(stack, receivers[name], agent);
			say(`  round ${round}: ${name} ${rate.toFixed(1)} events/s`);
			if (round > 0) rates[name].push(rate); // the first one warms up
		}
	}
	agent.destroy();
	return rates;
}

/** From the first event sent to the last execution over. */
async function rateOf(stack: Stack, receiver: Receiver, httpAgent: Agent): Promise<number> {
	const { url, workflowId } = receiver;
	const queue = Array.from({ length: EVENTS }, () => receiver.event());
	const began = performance.now();
	const worker = async () => {
		for (let event = queue.pop(); event; event = queue.pop()) {
			const headers = { 'Content-Type': 'application/json', ...event.headers };
			const sent = { headers, httpAgent, proxy: false as const };
			await axios.post(url, event.body, { ...sent, transformRequest: (body: string) => body });
		}
	};
	await Promise.all(Array.from({ length: CONNECTIONS }, worker));
	while (!(await stack.client.executions(workflowId)).every(isOver)) await sleep(20);
	return EVENTS / ((performance.now() - began) / 1_000);
}

async function receiversIn(stack: Stack): Promise<Record<keyof Rates, Receiver>> {
	const pack = 'n8n-nodes-ghl-heyreach';
	const webhook = await turnedOn(stack, 'Webhook', 'n8n-nodes-base.webhook', 2, {
		httpMethod: 'POST',
		path: 'bench',
		responseMode: 'onReceived',
	});
	const secret = { name: 'X-Secret', value: randomUUID() };
	const header = { name: 'Secret', type: 'httpHeaderAuth', data: secret };
	const httpHeaderAuth = await stack.client.createCredential(header);
	const credentials = { ...stack.credentials, httpHeaderAuth };
	const guarded = await turnedOn(
		{ ...stack, credentials },
		...(['Guarded Webhook', 'n8n-nodes-base.webhook', 2] as const),
		{
			...{ httpMethod: 'POST', path: 'bench-guarded', responseMode: 'onReceived' },
			authentication: 'headerAuth',
		},
	);
	const ghl = await turnedOn(stack, 'GHL Trigger', `${pack}.ghlTrigger`, 1, {
		options: { publicKeys: publicKey },
	});
	const heyReach = await turnedOn(stack, 'HeyReach Trigger', `${pack}.heyReachTrigger`, 1, {
		events: ['every_message_reply_received'],
	});
	const [registered] = stack.sandbox.state.webhooks.values();
	return {
		webhook: { ...webhook, event: () => ({ body: JSON.stringify(contactEvent()) }) },
		webhookWithCredential: {
			...guarded,
			event: () => ({
				body: JSON.stringify(contactEvent()),
				headers: { [secret.name]: secret.value },
			}),
		},
		ghl: {
			...ghl,
			event: () => {
				const body = JSON.stringify(contactEvent());
				const signature = sign(null, Buffer.from(body), pair.privateKey).toString('base64');
				return { body, headers: { 'X-GHL-Signature': signature } };
			},
		},
		heyReach: {
			...heyReach,
			url: registered.webhookUrl,
			event: () => ({
				body: JSON.stringify({
					event_type: 'every_message_reply_received',
					correlation_id: randomUUID(),
					lead: contactEvent(),
				}),
			}),
		},
	};
}

async function turnedOn(
	{ client, credentials, sandbox }: Stack,
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): Promise<{ workflowId: string; url: string }> {
	const file: WorkflowFile = {
		name,
		nodes: [
			{ id: name, name, type, typeVersion, position: [0, 0], parameters, webhookId: randomUUID() },
		],
		connections: {},
		settings: { executionOrder: 'v1' },
	};
	const workflow = await client.importWorkflow(file, credentials);
	await client.activate(workflow.id);
	const url = await client.webhookUrl(workflow, name);
	await client.waitForWebhook(url);
	// n8n saves the secret of HeyReach Trigger a moment after the webhook is there.
	if (type.endsWith('heyReachTrigger')) {
		while (sandbox.state.webhooks.size === 0) await sleep(50);
		await sleep(2_000);
	}
	return { workflowId: workflow.id, url };
}

/** An event of about 800 bytes, as HighLevel's are. */
const contactEvent = () => ({
	type: 'ContactUpdate',
	locationId: 've9EPM428h8vShlRW1KT',
	id: 'nmFmQEsNgz6AVpgLVUJ0',
	address1: '3535 1st St N',
	city: 'Dolomite',
	state: 'AL',
	companyName: 'Loram ipsum',
	country: 'DE',
	source: 'xyz form',
	dateAdded: '2026-11-26T12:41:02.193Z',
	email: 'john.deo@example.com',
	name: 'John Deo',
	firstName: 'John',
	lastName: 'Deo',
	phone: '+919509597501',
	postalCode: '452001',
	tags: ['customer', 'newsletter', 'linkedin-replied'],
	website: 'https://www.example.com/',
	customFields: Array.from({ length: 4 }, (_, at) => ({
		id: `BcdmQEsNgz6AVpgLVUJ${at}`,
		value: 'x',
	})),
	appId: '66a0419a0dffa47fb5f8b22f',
	versionId: '66a0419a0dffa47fb5f8b22f',
	webhookId: randomUUID(),
	timestamp: new Date().toISOString(),
});

/** CPU time of one check, and of the official SDK's, in turns. */
function signatureCost(): Measured {
	const { webhooks } = officialSdk('http://127.0.0.1:1', 'pit-1').sdk;
	const body = Buffer.from(JSON.stringify(contactEvent()));
	const signature = sign(null, body, pair.privateKey).toString('base64');
	const headers = { 'x-ghl-signature': signature };
	const ours = () => signatureProblem(headers, body, readKeys(publicKey)) === undefined;
	const theirs = () => webhooks.verifyEd25519Signature(body, signature, publicKey);
	const [own, peer]: number[][] = [[], []];
	for (let round = 0; round <= ROUNDS; round++) {
		own.push(cpuMicroseconds(ours));
		peer.push(cpuMicroseconds(theirs));
	}
	const [mine, sdk] = [own.slice(1), peer.slice(1)].map(median);
	return measured('trigger/signature-us', 'µs CPU', mine, sdk, 'official SDK');
}

function cpuMicroseconds(check: () => boolean): number {
	const checks = 5_000;
	const before = process.cpuUsage();
	for (let at = 0; at < checks; at++) {
		if (!check()) throw new Error('A good signature was not taken');
	}
	const { user, system } = process.cpuUsage(before);
	return (user + system) / checks;
}
