import fc from 'fast-check';
import * as engine from '../../../nodes/ContactSync/reconcile';
import { CASES, SEED } from './support/cases';
import { Model, life, restlessLife } from './support/model';
import type { Life } from './support/model';
import { policy } from './support/policies';

/** A life that a mended fault once broke: the lead is renamed and gets its final id while the contact that was made of it is not listed yet. */
const RENAMED_WHILE_UNLISTED: Life = {
	quirks: { A: {}, B: { provisionalIds: true } },
	people: [],
	steps: [
		{ do: 'add', side: 'B', title: 'x' },
		{ do: 'run', end: 'some committed', at: 1, twice: false, meanwhile: 0 },
		{ do: 'rename', side: 'B', who: 0, to: 0 },
		{ do: 'settle', who: 0 },
		{ do: 'run', end: 'some committed', at: 0, twice: false, meanwhile: 0 },
	],
	slow: true,
	policy: policy({ create: { A: true, B: true }, graceMs: 90_000 }),
};

describe('two lossy services, people who edit both, and runs that end anywhere', () => {
	it.each([
		{ kind: 'of every kind', lives: life, cases: CASES(10) },
		{ kind: 'of people who change their keys and ids', lives: restlessLife, cases: CASES(20) },
	])(
		'each person ends up once on each side, nothing is lost, and then nothing is written ($cases lives $kind)',
		({ lives, cases }) => {
			const property = fc.property(lives, (told) => {
				expect(new Model(engine, told).finish()).toEqual([]);
			});
			fc.assert(property, { numRuns: cases, seed: SEED, examples: [[RENAMED_WHILE_UNLISTED]] });
		},
	);
});
