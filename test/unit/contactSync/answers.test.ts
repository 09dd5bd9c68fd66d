import type {
	PlanInput,
	PlanOutput,
	Resolution,
	ReviewRow,
} from '../../../nodes/ContactSync/reconcile';
import { couple, setTitle, told } from './support/couple';
import { MINUTE, itemsOf, openRows } from './support/world';
import type { World } from './support/world';

/** The review table, to which rows are only appended, and the form. */
class Review {
	rows: Resolution[] = [];

	constructor(private readonly world: World) {}

	/** A run that ends before it writes. Its rows are stored. */
	plan(more: Partial<PlanInput> = {}): PlanOutput {
		const plan = this.world.plan({ resolutions: this.rows, ...more });
		this.rows.push(...structuredClone(plan.review));
		return plan;
	}

	/** A run that comes to its end. `meanwhile` happens between the reading of the rows and the plan. */
	run(more: Partial<PlanInput> = {}, meanwhile?: () => void): PlanOutput {
		const { world } = this;
		const takenAt = (world.now += MINUTE);
		const resolutions = structuredClone(this.rows);
		world.now += MINUTE;
		meanwhile?.();
		world.now += MINUTE;
		const plan = this.plan({ resolutions, ...more });
		world.begin(plan);
		world.commit(world.apply(itemsOf(plan)), plan);
		this.rows = this.rows.filter(({ generation }) => (generation ?? 0) >= takenAt);
		return plan;
	}

	/** What the form appends. */
	answer(row: ReviewRow, choose: Resolution['choose'], value = ''): void {
		const { now } = this.world;
		const at = new Date(now).toISOString();
		this.rows.push({ ...row, choose, value, by: 'Ann', at, generation: now });
	}
}

const question = (plan: PlanOutput): ReviewRow => {
	const [row] = openRows(plan).filter(({ kind }) => kind === 'concurrent');
	return row;
};

const fates = ({ review }: PlanOutput): string[] =>
	review.filter(({ choose }) => choose !== '').map(({ choose, status }) => `${choose} ${status}`);

/** A pair whose job title was changed on both sides, to a and to b. */
function asked() {
	const world = couple({ past: ['old', 'old'], now: ['a', 'b'] });
	const review = new Review(world);
	const row = question(review.run());
	world.now += MINUTE;
	return { world, review, row };
}

const title = (world: World, side: 'A' | 'B') =>
	world[side].people.get(side === 'A' ? 'a1' : 'b1')?.fields[side === 'A' ? 'title' : 'position'];

it('an answer is under way while its write is, then carried out, then forgotten', () => {
	const { world, review, row } = asked();
	review.answer(row, 'A');
	expect(fates(review.run())).toEqual(['A underWay']);
	expect(title(world, 'B')).toBe('a');
	expect(fates(review.run())).toEqual(['A applied']);
	expect(fates(review.run())).toEqual([]);
	expect(review.rows.filter(({ choose }) => choose !== '')).toEqual([]);
});

it('its row is a copy of the question, and says who gave it and when', () => {
	const { world, review, row } = asked();
	review.answer(row, 'B');
	const at = new Date(world.now).toISOString();
	const [copy] = review.run().review.filter(({ choose }) => choose !== '');
	expect(copy).toMatchObject({
		...{ kind: 'concurrent', name: 'a1', field: 'Job title', valueA: 'a', valueB: 'b' },
		...{ choose: 'B', by: 'Ann', at, status: 'underWay' },
		...{ reason: 'The answer “B” of Ann is being carried out.', whatToDo: '' },
	});
	expect(Object.keys(copy).sort()).toEqual(Object.keys(row).sort());
});

it('an answer given while a run reads the accounts is obeyed by the next one', () => {
	const { world, review, row } = asked();
	const plan = review.run({}, () => review.answer(row, 'A'));
	// The run could not know, and asked again, later than the answer.
	expect(question(plan).generation).toBeGreaterThan(world.now - 2 * MINUTE);
	expect(fates(review.run())).toEqual(['A underWay']);
	expect(title(world, 'B')).toBe('a');
});

it('of two answers the one that was given last counts, also where a run copied the first meanwhile', () => {
	const { world, review, row } = asked();
	review.answer(row, 'A');
	// The first run obeys A and ends before it writes; while it was reading, the person thought again.
	const resolutions = structuredClone(review.rows);
	world.now += MINUTE;
	review.answer(row, 'B');
	world.now += MINUTE;
	review.plan({ resolutions });
	world.now += MINUTE;
	expect(fates(review.run())).toEqual(['B underWay']);
	expect(title(world, 'A')).toBe('b');
});

it('the order of the rows does not matter', () => {
	const { world, review, row } = asked();
	for (const choose of ['A', 'skip', 'B'] as const) {
		review.answer(row, choose);
		world.now += 1000;
	}
	const resolutions = [...review.rows].reverse();
	expect(told(world.plan({ resolutions }))).toBe(told(world.plan({ resolutions: review.rows })));
	expect(told(world.plan({ resolutions }))).toContain('A b');
});

