import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../../tools/paths';

const read = (file: string) => readFileSync(join(PROJECT, file), 'utf8');

/** The first list of that name in a workflow. */
const listOf = (text: string, name: string) =>
	new RegExp(`^ *${name}: \\[(.*)\\]`, 'm').exec(text)?.[1].split(', ');

describe('The continuous integration', () => {
	it('runs the quick tiers on each Node and system, on that Node and not on the project’s', () => {
		const workflow = read('.github/workflows/ci.yml');
		expect(listOf(workflow, 'os')).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
		expect(listOf(workflow, 'node')).toEqual(['20', '22', '24']);
		expect(workflow).toContain('TESTED_NODE: ${{ matrix.node }}');
		const steps = [...workflow.matchAll(/^ *(?:- run: |rm -f )(.*)$/gm)].map(([, step]) => step);
		const [own, ...tiers] = [
			'node_modules/.bin/node node_modules/.bin/node.{cmd,ps1}',
			...['lint', 'test:unit', 'test:contract', 'test:workflow'].map((tier) => `npm run ${tier}`),
		].map((step) => steps.indexOf(step));
		expect(own).toBeGreaterThan(0);
		for (const tier of tiers) expect(tier).toBeGreaterThan(own);
	});

	it('is red where its tests come to run on another Node', () => {
		const [major] = process.versions.node.split('.');
		const run = (TESTED_NODE: string) =>
			spawnSync(process.execPath, [join(PROJECT, 'jest.config.js')], {
				env: { ...process.env, TESTED_NODE },
				encoding: 'utf8',
			});
		expect(run(major).status).toBe(0);
		const wrong = run('19');
		expect(wrong.status).toBe(1);
		expect(wrong.stderr).toContain(`to run on Node 19, and this is ${process.version}`);
	});

	it('installs Redis and Postgres wherever queue mode may run', () => {
		for (const file of ['.ci/run', '.github/workflows/soak.yml'])
			expect(read(file)).toMatch(/^(?: *- run: )?\.ci\/install$/m);
	});
});
