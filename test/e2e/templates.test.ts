import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../../tools/paths';
import { importTemplates, readTemplates } from '../../tools/templates';
import { Editor } from './support/browser';
import { STACK_TIMEOUT_MS } from './support/stack';
import { agentTools } from './agent/tools';
import { complaints, descriptions } from './templates/parameters';
import { keepPicture, readTemplate, startRig, type Rig } from './templates/rig';
import { auditTrailTemplate } from './templates/auditTrail';
import { decideTemplate } from './templates/decide';
import { exportTemplate } from './templates/exportList';
import { formTemplate } from './templates/formLeads';
import { keepInStepTemplate } from './templates/keepInStep';
import { tasksTemplate } from './templates/tasks';
import { stopTemplate } from './templates/stop';
import { opportunityTemplate } from './templates/opportunity';
import { restartOfTemplates } from './templates/restart';
import { routeTemplate } from './templates/route';
import { inboxTemplate } from './templates/inbox';
import { repliesTemplate } from './templates/replies';
import { setUpTemplate } from './templates/setUp';
import { watchTemplate } from './templates/watch';
import { timelineTemplate } from './templates/timeline';
import { weeklyTemplate } from './templates/weekly';
import { until } from './support/waiting';

let rig: Rig;
beforeAll(async () => {
	rig = await startRig();
}, STACK_TIMEOUT_MS);
afterAll(async () => await rig?.close(), 30_000);

const current = () => rig;

describe('Every template', () => {
	it('has types, versions and parameters that n8n knows, and none missing', async () => {
		const types = await descriptions(rig.client);
		for (const [file, text] of await readTemplates())
			expect({ file, complaints: complaints(JSON.parse(text), types) }).toEqual({
				file,
				complaints: [],
			});
	});
});

describe('Set up and check the connection', () => setUpTemplate(current));

describe('Route new HeyReach leads to the right team', () => routeTemplate(current));

describe('Stop the HeyReach campaign when the prospect answers elsewhere', () =>
	stopTemplate(current));
describe("Export a GHL business's contacts to a HeyReach list", () => exportTemplate(current));
describe('Bring GHL tasks and notes to HeyReach', () => tasksTemplate(current));
describe('Decide sync conflicts by hand', () => decideTemplate(current));
describe('Audit trail', () => auditTrailTemplate(current));

describe('Opportunity decides', () => opportunityTemplate(current));

describe('Weekly figures for each client', () => weeklyTemplate(current));

describe('Form to outreach', () => formTemplate(current));

describe('Watch the senders', () => watchTemplate(current));
describe('LinkedIn timeline', () => timelineTemplate(current));
describe('Understand replies', () => repliesTemplate(current));

describe("As tools of n8n's AI Agent", () => agentTools(current));

describe('Keep both systems in step in near real time', () => keepInStepTemplate(current));

describe('LinkedIn inbox in HighLevel', () => inboxTemplate(current));

describe('npm start', () => {
	it('imports all, sets them up, turns on those that start by themselves, and does so again', async () => {
		rig.sandbox.reset();
		const folder = await mkdtemp(join(tmpdir(), 'n8n-templates-'));
		const record = join(folder, 'templates.json');
		try {
			const first = await importTemplates(rig.client, rig.credentials, record, rig.sandbox);
			expect(first.map(({ name }) => name)).toHaveLength((await readTemplates()).size);
			// One waits for a full run, one lacks the credential of a Postgres, two are started by hand only.
			expect(first.filter(({ active }) => !active).map(({ name }) => name)).toEqual([
				'Keep both systems in step in near real time',
				'Reconcile with Postgres',
				'Set up and check the connection',
				'Set up Contact Sync',
			]);
			const tables = (await rig.tables.all()).map(({ name }) => name);
			expect(tables).toContain('Contact Sync links');
			expect((await rig.tables.rows('Contact Sync runs')).length).toBeGreaterThan(0);
			const again = await importTemplates(rig.client, rig.credentials, record, rig.sandbox);
			expect(again).toEqual(first);
			for (const { id, active } of again) if (active) await rig.client.deactivate(id);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}, 300_000);
});

describe('With a restart of n8n', () => restartOfTemplates(current));

/** A page of the editor grows with each file that it imports, and slows down. */
const FILES_A_PAGE = 5;
const SMALL = { width: 480, height: 320 };

describe('In the editor', () => {
	it('every file imports with no warning but for credentials that are still to be chosen', async () => {
		const files = [...(await readTemplates()).keys()];
		for (let from = 0; from < files.length; from += FILES_A_PAGE) {
			const editor = await Editor.open(rig.n8n.url);
			// A large canvas takes a browser without a graphics card long to draw.
			if (!process.env.UPDATE_SCREENSHOTS) await editor.page.setViewportSize(SMALL);
			try {
				for (const file of files.slice(from, from + FILES_A_PAGE)) await importFile(editor, file);
				expect(editor.outside).toEqual([]);
				expect(editor.errors).toEqual([]);
			} finally {
				await editor.close();
			}
		}
	}, 600_000);

	async function importFile(editor: Editor, file: string): Promise<void> {
		const name = file.replace(/\.json$/, '');
		const template = await readTemplate(name);
		const names = template.nodes
			.filter(({ type }) => !type.endsWith('.stickyNote'))
			.map((node) => node.name)
			.sort();
		await editor.newWorkflow();
		await editor.importFile(join(PROJECT, 'templates', file));
		// The editor puts the nodes down one after the other.
		const isThere = async () => (await editor.nodesInStore()).length === template.nodes.length;
		await until(`the nodes of ${file}`, isThere, 60, 300);
		const nodes = await editor.nodesInStore();
		expect(nodes.map((node) => node.name)).toEqual(expect.arrayContaining(names));
		for (const node of nodes) {
			// There is one credential for each service: n8n fills it in.
			const isOurs = /heyreach\.(ghl|heyReach)/.test(node.type);
			const issues = Object.keys(node.issues).filter((kind) => isOurs || kind !== 'credentials');
			expect({ file, node: node.name, issues }).toEqual({ file, node: node.name, issues: [] });
		}
		if (process.env.UPDATE_SCREENSHOTS) {
			await editor.openWorkflow((await rig.template(name)).workflow.id);
			await keepPicture(name, await editor.screenshotCanvas(`template-${name}`, 950));
		}
	}
});
