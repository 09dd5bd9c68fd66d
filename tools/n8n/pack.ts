import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../lock';
import { PROJECT, packName } from '../paths';
import { npm } from '../process';

/** What `npm run build` reads. */
const SOURCES = ['nodes', 'credentials', 'icons', 'package.json', 'tsconfig.json', 'gulpfile.js'];

/** What else `npm pack` puts into the tarball. */
const PACKED = ['dist', 'README.md', 'CHANGELOG.md', 'LICENSE.md'];

const DIST = join(PROJECT, 'dist');

/** A build begins by removing the one before, which another process may be about to pack. */
const LOCK = join(PROJECT, 'node_modules', '.build.lock.sqlite');

/** Holds the tarball and nothing else. */
const TARBALLS = join(PROJECT, 'node_modules', '.packed');

/** Builds the pack, unless the build is newer than its sources. */
export async function ensureBuilt(): Promise<void> {
	await withLock(LOCK, build);
}

/** Builds the pack and packs it as npm would publish it, each where that is needed. */
export async function packTarball(): Promise<string> {
	return await withLock(LOCK, async () => {
		await build();
		const [packed] = await timesBelow(TARBALLS, '.tgz');
		if (packed && packed.time > newestOf(await timesOf(PACKED))) return packed.path;
		await rm(TARBALLS, { recursive: true, force: true });
		await mkdir(TARBALLS);
		await npm(['pack', '--ignore-scripts', '--pack-destination', TARBALLS], { cwd: PROJECT });
		const [file] = await readdir(TARBALLS);
		if (!file) throw new Error(`npm pack made no tarball of ${packName()}`);
		return join(TARBALLS, file);
	});
}

async function build(): Promise<void> {
	if (!(await isBuilt())) await npm(['run', 'build'], { cwd: PROJECT });
}

async function isBuilt(): Promise<boolean> {
	// gulp keeps the times of what it copies, so only the compiled files tell when the build was.
	const compiled = await timesBelow(DIST, '.js');
	const oldest = Math.min(...compiled.map(({ time }) => time));
	return compiled.length > 0 && oldest > newestOf(await timesOf(SOURCES));
}

interface Timed {
	path: string;
	/** When it was changed (epoch ms). */
	time: number;
}

const newestOf = (files: readonly Timed[]): number => Math.max(...files.map(({ time }) => time));

async function timesOf(names: readonly string[]): Promise<Timed[]> {
	return (
		await Promise.all(names.map(async (name) => await timesBelow(join(PROJECT, name))))
	).flat();
}

/**
 * A file or folder and all that is below it, or those with such an ending; a folder's own time tells of
 * deleted files.
 */
async function timesBelow(path: string, ending = ''): Promise<Timed[]> {
	if (!existsSync(path)) return [];
	const info = await stat(path);
	const own = path.endsWith(ending) ? [{ path, time: info.mtimeMs }] : [];
	if (!info.isDirectory()) return own;
	const below = (await readdir(path)).map(
		async (name) => await timesBelow(join(path, name), ending),
	);
	return [...own, ...(await Promise.all(below)).flat()];
}
