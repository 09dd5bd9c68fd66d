import * as engine from '../../../nodes/ContactSync/reconcile';
import type { LinkRow, PlanOutput } from '../../../nodes/ContactSync/reconcile';
import { FIELDS, policy } from './support/policies';
import { MINUTE, World, itemsOf } from './support/world';

/** A table to which rows are only appended, as a Data Table is. */
class AppendingWorld extends World {
	override store(rows: readonly LinkRow[]): void {
		this.links.push(...structuredClone(rows));
	}

	/** The one delete of a run. */
	deleteOld({ summary }: PlanOutput): void {
		this.links = this.links.filter(({ generation }) => generation >= summary.generation);
	}
}

const name = (at: number) => `https://www.linkedin.com/in/person-${at}/`;

const fields = [FIELDS[0], FIELDS[3], FIELDS[4]].map((row) => ({ ...row, rule: 'A' as const }));

/** Linked pairs at rest. */
function atRest(pairs: number): AppendingWorld {
	const world = new AppendingWorld(engine, policy({ fields }));
	for (let at = 0; at < pairs; at++) {
		const person = (keys: object) => ({ fields: { ...keys }, tags: [], updatedAt: 0 });
		world.A.add(person({ firstName: 'x', title: 'x', linkedInUrl: name(at) }));
		world.B.add(person({ first_name: 'x', position: 'x', profile_url: name(at) }));
	}
	world.round();
	return world;
}

/** Changes all people of side A, and brings side B in step. */
function editAll(world: AppendingWorld, title: string): PlanOutput {
	for (const person of world.A.people.values()) person.fields.title = title;
	return world.round();
}

/** A world in which more rows were replaced than may stay. */
function withOldRows(pairs = 300): AppendingWorld {
	const world = atRest(pairs);
	for (const title of ['1', '2', '3', '4']) editAll(world, title);
	return world;
}

const planned = (world: World, links: readonly LinkRow[]) => {
	const plan = world.plan({ links });
	return { ...plan, summary: { ...plan.summary, runId: '' }, links: plan.links.length };
};

const rowOf = (world: World, aId: string): LinkRow =>
	world.links.filter((row) => row.aId === aId).sort((one, two) => two.rev - one.rev)[0];

describe('rows that are only appended', () => {
	it('takes of each link the highest revision, in whatever order the rows come', () => {
		const world = withOldRows(5);
		const rows = world.links;
		expect(itemsOf(world.plan())).toEqual([]);
		expect(world.plan({ links: [...rows].reverse() }).summary.pairs).toMatchObject({
			linked: 5,
			inSync: 5,
		});
		const latest = rows.filter((row) => row.state === 'run' || row === rowOf(world, row.aId));
		expect(planned(world, rows).applyB).toEqual(planned(world, latest).applyB);
	});

	it('takes a row that was appended twice for one', () => {
		const world = atRest(3);
		const first = rowOf(world, [...world.A.people.keys()][0]);
		const plan = world.plan({ links: [...world.links, { ...first }, { ...first, generation: 4 }] });
		expect(plan.review).toEqual([]);
		expect(plan.summary.pairs).toMatchObject({ linked: 3, inSync: 3 });
	});

	it('knows the newest version also where both records have got other ids since', () => {
		const world = atRest(1);
		const row = rowOf(world, [...world.A.people.keys()][0]);
		const before = { ...row, aId: 'a-old', bId: 'b-old' };
		const links = [before, { ...row, rev: 2, aliases: 'A:a-old B:b-old' }];
		const plan = world.plan({ links });
		expect(plan.summary.pairs).toMatchObject({ linked: 1, unlinked: 0 });
	});

	it('holds a link whose two rows of one revision differ, and names it', () => {
		const world = atRest(2);
		const [aId] = world.A.people.keys();
		const row = rowOf(world, aId);
		world.A.people.get(aId)!.fields.title = 'new';
		const plan = world.plan({ links: [...world.links, { ...row, base: '', generation: 1 }] });
		expect(itemsOf(plan)).toEqual([]);
		expect(plan.review).toEqual([
			expect.objectContaining({ kind: 'mappingNotOneToOne', pairId: row.pairId }),
		]);
		const solved = { ...row, rev: row.rev + 1 };
		expect(world.plan({ links: [...world.links, { ...row, base: '' }, solved] }).review).toEqual(
			[],
		);
	});

	it('of two rows of the run takes the later one', () => {
		const world = atRest(1);
		const [row] = world.links.filter(({ state }) => state === 'run');
		const other = { ...row, base: 'other settings', changedAt: '2020-01-01T00:00:00.000Z' };
		expect(world.plan({ links: [other, ...world.links] }).review).toEqual([]);
	});
});

