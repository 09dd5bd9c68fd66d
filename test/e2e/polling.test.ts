import { setTimeout as sleep } from 'node:timers/promises';
import pack from '../../package.json';
import { SANDBOX } from '../../sandbox';
import { errorOf, itemsOf } from '../../tools/n8n/executions';
import type { StoredWorkflow } from '../../tools/n8n/workflow';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';

// n8n polls once a minute at the most, so all triggers wait side by side.
const POLL_MS = 62_000;
const TRIGGER = 'When It Happens';

let stack: Stack;
beforeAll(async () => {
	stack = await startStack();
}, STACK_TIMEOUT_MS);
afterAll(async () => await stack?.close(), 30_000);

async function importPolling(type: string, parameters: Record<string, unknown>) {
	const every = { pollTimes: { item: [{ mode: 'everyMinute' }] } };
	return await stack.client.importWorkflow(
		{
			name: `Polling ${JSON.stringify(parameters)}`,
			nodes: [
				{
					id: 'trigger',
					name: TRIGGER,
					type: `${pack.name}.${type}`,
					typeVersion: 1,
					position: [0, 0],
					parameters: { ...every, ...parameters },
				},
				{
					id: 'end',
					name: 'End',
					type: 'n8n-nodes-base.noOp',
					typeVersion: 1,
					position: [220, 0],
					parameters: {},
				},
			],
			connections: { [TRIGGER]: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		},
		stack.credentials,
	);
}

/** n8n answers before the first poll has been made and its state been saved. */
async function activate({ id }: StoredWorkflow): Promise<void> {
	await stack.client.activate(id);
	for (let tries = 0; tries < 100; tries++) {
		if (JSON.stringify(await stack.client.workflow(id)).includes('polled')) return;
		await sleep(200);
	}
	throw new Error('The first poll left no state');
}

it('starts a workflow once for each thing that happens, after a first poll in silence', async () => {
	const { state } = stack.sandbox;
	state.tasks.clear(); // some of the seeded ones fall due
	const workflows = {
		created: await importPolling('ghlPollingTrigger', { event: 'contactCreated' }),
		updated: await importPolling('ghlPollingTrigger', { event: 'contactUpdated' }),
		due: await importPolling('ghlPollingTrigger', { event: 'taskDue', minutesBefore: 60 }),
		leads: await importPolling('heyReachPollingTrigger', {
			events: ['lead_created', 'lead_updated', 'lead_status_changed'],
			lists: [2003],
			campaigns: [1001],
		}),
		senders: await importPolling('heyReachPollingTrigger', {
			events: ['sender_back', 'sender_disconnected'],
		}),
	};
	for (const workflow of Object.values(workflows)) await activate(workflow);
	for (const { id } of Object.values(workflows))
		expect(await stack.client.executions(id)).toEqual([]);

	const [one, two] = [...state.contacts.values()].filter(
		({ locationId }) => locationId === SANDBOX.locationId,
	);
	// The sandbox answers HighLevel's lag: the search shows it some seconds later.
	state.saveContact({ ...one, city: 'Elsewhere', dateUpdated: new Date().toISOString() }, 3_000);
	const dueDate = new Date(Date.now() + 30 * 60_000).toISOString();
	state.tasks.set('task1', {
		id: 'task1',
		contactId: two.id,
		title: 'Call',
		completed: false,
		dueDate,
	});
	const [row] = state.campaigns.get(1001)?.leads ?? [];
	row.leadCampaignStatus = 'Paused';
	const control = `${stack.sandbox.url}/control/heyreach/senders/302/disconnect`;
	await fetch(control, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: '{}',
	});

	await sleep(2 * POLL_MS);
	const output = async ({ id }: StoredWorkflow) => {
		const executions = await stack.client.executions(id);
		const ended = await Promise.all(
			executions.map(async (execution) => await stack.client.waitForExecution(execution.id)),
		);
		for (const execution of ended) expect(errorOf(execution)).toBeUndefined();
		return ended.map((execution) => itemsOf(execution, TRIGGER).map(({ json }) => json));
	};
	expect(await output(workflows.created)).toEqual([]);
	expect(await output(workflows.updated)).toMatchObject([
		[{ event: 'contactUpdated', contactId: one.id, city: 'Elsewhere' }],
	]);
	expect(await output(workflows.due)).toMatchObject([
		[{ event: 'taskDue', id: 'task1', contactId: two.id }],
	]);
	expect(await output(workflows.leads)).toMatchObject([
		[{ event: 'lead_status_changed', lead: { id: row.linkedinId } }],
	]);
	expect(await output(workflows.senders)).toMatchObject([
		[{ event: 'sender_disconnected', sender: { id: 302, isConnected: false } }],
	]);
	for (const { id } of Object.values(workflows)) await stack.client.deactivate(id);
}, 240_000);

// Once activated, n8n tries to start the trigger again and again, and says nothing for long.
it('tells a person who tests it which scope the token lacks', async () => {
	const type = 'ghlPrivateIntegrationApi';
	const data = { token: SANDBOX.readOnlyToken, locationId: SANDBOX.locationId };
	const name = 'Read only';
	const { id } = await stack.client.createCredential({
		name,
		type,
		data: { ...data, baseUrl: stack.sandbox.ghlUrl },
	});
	const all = stack.credentials;
	stack = { ...stack, credentials: { ...all, [type]: { id, name } } };
	const workflow = await importPolling('ghlPollingTrigger', { event: 'taskDue' });
	stack = { ...stack, credentials: all };
	const execution = await stack.client.waitForExecution(
		await stack.client.run(workflow.id, TRIGGER),
	);
	expect(errorOf(execution)?.message).toBe('The token lacks the scope locations/tasks.readonly');
}, 60_000);

it('shows samples when the person tests the node in the editor', async () => {
	const workflow = await importPolling('ghlPollingTrigger', { event: 'contactCreated' });
	const execution = await stack.client.waitForExecution(
		await stack.client.run(workflow.id, TRIGGER),
	);
	expect(errorOf(execution)).toBeUndefined();
	expect(itemsOf(execution, TRIGGER)).toHaveLength(3);
}, 60_000);
