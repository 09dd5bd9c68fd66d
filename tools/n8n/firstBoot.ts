import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../lock';
import { PROJECT } from '../paths';
import { freePort } from '../ports';
import type { Runtime } from './runtime';
import { bootN8n } from './server';

/** One folder an n8n and tarball. */
const FOLDERS = join(PROJECT, 'node_modules', '.first-boots');

/**
 * Makes `userFolder` one of an n8n that was started once: the pack is installed from the tarball, the
 * database is made, and nobody has used it yet. The first call for an n8n and a tarball installs and starts
 * it; the others copy the folder, which takes a tenth of the time.
 */
export async function copyFirstBoot(
	runtime: Runtime,
	tarball: string,
	userFolder: string,
): Promise<void> {
	const content = createHash('sha256').update(await readFile(tarball));
	const folder = join(FOLDERS, `${runtime.version}-${content.digest('hex').slice(0, 12)}`);
	if (!existsSync(folder)) {
		await withLock(`${FOLDERS}.lock.sqlite`, async () => {
			if (!existsSync(folder)) await firstBoot(runtime, tarball, folder);
		});
	}
	await cp(folder, userFolder, { recursive: true, verbatimSymlinks: true });
}

/** The folder has its name once it is whole. */
async function firstBoot(runtime: Runtime, tarball: string, folder: string): Promise<void> {
	await mkdir(FOLDERS, { recursive: true });
	const begun = await mkdtemp(join(FOLDERS, 'begun-'));
	try {
		const port = await freePort();
		const n8n = await bootN8n({ runtime, userFolder: begun, tarball, port });
		await n8n.stop();
		await rm(n8n.logFile);
		await rename(begun, folder);
	} catch (error) {
		await rm(begun, { recursive: true, force: true });
		throw error;
	}
}
