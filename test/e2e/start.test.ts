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

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-start-'));
	const [n8nPort, sandboxPort] = [await freePort(), await freePort()];
	sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
	child = spawn(
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
	await new Promise<void>((resolve, reject) => {
		const read = (chunk: Buffer) => {
			printed += String(chunk);
			if (printed.includes('Ctrl-C stops both.')) resolve();
		};
		child.stdout?.on('data', read);
		child.stderr?.on('data', read);
		child.once('exit', () => reject(new Error(`npm start ended early:\n${printed}`)));
	});
}, 15 * 60_000);

afterAll(async () => {
	if (child.exitCode === null) child.kill('SIGKILL');
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe('npm start', () => {
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
