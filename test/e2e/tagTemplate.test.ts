import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf, itemsOf, type Execution } from '../../tools/n8n/executions';
import type { StoredWorkflow, WorkflowFile } from '../../tools/n8n/workflow';
import { PROJECT } from '../../tools/paths';
import { officialApi } from '../contract/support';
import { Editor } from './support/browser';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';
import { until } from './support/waiting';

const FILE = 'tag-ghl-contacts-from-heyreach-activity.json';
const IMAGES = join(PROJECT, 'docs', 'images');

let stack: Stack;
let template: WorkflowFile;
let workflow: StoredWorkflow;

beforeAll(async () => {
	stack = await startStack({ sandbox: { retryDelaysMs: [200, 200] } });
	template = JSON.parse(await readFile(join(PROJECT, 'templates', FILE), 'utf8')) as WorkflowFile;
	workflow = await stack.client.importWorkflow(template, stack.credentials);
}, STACK_TIMEOUT_MS);

afterAll(async () => await stack?.close(), 30_000);

const contacts = () => [...stack.sandbox.state.contacts.values()];
const contact = (id: string) => stack.sandbox.state.contacts.get(id);
const lead = (number: number) => [...stack.sandbox.state.leads.values()][number];
const webhooks = () => [...stack.sandbox.state.webhooks.values()];

