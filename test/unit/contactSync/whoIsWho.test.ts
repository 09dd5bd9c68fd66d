import fc from 'fast-check';
import { newestLinks, pairOf } from '../../../nodes/ContactSync/reconcile/state/linksTable';
import type { LinkRow, PlanOutput, Resolution } from '../../../nodes/ContactSync/reconcile';
import { CASES, SEED } from './support/cases';
import { found, meet, record, url } from './support/people';
import type { Keys } from './support/people';
import { MINUTE, openRows } from './support/world';

const START = Date.UTC(2026, 0, 1);
const ACCOUNTS = { location: '', workspace: '' };

/** Answers to the questions of a plan, at the moment `now`. */
type Answerer = (plan: PlanOutput, now: number) => Resolution[];

interface People {
	A: Keys[];
	B: Keys[];
}

/** The runs of a week in which nothing changes but what people answer. All rows are kept, as a table does. */
function runs({ A, B }: People, answerer: Answerer, times = 4) {
	const records = (name: string, all: Keys[]) =>
		all.map((keys, at) => record(`${name}${at + 1}`, keys, { name: `${name}${at + 1}` }));
	const table: LinkRow[] = [];
	let resolutions: Resolution[] = [];
	const plans: PlanOutput[] = [];
	for (let run = 0; run < times; run++) {
		const now = START + run * 60 * MINUTE;
		const plan = meet(
			records('a', A),
			records('b', B),
			{},
			{ now, links: structuredClone(table), resolutions },
		);
		plans.push(plan);
		table.push(...plan.links);
		const told = plan.review.filter(({ choose }) => choose !== '');
		resolutions = [...resolutions, ...told, ...answerer(plan, now + MINUTE)];
	}
	return { plans, table };
}

/** What is wrong with the rows that the runs have stored. */
function faults({ plans, table }: ReturnType<typeof runs>): string[] {
	const wrong: string[] = [];
	const said = new Map<string, string>();
	for (const { pairId, rev, aId, bId, state } of table) {
		const [key, row] = [`${pairId} ${rev}`, `${aId} ${bId} ${state}`];
		if (said.has(key) && said.get(key) !== row && state !== 'run')
			wrong.push(`revision ${rev} is both “${said.get(key)}” and “${row}”`);
		said.set(key, row);
	}
	const linkedOf = (rows: LinkRow[]) =>
		newestLinks(rows, ACCOUNTS).filter(({ state }) => state === 'linked');
	const rows: LinkRow[] = [];
	let before: LinkRow[] = [];
	for (const plan of plans) {
		rows.push(...plan.links);
		const linked = linkedOf(rows);
		const ids = linked.flatMap(({ aId, bId }) => [`A ${aId}`, `B ${bId}`]);
		if (new Set(ids).size < ids.length) wrong.push('a record is in two links');
		const pairs = new Set(linked.map(({ aId, bId }) => pairOf(aId, bId)));
		for (const { aId, bId } of before)
			if (!pairs.has(pairOf(aId, bId))) wrong.push(`${aId}=${bId} is no longer linked`);
		before = linked;
		for (const { kind, reason } of plan.review)
			if (kind === 'mappingNotOneToOne' || kind === 'badMappingRow') wrong.push(reason);
	}
	return wrong;
}

const keys: fc.Arbitrary<Keys> = fc.record(
	{
		memberId: fc.constantFrom('1', '2'),
		linkedIn: fc.constantFrom(...['ann', 'bob', 'cid'].map(url)),
		emails: fc.uniqueArray(fc.constantFrom('x@x.com', 'y@x.com', 'z@x.com'), { maxLength: 2 }),
	},
	{ requiredKeys: [] },
);
const side = fc.array(keys, { minLength: 1, maxLength: 4 });
/** For each question: which choice, and which of its ids a person names, if any. */
const habits = fc.array(
	fc.record({ choose: fc.nat(3), names: fc.boolean(), a: fc.nat(3), b: fc.nat(3) }),
	{ minLength: 1, maxLength: 6 },
);

it(`no answer about who is who harms a link, or makes two rows that differ (${CASES(20)} cases)`, () => {
	fc.assert(
		fc.property(fc.record({ A: side, B: side }), habits, (people, all) => {
			let asked = 0;
			const told = runs(people, (plan, now) =>
				openRows(plan)
					.filter(({ choices }) => choices !== '')
					.map(({ conflictId, choices, aId, bId }) => {
						const { choose, names, a, b } = all[asked++ % all.length];
						const offered = choices.split(', ');
						const pick = (ids: string, at: number) => {
							const list = ids.split(' ');
							return list[at % list.length];
						};
						return {
							conflictId,
							choose: offered[choose % offered.length] as 'link',
							value: names ? `${pick(aId, a)} ${pick(bId, b)}` : '',
							by: 'Ann',
							at: new Date(now).toISOString(),
						};
					}),
			);
			expect(faults(told)).toEqual([]);
		}),
		{ numRuns: CASES(20), seed: SEED },
	);
});

const answerAll =
	(choose: 'link' | 'keepApart'): Answerer =>
	(plan, now) =>
		openRows(plan)
			.filter(({ choices }) => choices.includes(choose))
			.map(({ conflictId }) => ({
				...{ conflictId, choose, value: '', by: 'Ann' },
				at: new Date(now).toISOString(),
			}));

it('keepApart parts nobody whom a surer key has linked', () => {
	// Ann is linked by LinkedIn; her assistant has her mailbox.
	const people = {
		A: [{ linkedIn: url('ann'), emails: ['ann@x.com'] }, { emails: ['ann@x.com'] }],
		B: [{ linkedIn: url('ann'), emails: ['ann@x.com'] }],
	};
	const told = runs(people, answerAll('keepApart'), 3);
	expect(found(told.plans[0])).toBe('a1=b1; ? ambiguous a1 a2 b1');
	expect(faults(told)).toEqual([]);
	const rows = newestLinks(told.table, ACCOUNTS).map(({ aId, bId, state }) => [aId, bId, state]);
	expect(rows).toEqual(
		expect.arrayContaining([
			['a1', 'b1', 'linked'],
			['a2', 'b1', 'keepApart'],
		]),
	);
	expect(openRows(told.plans[2]).filter(({ choices }) => choices !== '')).toEqual([]);
});

it.each([['link', 'keepApart'] as const, ['keepApart', 'link'] as const])(
	'of two answers about one pair, %s and %s, one counts',
	(first, second) => {
		const both = { emails: ['x@x.com', 'y@x.com'] };
		const people = { A: [both], B: [both, { emails: ['x@x.com'] }, { emails: ['y@x.com'] }] };
		const told = runs(
			people,
			(plan, now) =>
				openRows(plan)
					.filter(({ kind }) => kind === 'ambiguous')
					.map(({ conflictId }, at) => {
						const choose = at === 0 ? first : second;
						return {
							...{ conflictId, choose, by: 'Ann', at: new Date(now).toISOString() },
							value: choose === 'link' ? 'a1 b1' : '',
						};
					}),
			2,
		);
		expect(faults(told)).toEqual([]);
		const about = told.table.filter(({ aId, bId }) => aId === 'a1' && bId === 'b1');
		expect(about).toHaveLength(1);
	},
);
