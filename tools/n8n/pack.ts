import { existsSync } from 'node:fs';
import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../lock';
import { PROJECT, packName } from '../paths';
import { npm } from '../process';

/** What `npm run build` reads. */
const SOURCES = ['nodes', 'credentials', 'icons', 'package.json', 'tsconfig.json', 'gulpfile.js'];

/** A build begins by removing the one before, which another process may be about to pack. */
const LOCK = join(PROJECT, 'node_modules', '.build.lock.sqlite');

/** Builds the pack, unless the build is newer than its sources. */
export async function ensureBuilt(): Promise<void> {
	await withLock(LOCK, build);
}

/** Builds the pack where that is needed, and packs it as npm would publish it. */
export async function packTarball(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), `${packName()}-pack-`));
	await withLock(LOCK, async () => {
		await build();
		await npm(['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: PROJECT });
	});
	const [file] = await readdir(folder);
	return join(folder, file);
}

async function build(): Promise<void> {
	if (!(await isBuilt())) await npm(['run', 'build'], { cwd: PROJECT });
}

async function isBuilt(): Promise<boolean> {
	const dist = join(PROJECT, 'dist');
	if (!existsSync(dist)) return false;
	// gulp keeps the times of what it copies, so only the compiled files tell when the build was.
	const compiled = (await timesBelow(dist)).filter(({ path }) => path.endsWith('.js'));
	const sources = (
		await Promise.all(SOURCES.map(async (name) => await timesBelow(join(PROJECT, name))))
	).flat();
	const oldest = Math.min(...compiled.map(({ time }) => time));
	const newest = Math.max(...sources.map(({ time }) => time));
	return compiled.length > 0 && oldest > newest;
}

/** A file or folder and all that is below it; a folder's own time tells of deleted files. */
async function timesBelow(path: string): Promise<Array<{ path: string; time: number }>> {
	const info = await stat(path);
	const own = { path, time: info.mtimeMs };
	if (!info.isDirectory()) return [own];
	const below = (await readdir(path)).map(async (name) => await timesBelow(join(path, name)));
	return [own, ...(await Promise.all(below)).flat()];
}
