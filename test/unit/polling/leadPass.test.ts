import fc from 'fast-check';
import { WATCHED_FIELDS } from '../../../nodes/HeyReach/polling/leadHash';
import {
	beginLeads,
	LEAD_LIMIT,
	NAMES_LIMIT,
	readLeads,
	type LeadReading,
	type LeadRow,
	type LeadState,
} from '../../../nodes/HeyReach/polling/leadPass';
import { SCALE } from './clock';
import { judgeLeads, leadEdit, leadWorld, liveLeads } from './leadWorld';

const KEPT = { lost: [], repeated: 0, invented: [], wrongBefore: [] };

it(
	'loses and repeats no edit while leads come and go, polls fail and run out of time',
	async () => {
		await fc.assert(
			fc.asyncProperty(
				leadWorld(
					fc.oneof(
						fc.array(leadEdit(8_000, true), { minLength: 1, maxLength: 60 }),
						// So many come and go that rows move while pages are read.
						fc.array(leadEdit(400, true), { minLength: 20, maxLength: 200 }),
					),
					fc.integer({ min: 0, max: 40 }),
				),
				async (given) => expect(judgeLeads(await liveLeads(given))).toEqual(KEPT),
			),
			{ numRuns: 800 * SCALE },
		);
	},
	120_000 * SCALE,
);

it(
	'sees each of 10,000 random edits that stands for a whole pass, once',
	async () => {
		const count = 10_000 * SCALE;
		await fc.assert(
			fc.asyncProperty(
				leadWorld(fc.constant([]), fc.constant(250)),
				fc.integer(),
				fc.boolean(),
				async (given, seed, moving) => {
					const edits = fc.sample(leadEdit(2_000, moving), { numRuns: count, seed });
					// Polls a second apart alone would read all leads 20,000 times: minutes of work.
					const polls = given.polls.map((poll) => ({ ...poll, gapMs: poll.gapMs + 15_000 }));
					const pageSize = given.pageSize + 60;
					const outcome = await liveLeads({ ...given, edits, polls, pageSize });
					expect(judgeLeads(outcome)).toEqual(KEPT);
				},
			),
			{ numRuns: 4, endOnFailure: true },
		);
	},
	300_000 * SCALE,
);

/** Rows of one list, or of a list and others, as they stand. */
type Rows = LeadRow[];
const lead = (n: number, more: Partial<LeadRow> = {}): LeadRow => ({
	profileUrl: `https://www.linkedin.com/in/p${n}/`,
	id: `${n}`,
	profile: { firstName: `P${n}` },
	row: {},
	...more,
});
const reading = (sources: Rows[], more: Partial<LeadReading> = {}): LeadReading => ({
	sources: sources.length,
	events: new Set(['lead_created', 'lead_updated', 'lead_status_changed']),
	fields: WATCHED_FIELDS,
	read: async (source, offset) => ({
		rows: sources[source].slice(offset, offset + 100),
		total: sources[source].length,
	}),
	...more,
});
const known = async (...sources: Rows[]): Promise<LeadState> =>
	(await readLeads(beginLeads(), reading(sources))).state;
const eventsOf = async (state: LeadState, ...sources: Rows[]) => {
	const read = await readLeads(state, reading(sources));
	return {
		state: read.state,
		events: read.found.map(({ event, lead: { id } }) => `${event} ${id}`),
	};
};

it('takes in silence what is there when it begins', async () => {
	const { found, state } = await readLeads(beginLeads(), reading([[lead(1), lead(2)]]));
	expect(found).toEqual([]);
	expect((await eventsOf(state, [lead(1), lead(2), lead(3)])).events).toEqual(['lead_created 3']);
});

it('knows a lead again whose id has become a number', async () => {
	const state = await known([lead(1, { id: 'imp_1' })]);
	const next = await eventsOf(state, [lead(1, { id: '120000001' })]);
	expect(next.events).toEqual([]);
	// … and from then on by the new id, should its address change.
	const moved = lead(1, { id: '120000001', profileUrl: 'https://www.linkedin.com/in/other/' });
	const after = await eventsOf(next.state, [moved]);
	expect(after.events).toEqual([]);
	expect((await eventsOf(after.state, [moved])).events).toEqual([]);
});

it('names the fields that changed, and takes no notice of order, blanks and counters', async () => {
	const profile = { firstName: 'A', tags: ['x', 'y'], about: '', followers: 1, customFields: [] };
	const state = await known([lead(1, { profile })]);
	const same = { firstName: 'A', tags: ['y', 'x'], about: null, followers: 2, summary: '' };
	expect((await eventsOf(state, [lead(1, { profile: same })])).events).toEqual([]);
	const other = { ...same, tags: ['x'], customFields: [{ name: 'a', value: '1' }] };
	const { found } = await readLeads(state, reading([[lead(1, { profile: other })]]));
	expect(found.map(({ changed }) => changed)).toEqual([['customFields', 'tags']]);
});

it('compares a lead that is in two sources by the first, and by the second when it has left that', async () => {
	const inCampaign = (n: number, firstName = `P${n}`) =>
		lead(n, { profile: { firstName, headline: 'only here' } });
	const state = await known([lead(1)], [inCampaign(1)]);
	expect((await eventsOf(state, [lead(1)], [inCampaign(1)])).events).toEqual([]);
	const left = await eventsOf(state, [], [inCampaign(1)]);
	expect(left.events).toEqual([]);
	const edited = await eventsOf(left.state, [], [inCampaign(1, 'New')]);
	expect(edited.events).toEqual(['lead_updated 1']);
});

