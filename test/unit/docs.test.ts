import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { COMMANDS } from '../docs/commands';
import { PAGES, anchorsOf, blocksOf, inlineCodesOf, linksOf, readPage } from '../docs/markdown';

const ROOT = join(__dirname, '..', '..');
const { scripts, homepage, devDependencies } = JSON.parse(
	readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as Record<'scripts' | 'devDependencies', Record<string, string>> & { homepage: string };

/** Every file under a folder, as a path from the project's. */
const filesIn = (folder: string): string[] =>
	readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)).replaceAll('\\', '/'));

const isOutside = (target: string) => /^[a-z]+:/i.test(target);

/** The commands of a page: of its shell blocks, and those that stand in its sentences. */
function commandsOf(text: string): string[] {
	const blocks = blocksOf(text)
		.filter(({ language }) => ['bash', 'sh', 'shell', 'console'].includes(language))
		.flatMap((block) => block.text.replaceAll('\\\n', ' ').split('\n'));
	const inline = inlineCodesOf(text)
		.map(({ text: code }) => code)
		.filter((code) => /^(npm|npx|git|docker|cd|curl) ./.test(code));
	return [...blocks, ...inline]
		.map((line) => line.replace(/(^|\s)#.*$/, '').trim())
		.filter((line) => line !== '')
		.flatMap((line) => line.split(/\s+&&\s+/))
		.map((command) => command.replace(/\s+/g, ' ').replace(/^\$ /, ''));
}

describe.each(PAGES)('%s', (page) => {
	const text = readPage(page);

	it('has links that lead somewhere', () => {
		const broken = linksOf(text).filter(({ target, isImage }) => {
			if (isOutside(target)) return isImage || !isWellFormed(target);
			const [path, anchor] = target.split('#');
			const file = path === '' ? page : normalize(join(dirname(page), decodeURI(path)));
			if (file.startsWith('..') || !existsSync(join(ROOT, file))) return true;
			return anchor !== undefined && !anchorsOf(readPage(file)).includes(anchor);
		});
		expect(broken.map(({ target }) => target)).toEqual([]);
	});

	it('has pictures that say in words what they show', () => {
		const bare = linksOf(text)
			.filter(({ isImage, alternative }) => isImage && alternative.trim() === '')
			.map(({ target }) => target);
		expect(bare).toEqual([]);
	});

	it('has examples that can be read by a program', () => {
		for (const { language, text: code, section } of blocksOf(text)) {
			expect({ section, language }).toEqual({
				section,
				language: expect.stringMatching(/^(bash|js|json|mermaid|sql|nginx|yaml|text)$/),
			});
			if (language === 'json') expect(() => JSON.parse(code) as unknown).not.toThrow();
			if (language === 'js')
				expect(() => new Function(`return async () => {${code}}`)).not.toThrow();
		}
	});

	it('names only commands that are known to be right', () => {
		for (const command of commandsOf(text))
			expect({ command, known: command in COMMANDS }).toEqual({ command, known: true });
	});

	it('names only scripts that package.json has', () => {
		for (const [, name] of text.matchAll(/\bnpm run ([\w:-]+)/g))
			expect({ name, exists: name in scripts }).toEqual({ name, exists: true });
	});
});

/** An address outside is not asked for anything: only its form is looked at. */
function isWellFormed(target: string): boolean {
	if (!URL.canParse(target)) return false;
	const { protocol, hostname } = new URL(target);
	return protocol === 'https:' && hostname.includes('.');
}

describe('The list of commands', () => {
	const used = new Set(PAGES.flatMap((page) => commandsOf(readPage(page))));

	it('has no command that no page names', () => {
		expect(Object.keys(COMMANDS).filter((command) => !used.has(command))).toEqual([]);
	});

	it('names tests that are there, and says why a command is not run', () => {
		for (const [command, proof] of Object.entries(COMMANDS)) {
			if ('test' in proof)
				expect({ command, exists: existsSync(join(ROOT, proof.test)) }).toMatchObject({
					exists: true,
				});
			else expect(proof.notRun.length).toBeGreaterThan(20);
		}
	});
});

/** `https://github.com/…/blob/main/docs/sync.md#brakes` -> path and anchor. */
const ownAddress = new RegExp(
	`${homepage.replace(/[.]/g, '\\.')}(?:/(?:blob|tree)/main/([\\w./-]+?))?(?:#([\\w-]+))?(?=['")\\s\\\\])`,
	'g',
);

it('the README names every package that this one is developed with, and no other', () => {
	const named = inlineCodesOf(readPage('README.md'))
		.filter(({ section }) => section === 'Dependencies')
		.map(({ text }) => text);
	expect([...new Set(named)].sort()).toEqual(Object.keys(devDependencies).sort());
});

describe('Pictures and pages', () => {
	const links = PAGES.flatMap((page) =>
		linksOf(readPage(page))
			.filter(({ target }) => !isOutside(target))
			.map(({ target }) => normalize(join(dirname(page), target.split('#')[0]))),
	);

	it('every page of the docs is in the README’s table', () => {
		const inReadme = linksOf(readPage('README.md')).map(({ target }) => target.split('#')[0]);
		for (const page of PAGES.filter((one) => one !== 'README.md')) expect(inReadme).toContain(page);
	});

	it('every picture is shown on a page', () => {
		const shown = links.filter((target) => /\.(png|webp)$/.test(target));
		for (const picture of filesIn('docs/images')) expect(shown).toContain(picture);
	});

	it('each node links to the page of that node alone', () => {
		const targets = filesIn('nodes')
			.filter((file) => file.endsWith('.node.json'))
			.map((file) => {
				const codex = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as {
					resources: { primaryDocumentation: Array<{ url: string }> };
				};
				return codex.resources.primaryDocumentation[0].url;
			});
		expect(targets).toHaveLength(7);
		expect(new Set(targets).size).toBe(targets.length);
		for (const target of targets) expect(target).toMatch(/\/docs\/\w+\.md/);
	});

	it('every address of this project is one that is there', () => {
		const sources = ['credentials', 'nodes', 'templates'].flatMap(filesIn);
		const texts = [...sources, ...PAGES, 'package.json'].map((file) =>
			readFileSync(join(ROOT, file), 'utf8'),
		);
		const targets = texts.flatMap((text) =>
			[...text.matchAll(ownAddress)].map(([, path = 'README.md', anchor]) => ({ path, anchor })),
		);
		expect(targets.length).toBeGreaterThan(10);
		for (const { path, anchor } of targets) {
			expect({ path, exists: existsSync(join(ROOT, path)) }).toEqual({ path, exists: true });
			if (anchor && anchor !== 'readme')
				expect({ path, anchors: anchorsOf(readPage(path)) }).toEqual({
					path,
					anchors: expect.arrayContaining([anchor]) as string[],
				});
		}
	});
});
