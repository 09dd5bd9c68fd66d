import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { anchorsOf, readPage } from '../docs/markdown';

const ROOT = join(__dirname, '..', '..');
const CODE = ['nodes', 'credentials', 'sandbox', 'test', 'tools'].flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(folder, name)),
);

/** What comments cite: `docs/apis/heyreach.md#pages`, `CONTRIBUTING.md`. */
const citationsOf = (text: string) =>
	text
		.split('\n')
		.filter((line) => /^\s*(\/\*\*|\*|\/\/)|\/\/ /.test(line))
		.flatMap((line) => line.match(/(?<![\w./])\w[\w./-]*\.md(#[\w-]*\w)?/g) ?? []);

it('has comments whose citations open: each page and each anchor is in the repository', () => {
	const closed = CODE.flatMap((file) =>
		citationsOf(readFileSync(join(ROOT, file), 'utf8'))
			.filter((citation) => {
				const [page, anchor] = citation.split('#');
				if (!existsSync(join(ROOT, page))) return true;
				return anchor !== undefined && !anchorsOf(readPage(page)).includes(anchor);
			})
			.map((citation) => `${file}: ${citation}`),
	);
	expect(closed).toEqual([]);
});
