import { cpus, totalmem } from 'node:os';
import { whenAskedToEnd } from './lifetime';
import { PROJECT } from './paths';
import { CommandFailed, npm } from './process';
import { commandOf, PARTS, SEED, type Part } from './soakParts';
import { closingLine, table } from './testReport';
import type { Outcome } from './testReport';

async function runPart({ name, what, runs }: Part): Promise<Outcome> {
	const start = Date.now();
	say(`\n── ${name}: ${what} ──`);
	let done = 0;
	for (const { env, ...run } of runs) {
		const settings = Object.entries(env).map(([key, value]) => `${key}=${value}`);
		say(`${name} ${++done}/${runs.length}  ${settings.join(' ')}`);
		const command = commandOf(run);
		try {
			await npm(['exec', '--', ...command], { cwd: PROJECT, show: true, env });
		} catch (error) {
			if (!(error instanceof CommandFailed)) throw error;
			const note = `again: ${settings.join(' ')} npx ${command.map((arg) => `'${arg}'`).join(' ')}`;
			return { name, result: 'FAILED', failed: 1, ms: Date.now() - start, note };
		}
	}
	return { name, result: 'passed', passed: runs.length, ms: Date.now() - start };
}

const say = (line: string) => process.stdout.write(`${line}\n`);

/** The long versions of the tests, one after the other: `npm run test:soak`, or `-- trip kills`. */
async function main(): Promise<void> {
	whenAskedToEnd(() => process.exit(130));
	const names = process.argv.slice(2);
	const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
	if (unknown.length > 0) {
		const list = PARTS.map(({ name, what }) => `  ${name.padEnd(12)}${what}`).join('\n');
		throw new Error(`There is no part ${unknown.join(', ')}. Parts:\n${list}`);
	}
	const memory = Math.round(totalmem() / 2 ** 30);
	say(`SOAK_SEED=${SEED}, ${cpus().length} cores, ${memory} GB`);
	const outcomes: Outcome[] = [];
	for (const part of PARTS)
		if (names.length === 0 || names.includes(part.name)) outcomes.push(await runPart(part));
	say(`\n${table(outcomes)}\n\n${closingLine(outcomes)}`);
	process.exitCode = outcomes.some(({ result }) => result === 'FAILED') ? 1 : 0;
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});
