import type { Outcome } from './testReport';

/** A part of `npm test`. */
export interface Suite {
	name: string;
	/** It begins when these are over, unless one of them failed. They stand before it in the list. */
	after: string[];
	/** What it lacks on this machine, with what to do; undefined when it can run. Others do not wait for it then. */
	lacks?: () => string | undefined;
	/** The folder is for its results. */
	run: (results: string) => Promise<Partial<Outcome>>;
}

/**
 * Runs each suite as soon as those that it comes after are over. What comes after a failed suite, or after one
 * that did not run for that reason, does not run.
 *
 * @returns the outcomes in the order of the list
 */
export async function runSuites(
	suites: Suite[],
	run: (suite: Suite) => Promise<Outcome>,
): Promise<Outcome[]> {
	const outcomes = new Map<string, Promise<Outcome>>();
	for (const suite of suites) {
		const before = Promise.all(suite.after.map(async (name) => await outcomes.get(name)!));
		outcomes.set(
			suite.name,
			before.then(async (over) => {
				const note = suite.lacks?.();
				if (note || over.some(stops)) return { name: suite.name, result: 'not run', note };
				return await run(suite);
			}),
		);
	}
	return await Promise.all(outcomes.values());
}

const stops = ({ result, note }: Outcome) =>
	result === 'FAILED' || (result === 'not run' && note === undefined);
