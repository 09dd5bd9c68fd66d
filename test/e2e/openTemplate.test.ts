import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorOf, itemsOf } from '../../tools/n8n/executions';
import type { StoredWorkflow, WorkflowFile } from '../../tools/n8n/workflow';
import { PROJECT } from '../../tools/paths';
import { Editor } from './support/browser';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';

const FILE = 'when-a-contact-is-opened.json';
const SECRET = 'the-secret-of-this-test-run';

let stack: Stack;
let workflow: StoredWorkflow;
let address: string;
let contactId: string;

/** The template with a secret in its settings. */
function withSecret(template: WorkflowFile, secret: string): WorkflowFile {
	const copy = structuredClone(template);
	const settings = copy.nodes.find(({ name }) => name === 'Your settings');
	const { assignments } = settings?.parameters.assignments as {
		assignments: Array<{ name: string; value: string | number }>;
	};
	for (const assignment of assignments) {
		if (assignment.name === 'secret') assignment.value = secret;
	}
	return copy;
}

beforeAll(async () => {
	stack = await startStack();
	const text = await readFile(join(PROJECT, 'templates', FILE), 'utf8');
	const template = JSON.parse(text) as WorkflowFile;
	workflow = await stack.client.importWorkflow(template, stack.credentials);
	await stack.client.activate(workflow.id);
	address = await stack.client.webhookUrl(workflow, 'Link opened');
	await stack.client.waitForWebhook(address);
	[contactId] = stack.sandbox.state.contacts.keys();
}, STACK_TIMEOUT_MS);

afterAll(async () => await stack?.close(), 30_000);

const hmac = (text: string, secret = SECRET) =>
	createHmac('sha256', secret).update(text).digest('hex');
const linkOf = (contact: string, key: string) =>
	`${address}?${new URLSearchParams({ contact, key }).toString()}`;
const buttonOf = (contact: string, expires = Date.now() + 60_000) => ({
	contact,
	expires: String(expires),
	token: hmac(`open.${contact}.${expires}`),
});

async function open(link: string) {
	const answer = await fetch(link);
	return { status: answer.status, headers: answer.headers, page: await answer.text() };
}

/** As a browser does from a page that n8n has shut off: it names no origin. */
async function press(fields: Record<string, string>) {
	const headers = { Origin: 'null' };
	const body = new URLSearchParams(fields);
	const answer = await fetch(address, { method: 'POST', headers, body });
	return { status: answer.status, page: await answer.text() };
}

const calledPaths = () =>
	calls()
		.map(({ method, path }) => `${method} ${path.split('?')[0]}`)
		.sort();
const calls = () => stack.sandbox.requests.list({ service: 'highlevel' });

it('lets nobody in before a secret is written', async () => {
	for (const secret of ['', 'x']) {
		const answer = await open(linkOf(contactId, hmac('link', secret)));
		expect([answer.status, answer.page]).toEqual([403, expect.stringContaining('not valid')]);
	}
	const execution = await stack.client.waitForExecution(await stack.client.run(workflow.id));
	expect(itemsOf(execution, 'Your link')[0].json.link).toMatch(/^First write a secret/);

	await stack.client.deactivate(workflow.id);
	const template = withSecret(workflow, SECRET);
	workflow = await stack.client.importWorkflow(template, stack.credentials, workflow.id);
	await stack.client.activate(workflow.id);
	await stack.client.waitForWebhook(address);
}, 60_000);

it('makes the link to paste into HighLevel', async () => {
	const execution = await stack.client.waitForExecution(await stack.client.run(workflow.id));
	expect(errorOf(execution)).toBeUndefined();
	expect(itemsOf(execution, 'Your link')[0].json.link).toBe(
		`${address}?contact={{contact.id}}&key=${hmac('link')}`,
	);
	expect(itemsOf(execution, 'Your link')[0].json).not.toHaveProperty('secret');
}, 60_000);

