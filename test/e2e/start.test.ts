import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { findChromium } from '../../tools/chromium';
import { CLIENTS } from '../../tools/clients';
import { N8nClient, OWNER } from '../../tools/n8n/client';
import { DataTables } from '../../tools/n8n/dataTables';
import { errorOf } from '../../tools/n8n/executions';
import { PROJECT } from '../../tools/paths';
import { Editor, FLAGS } from './support/browser';
import { MovingPicture } from './support/movingPicture';
import { npmStart } from './support/npmStart';
import { EDITOR } from './support/selectors';
import { eventually, settledTexts } from './support/waiting';

const IMAGES = join(PROJECT, 'docs', 'images');
const [first, second, third] = CLIENTS;

// As somebody does it after `npm ci`: start, follow the first steps, stop.

let folder: string;
let child: ChildProcess;
let printed = '';
let sandboxUrl: string;
let n8nUrl: string;
let browser: Browser;
let page: Page;
/** What the starts said that found the folder in use. */
const refused: string[] = [];
const started: ChildProcess[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-start-'));
	const one = async () => await npmStart(folder, (process) => started.push(process));
	const starts = await Promise.all([one(), one(), one()]);
	const ready = starts.filter((start) => start.ready);
	if (ready.length !== 1) throw new Error(starts.map(({ text }) => text).join('\n'));
	refused.push(...starts.filter((start) => !start.ready).map(({ text }) => text));
	({ process: child, text: printed, sandboxUrl, n8nUrl } = ready[0]);
	browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
	page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
}, 15 * 60_000);

