import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT, projectNode } from '../../../tools/paths';

let outer: string;
const children: ChildProcess[] = [];
beforeEach(() => {
	outer = mkdtempSync(join(tmpdir(), 'own-'));
});
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));
afterEach(() => rmSync(outer, { recursive: true, force: true, maxRetries: 5 }));

/** A program with a temporary folder of its own, in which it has a file; the folder stands in what it prints. */
async function start(rest: string, first = '') {
	const lifetime = JSON.stringify(join(PROJECT, 'tools', 'lifetime.ts'));
	const program = `
		import { mkdirSync, writeFileSync } from 'node:fs';
		import { tmpdir } from 'node:os';
		import { spawn } from 'node:child_process';
		import { whenAskedToEnd } from ${lifetime};
		mkdirSync(tmpdir() + '/below');
		writeFileSync(tmpdir() + '/below/file', '');
		${first}
		console.log(tmpdir());
		${rest}`;
	const args = ['--import', './tools/ownTemp.mjs', '--input-type=module', '--eval', program];
	const child = spawn(projectNode().binary, args, {
		cwd: PROJECT,
		env: { ...process.env, TMPDIR: outer, TEMP: outer, TMP: outer },
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	children.push(child);
	const ended = once(child, 'exit').then(([code]) => code as number);
	const [printed] = (await once(child.stdout, 'data')) as [Buffer];
	return { child, ended, folder: printed.toString().trim() };
}

/** It writes in the folder for a second, beyond the end of its program. */
const LEFT_BEHIND = JSON.stringify(`
	const { mkdirSync } = require('node:fs');
	setInterval(() => mkdirSync(require('node:os').tmpdir() + '/late', { recursive: true }), 20);
	setTimeout(() => process.exit(), 1_000);`);

describe('The temporary folder of npm start and npm test', () => {
	it.each([
		['is done', '', 0],
		['fails', "throw new Error('no');", 1],
		[
			'leaves a process that goes on writing there',
			`spawn(process.execPath, ['--eval', ${LEFT_BEHIND}], { detached: true }).unref(); process.exit(130);`,
			130,
		],
	])('is gone when the program %s', async (_end, rest, code) => {
		const { ended, folder } = await start(rest);
		if (process.platform !== 'darwin') expect(folder.startsWith(join(outer, 'npm-'))).toBe(true);
		expect(await ended).toBe(code);
		await sleep(500);
		expect([existsSync(folder), readdirSync(outer)]).toEqual([false, []]);
	});

	it.each([
		['is asked to end', 'whenAskedToEnd(() => process.exit(130));', 130],
		['is asked to end before it listens', '', 130],
		['ends by itself when asked to', 'whenAskedToEnd(() => setTimeout(process.exit, 500, 3));', 3],
	])('is gone when the program %s', async (_end, listen, code) => {
		// There are no such signals on Windows.
		if (process.platform === 'win32') return;
		const { child, ended, folder } = await start('setInterval(() => {}, 1_000);', listen);
		expect(existsSync(folder)).toBe(true);
		child.kill('SIGTERM');
		expect(await ended).toBe(code);
		expect(existsSync(folder)).toBe(false);
	});
});
