import fc from 'fast-check';
import * as engine from '../../../nodes/ContactSync/reconcile';
import { CASES, SEED } from './support/cases';
import { TownLife, town } from './support/strangers';

const SHARE = 20;

it(`with shared mailboxes and phones, lost answers, retries and crashes: no write reaches somebody else, links stay one to one, nobody is made twice (${CASES(SHARE)} towns)`, () => {
	const property = fc.property(town, (told) => {
		expect(new TownLife(engine, told).wrong).toEqual([]);
	});
	fc.assert(property, { numRuns: CASES(SHARE), seed: SEED });
});
