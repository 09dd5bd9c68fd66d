import { GHL_WEBHOOK_PUBLIC_KEY } from '../../sandbox';
import type { FloodResult } from '../../sandbox';
import { isOver, itemsOf } from '../../tools/n8n/executions';
import type { StoredWorkflow, WorkflowFile } from '../../tools/n8n/workflow';
import { startGate, type Gate } from './support/gate';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';
import { until } from './support/waiting';

/** Of HighLevel; the soak sends more. */
const EVENTS = Number(process.env.DELIVERIES ?? 150);

let gate: Gate;
let stack: Stack;

beforeAll(async () => {
	gate = await startGate();
	// A restart of n8n takes about fifteen seconds. Retries that come more often keep a busy n8n from its work.
	const waits = [1_000, 2_000, 4_000, 8_000, ...Array<number>(200).fill(15_000)];
	stack = await startStack({
		sandbox: { ghlRetryDelaysMs: waits, retryDelaysMs: waits },
		env: {
			WEBHOOK_URL: `${gate.url}/`,
			// As docs/scaling.md tells people whose events come in floods.
			N8N_CONCURRENCY_PRODUCTION_LIMIT: '10',
		},
	});
	gate.target = stack.n8n.url;
}, STACK_TIMEOUT_MS);

afterAll(async () => {
	await stack?.close();
	await gate.close();
}, 30_000);

interface Trigger {
	service: 'highlevel' | 'heyreach';
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	/** The field of its items by which a repeat is known. */
	id: string;
	/** Tells the service where to deliver, where the node does not do so by itself. */
	subscribe(url: string): void;
	deliveries(): Array<{ delivered: boolean; attempts: Array<{ status: number }> }>;
}

const TRIGGERS: Trigger[] = [
	{
		service: 'highlevel',
		name: 'GHL Trigger',
		type: 'n8n-nodes-ghl-heyreach.ghlTrigger',
		parameters: { options: { publicKeys: GHL_WEBHOOK_PUBLIC_KEY } },
		id: 'webhookId',
		subscribe: (url) => (stack.sandbox.ghlWebhooks.subscription = { url }),
		deliveries: () => stack.sandbox.ghlWebhooks.deliveries,
	},
	{
		service: 'heyreach',
		name: 'HeyReach Trigger',
		type: 'n8n-nodes-ghl-heyreach.heyReachTrigger',
		parameters: { events: ['every_message_reply_received'] },
		id: 'correlationId',
		subscribe: () => {},
		deliveries: () => stack.sandbox.state.deliveries,
	},
];

/** Nothing but the trigger: what counts is that it starts. */
const workflowWith = ({ name, type, parameters }: Trigger): WorkflowFile => ({
	name: `Only ${name}`,
	nodes: [
		{
			id: 'trigger',
			name,
			type,
			typeVersion: 1,
			position: [0, 0],
			parameters,
			webhookId: `webhook-of-${type.split('.')[1]}`,
		},
	],
	connections: {},
	settings: { executionOrder: 'v1' },
});

/** The trigger, and behind it a node that takes two seconds. */
function slowed({ nodes: [trigger] }: WorkflowFile, name: string) {
	const wait = {
		...{ id: 'wait', name, type: 'n8n-nodes-base.wait', typeVersion: 1.1 },
		...{ position: [200, 0] as [number, number], parameters: { amount: 2, unit: 'seconds' } },
	};
	const connections = { [trigger.name]: { main: [[{ node: name, type: 'main', index: 0 }]] } };
	return { nodes: [trigger, wait], connections };
}

/** Imports the workflow, turns it on, and waits until deliveries can come. */
async function turnOn(trigger: Trigger, stored?: StoredWorkflow): Promise<StoredWorkflow> {
	const workflow = await stack.client.importWorkflow(
		stored ?? workflowWith(trigger),
		stack.credentials,
		stored?.id,
	);
	await stack.client.activate(workflow.id);
	const url = await stack.client.webhookUrl(workflow, trigger.name);
	await stack.client.waitForWebhook(url);
	trigger.subscribe(url.replace(stack.n8n.url, gate.url));
	if (trigger.service === 'heyreach') {
		await until('n8n to save the secret', async () => {
			const webhook = [...stack.sandbox.state.webhooks.values()].at(-1);
			const secret = webhook && new URL(webhook.webhookUrl).searchParams.get('secret');
			return JSON.stringify(await stack.client.workflow(workflow.id)).includes(secret ?? '?');
		});
	}
	return workflow;
}

/** Waits until nobody takes deliveries any more: n8n says that it is off before it is. */
async function turnOff(trigger: Trigger, workflow: StoredWorkflow): Promise<void> {
	await stack.client.deactivate(workflow.id);
	const url = await stack.client.webhookUrl(workflow, trigger.name);
	await until('the webhook to be gone', async () => {
		const answer = await fetch(url, { method: 'POST', body: '{}' });
		return answer.status === 404 && (trigger.service !== 'heyreach' || noWebhooks());
	});
}

const noWebhooks = () => stack.sandbox.state.webhooks.size === 0;

/** Waits for zero, however long it takes, as long as it goes on: a busy machine is slow. */
async function countedDown(what: string, count: () => number | Promise<number>): Promise<void> {
	for (let left = await count(); left > 0; ) {
		const before = left;
		await until(`fewer than ${before} ${what}`, async () => (left = await count()) < before, 400);
	}
}

