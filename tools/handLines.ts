import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { preProcessFile } from 'typescript';
import { PROJECT } from './paths';

const ENGINE = join('nodes', 'engine') + sep;

/** Lines written by hand of a node, comments and blank lines left out: its own and the engine's apart. */
export function handLines(nodeFile: string): { own: number; engine: number } {
	const lines = { own: 0, engine: 0 };
	for (const file of filesBehind(join(PROJECT, nodeFile))) {
		const part = file.slice(PROJECT.length + 1).startsWith(ENGINE) ? 'engine' : 'own';
		lines[part] += codeLines(readFileSync(file, 'utf8'));
	}
	return lines;
}

/** The file and all of this package that it imports, directly or not. */
function filesBehind(file: string, seen = new Set<string>()): Set<string> {
	if (seen.has(file)) return seen;
	seen.add(file);
	for (const { fileName } of preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
		const target = join(dirname(file), fileName);
		const found = [`${target}.ts`, join(target, 'index.ts')].find((path) => existsSync(path));
		if (fileName.startsWith('.') && found) filesBehind(found, seen);
	}
	return seen;
}

function codeLines(text: string): number {
	const withoutBlocks = text.replace(/\/\*[\s\S]*?\*\//g, '');
	return withoutBlocks.split('\n').filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length;
}
