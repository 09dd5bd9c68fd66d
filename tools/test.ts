import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium';
import { lacksDataServers } from './dataServers';
import { whenAskedToEnd } from './lifetime';
import { DEFAULT_N8N, LAST_N8N_1, ensureRuntime } from './n8n/runtime';
import { PROJECT } from './paths';
import { CommandFailed, npm } from './process';
import { runSuites, say } from './suites';
import type { Suite } from './suites';
import { closingLine, readJestCounts, table } from './testReport';
import type { Outcome } from './testReport';

const SUITES: Suite[] = [
	{ name: 'build', run: script('build') },
	{ name: 'unit', run: jest('unit') },
	{ name: 'lint', run: script('lint'), with: 'build' },
	{ name: 'contract', run: jest('contract') },
	{ name: 'workflow', run: jest('workflow') },
	{
		...{ name: 'n8n', run: installN8n, with: 'build', prepares: true },
		lacks: () => needsChromium() && lacksDataServers(),
	},
	{ name: 'e2e', run: jest('e2e'), lacks: needsChromium },
	{ name: 'queue mode', run: jest('queue'), with: 'e2e', lacks: lacksDataServers },
];

function script(name: string): Suite['run'] {
	return async () => {
		await npm(['run', name], { cwd: PROJECT, show: true });
		return {};
	};
}

/** A jest suite is not over with its exit code: its counts are in the file it writes, red or green. */
function jest(project: string): Suite['run'] {
	return async (results) => {
		const file = join(results, `${project}.json`);
		const args = ['run', `test:${project}`, '--', '--json', `--outputFile=${file}`];
		const failed = await npm(args, { cwd: PROJECT, show: true }).then(
			() => false,
			(error: unknown) => {
				if (error instanceof CommandFailed) return true;
				throw error;
			},
		);
		const counts = readJestCounts(await readFile(file, 'utf8').catch(() => undefined));
		return { ...counts, ...(failed && { result: 'FAILED' as const }) };
	};
}

/** The last suites need them, and each takes minutes the first time: so they are a step with its own progress. */
async function installN8n(): Promise<Partial<Outcome>> {
	for (const version of [DEFAULT_N8N, LAST_N8N_1]) {
		await ensureRuntime(version, (line) => say(`  n8n ${version}: ${line}`));
	}
	return {};
}

function needsChromium(): string | undefined {
	return findChromium()
		? undefined
		: 'no Chromium or Chrome found: install one or set CHROMIUM_PATH';
}

async function main(): Promise<void> {
	whenAskedToEnd(() => process.exit(130));
	// `ownTemp.mjs` removes it with all that the suites leave.
	const outcomes = await runSuites(SUITES, await mkdtemp(join(tmpdir(), 'results-')));
	const failed = outcomes.some(({ result }) => result === 'FAILED');
	const closing = `\n${table(outcomes)}\n\n${closingLine(outcomes)}\n`;
	// An installation that nobody waits for ends with this process; the next one begins it anew.
	process.stdout.write(closing, () => process.exit(failed ? 1 : 0));
}

main().catch((error: Error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exit(1);
});
