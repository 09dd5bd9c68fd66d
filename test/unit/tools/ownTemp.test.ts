import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT, projectNode } from '../../../tools/paths';

let outer: string;
beforeEach(() => {
	outer = mkdtempSync(join(tmpdir(), 'own-'));
});
afterEach(() => rmSync(outer, { recursive: true, force: true, maxRetries: 5 }));

/** A program with a temporary folder of its own, in which it has a file; the folder stands in what it prints. */
async function start(rest: string) {
	const lifetime = JSON.stringify(join(PROJECT, 'tools', 'lifetime.ts'));
	const program = `
		import { mkdirSync, writeFileSync } from 'node:fs';
		import { tmpdir } from 'node:os';
		import { spawn } from 'node:child_process';
		import { whenAskedToEnd } from ${lifetime};
		mkdirSync(tmpdir() + '/below');
		writeFileSync(tmpdir() + '/below/file', '');
		console.log(tmpdir());
		${rest}`;
	const args = ['--import', './tools/ownTemp.mjs', '--input-type=module', '--eval', program];
	const child = spawn(projectNode().binary, args, {
		cwd: PROJECT,
		env: { ...process.env, TMPDIR: outer, TEMP: outer, TMP: outer },
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const ended = once(child, 'exit').then(([code]) => code as number);
	const [printed] = (await once(child.stdout, 'data')) as [Buffer];
	return { child, ended, folder: printed.toString().trim() };
}

/** It goes on in the folder for a second after its program. */
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
		expect([existsSync(folder), readdirSync(outer)]).toEqual([false, []]);
	});

	it('is gone when the program is asked to end', async () => {
		// There are no such signals on Windows.
		if (process.platform === 'win32') return;
		const { child, ended, folder } = await start(
			'whenAskedToEnd(() => process.exit(130)); setInterval(() => {}, 1_000);',
		);
		expect(existsSync(folder)).toBe(true);
		child.kill('SIGTERM');
		expect(await ended).toBe(130);
		expect(existsSync(folder)).toBe(false);
	});
});