it('shows a button to whoever opens the link, and changes nothing, however often', async () => {
	stack.sandbox.requests.clear();
	for (let visit = 0; visit < 5; visit++) {
		const { status, headers, page } = await open(linkOf(contactId, hmac('link')));
		expect(status).toBe(200);
		expect(headers.get('content-type')).toContain('text/html');
		expect(headers.get('cache-control')).toBe('no-store');
		expect(headers.get('referrer-policy')).toBe('no-referrer');
		expect(page).toContain('<form method="post" action="?">');
		expect(page).toContain(`name="contact" value="${contactId}"`);
		expect(page).not.toContain(SECRET);
		expect(page).not.toContain(hmac('link'));
	}
	await sleep(500);
	expect(calls()).toEqual([]);
}, 60_000);

it('reads tasks and notes when the button is pressed', async () => {
	stack.sandbox.requests.clear();
	const [newest] = await stack.client.executions(workflow.id);
	const { page } = await open(linkOf(contactId, hmac('link')));
	const fields = [...page.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, ...field]) => field);
	const answer = await press(Object.fromEntries(fields) as Record<string, string>);
	expect([answer.status, answer.page]).toEqual([200, expect.stringContaining('Started')]);
	const executions = await stack.client.waitForExecutions(workflow.id, {
		after: newest.id,
		count: 2,
	});
	for (const execution of executions) expect(errorOf(execution)).toBeUndefined();
	expect(calledPaths()).toEqual([
		`GET /contacts/${contactId}/notes`,
		`GET /contacts/${contactId}/tasks`,
	]);
}, 60_000);

it('works in a browser, in which n8n shuts the page off from the rest of n8n', async () => {
	stack.sandbox.requests.clear();
	const editor = await Editor.open(stack.n8n.url);
	try {
		const { page } = editor;
		await page.goto(linkOf(contactId, hmac('link')));
		await page.getByRole('button', { name: 'Load this contact' }).click();
		await page.getByRole('heading', { name: 'Started' }).waitFor();
		expect(new URL(page.url()).search).toBe(''); // the key does not stay in the address
	} finally {
		await editor.close();
	}
	await sleep(1_000);
	expect(calledPaths()).toHaveLength(2);
}, 120_000);

it('refuses every other way in', async () => {
	stack.sandbox.requests.clear();
	const key = hmac('link');
	const script = '"><script>alert(1)</script>';
	const links = [
		address,
		linkOf(contactId, ''),
		linkOf(contactId, 'wrong'),
		linkOf(contactId, key.slice(1)),
		linkOf(contactId, `${key}0`),
		linkOf(contactId, key.toUpperCase()),
		linkOf('', key),
		linkOf('../../x', key),
		linkOf(script, key),
		linkOf('a'.repeat(65), key),
		`${linkOf(contactId, key)}&key=${key}`,
		`${address}?contact[a]=1&key=${key}`,
		linkOf(contactId, buttonOf(contactId).token),
	];
	for (const link of links) {
		const { status, page } = await open(link);
		expect([link, status]).toEqual([link, 403]);
		expect(page).not.toContain('<script');
	}
	const good = buttonOf(contactId);
	const presses: Array<Record<string, string>> = [
		{},
		{ ...good, token: '' },
		{ ...good, token: key },
		{ ...good, contact: 'anotherContact000001' },
		{ ...good, expires: String(Number(good.expires) + 1) },
		buttonOf(contactId, Date.now() - 1_000),
		buttonOf(contactId, NaN),
		buttonOf(script),
		{ contact: contactId, key },
		{ ...good, token: hmac(`open.${good.contact}.${good.expires}`, 'another-secret-than-this') },
		{ ...good, token: '', step: 'show', given: good.token, message: 'link' },
	];
	for (const fields of presses) {
		const { status, page } = await press(fields);
		expect([fields, status]).toEqual([fields, 403]);
		expect(page).not.toContain('<script');
	}
	await sleep(500);
	expect(calls()).toEqual([]);
	expect((await press(good)).status).toBe(200);
}, 120_000);
