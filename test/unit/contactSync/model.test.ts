import fc from 'fast-check';
import * as engine from '../../../nodes/ContactSync/reconcile';
import { CASES, SEED } from './support/cases';
import { ALL, askingLife, crowdedLife, life, restlessLife, splitLife } from './support/lives';
import type { Life, Options } from './support/lives';
import { Model } from './support/model';
import { policy } from './support/policies';

const HOW: Options = { sizes: { A: 1, B: 1 }, mostReplaced: ALL, twice: false, lost: ALL };

/** A life that a mended fault once broke: the lead is renamed and gets its final id while the contact that was made of it is not listed yet. */
const RENAMED_WHILE_UNLISTED: Life = {
	quirks: { A: { knowsByEmail: true }, B: { knowsByEmail: true, provisionalIds: true } },
	people: [],
	steps: [
		{ do: 'add', side: 'B', title: 'x' },
		{ do: 'run', steps: ALL, dies: false, ...HOW },
		{ do: 'rename', side: 'B', who: 0, to: 0 },
		{ do: 'settle', who: 0 },
		{ do: 'run', steps: 7, dies: true, ...HOW },
	],
	...{ slow: true, store: 'append', hangsOn: false, keepsFirst: true },
	policy: policy({ create: { A: true, B: true }, graceMs: 90_000 }),
};

/**
 * A life that a mended fault once broke: all that a run was to write was left alone, and it had taken note of
 * an edit. It stored that as the revision that was there.
 */
const LEFT_ALONE_WITH_AN_EDIT: Life = {
	quirks: {
		A: { knowsByEmail: true, drops: ['title'], rewrites: ['firstName', 'title'] },
		B: { knowsByEmail: true, rewrites: ['first_name', 'position'] },
	},
	people: ['B'],
	steps: [
		{ do: 'run', steps: ALL, dies: false, ...HOW, mostReplaced: 0, twice: true },
		{ do: 'edit', side: 'A', who: 0, value: 'x', field: 2 },
		{ do: 'event', steps: 3, who: [0], ...HOW, mostReplaced: 0, twice: true },
		{ do: 'edit', side: 'B', who: 0, value: 'x', field: 2 },
		{ do: 'go', which: 0, steps: 6 },
	],
	...{ slow: false, store: 'append', hangsOn: false, keepsFirst: false },
	policy: policy({ create: { A: true, B: true }, graceMs: 90_000 }),
};

/**
 * A life that a mended fault once broke: a run that has lost its lease stores what it has written, between the
 * read and the delete of a newer run. That delete took its rows along.
 */
const STORED_AFTER_THE_READ: Life = {
	quirks: {
		A: { knowsByEmail: true, capitals: ['firstName', 'title'] },
		B: { knowsByEmail: true, rewrites: ['first_name', 'position'] },
	},
	people: ['A'],
	steps: [
		{ do: 'run', steps: ALL, dies: false, ...HOW, mostReplaced: 0, twice: true },
		{ do: 'run', steps: 8, dies: false, ...HOW, mostReplaced: 0 },
		{ do: 'wait', minutes: 61 },
		{ do: 'run', steps: ALL, dies: false, ...HOW, mostReplaced: 0, twice: true, lost: 0 },
		{ do: 'run', steps: 2, dies: false, ...HOW, mostReplaced: 0, twice: true },
	],
	...{ slow: false, store: 'append', hangsOn: true, keepsFirst: false },
	policy: policy({ create: { A: true, B: true }, initial: 'fillBlank', graceMs: 90_000 }),
};

/**
 * A life that a mended fault once broke: a run rests after its plan and then loses the answer to a create. The
 * next one took the create for an old one, which lists would show by then, and made the person again.
 */
const LOST_LONG_AFTER_THE_PLAN: Life = {
	quirks: { A: { knowsByEmail: true }, B: { knowsByEmail: true } },
	people: ['B'],
	steps: [
		{ do: 'run', steps: 3, dies: false, ...HOW, lost: 0 },
		{ do: 'wait', minutes: 1 },
		{ do: 'wait', minutes: 1 },
		{ do: 'go', which: 0, steps: ALL },
		{ do: 'run', steps: ALL, dies: false, ...HOW },
	],
	...{ slow: true, store: 'append', hangsOn: false, keepsFirst: false },
	policy: policy({ create: { A: true, B: true }, initial: 'fillBlank', graceMs: 90_000 }),
};

const EXAMPLES: Array<[Life]> = [
	[LOST_LONG_AFTER_THE_PLAN],
	[RENAMED_WHILE_UNLISTED],
	[LEFT_ALONE_WITH_AN_EDIT],
	[STORED_AFTER_THE_READ],
];

describe('two lossy services, people who edit both and answer, and runs that end and overlap anywhere', () => {
	it.each([
		{ kind: 'of every kind', lives: life, cases: CASES(12) },
		{ kind: 'of people who change their keys and ids', lives: restlessLife, cases: CASES(24) },
		{ kind: 'of runs that lose their lease', lives: crowdedLife, cases: CASES(40) },
		{ kind: 'of people who answer during a run', lives: askingLife, cases: CASES(100) },
		{ kind: 'of pairs written in two portions', lives: splitLife, cases: CASES(100) },
	])(
		'each person ends up once on each side, nothing is lost, and then nothing is written ($cases lives $kind)',
		({ lives, cases }) => {
			const property = fc.property(lives, (told) => {
				expect(new Model(engine, told).finish()).toEqual([]);
			});
			fc.assert(property, { numRuns: cases, seed: SEED, examples: EXAMPLES });
		},
	);
});
