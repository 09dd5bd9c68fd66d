import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { PAGES, readPage } from '../../docs/markdown';
import { oddWordsIn } from '../../support/plainWords';

const ROOT = join(__dirname, '../../..');

/** The changelog tells what was. */
const QUOTES = ['CHANGELOG.md'];

/** Every text in quotes of a source file: labels, messages, hints. */
function literalsOf(path: string): string[] {
	const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (
			ts.isStringLiteralLike(node) ||
			ts.isTemplateHead(node) ||
			ts.isTemplateMiddleOrTemplateTail(node)
		)
			found.push(node.text);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** All texts of a template: names of nodes, notes, messages, code. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}

const filesIn = (folder: string, ending: string): string[] =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(ending))
		.map((file) => join(ROOT, folder, file));

/** Code says nothing to a reader. */
const withoutCode = (page: string): string =>
	page.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');

it.each(PAGES.filter((page) => !QUOTES.includes(page)))('%s is in plain English', (page) => {
	expect(oddWordsIn(withoutCode(readPage(page)))).toEqual([]);
});

const templates = filesIn('templates', '.json');

it.each(templates.map((file) => relative(ROOT, file)))('%s is in plain English', (file) => {
	const texts = textsIn(JSON.parse(readFileSync(join(ROOT, file), 'utf8')));
	expect([...new Set(texts)].flatMap(oddWordsIn)).toEqual([]);
});

it.each(['nodes', 'credentials'])('messages and hints in %s are in plain English', (folder) => {
	const odd = filesIn(folder, '.ts').flatMap((file) =>
		[...new Set(literalsOf(file))]
			.flatMap(oddWordsIn)
			.map((word) => `${relative(ROOT, file)}: ${word}`),
	);
	expect(odd).toEqual([]);
});
