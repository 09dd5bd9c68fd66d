import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock, withLock } from '../../../tools/lock';
import { PROJECT, projectNode } from '../../../tools/paths';
import { describeWithSqlite } from '../../support/withSqlite';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const children: ChildProcess[] = [];
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

/** A process that runs this code with `tryLock` and `withLock` at hand. */
function start(code: string): ChildProcess {
	const script = `import { tryLock, withLock } from ${JSON.stringify(join(PROJECT, 'tools', 'lock.ts'))};\n${code}`;
	const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
	const child = spawn(projectNode().binary, args, {
		cwd: PROJECT,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	children.push(child);
	return child;
}

describeWithSqlite('A lock', () => {
	it('is held once, and again after it was given back', () => {
		const file = join(folder, 'below', 'a.lock.sqlite');
		const release = tryLock(file);
		expect(release).toBeDefined();
		expect(tryLock(file)).toBeUndefined();
		release?.();
		release?.();
		const next = tryLock(file);
		expect(next).toBeDefined();
		next?.();
	});

	it('is given back by work that fails', async () => {
		const file = join(folder, 'a.lock.sqlite');
		await expect(withLock(file, async () => await Promise.reject(new Error('no')))).rejects.toThrow(
			'no',
		);
		tryLock(file)?.();
		expect(await withLock(file, async () => await Promise.resolve(1))).toBe(1);
	});

	it('is free when its process has been killed, and not before', async () => {
		const file = join(folder, 'a.lock.sqlite');
		const holder = start(
			`tryLock(${JSON.stringify(file)}); console.log('held'); setInterval(() => {}, 1000);`,
		);
		await once(holder.stdout!, 'data');
		expect(tryLock(file)).toBeUndefined();
		holder.kill('SIGKILL');
		await once(holder, 'exit');
		const release = tryLock(file);
		expect(release).toBeDefined();
		release?.();
	}, 60_000);

	it('lets one of five processes work at a time, also when the holder was killed before them', async () => {
		const file = JSON.stringify(join(folder, 'a.lock.sqlite'));
		const dead = start(`tryLock(${file}); console.log('held'); setInterval(() => {}, 1000);`);
		await once(dead.stdout!, 'data');
		const log = JSON.stringify(join(folder, 'log'));
		const work = `import { appendFileSync } from 'node:fs';
		await withLock(${file}, async () => {
			appendFileSync(${log}, 'in ');
			await new Promise((resolve) => setTimeout(resolve, 50));
			appendFileSync(${log}, 'out ');
		});`;
		const workers = [1, 2, 3, 4, 5].map(() => start(work));
		const ends = Promise.all(workers.map(async (worker) => await once(worker, 'exit')));
		await sleep(500);
		dead.kill('SIGKILL');
		expect((await ends).map(([code]) => code as number)).toEqual([0, 0, 0, 0, 0]);
		expect(readFileSync(join(folder, 'log'), 'utf8').trim()).toBe(
			'in out in out in out in out in out',
		);
	}, 120_000);
});
