import fc from 'fast-check';
import * as engine from '../../../nodes/ContactSync/reconcile';
import { CASES, SEED } from './support/cases';
import { Model, life } from './support/model';
import type { Life } from './support/model';
import { policy } from './support/policies';

const SHARE = 10;

/** Lives that a mended fault once broke. */
const PINNED: Life[] = [
	// The lead is renamed and gets its final id while the contact that was made of it is not listed yet.
	{
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
	},
];

describe('two lossy services, people who edit both, and runs that end anywhere', () => {
	it(`each person ends up once on each side, nothing is lost, and then nothing is written (${CASES(SHARE)} lives)`, () => {
		const property = fc.property(life, (told) => {
			expect(new Model(engine, told).finish()).toEqual([]);
		});
		fc.assert(property, {
			numRuns: CASES(SHARE),
			seed: SEED,
			examples: PINNED.map((told): [Life] => [told]),
		});
	});
});
