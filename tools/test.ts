import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium';
import { lacksDataServers } from './dataServers';
import { whenAskedToEnd } from './lifetime';
import { DEFAULT_N8N, LAST_N8N_1, ensureRuntime } from './n8n/runtime';
import { openApiFolder } from './officialFiles';
import { PROJECT } from './paths';
import { CommandFailed, npm } from './process';
import { closingLine, readJestCounts, table } from './testReport';
import type { Outcome } from './testReport';

/** A part of `npm test`; they run in this order and the first failure ends the run. */
interface Suite {
	name: string;
	/** Runs it; the folder is for its results. */
	run: (results: string) => Promise<Partial<Outcome>>;
	/** What it lacks on this machine, with what to do; undefined when it can run. */
	lacks?: () => string | undefined;
	/** The suite it begins with and goes on beside: it mostly waits, or keeps one core busy at most. */
	with?: string;
}

const SUITES: Suite[] = [
	{ name: 'build', run: script('build') },
	{ name: 'unit', run: jest('unit') },
	{ name: 'lint', run: script('lint'), with: 'build' },
	{ name: 'contract', run: jest('contract') },
	{ name: 'workflow', run: jest('workflow') },
	{
		...{ name: 'n8n', run: installN8n, with: 'build' },
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

const LACKS_OFFICIAL_FILES =
	'HighLevel’s OpenAPI files are absent: npm run fetch:openapi fetches them';

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
		const note = counts.skipped && !existsSync(openApiFolder()) ? LACKS_OFFICIAL_FILES : undefined;
		return { ...counts, ...(note && { note }), ...(failed && { result: 'FAILED' as const }) };
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

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

/** Runs one suite and measures it. */
async function outcomeOf(suite: Suite, results: string): Promise<Outcome> {
	say(`\n── ${suite.name} ──`);
	const start = Date.now();
	const outcome: Outcome = { name: suite.name, result: 'passed' };
	try {
		Object.assign(outcome, await suite.run(results));
	} catch (error) {
		if (!(error instanceof CommandFailed && error.isShown)) say((error as Error).message);
		outcome.result = 'FAILED';
	}
	return { ...outcome, ms: Date.now() - start };
}

async function runAll(): Promise<Outcome[]> {
	const lacking = new Map(SUITES.map(({ name, lacks }) => [name, lacks?.()]));
	const inCi = Boolean(process.env.CI) && process.env.CI !== 'false';
	if (inCi && [...lacking.values()].some(Boolean))
		return SUITES.map(({ name }) => {
			const note = lacking.get(name);
			return { name, result: note ? 'FAILED' : 'not run', note };
		});
	const results = await mkdtemp(join(tmpdir(), 'npm-test-'));
	const begun = new Map<string, Promise<Outcome>>();
	const begin = (suites: Suite[]) => {
		for (const suite of suites)
			if (!lacking.get(suite.name)) begun.set(suite.name, outcomeOf(suite, results));
	};
	const outcomes: Outcome[] = [];
	for (const { name, with: beside } of SUITES) {
		const stopped = outcomes.some(({ result }) => result === 'FAILED');
		if (!beside && !stopped)
			begin(SUITES.filter((suite) => suite.name === name || suite.with === name));
		outcomes.push((await begun.get(name)) ?? { name, result: 'not run', note: lacking.get(name) });
	}
	await rm(results, { recursive: true, force: true });
	return outcomes;
}

async function main(): Promise<void> {
	whenAskedToEnd(() => process.exit(130));
	const outcomes = await runAll();
	say(`\n${table(outcomes)}\n\n${closingLine(outcomes)}`);
	process.exitCode = outcomes.some(({ result }) => result === 'FAILED') ? 1 : 0;
}

main().catch((error: Error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exit(1);
});
