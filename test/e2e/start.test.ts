import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { chromium } from 'playwright-core';
import { findChromium } from '../../tools/chromium';
import { CLIENTS } from '../../tools/clients';
import { N8nClient, OWNER } from '../../tools/n8n/client';
import { DataTables } from '../../tools/n8n/dataTables';
import { errorOf } from '../../tools/n8n/executions';
import { PROJECT } from '../../tools/paths';
import { freePort } from '../../tools/ports';
import { FLAGS } from './support/browser';

// As somebody does it after `npm ci`: start, follow the first steps, stop.

let folder: string;
let child: ChildProcess;
let printed = '';
let sandboxUrl: string;
let n8nUrl: string;
/** What the starts said that found the folder in use. */
const refused: string[] = [];

/** One `npm start -- --fresh` on the folder, with ports of its own. */
async function startOne() {
	const [n8nPort, sandboxPort] = [await freePort(), await freePort()];
	const launched = spawn(
		process.execPath,
		['--import', 'tsx', join(PROJECT, 'tools', 'start.ts'), '--fresh'],
		{
			cwd: PROJECT,
			env: {
				...process.env,
				N8N_PORT: String(n8nPort),
				SANDBOX_PORT: String(sandboxPort),
				START_FOLDER: folder,
			},
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	started.push(launched);
	let text = '';
	const ready = await new Promise<boolean>((resolve) => {
		const read = (chunk: Buffer) => {
			text += String(chunk);
			if (text.includes('Ctrl-C stops both.')) resolve(true);
		};
		launched.stdout?.on('data', read);
		launched.stderr?.on('data', read);
		launched.once('close', () => resolve(false));
	});
	return {
		ready,
		launched,
		text,
		sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
		n8nUrl: `http://127.0.0.1:${n8nPort}`,
	};
}

const started: ChildProcess[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-start-'));
	const starts = await Promise.all([startOne(), startOne(), startOne()]);
	const ready = starts.filter((one) => one.ready);
	if (ready.length !== 1) throw new Error(starts.map(({ text }) => text).join('\n'));
	refused.push(...starts.filter((one) => !one.ready).map(({ text }) => text));
	({ launched: child, text: printed, sandboxUrl, n8nUrl } = ready[0]);
}, 15 * 60_000);

afterAll(async () => {
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
		const [first, second] = CLIENTS;
		const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
		try {
			const page = await browser.newPage();
			await page.goto(`${sandboxUrl}/#Leads`);
			const steps = page.locator('#tour li');
			await steps.first().waitFor();
			for (const text of await steps.allInnerTexts())
				expect(printed).toContain(text.split(' http')[0]);
			// Who presses the first button without reading sees a client too.
			await page.getByText(`${first.name}: first contact`).first().waitFor();

			const before = await tagsByLocation();
			const touched: string[] = [];
			for (const { name, locationId } of [first, second]) {
				touched.push(locationId);
				await page.getByRole('tab', { name: 'Leads' }).click();
				await page.getByLabel('Workspace').selectOption(name);
				await page.getByText(`${name}: first contact`).first().waitFor();
				const row = page.locator('#view tbody tr').first();
				const who = (await row.locator('td').first().innerText()).split('\n')[0];
				await row.getByRole('button', { name: 'Send event' }).click();
				await page.getByText('Sent.').waitFor();

				await page.getByRole('tab', { name: 'Contacts' }).click();
				await page.getByLabel('Location').selectOption(name);
				const tagged = page.locator('#view tbody tr.fresh').filter({ hasText: who });
				await tagged
					.getByText(/linkedin-/)
					.first()
					.waitFor({ timeout: 20_000 });
				await tagged.getByText(name).waitFor();
				const after = await tagsByLocation();
				const changed = Object.keys(after).filter(
					(id) => !isDeepStrictEqual(after[id], before[id]),
				);
				expect(changed.sort()).toEqual(touched);
			}
		} finally {
			await browser.close();
		}
	}, 120_000);

	it('tags nobody for a client whose row says so, as the last step has it', async () => {
		const { name, locationId, workspaceId } = CLIENTS[2];
		const client = new N8nClient(n8nUrl);
		await client.login();
		await new DataTables(client).change('Clients', { client: name }, { tag: false });
		const workflow = (await client.workflows()).find((one) => one.name.startsWith('Tag GHL'));
		const id = workflow?.id ?? '';
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