it('forgets a lead that is gone, so that it is new when it comes back', async () => {
	const gone = await eventsOf(await known([lead(1), lead(2)]), [lead(1)]);
	expect(gone.events).toEqual([]);
	const back = await eventsOf(gone.state, [lead(1), lead(2)]);
	expect(back.events).toEqual(['lead_created 2']);
});

it('does not take an unread part of a list for new or gone', async () => {
	const all = Array.from({ length: 250 }, (_, n) => lead(n));
	const state = await known(all);
	let pages = 0;
	const cut = reading([all], {
		read: async (_source, offset) =>
			pages++ ? undefined : { rows: all.slice(offset, offset + 100), total: all.length },
	});
	const half = await readLeads(state, cut);
	expect(half.state.at).toMatchObject({ source: 0, offset: 100 });
	expect(half.found).toEqual([]);
	expect((await eventsOf(half.state, all)).events).toEqual([]);
});

it('does not take leads for new that moved up unseen while pages were read', async () => {
	const all = Array.from({ length: 250 }, (_, n) => lead(n));
	const rest = all.slice(10);
	let pages = 0;
	const moving = reading([all], {
		read: async (_source, offset) => {
			const there = pages++ ? rest : all;
			return { rows: there.slice(offset, offset + 100), total: there.length };
		},
	});
	const torn = await readLeads(await known(all), moving);
	expect(torn.found).toEqual([]);
	const clean = await eventsOf(torn.state, rest);
	expect(clean.events).toEqual([]);
	// What is gone is forgotten by the next pass in which no row moves.
	expect((await eventsOf(clean.state, all)).events).toHaveLength(10);
});

it('stays silent for another pass when rows moved during the first', async () => {
	const all = Array.from({ length: 250 }, (_, n) => lead(n));
	const rest = all.slice(10);
	let pages = 0;
	const moving = reading([all], {
		read: async (_source, offset) => {
			const there = pages++ ? rest : all;
			return { rows: there.slice(offset, offset + 100), total: there.length };
		},
	});
	const torn = await readLeads(beginLeads(), moving);
	const clean = await eventsOf(torn.state, rest);
	expect(clean.events).toEqual([]);
	expect((await eventsOf(clean.state, [...rest, lead(900)])).events).toEqual(['lead_created 900']);
});

it('shows a status with the one before, and one that a new lead came with', async () => {
	const at = (n: number, ...statuses: string[]) => lead(n, { place: { id: `${n}`, statuses } });
	const state = await known([at(1, 'Pending', 'None', 'None')]);
	const { found } = await readLeads(
		state,
		reading([[at(1, 'InSequence', 'ConnectionSent', 'None'), at(2, 'Finished', 'None', 'None')]], {
			events: new Set(['lead_status_changed']),
		}),
	);
	expect(found.map(({ lead: { id }, before }) => [id, before])).toEqual([
		['1', ['Pending', 'None', 'None']],
		['2', undefined],
	]);
});

describe('at its limits', () => {
	const many = (count: number, first = 0): Rows =>
		Array.from({ length: count }, (_, n) =>
			lead(first + n, {
				place: { id: `${90_000_000 + first + n}`, statuses: ['Pending', 'a', 'b'] },
			}),
		);

	it('refuses more leads than it can watch, and points to the template', async () => {
		const tooMany = /more than 10,000 leads/;
		await expect(known(many(LEAD_LIMIT + 1))).rejects.toThrow(tooMany);
		await expect(known(many(LEAD_LIMIT), many(1, LEAD_LIMIT))).rejects.toThrow(tooMany);
		await expect(known(many(LEAD_LIMIT + 1))).rejects.toMatchObject({
			description: expect.stringContaining('Reconcile GHL contacts and HeyReach leads'),
		});
	});

	it('can have all of its leads replaced', async () => {
		const state = await known(many(LEAD_LIMIT));
		const { events } = await eventsOf(state, many(LEAD_LIMIT, LEAD_LIMIT));
		expect(events.filter((event) => event.startsWith('lead_created'))).toHaveLength(LEAD_LIMIT);
	});

	it('keeps less than 500 kB for 10,000 leads', async () => {
		const state = await known(many(LEAD_LIMIT));
		expect(JSON.stringify(JSON.stringify(state)).length).toBeLessThan(500_000);
	});

	it('knows the names of changed fields up to 2,000 leads, in less than 200 kB', async () => {
		const edited = (rows: Rows) => [lead(0, { profile: { firstName: 'New' } }), ...rows.slice(1)];
		const few = Array.from({ length: NAMES_LIMIT }, (_, n) => lead(n));
		const state = await known(few);
		expect(JSON.stringify(JSON.stringify(state)).length).toBeLessThan(200_000);
		const named = await readLeads(state, reading([edited(few)]));
		expect(named.found.map(({ changed }) => changed)).toEqual([['firstName']]);
		const more = [...few, lead(NAMES_LIMIT)];
		const unnamed = await readLeads(await known(more), reading([edited(more)]));
		expect(unnamed.found.map(({ changed }) => changed)).toEqual([undefined]);
	});
});
