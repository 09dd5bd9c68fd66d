import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { whenAskedToEnd } from './lifetime';
import { PINNED_N8N } from './n8n/runtime';
import { PROJECT } from './paths';
import { CommandFailed, npm } from './process';

/**
 * `npm run try:n8n -- 2.42.0 [test files]`: pins that n8n beside the default one, and runs the e2e tests, or
 * those that are named, in it.
 */
async function tryN8n(version: string, files: string[]): Promise<void> {
	whenAskedToEnd(() => process.exit(130));
	await pin(version);
	await npm(['run', 'test:e2e', '--', ...files], {
		cwd: PROJECT,
		env: { TRY_N8N: version },
		show: true,
	});
	say(`n8n ${version} passes. To make it the default, change PINNED_N8N in tools/n8n/runtime.ts,`);
	say('n8n-core and n8n-workflow in package.json, and run npm test.');
}

/** Writes the folder that this n8n is installed from: as the default one, with another version. */
async function pin(version: string): Promise<void> {
	const folder = (name: string) => join(PROJECT, 'tools', 'n8n', name);
	if (existsSync(join(folder(version), 'package-lock.json'))) return;
	const recipe = await readFile(join(folder(PINNED_N8N), 'package.json'), 'utf8');
	await mkdir(folder(version), { recursive: true });
	await writeFile(join(folder(version), 'package.json'), recipe.replaceAll(PINNED_N8N, version));
	say(`Finding the packages of n8n ${version} (a minute or two)`);
	await npm(['install', '--package-lock-only', '--ignore-scripts', '--loglevel=error'], {
		cwd: folder(version),
		env: { npm_config_omit_lockfile_registry_resolved: 'true' },
	});
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

const [version, ...files] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) {
	say('Say which n8n: npm run try:n8n -- 2.42.0');
	process.exitCode = 2;
} else
	tryN8n(version, files).catch((error: unknown) => {
		if (!(error instanceof CommandFailed && error.isShown)) say((error as Error).message);
		process.exitCode = 1;
	});
