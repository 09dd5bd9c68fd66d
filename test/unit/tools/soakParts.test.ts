import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../../tools/paths';
import { commandOf, PARTS, type JestRun } from '../../../tools/soakParts';

const jestRuns = PARTS.flatMap(({ runs }) => runs).filter((run) => 'project' in run);

/** What stands in the test files of a run. */
const sourcesOf = ({ project, files }: JestRun): string[] =>
	readdirSync(join(PROJECT, 'test', project), { recursive: true, encoding: 'utf8' })
		.map((file) => `test/${project}/${file}`.replaceAll('\\', '/'))
		.filter((file) => file.endsWith('.test.ts') && new RegExp(files).test(file))
		.map((file) => readFileSync(join(PROJECT, file), 'utf8'));

/** Whether a test, or a group of them that stands at the left, has a name that begins so. */
const hasName = (source: string, beginning: string) =>
	[...source.matchAll(/^(?:it|describe)(?:\.each\(.*\))?\(\s*[`'"](.*)/gm)].some(([, name]) =>
		name.startsWith(beginning),
	);

describe('The parts of the soak', () => {
	it('name tests that are there: jest is green where a name fits none', () => {
		const missing = jestRuns.flatMap((run) => {
			const sources = sourcesOf(run);
			if (sources.length === 0) return [run.files];
			return (run.tests ?? []).filter((one) => !sources.some((text) => hasName(text, one)));
		});
		expect(jestRuns.length).toBeGreaterThan(8);
		expect(missing).toEqual([]);
	});

	it('name programs that are there', () => {
		const programs = PARTS.flatMap(({ runs }) => runs).filter((run) => 'program' in run);
		for (const { program } of programs) expect(existsSync(join(PROJECT, program[0]))).toBe(true);
		expect(programs).not.toEqual([]);
	});

	it('are all run at night', () => {
		const workflow = readFileSync(join(PROJECT, '.github/workflows/soak.yml'), 'utf8');
		const parts = /part: \[(.*)\]/.exec(workflow)?.[1].split(', ');
		expect(parts).toEqual(PARTS.map(({ name }) => name));
	});

	it('call jest with the names', () => {
		const run = { project: 'queue' as const, files: 'queueMode' };
		const named = (more: Partial<JestRun>) => {
			const pattern = commandOf({ ...run, ...more }).at(-1) ?? '';
			return (name: string) => new RegExp(pattern, 'i').test(name);
		};
		expect(named({ tests: ['one', 'An import'] })('An import goes on')).toBe(true);
		expect(named({ tests: ['one', 'An import'] })('Not an import')).toBe(false);
		expect(named({ without: ['editor', 'clicking'] })('by clicking in it')).toBe(false);
		expect(named({ without: ['editor', 'clicking'] })('by HTTP')).toBe(true);
		expect(commandOf(run).at(-1)).toBe('queueMode');
	});
});
