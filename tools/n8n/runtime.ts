import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../lock';
import { PROJECT, cacheFolder } from '../paths';
import { npm } from '../process';
import { makeDatabaseDriver, useDatabaseDriver } from './databaseDriver';

/** The n8n that everything is tried in. */
export const PINNED_N8N = '2.41.1';

/** That, or the one that `npm run try:n8n` tries. */
export const DEFAULT_N8N = process.env.TRY_N8N ?? PINNED_N8N;

/** The last n8n 1, in which a short part of the tests runs too. */
export const LAST_N8N_1 = '1.123.81';

/** An n8n that is installed and can be started. */
export interface Runtime {
	version: string;
	/** The n8n package. */
	n8nFolder: string;
	/** The script that `node` runs. */
	n8nScript: string;
}

export type Report = (line: string) => void;

/**
 * Installs an n8n into the user's cache folder, once for each lock file, and says where it is.
 *
 * @param version a folder of tools/n8n that holds a package.json and its lock file
 * @param report is told what is going on, about once every five seconds
 */
export async function ensureRuntime(version = DEFAULT_N8N, report?: Report): Promise<Runtime> {
	const recipe = join(PROJECT, 'tools', 'n8n', version);
	if (!existsSync(recipe)) throw new Error(`There is no tools/n8n/${version} to install n8n from.`);
	const lock = await readFile(join(recipe, 'package-lock.json'));
	const key = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	const folder = join(cacheFolder(), `n8n-${version}-${key}`);
	const n8nFolder = join(folder, 'node_modules', 'n8n');
	const runtime = { version, n8nFolder, n8nScript: join(n8nFolder, 'bin', 'n8n') };
	const ready = () => existsSync(join(folder, '.ready'));
	if (ready()) return runtime;
	await withLock(
		`${folder}.lock.sqlite`,
		async () => {
			if (!ready()) await install(recipe, folder, report);
		},
		() => report?.('waiting for another process that installs n8n'),
	);
	return runtime;
}

async function install(recipe: string, folder: string, report?: Report): Promise<void> {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await copyFile(join(recipe, 'package.json'), join(folder, 'package.json'));
	await copyFile(join(recipe, 'package-lock.json'), join(folder, 'package-lock.json'));
	await writeFile(join(folder, '.npmrc'), 'yes=true\naudit=false\nfund=false\n');
	// Compiling keeps one core busy while the packages are fetched.
	const installing = timed('installing n8n (about 2,200 packages, 2.6 GB; once)', report, () =>
		npm(['ci', '--ignore-scripts', '--loglevel=error'], { cwd: folder }),
	);
	const making = timed('making its database driver (once)', report, async () =>
		makeDatabaseDriver(await driverVersion(recipe)),
	);
	await Promise.allSettled([installing, making]);
	await installing;
	await useDatabaseDriver(await making, folder);
	await writeFile(join(folder, '.ready'), '');
}

async function driverVersion(recipe: string): Promise<string> {
	const lock = JSON.parse(await readFile(join(recipe, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, { version: string }>;
	};
	return lock.packages['node_modules/sqlite3'].version;
}

/** Does the work and reports every five seconds that it is still going on. */
async function timed<Result>(
	phase: string,
	report: Report | undefined,
	work: () => Promise<Result>,
): Promise<Result> {
	const start = Date.now();
	const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
	report?.(phase);
	const timer = setInterval(() => report?.(`${phase}: ${seconds()}`), 5000);
	try {
		const result = await work();
		report?.(`${phase}: done in ${seconds()}`);
		return result;
	} finally {
		clearInterval(timer);
	}
}
