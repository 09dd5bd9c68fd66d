import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../tools/paths';

/** The pages that people read, as paths from the project's folder. */
export const PAGES = [
	'README.md',
	'CONTRIBUTING.md',
	'CHANGELOG.md',
	'templates/README.md',
	...readdirSync(join(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name}`),
];

export interface Block {
	/** `bash`, `js`, … or empty. */
	language: string;
	text: string;
	/** The heading above it. */
	section: string;
	/** What stands between that heading and the block. */
	above: string;
}

export interface Link {
	target: string;
	isImage: boolean;
}

export function readPage(page: string): string {
	return readFileSync(join(PROJECT, page), 'utf8');
}

/** The fenced blocks of a page, in order. */
export function blocksOf(text: string): Block[] {
	const blocks: Block[] = [];
	let section = '';
	let above: string[] = [];
	let open: { language: string; lines: string[] } | undefined;
	for (const line of text.split('\n')) {
		const fence = /^\s*```(\w*)/.exec(line);
		if (open && fence) {
			blocks.push({
				language: open.language,
				text: open.lines.join('\n'),
				section,
				above: above.join('\n'),
			});
			open = undefined;
		} else if (open) open.lines.push(line);
		else if (fence) open = { language: fence[1], lines: [] };
		else if (/^#+ /.test(line)) {
			section = line.replace(/^#+ /, '');
			above = [];
		} else above.push(line);
	}
	if (open) throw new Error(`A block under "${section}" has no end.`);
	return blocks;
}

/** The page without its fenced blocks and inline code. */
function prose(text: string): string {
	return text.replace(/^\s*```[\s\S]*?^\s*```/gm, '').replace(/`[^`\n]*`/g, '');
}

export function linksOf(text: string): Link[] {
	return [...prose(text).matchAll(/(!?)\[(?:[^[\]]|\[[^\]]*\])*\]\(([^)\s]+)\)/g)].map(
		([, mark, target]) => ({ target, isImage: mark === '!' }),
	);
}

/** What a link can name behind its `#`, as GitHub makes it from the headings. */
export function anchorsOf(text: string): string[] {
	const seen = new Map<string, number>();
	return [...text.replace(/^\s*```[\s\S]*?^\s*```/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map(
		([, heading]) => {
			const slug = heading
				.trim()
				.toLowerCase()
				.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
				.replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
				.replace(/\s/g, '-');
			const before = seen.get(slug) ?? 0;
			seen.set(slug, before + 1);
			return before === 0 ? slug : `${slug}-${before}`;
		},
	);
}
