import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../../tools/chromium';
import { OWNER } from '../../tools/n8n/client';
import { PROJECT } from '../../tools/paths';
import { freePort } from '../../tools/ports';
import { FLAGS } from './support/browser';

// As somebody does it after `npm ci`: start, follow the first steps, stop.

let folder: string;
let child: ChildProcess;
let printed = '';
let sandboxUrl: string;
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
	return { ready, launched, text, sandboxUrl: `http://127.0.0.1:${sandboxPort}` };
}

const started: ChildProcess[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-start-'));
	const starts = await Promise.all([startOne(), startOne(), startOne()]);
	const ready = starts.filter((one) => one.ready);
	if (ready.length !== 1) throw new Error(starts.map(({ text }) => text).join('\n'));
	refused.push(...starts.filter((one) => !one.ready).map(({ text }) => text));
	({ launched: child, text: printed, sandboxUrl } = ready[0]);
}, 15 * 60_000);

afterAll(async () => {
	for (const one of started) if (one.exitCode === null) one.kill('SIGKILL');
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe('npm start', () => {
	it('works once in a folder: of three first starts at once two say so, and how to go on', () => {
		expect(refused).toHaveLength(2);
		for (const text of refused)
			expect(text).toMatch(/Another "npm start" works in .+ START_FOLDER=/s);
	});

	it('says where to log in, and what to do first', () => {
		expect(printed).toContain(`${OWNER.email} and ${OWNER.password}`);
		expect(printed).toContain('First steps:\n  1. Log in to n8n');
		const byHand = [...printed.matchAll(/^ *(.+) \(start it by hand\)$/gm)].map(([, name]) => name);
		expect(byHand).toEqual(['Set up and check the connection']);
	});

	it('leads to a first tag by the steps that the sandbox’s page shows', async () => {
		const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
		try {
			const page = await browser.newPage();
			await page.goto(`${sandboxUrl}/#Leads`);
			const steps = page.locator('#tour li');
			await steps.first().waitFor();
			for (const text of await steps.allInnerTexts())
				expect(printed).toContain(text.split(' http')[0]);

			const row = page.locator('#view tbody tr').first();
			const who = (await row.locator('td').first().innerText()).split('\n')[0];
			await row.getByRole('button', { name: 'Send event' }).click();
			await page.getByText('Sent.').waitFor();

			await page.getByRole('tab', { name: 'Contacts' }).click();
			const top = page.locator('#view tbody tr.fresh').first();
			await top
				.getByText(/linkedin-/)
				.first()
				.waitFor({ timeout: 20_000 });
			expect(await top.locator('td').first().innerText()).toContain(who);
		} finally {
			await browser.close();
		}
	}, 60_000);

	it('stops all of it when it is told to', async () => {
		const over = once(child, 'exit');
		child.kill('SIGINT');
		expect(await over).toEqual([0, null]);
		await expect(fetch(sandboxUrl)).rejects.toThrow();
	}, 60_000);
});
