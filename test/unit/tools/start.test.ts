import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryLock } from '../../../tools/lock';
import { PROJECT, projectNode } from '../../../tools/paths';
import { describeWithSqlite } from '../../support/withSqlite';

describeWithSqlite('npm start', () => {
	it('refuses a folder in which another one works, and leaves what is there', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'start-'));
		writeFileSync(join(folder, 'templates.json'), '{}');
		const release = tryLock(join(folder, 'in-use.lock.sqlite'));
		try {
			const script = join(PROJECT, 'tools', 'start.ts');
			const child = spawn(projectNode().binary, ['--import', 'tsx', script, '--fresh'], {
				cwd: PROJECT,
				env: { ...process.env, START_FOLDER: folder, N8N_PORT: '45678', SANDBOX_PORT: '44010' },
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			let printed = '';
			for (const stream of [child.stdout, child.stderr])
				stream.on('data', (chunk: Buffer) => (printed += String(chunk)));
			const [code] = (await once(child, 'close')) as [number];
			expect(code).toBe(1);
			expect(printed).toContain('Another "npm start" works in');
			expect(printed).toContain('N8N_PORT=45679 SANDBOX_PORT=44011 npm start');
			expect(readdirSync(folder).sort()).toEqual(['in-use.lock.sqlite', 'templates.json']);
		} finally {
			release?.();
			rmSync(folder, { recursive: true, force: true });
		}
	}, 60_000);
});
