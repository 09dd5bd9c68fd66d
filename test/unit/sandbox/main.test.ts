import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** Runs it with these arguments; the test gets what stands behind a label that it printed. */
async function whileItRuns(
	more: string[],
	test: (value: (label: string) => string) => Promise<void>,
): Promise<void> {
	const child = spawn(
		process.execPath,
		['--import', 'tsx', join(ROOT, 'sandbox', 'main.ts'), '--port', '0', ...more],
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
		await test(
			(label) => new RegExp(`^ *${label}\\s+(\\S+)$`, 'm').exec(printed)?.[1] ?? `no ${label}`,
		);
	} finally {
		child.kill('SIGTERM');
	}
	expect(await over).toEqual([0, null]);
}

it('npm run sandbox prints accounts that work, and stops when it is told to', async () => {
	await whileItRuns([], async (value) => {
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
	});
});

it('npm run sandbox -- --agency prints the clients of an agency', async () => {
	await whileItRuns(['--agency', '2'], async (value) => {
		const { locations } = (await (
			await fetch(`${value('Sandbox page')}control/highlevel/locations`)
		).json()) as { locations: Array<{ id: string; name: string }> };
		const id = value('Cedar Fitness\\s+location id');
		expect(locations.find((location) => location.id === id)?.name).toBe('Cedar Fitness');
		const key = await fetch(`${value('HeyReach base URL')}/auth/CheckApiKey`, {
			headers: { 'X-API-KEY': value(`Cedar Fitness\\s+location id +${id}\\s+API key`) },
		});
		expect(key.status).toBe(200);
		expect(value('Delta Roofing\\s+location id')).toMatch(/^no /);
	});
});