/** How often n8n's list of executions has each event, by how they ended. */
async function startsOf(workflow: StoredWorkflow, { name, id }: Trigger) {
	await countedDown('executions that have not ended', async () => {
		const executions = await stack.client.executions(workflow.id);
		return executions.filter((execution) => !isOver(execution)).length;
	});
	const starts = { success: new Map<string, number>(), crashed: new Map<string, number>() };
	for (const execution of await stack.client.allExecutions(workflow.id)) {
		const [waiting] = execution.data.executionData?.nodeExecutionStack ?? [];
		const item = itemsOf(execution, name)[0] ?? waiting?.data.main[0]?.[0];
		const event = String(item?.json[id]);
		const list = execution.status === 'success' ? starts.success : starts.crashed;
		list.set(event, (list.get(event) ?? 0) + 1);
	}
	return starts;
}

async function allDelivered(trigger: Trigger, { ids, sent }: FloodResult): Promise<void> {
	expect(sent.length).toBeGreaterThan(ids.length);
	await countedDown(
		'events that are not delivered',
		() => trigger.deliveries().filter(({ delivered }) => !delivered).length,
	);
}

const workflows = new Map<Trigger, StoredWorkflow>();

beforeAll(async () => {
	for (const trigger of TRIGGERS) workflows.set(trigger, await turnOn(trigger));
}, 120_000);

describe.each(TRIGGERS)('$name', (trigger) => {
	const events = trigger.service === 'highlevel' ? EVENTS : 300;

	it(`starts once for each of ${events} events, a tenth of them sent twice, in no order, by twenty at once`, async () => {
		const { service } = trigger;
		const result = await stack.sandbox.flood({ service, events, duplicates: 0.1, connections: 20 });
		await allDelivered(trigger, result);
		expect(result.sent).toHaveLength(events * 1.1);
		const { success, crashed } = await startsOf(workflows.get(trigger)!, trigger);
		expect(success).toEqual(new Map(result.ids.map((id) => [id, 1])));
		expect(crashed.size).toBe(0);
	}, 2_400_000);
});

it('An event whose service hangs up while n8n lets it wait starts once', async () => {
	const [trigger] = TRIGGERS;
	const only = workflows.get(trigger)!;
	await turnOff(trigger, only);
	const slow = await turnOn(trigger, { ...only, ...slowed(only, 'Wait') });
	const { settings } = stack.sandbox;
	const { webhookTimeoutMs } = settings;
	// Ten run at once, for two seconds each: most of the others wait for longer than this.
	settings.webhookTimeoutMs = 1_000;
	const result = await stack.sandbox.flood({
		...{ service: trigger.service, events: 40, duplicates: 0.1, connections: 20, seed: 3 },
	});
	await allDelivered(trigger, result);
	settings.webhookTimeoutMs = webhookTimeoutMs;
	const attempts = trigger.deliveries().flatMap((one) => one.attempts);
	expect(attempts.filter(({ status }) => status === 0).length).toBeGreaterThan(0);
	const { success } = await startsOf(slow, trigger);
	expect(result.ids.map((id) => [id, success.get(id)])).toEqual(result.ids.map((id) => [id, 1]));
	await turnOff(trigger, slow);
	await turnOn(trigger, only);
}, 2_400_000);

describe('A restart of n8n in the middle', () => {
	/** Sends 150 events to each trigger, restarts n8n after the first forty, and waits until all have arrived. */
	async function floodOverARestart(): Promise<Map<Trigger, FloodResult>> {
		const before = new Map(TRIGGERS.map((trigger) => [trigger, trigger.deliveries().length]));
		const flooding = TRIGGERS.map(
			async ({ service }) =>
				await stack.sandbox.flood({ service, events: 150, duplicates: 0.1, seed: 2 }),
		);
		await until('forty of each', () =>
			TRIGGERS.every((trigger) => trigger.deliveries().length > before.get(trigger)! + 40),
		);
		await stack.n8n.restart();
		await stack.client.login();
		const results = new Map<Trigger, FloodResult>();
		for (const [at, trigger] of TRIGGERS.entries()) {
			results.set(trigger, await flooding[at]);
			await allDelivered(trigger, results.get(trigger)!);
			const sent = trigger.deliveries().slice(before.get(trigger));
			const missed = sent.filter(({ attempts }) => attempts.length > 1);
			expect(missed.length).toBeGreaterThan(0); // these came by retry
		}
		return results;
	}

	it('leaves every event in the list, what n8n was at included', async () => {
		for (const [trigger, { ids }] of await floodOverARestart()) {
			const { success, crashed } = await startsOf(workflows.get(trigger)!, trigger);
			expect(ids.filter((id) => !success.has(id) && !crashed.has(id))).toEqual([]);
			// n8n had answered these and then ran out of time: they can be run again from the list.
			expect(crashed.size).toBeLessThanOrEqual(20);
		}
	}, 2_400_000);

	it('leaves every event done, if the trigger answers when the work is done', async () => {
		for (const [trigger, workflow] of workflows) {
			await turnOff(trigger, workflow);
			const [node] = workflow.nodes;
			const options = { ...(node.parameters.options as object), respond: 'lastNode' };
			node.parameters = { ...node.parameters, options };
			await turnOn(trigger, workflow);
		}
		for (const [trigger, { ids }] of await floodOverARestart()) {
			const { success } = await startsOf(workflows.get(trigger)!, trigger);
			expect(ids.filter((id) => !success.has(id))).toEqual([]);
		}
	}, 2_400_000);
});
