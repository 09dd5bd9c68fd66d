import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLeaks, findLeaksInDump, findLeaksInRedis } from '../../../tools/n8n/leaks';
import type { Secrets } from '../../../tools/n8n/leaks';
import { openDatabase } from '../../../tools/sqlite';
import { describeWithSqlite } from '../../support/withSqlite';

describeWithSqlite('The search for secrets', () => {
	const SECRET = 'pit-very-secret';
	const WEBHOOK = 'secret-of-an-address';
	const secrets = new Map([
		[SECRET, []],
		[WEBHOOK, ['workflow_entity.staticData']],
	]);

	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'leaks-'));
		await mkdir(join(folder, '.n8n', 'nodes', 'node_modules'), { recursive: true });
	});
	afterEach(async () => await rm(folder, { recursive: true, force: true }));

	/** A database as n8n's, with these texts in it. */
	function store(staticData: string, data: string, blob = ''): void {
		const database = openDatabase(join(folder, '.n8n', 'database.sqlite'));
		database.exec('CREATE TABLE workflow_entity (id TEXT, staticData TEXT)');
		database.exec('CREATE TABLE execution_data (executionId INTEGER, data TEXT, file BLOB)');
		database.prepare('INSERT INTO workflow_entity VALUES (?, ?)').run('w', staticData);
		database.prepare('INSERT INTO execution_data VALUES (?, ?, ?)').run(7, data, Buffer.from(blob));
		database.close();
	}

	const places = async () => (await findLeaks(folder, secrets)).map(({ where }) => where);

	it('finds nothing where nothing is, and lets a column keep what is its own', async () => {
		store(`{"secret":"${WEBHOOK}"}`, '[{"json":{"id":"1"}}]');
		await writeFile(join(folder, 'n8n.log'), 'all is well');
		await writeFile(join(folder, '.n8n', 'nodes', 'node_modules', 'sample.js'), SECRET);
		expect(await places()).toEqual([]);
	});

	it.each([
		['an item', () => store('', `[{"token":"${SECRET}"}]`), 'execution_data.data, row 7'],
		['a file', () => store('', '', `x${SECRET}y`), 'execution_data.file, row 7'],
		['another column', () => store('', WEBHOOK), 'execution_data.data, row 7'],
		['static data', () => store(SECRET, ''), 'workflow_entity.staticData, row w'],
		['the log', () => writeFile(join(folder, 'n8n.log'), `one\ntwo ${SECRET}`), 'n8n.log:2'],
		[
			'another file of n8n',
			() => writeFile(join(folder, '.n8n', 'n8nEventLog.log'), SECRET),
			'.n8n/n8nEventLog.log:1',
		],
	])('finds a secret in %s, and does not tell it', async (_place, leak, where) => {
		await leak();
		const leaks = await findLeaks(folder, secrets);
		expect(leaks.map((one) => one.where)).toEqual([where]);
		expect(leaks[0].text).not.toMatch(/very-secret|of-an-address/);
	});
});

it('finds what a Postgres keeps, by table and column', () => {
	const dump = [
		'COPY public.workflow_entity (id, name, "staticData") FROM stdin;',
		'1\tReplies\t{"secret":"of-an-address"}',
		'\\.',
		'COPY public.execution_data ("executionId", "workflowData", data) FROM stdin;',
		'7\t{}\t["token","very-secret-token"]',
		'8\t{"secret":"of-an-address"}\t[]',
		'\\.',
	].join('\n');
	const secrets: Secrets = new Map([
		['very-secret-token', []],
		['of-an-address', ['workflow_entity.staticData']],
	]);
	expect(findLeaksInDump(dump, secrets).map(({ where }) => where)).toEqual([
		'Postgres, execution_data.data, line 5',
		'Postgres, execution_data.workflowData, line 6',
	]);
	expect(findLeaksInRedis('\u0001job very-secret-token', secrets)).toHaveLength(1);
});
