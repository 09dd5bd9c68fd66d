import fc from 'fast-check';
import {
	readContacts,
	SEEN_LIMIT,
	type ContactPage,
	type ContactReading,
} from '../../../nodes/Ghl/polling/contactCursor';
import { SCALE } from './clock';
import { edit, judge, LAG_MS, live, world } from './contactWorld';

const KEPT = { lost: [], repeated: 0, invented: [] };

it(
	'loses and repeats no edit, whatever lags, fails, or runs out of time',
	async () => {
		await fc.assert(
			fc.asyncProperty(
				world(fc.array(edit(12, 4_000), { minLength: 1, maxLength: 80 })),
				async (given) => expect(judge(await live(given))).toEqual(KEPT),
			),
			{ numRuns: 4_000 * SCALE },
		);
	},
	120_000 * SCALE,
);

it(
	'sees each of 10,000 random edits that stands until a poll, once, with a lag up to 30 s',
	async () => {
		const count = 10_000 * SCALE;
		await fc.assert(
			fc.asyncProperty(world(fc.constant([])), fc.integer(), async (given, seed) => {
				// Made from a number, so that a failure can be read.
				const edits = fc.sample(edit(400, 500), { numRuns: count, seed });
				const outcome = await live({ ...given, edits, pageSize: given.pageSize + 60 });
				expect(outcome.edits).toHaveLength(count);
				expect(judge(outcome)).toEqual(KEPT);
			}),
			{ numRuns: 5, endOnFailure: true },
		);
	},
	300_000 * SCALE,
);

it('would lose edits with a look-back that is shorter than the lag', async () => {
	// The judge can tell, and the look-back is what keeps the promise.
	const worlds = fc.sample(world(fc.array(edit(12, 4_000), { minLength: 40, maxLength: 80 })), {
		numRuns: 20,
		seed: 6,
	});
	const lost = await Promise.all(worlds.map(async (given) => judge(await live(given, 0)).lost));
	expect(lost.flat().length).toBeGreaterThan(0);
});

describe('with more young contacts than it remembers', () => {
	const COUNT = SEEN_LIMIT + 2_500;
	const START = 1_700_000_000_000;
	const all = Array.from({ length: COUNT }, (_, n) => ({
		id: `c${String(n).padStart(6, '0')}`,
		at: START + Math.floor(n / 100), // many in one millisecond, as a bulk change makes them
		row: { n },
	}));
	const readingAt = (now: number): ContactReading => ({
		lagMs: LAG_MS,
		now: () => now,
		wanted: () => true,
		read: async (from, after): Promise<ContactPage> => {
			const [at, id] = (after ?? [0, '']) as [number, string];
			const contacts = all
				.filter((one) => one.at >= from && (one.at > at || (one.at === at && one.id > id)))
				.slice(0, 500);
			const last = contacts[contacts.length - 1];
			return { contacts, after: contacts.length === 500 ? [last.at, last.id] : undefined };
		},
	});

	it('lets the rest wait until it is old enough, and puts each out once', async () => {
		const first = await readContacts({ from: START, seen: {} }, readingAt(START + 10_000));
		expect(first.found).toHaveLength(SEEN_LIMIT);
		expect(Object.keys(first.cursor.seen)).toHaveLength(SEEN_LIMIT);
		const second = await readContacts(first.cursor, readingAt(START + 20_000));
		expect(second.found).toHaveLength(0);
		const third = await readContacts(second.cursor, readingAt(START + 60_000));
		expect(third.found.map(({ n }) => n)).toEqual(all.slice(SEEN_LIMIT).map(({ row }) => row.n));
		expect(third.cursor.seen).toEqual({});
	});

	it('keeps less than 250 kB', async () => {
		const { cursor } = await readContacts({ from: START, seen: {} }, readingAt(START + 10_000));
		const real = Object.fromEntries(
			Object.entries(cursor.seen).map(([id, at]) => [id.padEnd(20, 'x'), at]),
		);
		expect(JSON.stringify(JSON.stringify({ ...cursor, seen: real })).length).toBeLessThan(250_000);
	});
});

it('leaves out what the person does not want, and does not remember it', async () => {
	const page: ContactPage = {
		contacts: [
			{ id: 'a', at: 1_000, row: { tags: ['x'] } },
			{ id: 'b', at: 1_001, row: { tags: [] } },
		],
	};
	const read = await readContacts(
		{ from: 0, seen: {} },
		{
			lagMs: 0,
			now: () => 1_000,
			wanted: (row) => Array.isArray(row.tags) && row.tags.length > 0,
			read: async () => page,
		},
	);
	expect(read.found).toEqual([{ tags: ['x'] }]);
	expect(read.cursor.seen).toEqual({ a: 1_000 });
});
