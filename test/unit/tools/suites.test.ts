import { runSuites, type Suite } from '../../../tools/suites';
import { closingLine, readJestCounts, table, type Outcome } from '../../../tools/testReport';

beforeEach(() => {
	jest.spyOn(process.stdout, 'write').mockReturnValue(true);
	jest.replaceProperty(process, 'env', { ...process.env, CI: '' });
});
afterEach(() => jest.restoreAllMocks());

const passes = async () => await Promise.resolve({ passed: 1 });
const fails = async () => await Promise.reject(new Error('no'));
const takesForEver = async () => await new Promise<never>(() => {});

const resultsOf = async (suites: Suite[]) =>
	(await runSuites(suites, 'results')).map(({ name, result, note }) =>
		[name, result, note].filter(Boolean).join(', '),
	);

describe('npm test', () => {
	it('ends at the first suite that fails, and waits for no installation that nobody needs then', async () => {
		const results = await resultsOf([
			{ name: 'build', run: passes },
			{ name: 'unit', run: fails },
			{ name: 'lint', run: passes, with: 'build' },
			{ name: 'n8n', run: takesForEver, with: 'build', prepares: true },
			{ name: 'e2e', run: passes },
			{ name: 'queue', run: passes, with: 'e2e' },
		]);
		expect(results).toEqual([
			...['build, passed', 'unit, FAILED', 'lint, passed'],
			'n8n, not run, ended: a suite before it has failed',
			...['e2e, not run', 'queue, not run'],
		]);
	});

	it('tells of an installation that was done before', async () => {
		const results = await resultsOf([
			{ name: 'build', run: passes },
			{ name: 'unit', run: fails },
			{ name: 'n8n', run: passes, with: 'build', prepares: true },
		]);
		expect(results).toEqual(['build, passed', 'unit, FAILED', 'n8n, passed']);
	});

	it('leaves out what the machine lacks, which CI does not let pass', async () => {
		const suites: Suite[] = [
			{ name: 'unit', run: passes },
			{ name: 'e2e', run: passes, lacks: () => 'no browser' },
		];
		expect(await resultsOf(suites)).toEqual(['unit, passed', 'e2e, not run, no browser']);
		process.env.CI = 'true';
		expect(await resultsOf(suites)).toEqual(['unit, not run', 'e2e, FAILED, no browser']);
	});
});

describe('The table of npm test', () => {
	const skippedFor = (title: string) => ({ assertionResults: [{ status: 'pending', title }] });
	const file = JSON.stringify({
		...{ numPassedTests: 4, numFailedTests: 0, numPendingTests: 3, numTodoTests: 0 },
		numRuntimeErrorTestSuites: 0,
		testResults: [
			...[skippedFor('needs a file: fetch it'), skippedFor('needs a file: fetch it')],
			...[skippedFor('needs a folder'), { assertionResults: [{ status: 'passed', title: 'x' }] }],
		],
	});

	it('names each thing for want of which tests were skipped, once', () => {
		const counts = readJestCounts(file);
		expect(counts).toMatchObject({ passed: 4, failed: 0, skipped: 3 });
		const outcomes: Outcome[] = [{ name: 'contract', result: 'passed', ...counts, ms: 1_000 }];
		expect(table(outcomes).split('\n').slice(1)).toEqual([
			expect.stringMatching(/^contract .* 3 +1\.0 s +needs a file: fetch it$/),
			expect.stringMatching(/^ +needs a folder$/),
		]);
		expect(closingLine(outcomes)).toBe('4 passed, 0 failed, 3 skipped');
	});

	it('counts a jest that died as a failure', () => {
		expect(readJestCounts(undefined)).toEqual({ failed: 1, result: 'FAILED' });
	});
});
