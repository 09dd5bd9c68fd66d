import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8n } from '../../../tools/n8n/server';
import { freePort } from '../../../tools/ports';

let folder: string;
let n8n: N8n;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'boot-'))));
afterEach(async () => {
	await n8n.kill();
	await rm(folder, { recursive: true, force: true });
});

/** Stands in for an n8n that waits for ever at its first `hangs` starts. */
async function standIn(hangs: number, bootMs: number): Promise<N8n> {
	const n8nScript = join(folder, 'n8n.js');
	const program = `
		const { appendFileSync, readFileSync } = require('node:fs');
		appendFileSync('starts', '.');
		if (readFileSync('starts').length <= ${hangs}) setInterval(() => {}, 1000);
		else require('node:http')
			.createServer((request, response) => response.end('{}'))
			.listen(Number(process.env.N8N_PORT), '127.0.0.1');`;
	await writeFile(n8nScript, program);
	const runtime = { version: '2.0.0', n8nFolder: folder, n8nScript };
	return new N8n({ runtime, userFolder: folder, port: await freePort(), bootMs });
}

const starts = async () => (await readFile(join(folder, 'starts'), 'utf8')).length;

describe('An n8n that does not get ready', () => {
	it('is ended and started anew, once', async () => {
		n8n = await standIn(1, 4_000);
		await n8n.start();
		expect(n8n.running).toBe(true);
		expect(await starts()).toBe(2);
	});

	it('is given up after that, and none is left', async () => {
		n8n = await standIn(9, 2_500);
		await expect(n8n.start()).rejects.toThrow('n8n was not ready after 2 times 2.5 s');
		expect(n8n.running).toBe(false);
		expect(await starts()).toBe(2);
	});
});
