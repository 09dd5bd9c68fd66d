import fc from 'fast-check';
import * as engine from '../../../nodes/ContactSync/reconcile';
import { CASES, SEED } from './support/cases';
import { INVARIANTS } from './support/properties';

/** A twentieth each: the lives and the forms (`model.test.ts`, `normalise.test.ts`) have the rest. */
const SHARE = 20;

describe('the reconciler keeps its promises, whatever comes', () => {
	for (const { name, of } of INVARIANTS) {
		it(`${name} (${CASES(SHARE)} cases)`, () => {
			fc.assert(of(engine), { numRuns: CASES(SHARE), seed: SEED });
		});
	}
});