describe('compaction', () => {
	it('does nothing while few rows have been replaced', () => {
		const world = atRest(300);
		const plan = editAll(world, 'new');
		expect(plan.summary).toMatchObject({ compacted: false, generation: 0 });
		const before = world.links.length;
		world.deleteOld(plan);
		expect(world.links).toHaveLength(before);
	});

	it('stores all present rows under the next generation, and the old ones can be deleted', () => {
		const world = withOldRows();
		const [aId] = world.A.people.keys();
		world.A.people.get(aId)!.fields.title = 'while it compacts';
		const plan = world.round();
		expect(plan.summary).toMatchObject({ compacted: true, generation: 1 });
		expect(new Set(plan.links.map(({ pairId }) => pairId)).size).toBe(301);
		expect(plan.links.every(({ generation }) => generation === 1)).toBe(true);
		world.deleteOld(plan);
		// The 300 links, the new version of the one that was written, and two rows of the run.
		expect(world.links.length).toBeLessThanOrEqual(303);
		world.now += MINUTE;
		const next = world.plan();
		expect(itemsOf(next)).toEqual([]);
		expect(next.summary).toMatchObject({ compacted: false, generation: 1 });
		expect(next.summary.pairs).toMatchObject({ linked: 300, inSync: 300 });
	});

	it('is left to a full run that writes', () => {
		const world = withOldRows();
		const ids = { A: [...world.A.people.keys()], B: [...world.B.people.keys()] };
		expect(engine.plan(world.partial(ids)).summary.compacted).toBe(false);
		expect(world.plan({ dryRun: true }).summary).toMatchObject({ compacted: false, generation: 0 });
	});

	it('can end anywhere: nothing that is needed is deleted', () => {
		const world = withOldRows();
		const plan = world.plan();
		expect(plan.summary.compacted).toBe(true);
		const before = [...world.links];
		for (const stored of [0, 1, 150, 299, plan.links.length]) {
			world.links = [...before, ...structuredClone(plan.links.slice(0, stored))];
			for (let runs = 0; runs < 3; runs++) {
				world.now += MINUTE;
				const next = world.round();
				expect(itemsOf(next)).toEqual([]);
				world.deleteOld(next);
				expect(next.summary.pairs).toMatchObject({ linked: 300, inSync: 300, newlyLinked: 0 });
			}
			expect(world.links.length).toBeLessThan(310);
		}
	});

	it('keeps rows that nobody can use, until a person has corrected them', () => {
		const world = withOldRows();
		const [first, second] = world.A.people.keys();
		const torn = { ...rowOf(world, first), base: '' };
		const bad = { ...rowOf(world, second), rev: 99, state: 'linkt' as 'linked', changedAt: '' };
		world.links.push(torn, bad);
		const held = (plan: PlanOutput) => plan.review.map(({ kind }) => kind).sort();
		const plan = world.round();
		expect(plan.summary.compacted).toBe(true);
		expect(plan.links.every(({ changedAt }) => changedAt !== '')).toBe(true);
		world.deleteOld(plan);
		expect(held(plan)).toEqual(['badMappingRow', 'mappingNotOneToOne']);
		expect(held(world.round())).toEqual(['badMappingRow', 'mappingNotOneToOne']);
	});

	it('lets rows go that are of no use, and keeps those of creates that failed', () => {
		const world = withOldRows();
		const row = { ...rowOf(world, [...world.A.people.keys()][0]), state: 'expired' as const };
		world.links.push(
			{ ...row, pairId: 'gone long ago', aId: 'a', bId: 'b' },
			{ ...row, pairId: 'not created', aId: 'a', bId: '', rev: 5 },
		);
		const names = world.plan().links.map(({ pairId }) => pairId);
		expect(names).toContain('not created');
		expect(names).not.toContain('gone long ago');
	});

	it('leaves the rows of other accounts out', () => {
		const world = withOldRows();
		const other = world.links.map((row) => ({ ...row, location: 'elsewhere' }));
		const plan = world.plan({ links: [...world.links, ...other] });
		expect(plan.summary).toMatchObject({ compacted: true, otherRows: other.length });
		expect(plan.links).toHaveLength(301);
	});
});
