import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
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

/** A piece of code within a sentence. */
export interface InlineCode {
	text: string;
	/** The heading above it. */
	section: string;
}

export interface Link {
	target: string;
	isImage: boolean;
	/** What is said instead of the picture; empty for a link to a page. */
	alternative: string;
}

const markdown = new MarkdownIt({ html: true });
// Links are wanted as they are written, not as a browser would send them.
markdown.normalizeLink = (url) => url;

type Token = ReturnType<typeof markdown.parse>[number];

const parsed = new Map<string, Token[]>();

function tokensOf(text: string): Token[] {
	const tokens = parsed.get(text) ?? markdown.parse(text, {});
	parsed.set(text, tokens);
	return tokens;
}

export function readPage(page: string): string {
	return readFileSync(join(PROJECT, page), 'utf8');
}

/** The fenced blocks of a page, in order. */
export function blocksOf(text: string): Block[] {
	const lines = text.split('\n');
	return inSections(text)
		.filter(({ token }) => token.type === 'fence')
		.map(({ token, heading, section }) => {
			const [start, end] = token.map ?? [0, 0];
			if (lines[end - 1].trim() !== token.markup)
				throw new Error(`A block under "${section}" has no end.`);
			return {
				language: token.info.trim(),
				text: token.content.replace(/\n$/, ''),
				section,
				above: lines.slice(heading?.map?.[1] ?? 0, start).join('\n'),
			};
		});
}

export function inlineCodesOf(text: string): InlineCode[] {
	return inSections(text).flatMap(({ token, section }) =>
		(token.children ?? [])
			.filter(({ type }) => type === 'code_inline')
			.map(({ content }) => ({ text: content, section })),
	);
}

export function linksOf(text: string): Link[] {
	return tokensOf(text)
		.flatMap(({ children }) => children ?? [])
		.filter(({ type }) => type === 'link_open' || type === 'image')
		.map((token) => ({
			target: String(token.attrGet('href') ?? token.attrGet('src')),
			isImage: token.type === 'image',
			alternative: token.content,
		}));
}

/** What a link can name behind its `#`, as GitHub makes it from the headings. */
export function anchorsOf(text: string): string[] {
	const slugger = new GithubSlugger();
	const tokens = tokensOf(text);
	return tokens
		.filter((_, at) => tokens[at - 1]?.type === 'heading_open')
		.map(({ children }) => slugger.slug((children ?? []).map(({ content }) => content).join('')));
}

/** The tokens of a page, each with the heading above it. */
function inSections(text: string): Array<{ token: Token; heading?: Token; section: string }> {
	let heading: Token | undefined;
	const tokens = tokensOf(text);
	return tokens.map((token, at) => {
		if (tokens[at - 1]?.type === 'heading_open') heading = token;
		return { token, heading, section: heading?.content ?? '' };
	});
}
