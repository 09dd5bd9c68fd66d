import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Test {
	path: string;
	context: object;
}

interface SlowestFirst {
	new (): { sort(tests: Test[]): Test[] };
	files: string[];
}

const TEST = join(__dirname, '..');
const Sequencer = jest.requireActual<SlowestFirst>('../slowestFirst');

describe('The order of the test files', () => {
	it('names files that are there', () => {
		expect(Sequencer.files).toContain('e2e/templates');
		for (const name of Sequencer.files)
			expect([name, existsSync(join(TEST, `${name}.test.ts`))]).toEqual([name, true]);
	});

	it('has those first, in their order, and loses none', () => {
		const context = { config: {}, hasteFS: { getSize: () => 1 } };
		const all = readdirSync(TEST, { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.test.ts'))
			.map((file) => ({ path: join(TEST, file), context }));
		const sorted = new Sequencer().sort(all);
		expect(sorted).toHaveLength(all.length);
		expect(sorted.slice(0, Sequencer.files.length).map(({ path }) => path)).toEqual(
			Sequencer.files.map((name) => join(TEST, `${name}.test.ts`)),
		);
	});
});
