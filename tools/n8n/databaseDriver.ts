import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withLock } from '../lock';
import { PROJECT, cacheFolder, projectNode } from '../paths';
import { npm } from '../process';

/**
 * Makes the driver of n8n's database, and keeps it for every n8n with the same version of it. Where npm finds
 * no ready-made one it compiles for a minute or two; so this needs no n8n and can go on while that is installed.
 *
 * @param version the version of the package sqlite3
 * @returns the file, which `useDatabaseDriver` gives to an n8n
 */
export async function makeDatabaseDriver(version: string): Promise<string> {
	const kept = placeOf(version);
	await withLock(`${kept}.lock.sqlite`, async () => {
		if (!existsSync(kept)) await compile(version, kept);
	});
	return kept;
}

async function compile(version: string, kept: string): Promise<void> {
	const scratch = `${kept}.scratch`;
	await rm(scratch, { recursive: true, force: true });
	const headers = await nodeHeaders(join(scratch, 'headers'));
	await installAlone(`sqlite3@${version}`, scratch);
	await npm(['rebuild', 'sqlite3', '--loglevel=error'], {
		cwd: scratch,
		env: headers ? { npm_config_nodedir: headers } : {},
	});
	// Under its name only when it is whole.
	await rename(builtIn(scratch), kept);
	await rm(scratch, { recursive: true, force: true });
}

/** Puts the driver where the n8n of this folder looks for it. */
export async function useDatabaseDriver(driver: string, folder: string): Promise<void> {
	const place = builtIn(folder);
	await mkdir(dirname(place), { recursive: true });
	await copyFile(driver, place);
}

const builtIn = (folder: string) =>
	join(folder, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

/** A driver fits one Node on one kind of machine. */
function placeOf(version: string): string {
	const { platform, arch } = process;
	const name = `sqlite3-${version}-node-${projectNode().version}-${platform}-${arch}.node`;
	return join(cacheFolder(), name);
}

/**
 * Installs one package into a folder of its own, without its scripts and without what it can do without. The
 * driver brings a node-gyp of its own, which Python 3.12 and newer cannot run: npm's takes its place.
 */
async function installAlone(name: string, folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), '{ "private": true }');
	const options = ['--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'];
	await npm(['install', ...options, '--loglevel=error', name], { cwd: folder });
}

/**
 * The folder of the package that holds the headers of the project's Node, for compiling where
 * there is neither a prebuilt driver nor a download of headers; undefined where the registry has
 * no such package for this platform.
 */
async function nodeHeaders(scratch: string): Promise<string | undefined> {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
	const name = `${prefix}-${platform}-${process.arch}`;
	const candidates = [
		join(PROJECT, 'node_modules', 'node', 'node_modules', name),
		join(PROJECT, 'node_modules', name),
		join(scratch, 'node_modules', name),
	];
	const find = () => candidates.find((folder) => existsSync(join(folder, 'include', 'node')));
	if (find()) return find();
	await installAlone(`${name}@${projectNode().version}`, scratch).catch(() => undefined);
	return find();
}
