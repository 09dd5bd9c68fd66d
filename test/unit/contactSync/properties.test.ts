import fc from 'fast-check';
import * as engine from '../../../nodes/ContactSync/reconcile';
import { CASES, SEED } from './support/cases';
import { INVARIANTS } from './support/properties';

describe('the reconciler keeps its promises, whatever comes', () => {
	for (const { name, of } of INVARIANTS) {
		it(`${name} (${CASES(INVARIANTS.length)} cases)`, () => {
			fc.assert(of(engine), { numRuns: CASES(INVARIANTS.length), seed: SEED });
		});
	}
});
