import { CommandFailed } from './process';
import type { Outcome } from './testReport';

/** A part of `npm test`; they run in this order and the first failure ends the run. */
export interface Suite {
	name: string;
	/** It tests nothing itself: where another one has failed, nobody waits for it. */
	prepares?: true;
	/** Runs it; the folder is for its results. */
	run: (results: string) => Promise<Partial<Outcome>>;
	/** What it lacks on this machine, with what to do; undefined when it can run. */
	lacks?: () => string | undefined;
	/** The suite it begins with and goes on beside: it mostly waits, or keeps one core busy at most. */
	with?: string;
}

export function say(line: string): void {
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

/** Runs the suites until one fails, and tells what became of each. */
export async function runSuites(suites: Suite[], results: string): Promise<Outcome[]> {
	const lacking = new Map(suites.map(({ name, lacks }) => [name, lacks?.()]));
	const inCi = Boolean(process.env.CI) && process.env.CI !== 'false';
	if (inCi && [...lacking.values()].some(Boolean))
		return suites.map(({ name }) => {
			const note = lacking.get(name);
			return { name, result: note ? 'FAILED' : 'not run', note };
		});
	const begun = new Map<string, Promise<Outcome>>();
	const begin = (some: Suite[]) => {
		for (const suite of some)
			if (!lacking.get(suite.name)) begun.set(suite.name, outcomeOf(suite, results));
	};
	const outcomes: Outcome[] = [];
	for (const { name, with: beside, prepares } of suites) {
		const stopped = outcomes.some(({ result }) => result === 'FAILED');
		if (!beside && !stopped)
			begin(suites.filter((suite) => suite.name === name || suite.with === name));
		const outcome = begun.get(name);
		const notRun: Outcome = { name, result: 'not run', note: lacking.get(name) };
		const unneeded = { ...notRun, note: 'ended: a suite before it has failed' };
		const isOptional = prepares && stopped && outcome;
		outcomes.push((await (isOptional ? Promise.race([outcome, unneeded]) : outcome)) ?? notRun);
	}
	return outcomes;
}
