import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowFile } from '../../tools/n8n/workflow';
import { tablesOf } from '../../tools/templateTables';

const ROOT = join(__dirname, '..', '..');
const FOLDER = join(ROOT, 'templates');

interface TemplateNode {
	name: string;
	type: string;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: unknown;
}

interface Template {
	name: string;
	nodes: TemplateNode[];
	pinData?: object;
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const readme = textOf('README.md');

const isNote = ({ type }: TemplateNode) => type.endsWith('.stickyNote');
/** About as much room as n8n draws a node with its name on. */
const NODE = { width: 100, height: 130 };

const isOfOldTable = ({ dataTableId }: TemplateNode['parameters']) =>
	(dataTableId as { value?: string } | undefined)?.value?.includes("$('Those of 0.1')") === true;

interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

function boxOf({ name, type, position: [left, top], parameters }: TemplateNode): Box {
	const { width, height } = type.endsWith('.stickyNote')
		? { width: Number(parameters.width), height: Number(parameters.height) }
		: NODE;
	return { name, left, top, right: left + width, bottom: top + height };
}

const overlap = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const inside = (a: Box, b: Box) =>
	a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;

describe.each(files)('%s', (file) => {
	const text = textOf(file);
	const template = JSON.parse(text) as Template;
	const notes = template.nodes.filter(isNote);
	const nodes = template.nodes.filter((node) => !isNote(node));

	it('holds no credential, no pinned data and nobody’s id', () => {
		expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
		expect(Object.keys(template.pinData ?? {})).toEqual([]);
		const parameters = JSON.stringify(nodes.map((node) => node.parameters));
		// Tokens of private integrations, JSON web tokens, and the 20 letters of HighLevel's ids.
		expect(parameters).not.toMatch(/pit-[\da-f]{8}|eyJ[\w-]{10}/);
		const words = parameters.match(/\b[A-Za-z\d]{20,24}\b/g) ?? [];
		expect(words.filter((word) => /\d/.test(word) && /[A-Z]/.test(word))).toEqual([]);
	});

	it('has a yellow note that says what it does, how to set it up and what it needs', () => {
		const yellow = notes.filter(({ parameters }) => parameters.color === undefined);
		expect(yellow).toHaveLength(1);
		const content = String(yellow[0].parameters.content);
		expect(content.startsWith(`## ${template.name}\n`)).toBe(true);
		for (const part of ['**Who it is for:**', '**What it does:**', '### Set up', '**Needs:**'])
			expect(content).toContain(part);
		// A name in bold that is a node's must be one: the note is all that a person reads.
		for (const [, name] of content.matchAll(/open (?:each )?\*\*([^*]+)\*\*/gi)) {
			if (/^(GHL|HeyReach)( Contacts)?$|^Data tables$/.test(name)) continue;
			expect(nodes.map((node) => node.name)).toContain(name);
		}
	});

	it('is drawn so that no node lies on another, and each on one note', () => {
		const boxes = nodes.map(boxOf);
		const frames = notes.map(boxOf);
		for (const [at, box] of boxes.entries()) {
			const under = boxes.slice(at + 1).filter((other) => overlap(box, other));
			expect({ node: box.name, under: under.map(({ name }) => name) }).toEqual({
				node: box.name,
				under: [],
			});
			const on = frames.filter((frame) => inside(box, frame));
			expect({ node: box.name, notes: on.length }).toEqual({ node: box.name, notes: 1 });
		}
		for (const [at, frame] of frames.entries())
			expect(frames.slice(at + 1).filter((other) => overlap(frame, other))).toEqual([]);
	});

	it('lets nobody open its form without a password', () => {
		for (const { type, parameters } of nodes)
			if (type === 'n8n-nodes-base.formTrigger')
				expect(parameters.authentication).toBe('basicAuth');
	});

	it('has each start once that n8n takes once: on import it leaves a second one out', () => {
		for (const type of ['manualTrigger', 'executeWorkflowTrigger']) {
			const starts = nodes.filter((node) => node.type === `n8n-nodes-base.${type}`);
			expect({ type, more: starts.slice(1).map(({ name }) => name) }).toEqual({ type, more: [] });
		}
	});

	it('says how each GHL node connects: n8n then fills in the credential that is there on import', () => {
		for (const { name, type, parameters } of nodes)
			if (/\.ghl(Contacts|PollingTrigger)$/.test(type))
				expect({ name, by: parameters.authentication }).toEqual({ name, by: 'privateIntegration' });
	});

	it('writes nothing for the made-up lead of HeyReach’s Test button', () => {
		const starts = nodes.some(({ type }) => type.endsWith('.heyReachTrigger'));
		expect(/"={{ \$json\.isTest \? '' : /.test(text)).toBe(starts);
	});

	it('names its Data Tables by name', () => {
		for (const { name, type, parameters } of nodes) {
			// “Sync links” of 0.1 is a part of “Contact Sync links”: n8n would find the latter by that name.
			if (isOfOldTable(parameters)) continue;
			if (type === 'n8n-nodes-base.dataTable' && parameters.resource === 'row')
				expect({ name, table: parameters.dataTableId }).toMatchObject({
					name,
					table: { mode: 'name' },
				});
		}
	});

	it('has a section with a picture in templates/README.md', () => {
		expect(readme).toContain(`## ${template.name}\n`);
		expect(readme).toContain(`(${file})`);
		const picture = `docs/images/templates/${file.replace('.json', '.png')}`;
		expect(readme).toContain(`(../${picture})`);
		expect(existsSync(join(ROOT, picture))).toBe(true);
	});
});

/** The Data Tables that templates create: `[file, name, columns]`. */
const tables = files.flatMap((file) =>
	tablesOf(JSON.parse(textOf(file)) as WorkflowFile).map(
		({ name, columns }) => [file, name, JSON.stringify(columns)] as const,
	),
);

it('creates a Data Table with the same columns in each template', () => {
	for (const [file, name, columns] of tables) {
		const others = tables.filter((other) => other[1] === name && other[2] !== columns);
		expect({ file, name, others: others.map(([other]) => other) }).toEqual({
			file,
			name,
			others: [],
		});
	}
});

it('creates every Data Table in the set-up template too', () => {
	const setUp = 'set-up-and-check-the-connection.json';
	const created = new Set(tables.filter(([file]) => file === setUp).map(([, name]) => name));
	expect(tables.map(([, name]) => name).filter((name) => !created.has(name))).toEqual([]);
});

it('keeps the names of Data Tables apart, for n8n finds a table by a part of its name', () => {
	const names = [...new Set(tables.map(([, name]) => name))];
	for (const name of names)
		expect(
			names.filter((other) => other !== name && other.toLowerCase().includes(name.toLowerCase())),
		).toEqual([]);
});
