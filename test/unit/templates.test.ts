import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
	crosses,
	inside,
	isNote,
	linesOf,
	nameOf,
	overlap,
	shapeOf,
	textOf as linesOfText,
	type Box,
	type CanvasNode,
	type Connections,
} from '../support/canvas';
import { tablesOf } from '../../tools/templateTables';

const ROOT = join(__dirname, '..', '..');
const FOLDER = join(ROOT, 'templates');

interface TemplateNode extends CanvasNode {
	credentials?: unknown;
}

interface Template {
	name: string;
	nodes: TemplateNode[];
	connections: Connections;
	pinData?: object;
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const readme = textOf('README.md');

const isOfOldTable = ({ dataTableId }: TemplateNode['parameters']) =>
	(dataTableId as { value?: string } | undefined)?.value?.includes("json.name === 'Sync ") === true;

/** Notes have at most this many words: the rest is in templates/README.md. */
const WORDS = 120;
const NODES = 20;

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

	it('is small, and its notes are short', () => {
		expect(nodes.length).toBeLessThanOrEqual(NODES);
		const words = notes.map(({ name, parameters }) => ({
			note: name,
			words: String(parameters.content).split(/\s+/).length,
		}));
		expect(words.filter((note) => note.words > WORDS)).toEqual([]);
	});

	describe('is drawn so that', () => {
		const { connections } = template;
		const shapes = nodes.map((node) => shapeOf(node, connections));
		const names = nodes.flatMap((node) => nameOf(node, connections) ?? []);
		const frames = notes.map((note) => shapeOf(note, connections));
		const texts = notes.flatMap(linesOfText);
		const lines = linesOf(template.nodes, connections);
		const over = (boxes: Box[], others: Box[]) =>
			boxes.flatMap((box) =>
				others
					.filter((other) => other.name !== box.name && overlap(box, other))
					.map((other) => `${box.name} / ${other.name}`),
			);
		const through = (boxes: Box[]) =>
			lines.flatMap((line) =>
				boxes
					.filter((box) => crosses(line, box))
					.map(({ name }) => `${line.from} -> ${line.to} / ${name}`),
			);

		it('each node is on one note, and no note on another', () => {
			const lost = [...shapes, ...names].filter(
				(box) => frames.filter((frame) => inside(box, frame)).length !== 1,
			);
			expect(lost.map(({ name }) => name)).toEqual([]);
			expect(over(frames, frames)).toEqual([]);
		});

		it('no node and no name is over another, or over the text of a note', () => {
			expect(over(shapes, [...shapes, ...names, ...texts])).toEqual([]);
			expect(over(names, [...names, ...texts])).toEqual([]);
		});

		it('no line goes through a node or its name, or over the text of a note', () => {
			const ends = (found: string) => {
				const [line, name] = found.split(' / ');
				return line.split(' -> ').includes(name);
			};
			expect(through(shapes).filter((found) => !ends(found))).toEqual([]);
			expect(through([...names, ...texts])).toEqual([]);
		});
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
		// In a field that is empty then, or in a Code node that goes on with nothing.
		const isLeftOut = /"={{ \$json\.isTest \? '' : |if \(isTest\) return \[\];/.test(text);
		expect(isLeftOut).toBe(starts);
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
	tablesOf(JSON.parse(textOf(file)) as Template).map(
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
