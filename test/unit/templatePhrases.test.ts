import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

const filesOf = (folder: string): string[] =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.(ts|json)$/.test(name))
		.map((name) => join(ROOT, folder, name));

const code = filesOf('nodes')
	.filter((file) => file.endsWith('.ts'))
	.map((file) => readFileSync(file, 'utf8'))
	.join('\n');

/** `/carried out|slow down/.test(it.error)`: how a template knows an error by its words. */
const TEST_OF_ERROR = /\/([^/\n]{4,90})\/i?\.test\((?:JSON\.stringify\()?[$\w.]*\berror\b/g;

const phrases = filesOf('templates').flatMap((file) =>
	[...readFileSync(file, 'utf8').matchAll(TEST_OF_ERROR)].flatMap(([, words]) =>
		words.split('|').map((phrase) => ({ file: file.slice(ROOT.length + 1), phrase })),
	),
);

it('errors are told apart by words in some templates', () => {
	expect(phrases.length).toBeGreaterThan(4);
});

// A message in new words would make the template take another way, and no one would see it.
it.each(phrases)('$file knows an error by “$phrase”, which the nodes say', ({ phrase }) => {
	expect(code.toLowerCase()).toContain(phrase.toLowerCase());
});