afterAll(async () => {
	await browser?.close();
	for (const one of started) if (one.exitCode === null) one.kill('SIGKILL');
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

interface State {
	contacts: Array<{ id: string; locationId: string; tags: string[] }>;
	leads: Array<{ linkedin_id: string }>;
}

const state = async (query = ''): Promise<State> => {
	const answer = await fetch(`${sandboxUrl}/control/state${query}`);
	return (await answer.json()) as State;
};

/** Each contact with its tags, by location. */
async function tagsByLocation(): Promise<Record<string, string[]>> {
	const found: Record<string, string[]> = {};
	for (const { id, locationId, tags } of (await state()).contacts)
		(found[locationId] ??= []).push(`${id} ${[...tags].sort().join()}`);
	for (const rows of Object.values(found)) rows.sort();
	return found;
}

let client: N8nClient | undefined;

/** One login for all tests: n8n takes five in five minutes. */
async function loggedIn(): Promise<N8nClient> {
	if (client?.url !== n8nUrl) {
		client = new N8nClient(n8nUrl);
		await client.login();
	}
	return client;
}

/** The workflow whose name begins like that. */
async function idOf(name: string): Promise<string> {
	const workflows = await (await loggedIn()).workflows();
	return workflows.find((one) => one.name.startsWith(name))?.id ?? '';
}

/** Clicks the link of a step, which changes what this page shows and opens no other. */
async function openStep(address: string): Promise<void> {
	await page.locator('#tour a').filter({ hasText: address }).first().click();
	await page.waitForURL((url) => url.href.endsWith(address));
	const tab = address.split('#')[1];
	await page.locator('[role=tab][aria-selected=true]').getByText(tab, { exact: true }).waitFor();
	expect(page.context().pages()).toHaveLength(1);
}

async function openTab(tab: 'Contacts' | 'Leads', client: (typeof CLIENTS)[number]): Promise<void> {
	await page.getByRole('tab', { name: tab }).click();
	await page.getByLabel(tab === 'Leads' ? 'Workspace' : 'Location').selectOption(client.name);
	await page.locator('#view tbody tr').first().waitFor();
	await page.waitForTimeout(1200);
}

/** Presses a button and waits until the page says what came of it. */
async function press(button: Locator, said: string): Promise<void> {
	await button.click();
	await page.getByRole('status').getByText(said).first().waitFor();
}

/** The name in the first cell of a row. */
async function nameIn(row: Locator): Promise<string> {
	const [text] = await settledTexts(row.locator('td').first());
	return text.split('\n')[0];
}

/** Sends the event that is chosen for the first lead; gives its name. */
async function sendFirst(): Promise<string> {
	const row = page.locator('#view tbody tr').first();
	const who = await nameIn(row);
	await row.getByRole('button', { name: 'Send event' }).click();
	await page
		.getByText(/Sent\. .* for /)
		.filter({ hasText: who })
		.waitFor();
	return who;
}

describe('npm start', () => {
	it('works once in a folder: of three first starts at once two say so, and how to go on', () => {
		expect(refused).toHaveLength(2);
		for (const text of refused)
			expect(text).toMatch(/Another "npm start" works in .+ START_FOLDER=/s);
	});

	it('says where to log in, and what to do first', () => {
		expect(printed).toContain(`${OWNER.email} and ${OWNER.password}`);
		expect(printed).toContain('First steps:\n  1. Log in to n8n');
		for (const { name } of CLIENTS) expect(printed).toContain(name);
		const byHand = [...printed.matchAll(/^ *(.+) \(start it by hand\)$/gm)].map(([, name]) => name);
		expect(byHand).toEqual(['Set up and check the connection', 'Set up Contact Sync']);
	});

	it('leads to a tag for a client, and for the next one, by the steps that the sandbox’s page shows', async () => {
		await page.goto(`${sandboxUrl}/#Leads`);
		const steps = page.locator('#tour li');
		for (const text of await settledTexts(steps)) expect(printed).toContain(text.split(' http')[0]);
		// Who presses the first button without reading sees a client too.
		await page.getByText(`${first.name}: first contact`).first().waitFor();

		const before = await tagsByLocation();
		const touched: string[] = [];
		for (const { name, locationId, workspaceId } of [first, second]) {
			touched.push(locationId);
			await openStep(`workspace=${workspaceId}#Leads`);
			await page.getByText(`${name}: first contact`).first().waitFor();
			const who = await sendFirst();
			if (locationId === first.locationId) await openStep(`location=${locationId}#Contacts`);
			else {
				await page.getByRole('tab', { name: 'Contacts' }).click();
				// The page follows to the client whose event was sent.
				await eventually(async () =>
					expect(await page.getByLabel('Location').inputValue()).toBe(locationId),
				);
			}
			const tagged = page.locator('#view tbody tr.fresh').filter({ hasText: who });
			await tagged
				.locator('.chip.new')
				.getByText(/linkedin-/)
				.first()
				.waitFor({ timeout: 120_000 });
			await tagged.getByText(name).first().waitFor();
			// What the contact had before is not coloured.
			await tagged.locator('.chip:not(.new)').first().waitFor();
			const after = await tagsByLocation();
			const changed = Object.keys(after).filter((id) => !isDeepStrictEqual(after[id], before[id]));
			expect(changed.sort()).toEqual(touched);
		}
	}, 120_000);

	it('has a moving picture of the first step', async () => {
		// Renewed by UPDATE_SCREENSHOTS=1.
		if (!process.env.UPDATE_SCREENSHOTS) return;
		const picture = new MovingPicture();
		await page.reload();
		await page.locator('#tour summary').click();
		await openTab('Contacts', third);
		const contact = page.locator('#view tbody tr').first();
		const who = await nameIn(contact);
		await picture.add(page, `${who} is a contact in HighLevel …`, 1800);
		await openTab('Leads', third);
		const lead = page.locator('#view tbody tr').filter({ hasText: who });
		const button = lead.getByRole('button', { name: 'Send event' });
		await picture.point(page, button, '… and now replies on LinkedIn');
		await press(button, 'Sent.');
		await picture.add(page, 'HeyReach tells n8n about the reply', 1500);
		await openTab('Contacts', third);
		await contact.locator('.chip.new').first().waitFor({ timeout: 120_000 });
		const id = await idOf('Tag GHL contacts');
		const client = await loggedIn();
		const [execution] = await client.executions(id);
		await client.waitForExecution(execution.id);
		const editor = await Editor.open(n8nUrl);
		try {
			await editor.page.setViewportSize({ width: 1280, height: 800 });
			await editor.page.goto(`${n8nUrl}/workflow/${id}/executions/${execution.id}`);
			await editor.page.locator(EDITOR.canvas.nodes).first().waitFor({ timeout: 120_000 });
			await editor.closePopUps();
			for (let times = 0; times < 4; times++)
				await editor.page.locator(EDITOR.canvas.zoomIn).click();
			await editor.page.waitForTimeout(1500);
			await picture.add(editor.page, 'The workflow finds the same person in HighLevel', 2600);
		} finally {
			await editor.close();
		}
		await picture.add(page, 'Seconds later the contact has the tag', 3500);
		expect(await picture.write(join(IMAGES, 'first-tag.webp'))).toBeLessThan(1_500_000);
		await openTab('Contacts', third);
		await page.locator('#tour summary').click();
		await page.screenshot({ path: join(IMAGES, 'sandbox.png') });
	}, 120_000);

	it('shows events of HighLevel: a reply there ends the campaign, and each button is delivered', async () => {
		const who = /press “Reply” at (.+?)\./.exec(printed)?.[1] ?? '';
		await openStep(`location=${first.locationId}#Contacts`);
		const contact = page.locator('#view tbody tr').filter({ hasText: who });
		for (const name of ['Reply', 'Add tag', 'Book', 'Create task'])
			await press(contact.getByRole('button', { name, exact: true }), `Done. ${name}, ${who}`);
		await contact.getByText('Reply: “Yes, call me tomorrow.”').waitFor();
		await contact.locator('.chip.new').getByText('do-not-contact').waitFor();
		await contact.getByText(/^Intro call, /).waitFor();
		await contact.getByText(/Call back, due/).waitFor();

		await page.getByRole('tab', { name: 'HighLevel events' }).click();
		for (const event of ['InboundMessage', 'ContactTagUpdate', 'AppointmentCreate'])
			await page
				.locator('.events summary')
				.filter({ hasText: event })
				.filter({ hasText: 'delivered' })
				.first()
				.waitFor();
		await openStep(`workspace=${first.workspaceId}#Leads`);
		const lead = page.locator('#view tbody tr').filter({ hasText: who });
		await lead.getByText('Finished').waitFor({ timeout: 120_000 });
	}, 90_000);

	it('names the line that changes the tag of the first event, which counts when it is published', async () => {
		const line = /into the line “(.+?)”/.exec(printed)?.[1] ?? '';
		const id = await idOf('Tag GHL contacts');
		const client = await loggedIn();
		const workflow = await client.workflow(id);
		const settings = workflow.nodes.find(({ name }) => name === 'Your settings');
		const { assignments } = settings?.parameters.assignments as {
			assignments: Array<{ name: string; value: unknown }>;
		};
		const named = assignments.filter(({ name }) => name === line);
		expect(named).toHaveLength(1);
		named[0].value = 'my-own-tag';
		const stored = await client.importWorkflow(workflow, {}, id);
		await client.activate(id);
		await client.waitForWebhook(await client.webhookUrl(stored, 'HeyReach Trigger'));

		await openStep(`workspace=${first.workspaceId}#Leads`);
		const who = await sendFirst();
		await openStep(`location=${first.locationId}#Contacts`);
		const tagged = page.locator('#view tbody tr').filter({ hasText: who });
		await tagged.locator('.chip.new').getByText('my-own-tag').waitFor({ timeout: 120_000 });
	}, 120_000);

	it('tags nobody for a client whose row says so, as the last step has it', async () => {
		const { name, locationId, workspaceId } = third;
		const client = await loggedIn();
		await new DataTables(client).change('Clients', { client: name }, { tag: false });
		const id = await idOf('Tag GHL contacts');
		const [last] = await client.executions(id);
		const before = (await tagsByLocation())[locationId];
		const { leads } = await state(`?workspace=${workspaceId}`);
		const body = {
			eventType: 'CONNECTION_REQUEST_ACCEPTED',
			workspaceId,
			leadId: leads[0].linkedin_id,
		};
		await fetch(`${sandboxUrl}/control/heyreach/events`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		const [execution] = await client.waitForExecutions(id, { after: last.id });
		expect(errorOf(execution)).toBeUndefined();
		expect((await tagsByLocation())[locationId]).toEqual(before);
	}, 60_000);

	it('stops all of it when it is told to', async () => {
		const over = once(child, 'exit');
		child.kill('SIGINT');
		expect(await over).toEqual([0, null]);
		await expect(fetch(sandboxUrl)).rejects.toThrow();
	}, 60_000);
});