it('a preview, a dry run and a run that a brake stops hand it on', () => {
	const { world, review, row } = asked();
	review.answer(row, 'A');
	expect(fates(review.run({ dryRun: true }))).toEqual(['A open']);
	const other = { ...world.policy, create: { A: true, B: false }, brakes: {} };
	expect(fates(review.run({ policy: other }))).toEqual(['A open']);
	const brakes = { ...world.policy.brakes, updates: { count: 0, share: 0 } };
	const stopped = review.run({ policy: { ...world.policy, brakes } });
	expect(stopped.summary.previewOnly).toBe(true);
	expect(fates(stopped)).toEqual(['A open']);
	expect(stopped.summary.pairs.openConflicts).toBe(0);
	expect(fates(review.run())).toEqual(['A underWay']);
});

it('a run that has not seen the pair hands it on', () => {
	const { world, review, row } = asked();
	review.answer(row, 'A');
	const half = { records: [], complete: false };
	const { sides } = world.input();
	expect(fates(review.run({ sides: { A: sides.A, B: half } }))).toEqual(['A open']);
	const none = { A: half, B: half };
	expect(fates(review.plan({ mode: 'partial', sides: none }))).toEqual([]);
	expect(fates(review.run())).toEqual(['A underWay']);
});

it('a partial run does not put a question again that the table holds already', () => {
	const { world, review, row } = asked();
	const events = world.partial({ A: ['a1'], B: ['b1'] });
	const { review: added, summary } = review.plan({ ...events, resolutions: review.rows });
	expect(added.filter(({ kind }) => kind === 'concurrent')).toEqual([]);
	expect(summary.pairs.openConflicts).toBe(1);
	setTitle(world, 'B', 'other');
	const later = world.partial({ A: ['a1'], B: ['b1'] });
	const other = question(review.plan({ ...later, resolutions: review.rows }));
	expect(other.conflictId).not.toBe(row.conflictId);
});

it('is obeyed again where its write failed', () => {
	const { world, review, row } = asked();
	review.answer(row, 'A');
	const plan = review.plan();
	world.begin(plan);
	world.commit(plan.applyB.map((item) => ({ ...item, error: 'busy' })));
	world.now += MINUTE;
	expect(fates(review.run())).toEqual(['A underWay']);
	expect(title(world, 'B')).toBe('a');
});

it('is too late where the values have changed, before it was read or before it was written', () => {
	const before = asked();
	before.review.answer(before.row, 'A');
	setTitle(before.world, 'B', 'meanwhile');
	expect(fates(before.review.run())).toEqual(['A stale']);
	expect(fates(before.review.run())).toEqual([]);

	const { world, review, row } = asked();
	review.answer(row, 'A');
	const plan = review.plan();
	world.begin(plan);
	setTitle(world, 'B', 'meanwhile');
	world.commit(world.apply(plan.applyB), plan);
	world.now += MINUTE;
	const next = review.run();
	expect(fates(next)).toEqual(['A stale']);
	expect(question(next)).toMatchObject({ valueB: 'meanwhile' });
});

it('goes on holding when its row is long gone', () => {
	const { world, review, row } = asked();
	review.answer(row, 'skip');
	expect(fates(review.run())).toEqual(['skip applied']);
	for (let runs = 0; runs < 3; runs++) {
		const plan = review.run();
		expect(fates(plan)).toEqual([]);
		expect(openRows(plan).filter(({ field }) => field === 'Job title')).toEqual([]);
	}
	expect([title(world, 'A'), title(world, 'B')]).toEqual(['a', 'b']);
});

it('is not lost with a write about another field that fails', () => {
	const { world, review, row } = asked();
	review.answer(row, 'skip');
	const person = world.A.people.get('a1');
	if (person) person.fields.firstName = 'Anna';
	const plan = review.plan();
	expect(fates(plan)).toEqual(['skip applied']);
	world.begin(plan);
	world.commit(plan.applyB.map((item) => ({ ...item, error: 'busy' })));
	world.now += MINUTE;
	expect(openRows(review.run()).filter(({ field }) => field === 'Job title')).toEqual([]);
});

it('without its question’s row is an answer all the same', () => {
	const { review, world, row } = asked();
	review.rows.push({ conflictId: row.conflictId, choose: 'A' });
	const plan = review.run();
	expect(fates(plan)).toEqual(['A underWay']);
	expect(plan.review.find(({ choose }) => choose !== '')).toMatchObject({ kind: 'answer' });
	expect(title(world, 'B')).toBe('a');
});

it('one that cannot be used is said with the question', () => {
	const { review, row } = asked();
	review.answer(row, 'link');
	const plan = review.run();
	expect(fates(plan)).toEqual([]);
	expect(question(plan).reason).toContain('The answer “link” is none of A, B, value, skip');
});

it('no plan has two rows of one question', () => {
	const { review, row } = asked();
	review.answer(row, 'A');
	for (const plan of [review.run(), review.run(), review.run()]) {
		const ids = plan.review.map(({ conflictId }) => conflictId);
		expect(new Set(ids).size).toBe(ids.length);
	}
});
