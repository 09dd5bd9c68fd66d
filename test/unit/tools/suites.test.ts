import { runSuites, type Suite } from '../../../tools/suites';
import type { Outcome } from '../../../tools/testReport';

/** Runs suites that end as told, and says what began and ended in which order. */
async function runAll(
	suites: Array<Partial<Suite> & { name: string }>,
	failing: string[] = [],
): Promise<{ results: Record<string, Outcome['result']>; log: string[] }> {
	const log: string[] = [];
	const run = async ({ name }: Suite): Promise<Outcome> => {
		log.push(`${name} begins`);
		await new Promise(setImmediate);
		log.push(`${name} ends`);
		return { name, result: failing.includes(name) ? 'FAILED' : 'passed' };
	};
	const whole = suites.map((suite) => ({ after: [], run: async () => ({}), ...suite }));
	const outcomes = await runSuites(whole, run);
	expect(outcomes.map(({ name }) => name)).toEqual(suites.map(({ name }) => name));
	return { results: Object.fromEntries(outcomes.map(({ name, result }) => [name, result])), log };
}

it('begins a suite when all that it comes after are over, beside those that it does not', async () => {
	const { log } = await runAll([
		{ name: 'build' },
		{ name: 'lint' },
		{ name: 'unit', after: ['build', 'lint'] },
	]);
	expect(log.slice(0, 2).sort()).toEqual(['build begins', 'lint begins']);
	expect(log.slice(-2)).toEqual(['unit begins', 'unit ends']);
});

it('runs nothing that comes after a failure, at whatever distance, and all that does not', async () => {
	const { results } = await runAll(
		[
			{ name: 'build' },
			{ name: 'lint' },
			{ name: 'unit', after: ['build'] },
			{ name: 'workflow', after: ['unit'] },
			{ name: 'e2e', after: ['workflow'] },
			{ name: 'docs', after: ['lint'] },
		],
		['unit'],
	);
	expect(results).toEqual({
		...{ build: 'passed', lint: 'passed', docs: 'passed' },
		...{ unit: 'FAILED', workflow: 'not run', e2e: 'not run' },
	});
});

it('leaves out a suite that lacks something, and runs those that come after it', async () => {
	const { results, log } = await runAll([
		{ name: 'n8n', lacks: () => 'no Chromium found' },
		{ name: 'queue mode', after: ['n8n'] },
	]);
	expect(results).toEqual({ n8n: 'not run', 'queue mode': 'passed' });
	expect(log).toEqual(['queue mode begins', 'queue mode ends']);
});
