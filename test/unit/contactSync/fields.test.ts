import * as engine from '../../../nodes/ContactSync/reconcile';
import type { FieldRule, Value } from '../../../nodes/ContactSync/reconcile';
import { couple, outcome, setTitle, told } from './support/couple';
import type { Seen } from './support/couple';
import { MINUTE } from './support/world';

type Row = [string, [Value, Value], [Seen, Seen], string, Partial<FieldRule>?];

/** `past` of A and B, what they are now, and what comes of it. */
it.each<Row>([
	['equal now, whoever changed', ['old', 'old'], ['new', 'new'], 'A -, B -'],
	['equal but for spaces', ['old', 'old'], ['new', ' new '], 'A -, B -'],
	['A was not read', ['old', 'old'], ['?', 'new'], 'A -, B -'],
	['B was not read', ['old', 'old'], ['new', '?'], 'A -, B -'],
	[
		'B was not read, A was cleared',
		['old', 'old'],
		[null, '?'],
		'A -, B -',
		{ clear: 'propagate' },
	],
	['they differed before: accepted', ['a', 'b'], ['a', 'b'], 'A -, B -'],
	['A changed', ['old', 'old'], ['new', 'old'], 'A -, B new, changed'],
	['B changed', ['old', 'old'], ['old', 'new'], 'A new, B -, changed'],
	['A changed, they differed before', ['a', 'b'], ['new', 'b'], 'A -, B new, changed'],
	['A changed from blank', [null, null], ['new', null], 'A -, B new, filled'],
	[
		'A changed, but B is not to be written',
		['old', 'old'],
		['new', 'old'],
		'A -, B -, directionBlocked',
		{ direction: 'BtoA' },
	],
	['A was cleared', ['old', 'old'], [null, 'old'], 'A -, B -, clearKept'],
	[
		'A was cleared, clearing travels',
		['old', 'old'],
		[null, 'old'],
		'A -, B blank, cleared',
		{ clear: 'propagate' },
	],
	[
		'B was cleared, clearing travels',
		['old', 'old'],
		['old', ' '],
		'A blank, B -, cleared',
		{ clear: 'propagate' },
	],
	['both were cleared', ['old', 'old'], [null, ''], 'A -, B -', { clear: 'propagate' }],
	[
		'A changed, B was cleared: the value stays',
		['old', 'old'],
		['new', null],
		'A -, B new, setVsClear',
	],
	[
		'the same, clearing travels',
		['old', 'old'],
		['new', null],
		'A -, B new, setVsClear',
		{ clear: 'propagate' },
	],
	[
		'the same, and B is the source of truth',
		['old', 'old'],
		['new', null],
		'A blank, B -, setVsClear',
		{ clear: 'propagate', rule: 'B' },
	],
	['both changed, A wins', ['old', 'old'], ['a', 'b'], 'A -, B a, conflict', { rule: 'A' }],
	['both changed, B wins', ['old', 'old'], ['a', 'b'], 'A b, B -, conflict', { rule: 'B' }],
	[
		'B wins, but A is not to be written',
		['old', 'old'],
		['a', 'b'],
		'A -, B -, directionBlocked',
		{ rule: 'B', direction: 'AtoB' },
	],
	[
		'both changed, a person decides',
		['old', 'old'],
		['a', 'b'],
		'A -, B -, open concurrent',
		{ rule: 'manual' },
	],
	[
		'both changed, only blanks are filled',
		['old', 'old'],
		['a', 'b'],
		'A -, B -, open concurrent',
		{ rule: 'fillBlank' },
	],
	[
		'A changed, only blanks are filled',
		['old', 'old'],
		['new', 'old'],
		'A -, B -, notOverwritten',
		{ rule: 'fillBlank' },
	],
	[
		'A changed, B is blank, only blanks are filled',
		['old', null],
		['new', null],
		'A -, B new, filled',
		{ rule: 'fillBlank' },
	],
	[
		'both changed, neither says when',
		['old', 'old'],
		['a', 'b'],
		'A -, B -, open concurrent',
		{ rule: 'latest' },
	],
	[
		'the same, with a tiebreak',
		['old', 'old'],
		['a', 'b'],
		'A b, B -, conflict',
		{ rule: 'latest', tiebreak: 'B' },
	],
	[
		'both changed and first seen in this run',
		['old', 'old'],
		['a', 'b'],
		'A -, B -, open concurrent',
		{ rule: 'field' },
	],
])('%s', (_what, past, now, expected, rule = {}) => {
	expect(outcome(couple({ past, now, rule }), now)).toBe(expected);
});

type Meeting = ['fillBlank' | 'manual' | 'A' | 'B', Value, Value, string];

it.each<Meeting>([
	['fillBlank', 'x', null, 'A -, B x, filled'],
	['fillBlank', null, 'y', 'A y, B -, filled'],
	['fillBlank', 'x', 'y', 'A -, B -, open initial'],
	['manual', 'x', 'y', 'A -, B -, open initial'],
	['A', 'x', 'y', 'A -, B x, initial'],
	['B', 'x', 'y', 'A y, B -, initial'],
	['B', 'x', null, 'A -, B x, filled'],
])('two that were never linked, rule %s: %s and %s', (initial, a, b, expected) => {
	expect(outcome(couple({ now: [a, b], policy: { initial } }), [a, b])).toBe(expected);
});

