import fc from 'fast-check';
import * as engine from '../../../nodes/ContactSync/reconcile';
import { Model } from './support/model';
import { LIFE_MUTANTS, MUTANTS } from './support/mutants';
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

	for (const { forgets, make, fault, finds, lives } of LIFE_MUTANTS()) {
		it(`who forgets ${forgets} does not survive a life with crashes`, () => {
			const engineOfLife = make(engine);
			const property = fc.property(lives, (told) => {
				const wrong = new Model(engineOfLife, told, fault).finish();
				return !wrong.some((one) => one.includes(finds));
			});
			expect(() => fc.assert(property, { numRuns: CASES, seed: 7, endOnFailure: true })).toThrow(
				'Property failed',
			);
		});
	}

	it('no promise is left out', () => {
		const broken = INVARIANTS.filter(({ name }) =>
			MUTANTS.some(({ breaks }) => name.includes(breaks)),
		);
		expect(broken).toEqual(INVARIANTS);
	});
});