/** Contacts that hold a lead's address in *LinkedIn profile*. */
function byProfile(profileUrl: string) {
	const field = [...stack.sandbox.state.customFields.values()].find(
		({ name }) => name === 'LinkedIn profile',
	);
	const canonical = profileUrl.replace(/\/*$/, '/');
	return contacts().filter(({ customFields }) =>
		customFields.some(({ id, value }) => id === field?.id && value === canonical),
	);
}

/** Sends an event and waits for the execution that it starts. */
async function deliver(event: Parameters<Stack['sandbox']['sendHeyReachEvent']>[0]) {
	const [newest] = await stack.client.executions(workflow.id);
	const sent = await stack.sandbox.sendHeyReachEvent(event);
	expect(sent.deliveries.map(({ attempts }) => attempts.map(({ status }) => status))).toEqual([
		[200],
	]);
	const [execution] = await stack.client.waitForExecutions(workflow.id, { after: newest?.id });
	return { execution, correlationId: sent.correlationId };
}

function expectSuccess(execution: Execution) {
	expect(errorOf(execution)).toBeUndefined();
	expect(execution.status).toBe('success');
}

const own = () => webhooks().filter(({ id }) => id !== foreign.id);

async function turnOn(): Promise<void> {
	await stack.client.activate(workflow.id);
	await stack.client.waitForWebhook(await stack.client.webhookUrl(workflow, 'HeyReach Trigger'));
	await until('the webhooks in HeyReach', () => own().length === 2);
	const { searchParams } = new URL(own()[0].webhookUrl);
	await until('n8n to save the secret', async () =>
		JSON.stringify(await stack.client.workflow(workflow.id)).includes(
			searchParams.get('secret') ?? '?',
		),
	);
}

async function turnOff(): Promise<void> {
	await stack.client.deactivate(workflow.id);
	await until('the webhooks to go', () => own().length === 0);
}

/** Pictures for the docs are renewed by UPDATE_SCREENSHOTS=1. */
async function keep(name: string, picture: string): Promise<void> {
	if (!process.env.UPDATE_SCREENSHOTS) return;
	await mkdir(IMAGES, { recursive: true });
	await copyFile(picture, join(IMAGES, `${name}.png`));
}

const foreign = {
	id: 999_999,
	webhookName: 'somebody else’s',
	webhookUrl: 'https://example.com/hook?secret=theirs',
	eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
	campaignIds: [],
	customHeaders: {},
	isActive: false,
};

it('creates the custom fields that are missing, and none twice', async () => {
	const { customFields } = stack.sandbox.state;
	const names = () => [...customFields.values()].map(({ name }) => name).sort();
	const before = names();
	for (const [id, { name }] of customFields) {
		if (name === 'LinkedIn member id') customFields.delete(id);
	}
	for (let run = 0; run < 2; run++) {
		const execution = await stack.client.waitForExecution(await stack.client.run(workflow.id));
		expectSuccess(execution);
		expect(names()).toEqual(before);
	}
}, 60_000);

it('registers one webhook an event when it is turned on', async () => {
	stack.sandbox.state.webhooks.set(foreign.id, foreign);
	await turnOn();
	expect(
		own()
			.map(({ eventType }) => eventType)
			.sort(),
	).toEqual(['CONNECTION_REQUEST_ACCEPTED', 'EVERY_MESSAGE_REPLY_RECEIVED']);
	for (const { webhookUrl, webhookName, isActive } of own()) {
		expect(new URL(webhookUrl).searchParams.get('secret')).toMatch(/^[\da-f]{64}$/);
		expect(webhookName.length).toBeLessThanOrEqual(25);
		expect(isActive).toBe(true);
	}
}, 60_000);

it('tags the contact that is found by LinkedIn, and keeps its tags', async () => {
	const replying = lead(0);
	const [known] = byProfile(replying.profileUrl);
	const others = contacts()
		.filter(({ id }) => id !== known.id)
		.map(({ tags }) => [...tags]);
	known.tags = ['customer', 'vip'];
	stack.sandbox.requests.clear();

	const { execution, correlationId } = await deliver({
		eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
		leadId: replying.linkedinId,
	});
	expectSuccess(execution);
	expect(contact(known.id)?.tags).toEqual(['customer', 'vip', 'linkedin-replied']);
	expect(
		contacts()
			.filter(({ id }) => id !== known.id)
			.map(({ tags }) => tags),
	).toEqual(others);
	expect(itemsOf(execution, 'Add tags')[0].json.contactId).toBe(known.id);

	// The same delivery again: answered, and nothing is started.
	const calls = stack.sandbox.requests.list({ service: 'highlevel' }).length;
	const again = await stack.sandbox.sendHeyReachEvent({
		eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
		leadId: replying.linkedinId,
		correlationId,
	});
	expect(again.deliveries[0].delivered).toBe(true);
	await sleep(1_000);
	expect(stack.sandbox.requests.list({ service: 'highlevel' })).toHaveLength(calls);
	expect(contact(known.id)?.tags).toEqual(['customer', 'vip', 'linkedin-replied']);
}, 60_000);

it('tags the contact that is found by email alone', async () => {
	const replying = lead(60);
	const known = contacts().find(({ email }) => email === replying.emailAddress);
	expect(byProfile(replying.profileUrl)).toEqual([]);
	const { execution } = await deliver({
		eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
		leadId: replying.linkedinId,
		upperCase: true,
	});
	expectSuccess(execution);
	expect(contact(known?.id ?? '')?.tags).toContain('linkedin-replied');
}, 60_000);

it.each([
	['with an email', 100],
	['without one', 101],
])(
	'creates the contact of a lead %s that is not there, and finds it the next time',
	async (_label, number) => {
		const unknown = lead(number);
		const before = contacts().length;
		const first = await deliver({
			eventType: 'CONNECTION_REQUEST_ACCEPTED',
			leadId: unknown.linkedinId,
		});
		expectSuccess(first.execution);
		const [made, ...more] = byProfile(unknown.profileUrl);
		expect(more).toEqual([]);
		expect(made).toMatchObject({
			firstName: unknown.firstName,
			lastName: unknown.lastName,
			source: 'HeyReach',
			tags: ['linkedin-connected'],
		});
		const second = await deliver({
			eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
			leadId: unknown.linkedinId,
		});
		expectSuccess(second.execution);
		expect(contacts().length).toBe(before + 1);
		expect(contact(made.id)?.tags).toEqual(['linkedin-connected', 'linkedin-replied']);
	},
	60_000,
);

it('tags nobody when several contacts match', async () => {
	const ambiguous = lead(2);
	const [one] = byProfile(ambiguous.profileUrl);
	const twin = { ...structuredClone(one), id: 'twinContact000000001', email: 'twin@example.com' };
	stack.sandbox.state.saveContact(twin);
	const before = [...one.tags];
	const { execution } = await deliver({
		eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
		leadId: ambiguous.linkedinId,
	});
	expectSuccess(execution);
	expect(itemsOf(execution, 'Several contacts match')).toHaveLength(2);
	expect(contact(one.id)?.tags).toEqual(before);
	stack.sandbox.state.deleteContact(twin.id);
}, 60_000);

it('sent nothing that HighLevel does not document', () => {
	const official = officialApi();
	const requests = stack.sandbox.requests.list({ service: 'highlevel' });
	expect(requests.length).toBeGreaterThan(10);
	for (const { method, path, query, headers, body, status } of requests) {
		expect(status).toBeLessThan(300);
		expect(headers).toMatchObject({ version: '2021-07-28', authorization: '***' });
		const violations = official?.validateRequest({
			method,
			path,
			query: query as Record<string, string>,
			headers: headers as Record<string, string>,
			body: body ?? undefined,
		});
		expect(violations ?? []).toEqual([]);
	}
});

it('looks as it should in the editor', async () => {
	const editor = await Editor.open(stack.n8n.url);
	try {
		await editor.openWorkflow(workflow.id);
		await keep(
			'ghl-contacts-node',
			await editor.screenshotNode('Create contact', 'ghl-contacts-node'),
		);
		await keep(
			'heyreach-trigger-node',
			await editor.screenshotNode('HeyReach Trigger', 'heyreach-trigger-node'),
		);
		expect(editor.outside).toEqual([]);
		expect(editor.errors).toEqual([]);
	} finally {
		await editor.close();
	}
}, 120_000);

it('stops when nobody was found, if that is chosen', async () => {
	const stopping = structuredClone(template);
	const settings = stopping.nodes.find(({ name }) => name === 'Your settings');
	const { assignments } = settings?.parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	for (const assignment of assignments) {
		if (assignment.name === 'Create the contact if none is found') assignment.value = false;
	}
	await turnOff();
	await stack.client.importWorkflow(stopping, stack.credentials, workflow.id);
	await turnOn();
	const before = contacts().length;
	const { execution } = await deliver({
		eventType: 'CONNECTION_REQUEST_ACCEPTED',
		leadId: lead(110).linkedinId,
	});
	expectSuccess(execution);
	expect(itemsOf(execution, 'Stop here')).toHaveLength(1);
	expect(contacts().length).toBe(before);
}, 60_000);

it('lets nobody in without the secret', async () => {
	const [newest] = await stack.client.executions(workflow.id);
	const url = new URL(own()[0].webhookUrl);
	for (const secret of [undefined, 'f'.repeat(64)]) {
		url.search = secret ? `?secret=${secret}` : '';
		const answer = await fetch(url, { method: 'POST', body: '{}' });
		expect(answer.status).toBe(401);
	}
	await sleep(500);
	expect((await stack.client.executions(workflow.id))[0].id).toBe(newest.id);
	const log = await readFile(stack.n8n.logFile, 'utf8');
	expect(log).toContain('refused a delivery');
	for (const { webhookUrl } of webhooks()) {
		expect(log).not.toContain(new URL(webhookUrl).searchParams.get('secret') ?? 'none');
	}
}, 60_000);

it('removes its own webhooks when it is turned off, and nobody else’s', async () => {
	await turnOff();
	expect(webhooks()).toEqual([foreign]);
}, 60_000);
