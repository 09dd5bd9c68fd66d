import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PROJECT, cacheFolder, projectNode } from '../paths';
import { npm } from '../process';

/**
 * Gives the n8n in a folder the driver of its database. Where npm finds no ready-made one it compiles for
 * minutes; the result is kept for every n8n with the same version of the driver.
 */
export async function installDatabaseDriver(folder: string): Promise<void> {
	const driver = join(folder, 'node_modules', 'sqlite3');
	const built = join(driver, 'build', 'Release', 'node_sqlite3.node');
	const kept = await placeOf(driver);
	if (existsSync(kept)) {
		await mkdir(dirname(built), { recursive: true });
		await copyFile(kept, built);
		return;
	}
	const headers = await nodeHeaders(join(folder, '.headers'));
	await npm(['rebuild', 'sqlite3', '--loglevel=error'], {
		cwd: folder,
		env: headers ? { npm_config_nodedir: headers } : {},
	});
	// Under its name only when it is whole.
	await copyFile(built, `${kept}.begun`);
	await rename(`${kept}.begun`, kept);
}

/** A driver fits one Node on one kind of machine. */
async function placeOf(driver: string): Promise<string> {
	const { version } = JSON.parse(await readFile(join(driver, 'package.json'), 'utf8')) as {
		version: string;
	};
	const { platform, arch } = process;
	const name = `sqlite3-${version}-node-${projectNode().version}-${platform}-${arch}.node`;
	return join(cacheFolder(), name);
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
	await mkdir(scratch, { recursive: true });
	await writeFile(join(scratch, 'package.json'), '{ "private": true }');
	const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund'];
	await npm([...args, `${name}@${projectNode().version}`], { cwd: scratch }).catch(() => undefined);
	return find();
}
