import { readTemplates } from '../../tools/templates';
import { Editor } from './support/browser';
import { STACK_TIMEOUT_MS } from './support/stack';
import { complaints, descriptions } from './templates/parameters';
import { keepPicture, startRig, type Rig } from './templates/rig';
import { tasksTemplate } from './templates/tasks';
import { stopTemplate } from './templates/stop';
import { routeTemplate } from './templates/route';

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

describe('Route new HeyReach leads to the right team', () => routeTemplate(current));

describe('Stop the HeyReach campaign when the prospect answers elsewhere', () =>
	stopTemplate(current));
describe('Bring GHL tasks and notes to HeyReach', () => tasksTemplate(current));

describe('In the editor', () => {
	it('is drawn without an error', async () => {
		const editor = await Editor.open(rig.n8n.url);
		try {
			for (const file of (await readTemplates()).keys()) {
				const name = file.replace(/\.json$/, '');
				const { workflow, template } = await rig.template(name);
				await editor.openWorkflow(workflow.id);
				expect((await editor.nodeNames()).sort()).toEqual(
					template.nodes
						.filter(({ type }) => !type.endsWith('.stickyNote'))
						.map((node) => node.name)
						.sort(),
				);
				await keepPicture(name, await editor.screenshotCanvas(`template-${name}`, 950));
			}
			expect(editor.outside).toEqual([]);
			expect(editor.errors).toEqual([]);
		} finally {
			await editor.close();
		}
	}, 300_000);
});
