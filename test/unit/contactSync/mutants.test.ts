import fc from 'fast-check';
import * as engine from '../../../nodes/ContactSync/reconcile';
import { Model, life } from './support/model';
import { MUTANTS } from './support/mutants';
import { INVARIANTS } from './support/properties';

const CASES = 1500;

describe('each promise is kept by the engine and not by the test', () => {
	for (const { forgets, breaks, make } of MUTANTS) {
		it(`an engine that forgets ${forgets} breaks “${breaks}”`, () => {
			const [invariant, ...others] = INVARIANTS.filter(({ name }) => name.includes(breaks));
			expect(others).toEqual([]);
			const holds = () =>
				fc.assert(invariant.of(make(engine)), { numRuns: CASES, seed: 7, endOnFailure: true });
			expect(holds).toThrow('Property failed');
		});
	}

	it.each(['what was read back', 'to store a create', 'on record before', 'tombstones'])(
		'an engine that forgets %s does not survive a life with crashes',
		(forgotten) => {
			const [mutant] = MUTANTS.filter(({ forgets }) => forgets.includes(forgotten));
			const broken = mutant.make(engine);
			const lives = fc.property(life, (told) => new Model(broken, told).finish().length === 0);
			expect(() => fc.assert(lives, { numRuns: CASES, seed: 7, endOnFailure: true })).toThrow(
				'Property failed',
			);
		},
	);

	it('no promise is left out', () => {
		const broken = INVARIANTS.filter(({ name }) =>
			MUTANTS.some(({ breaks }) => name.includes(breaks)),
		);
		expect(broken).toEqual(INVARIANTS);
	});
});
