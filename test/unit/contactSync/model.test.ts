import fc from 'fast-check';
import * as engine from '../../../nodes/ContactSync/reconcile';
import { CASES, SEED } from './support/cases';
import { Model, life } from './support/model';

const SHARE = 10;

describe('two lossy services, people who edit both, and runs that end anywhere', () => {
	it(`each person ends up once on each side, nothing is lost, and then nothing is written (${CASES(SHARE)} lives)`, () => {
		const property = fc.property(life, (told) => {
			expect(new Model(engine, told).finish()).toEqual([]);
		});
		fc.assert(property, { numRuns: CASES(SHARE), seed: SEED });
	});
});
