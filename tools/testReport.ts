import { textTable } from './textTable';

/** How one suite of `npm test` ended. */
export interface Outcome {
	name: string;
	result: 'passed' | 'FAILED' | 'not run';
	/** Counts of tests; absent where a suite has none (lint, build). */
	passed?: number;
	failed?: number;
	skipped?: number;
	ms?: number;
	/** Why it was not run, or why some of its tests were not; a line for each reason. */
	note?: string;
}

interface JestResults {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	/** Test files that broke before their first test. */
	numRuntimeErrorTestSuites: number;
	testResults: Array<{ assertionResults: Array<{ status: string; title: string }> }>;
}

/**
 * The counts in jest's result file; one failure when jest died before it wrote any. A test that is skipped
 * for what this machine lacks has a name that says so and what to do, which is noted.
 */
export function readJestCounts(text: string | undefined): Partial<Outcome> {
	if (text === undefined) return { failed: 1, result: 'FAILED' };
	const results = JSON.parse(text) as JestResults;
	const tests = results.testResults.flatMap(({ assertionResults }) => assertionResults);
	const skipped = tests.filter(({ status }) => status === 'pending' || status === 'todo');
	const reasons = new Set(skipped.map(({ title }) => title));
	return {
		passed: results.numPassedTests,
		failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
		skipped: results.numPendingTests + results.numTodoTests,
		...(reasons.size > 0 && { note: [...reasons].join('\n') }),
	};
}

export function table(outcomes: Outcome[]): string {
	const rows = outcomes.map(({ name, result, passed, failed, skipped, ms, note }) => [
		name,
		result,
		...[passed, failed, skipped].map((count) => (count === undefined ? '' : String(count))),
		ms === undefined ? '' : `${(ms / 1000).toFixed(1)} s`,
		note ?? '',
	]);
	const heads = ['suite', 'result', 'passed', 'failed', 'skipped', 'time', ''];
	return textTable([heads, ...rows], [2, 3, 4, 5]);
}

/**
 * `N passed, N failed, N skipped`: the tests of all suites. A suite that failed without a failed
 * test of its own (lint, build, an install) counts as one, so that the line never hides a failure.
 */
export function closingLine(outcomes: Outcome[]): string {
	const sum = (count: (outcome: Outcome) => number) =>
		outcomes.reduce((total, outcome) => total + count(outcome), 0);
	const failed = sum((outcome) => outcome.failed || (outcome.result === 'FAILED' ? 1 : 0));
	const passed = sum((outcome) => outcome.passed ?? 0);
	const skipped = sum((outcome) => outcome.skipped ?? 0);
	return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