describe('who changed it last', () => {
	it('by the record, where both say when', () => {
		const world = couple({ past: ['old', 'old'], now: ['a', 'b'], rule: { rule: 'latest' } });
		const [a, b] = [world.A.people.get('a1'), world.B.people.get('b1')];
		if (!a || !b) throw new Error('The pair is not there.');
		[a.updatedAt, b.updatedAt] = [200, 100];
		expect(told(world.plan())).toBe('A -, B a, conflict');
		[a.updatedAt, b.updatedAt] = [100, 200];
		expect(told(world.plan())).toBe('A b, B -, conflict');
	});

	it('by the field: what was first seen later wins, also after a run that ended early', () => {
		const world = couple({ past: ['old', 'old'], now: ['a', 'old'], rule: { rule: 'field' } });
		// The change is seen and stored; the write is never made.
		world.begin(world.plan());
		world.now += MINUTE;
		setTitle(world, 'B', 'b');
		expect(told(world.plan())).toBe('A b, B -, conflict');
	});

	it('a change of the change counts from then', () => {
		const world = couple({ past: ['old', 'old'], now: ['a', 'old'], rule: { rule: 'field' } });
		world.begin(world.plan());
		world.now += MINUTE;
		setTitle(world, 'B', 'b');
		world.begin(world.plan());
		world.now += MINUTE;
		setTitle(world, 'A', 'a again');
		expect(told(world.plan())).toBe('A -, B a again, conflict');
	});

	it('an event knows better than what was first seen', () => {
		const world = couple({ past: ['old', 'old'], now: ['a', 'b'], rule: { rule: 'field' } });
		const input = world.input();
		const [a] = input.sides.A.records;
		const sides = {
			...input.sides,
			A: { complete: true, records: [{ ...a, eventAt: { title: 5 } }] },
		};
		expect(told(engine.plan({ ...input, sides }))).toBe('A b, B -, conflict');
	});

	it('waits no longer for a change that was taken back', () => {
		const world = couple({ past: ['old', 'old'], now: ['a', 'old'], rule: { rule: 'field' } });
		world.begin(world.plan());
		setTitle(world, 'A', 'old');
		world.begin(world.plan());
		expect(world.links[0].base).not.toContain('~');
	});
});

describe('what a person has decided', () => {
	const decide = (choose: 'A' | 'B' | 'value' | 'skip', value = '') => {
		const world = couple({ past: ['old', 'old'], now: ['a', 'b'] });
		const [{ conflictId }] = world.plan().review.filter(({ kind }) => kind === 'concurrent');
		world.answers = [{ conflictId, choose, value, by: 'Ann' }];
		return world;
	};

	it.each([
		['A', 'A -, B a, resolved'],
		['B', 'A b, B -, resolved'],
		['skip', 'A -, B -, resolved'],
	] as const)('%s', (choose, expected) => {
		expect(told(decide(choose).plan())).toBe(expected);
	});

	it('another value, for both', () => {
		expect(told(decide('value', 'agreed').plan())).toBe('A agreed, B agreed, resolved');
	});

	it('a value of nothing is no answer', () => {
		const plan = decide('value', ' ').plan();
		expect(told(plan)).toBe('A -, B -, open concurrent');
		expect(plan.review.find(({ kind }) => kind === 'concurrent')?.reason).toContain('has no value');
	});

	it('is on record with who decided, and is asked no more', () => {
		const world = decide('A');
		world.round();
		const { conflictId } = world.answers[0];
		expect(world.statusOf(conflictId)).toBe('underWay');
		world.round();
		expect(world.statusOf(conflictId)).toBe('applied');
		expect(world.audit.filter(({ kind }) => kind === 'resolved')).toEqual([
			expect.objectContaining({ applied: 'planned', before: 'b', after: 'a', actor: 'Ann' }),
			expect.objectContaining({ applied: 'ok', before: 'b', after: 'a', actor: 'Ann' }),
		]);
		expect(told(world.plan())).toBe('A -, B -');
	});

	it('a value for both counts only when both have it', () => {
		const world = decide('value', 'agreed');
		const plan = world.plan();
		const [a] = world.apply(plan.applyA);
		world.commit([a, ...plan.applyB.map((item) => ({ ...item, error: 'busy' }))]);
		// A has it, B still has its own: to be decided again, not lost.
		expect(told(world.plan())).toBe('A -, B -, open concurrent');
	});

	it('is not used once the values have changed, and that is said', () => {
		const world = decide('A');
		setTitle(world, 'B', 'meanwhile');
		const plan = world.plan();
		expect(told(plan)).toBe('A -, B -, open concurrent');
		expect(plan.review).toContainEqual(
			expect.objectContaining({
				...{ conflictId: world.answers[0].conflictId, status: 'stale' },
				reason:
					'The answer “A” of Ann was not used in this run: its question is gone, or the values have changed since.',
			}),
		);
	});
});

it('asks in words that a salesperson understands', () => {
	const [row] = couple({ past: ['old', 'old'], now: ['CTO', 'VP Sales'] })
		.plan()
		.review.filter(({ kind }) => kind === 'concurrent');
	expect(row).toMatchObject({
		reason:
			'a1: “Job title” was changed on both sides, to “CTO” in GHL and to “VP Sales” in HeyReach. Nothing was overwritten.',
		whatToDo:
			'Choose A to take the value of GHL, B to take the value of HeyReach, value to write another one to both, or skip to leave both as they are.',
		choices: 'A, B, value, skip',
		valueA: 'CTO',
		valueB: 'VP Sales',
		choose: '',
	});
});
