import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The folder of this project. */
export const PROJECT = resolve(__dirname, '..');

/** Where downloads that outlive a checkout are kept. */
export function cacheFolder(): string {
	const base =
		process.env.XDG_CACHE_HOME ||
		(process.platform === 'win32' && process.env.LOCALAPPDATA) ||
		join(homedir(), '.cache');
	return join(base, packName());
}

/** The name this package is published under. */
export function packName(): string {
	return readPackage(PROJECT).name;
}

interface PackageJson {
	name: string;
	version: string;
	bin?: Record<string, string>;
}

function readPackage(folder: string): PackageJson {
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
}

export interface ProjectNode {
	version: string;
	/** The executable. */
	binary: string;
	/** The folder that holds it, to be put in front of PATH. */
	folder: string;
}

/**
 * The Node that n8n runs on: the `node` package of this project, because n8n 2 needs Node 24 and
 * the one on the user's PATH may be older.
 */
export function projectNode(): ProjectNode {
	const root = join(PROJECT, 'node_modules', 'node');
	if (!existsSync(join(root, 'package.json')))
		throw new Error('The development dependencies are not installed. Run "npm ci" first.');
	const { version, bin } = readPackage(root);
	const binary = join(root, bin?.node ?? 'bin/node');
	return { version, binary, folder: dirname(binary) };
}
