import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

it('npm run sandbox prints accounts that work, and stops when it is told to', async () => {
	const child = spawn(
		process.execPath,
		['--import', 'tsx', join(ROOT, 'sandbox', 'main.ts'), '--port', '0'],
		{ cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
	);
	const over = once(child, 'exit');
	try {
		let printed = '';
		await new Promise<void>((resolve, reject) => {
			child.stdout.on('data', (chunk) => {
				printed += String(chunk);
				if (printed.includes('Stop with Ctrl-C')) resolve();
			});
			child.once('exit', () => reject(new Error(`It ended early: ${printed}`)));
		});
		const value = (label: string) =>
			new RegExp(`^ *${label} +(\\S+)$`, 'm').exec(printed)?.[1] ?? `no ${label}`;

		expect((await fetch(value('Sandbox page'))).status).toBe(200);
		const contacts = await fetch(
			`${value('HighLevel base URL')}/contacts/?locationId=${value('location id')}&limit=1`,
			{ headers: { Authorization: `Bearer ${value('private token')}`, Version: '2021-07-28' } },
		);
		expect(await contacts.json()).toMatchObject({
			contacts: [{ locationId: value('location id') }],
		});
		const key = await fetch(`${value('HeyReach base URL')}/auth/CheckApiKey`, {
			headers: { 'X-API-KEY': value('API key') },
		});
		expect(key.status).toBe(200);
	} finally {
		child.kill('SIGTERM');
	}
	expect(await over).toEqual([0, null]);
});
