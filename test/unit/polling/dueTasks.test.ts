import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	beginDue,
	FIRED_LIMIT,
	readDueTasks,
	type DueReading,
	type DueState,
} from '../../../nodes/Ghl/polling/dueTasks';
import { Calls, pollPlan, SCALE, SimulatedClock, type PollPlan } from './clock';

const MINUTE = 60_000;
const WELL: PollPlan = { gapMs: MINUTE, failsAt: 0, calls: 1_000 };

interface TaskEdit {
	gapMs: number;
	kind: 'create' | 'putOff' | 'complete' | 'reopen' | 'rename';
	pick: number;
	/** The new due date, from the time of the edit on (ms). */
	dueInMs: number;
}

interface TaskWorld {
	edits: TaskEdit[];
	polls: PollPlan[];
	leadMs: number;
	pageSize: number;
	latencyMs: number;
	byDueDate: boolean;
}

const taskEdit = (meanGapMs: number): fc.Arbitrary<TaskEdit> =>
	fc.record({
		gapMs: fc.integer({ min: 0, max: 2 * meanGapMs }),
		kind: fc.constantFrom('create', 'create', 'putOff', 'putOff', 'complete', 'reopen', 'rename'),
		pick: fc.nat(),
		dueInMs: fc.integer({ min: -30 * MINUTE, max: 60 * MINUTE }),
	});

const taskWorld = (edits: fc.Arbitrary<TaskEdit[]>): fc.Arbitrary<TaskWorld> =>
	fc.record({
		edits,
		polls: fc.array(pollPlan, { minLength: 1, maxLength: 40 }),
		leadMs: fc.constantFrom(0, 5 * MINUTE, 45 * MINUTE),
		pageSize: fc.integer({ min: 1, max: 30 }),
		latencyMs: fc.integer({ min: 2, max: 3_000 }),
		byDueDate: fc.boolean(),
	});

/** From when to when a task was open with one due date. */
interface Open {
	task: string;
	due: number;
	from: number;
	until: number;
}

/** A HighLevel whose tasks come, are put off and done, and a trigger that polls it to the end. */
async function liveTasks(given: TaskWorld) {
	const clock = new SimulatedClock();
	const tasks: Array<IDataObject & { id: string; due: number; completed: boolean }> = [];
	const opens: Open[] = [];
	const moves: number[] = [];
	const out: Array<{ key: string; due: number; at: number }> = [];
	const passes: Array<{ began: number; ended: number; since: number }> = [];

	const openOf = (id: string) => opens.find(({ task, until }) => task === id && until === Infinity);
	const close = (id: string, at: number) => {
		const open = openOf(id);
		if (open) open.until = at;
	};
	const happen = ({ kind, pick, dueInMs }: TaskEdit, at: number) => {
		moves.push(at);
		const task = tasks[pick % Math.max(1, tasks.length)];
		const due = at + dueInMs;
		if (kind === 'create') {
			const id = `t${tasks.length}`;
			tasks.push({ id, due, completed: false });
			opens.push({ task: id, due, from: at, until: Infinity });
		} else if (!task) return;
		else if (kind === 'rename') task.title = `${at}`;
		else {
			close(task.id, at);
			if (kind === 'complete') task.completed = true;
			if (kind === 'reopen') task.completed = false;
			if (kind === 'putOff') task.due = due;
			if (!task.completed) opens.push({ task: task.id, due: task.due, from: at, until: Infinity });
		}
	};
	for (let n = 0; n < 5; n++) happen({ ...NEW, dueInMs: (n - 3) * 20 * MINUTE }, clock.now());
	const since = clock.now();
	let at = since;
	for (const edit of given.edits) {
		at += edit.gapMs;
		clock.plan(at, (moment) => happen(edit, moment));
	}
	const end = at + 120 * MINUTE;

	let state = beginDue(since);
	let began: number | undefined;
	for (let round = 0; clock.now() < end || state.skip !== undefined; round++) {
		const planned = given.polls[round % given.polls.length];
		const plan = clock.quiet && round % 2 ? WELL : planned;
		clock.pass(plan.gapMs);
		const calls = new Calls(clock, plan, given.latencyMs);
		const reading: DueReading = {
			leadMs: given.leadMs,
			now: () => clock.now(),
			read: async (skip) =>
				calls.make(() => {
					const open = tasks.filter(({ completed }) => !completed);
					if (given.byDueDate) open.sort((a, b) => a.due - b.due);
					return open
						.slice(skip, skip + given.pageSize)
						.map((task) => ({ ...task, dueDate: new Date(task.due).toISOString() }));
				}),
			output: async (task) => calls.make(() => ({ ...task })),
		};
		const start = clock.now();
		const passed = state.since;
		try {
			const read = await readDueTasks(JSON.parse(JSON.stringify(state)) as DueState, reading);
			state = read.state;
			for (const { id, due } of read.found)
				out.push({ key: `${String(id)}@${Number(due)}`, due: Number(due), at: clock.now() });
			const from = began ?? start;
			const ended = clock.now();
			const isWhole = state.skip === undefined;
			if (isWhole && !moves.some((moment) => moment >= from && moment <= ended))
				passes.push({ began: from, ended, since: passed });
			began = isWhole ? undefined : from;
		} catch (error) {
			if (!/not available/.test(String(error))) throw error;
		}
		if (round > 20_000) throw new Error('The polls do not come to an end');
	}

	const keys = out.map(({ key }) => key);
	const put = new Set(keys);
	const known = new Set(opens.map(({ task, due }) => `${task}@${due}`));
	return {
		lost: opens
			.filter(({ due }) => due > since)
			.filter(({ due, from, until }) =>
				passes.some(
					(pass) =>
						pass.began >= Math.max(from, due - given.leadMs) &&
						pass.ended <= until &&
						// Due before what has been forgotten: it cannot be told from one that fired.
						due > pass.since,
				),
			)
			.map(({ task, due }) => `${task}@${due}`)
			.filter((key) => !put.has(key)),
		repeated: keys.length - put.size,
		tooEarly: out.filter(({ due, at: when }) => when < due - given.leadMs),
		overdueAtStart: out.filter(({ due }) => due <= since),
		invented: keys.filter((key) => !known.has(key)),
		count: keys.length,
	};
}

const NEW: TaskEdit = { gapMs: 0, kind: 'create', pick: 0, dueInMs: 0 };
const KEPT = { lost: [], repeated: 0, tooEarly: [], overdueAtStart: [], invented: [] };

it(
	'fires each task once for each due date, while tasks are put off and polls fail',
	async () => {
		await fc.assert(
			fc.asyncProperty(
				taskWorld(fc.array(taskEdit(2 * MINUTE), { minLength: 1, maxLength: 60 })),
				async (given) => expect(await liveTasks(given)).toMatchObject(KEPT),
			),
			{ numRuns: 500 * SCALE },
		);
	},
	120_000 * SCALE,
);

it(
	'keeps this over 10,000 random edits',
	async () => {
		const count = 10_000 * SCALE;
		await fc.assert(
			fc.asyncProperty(taskWorld(fc.constant([])), fc.integer(), async (given, seed) => {
				const edits = fc.sample(taskEdit(3_000), { numRuns: count, seed });
				const polls = given.polls.map((poll) => ({ ...poll, gapMs: poll.gapMs + MINUTE }));
				const pageSize = given.pageSize + 500;
				const outcome = await liveTasks({ ...given, edits, polls, pageSize });
				expect(outcome).toMatchObject(KEPT);
				expect(outcome.count).toBeGreaterThan(1_000);
			}),
			{ numRuns: 1, endOnFailure: true },
		);
	},
	300_000 * SCALE,
);

it('goes on with the page at which the time was up', async () => {
	const skips: number[] = [];
	const reading = (pages: number): DueReading => ({
		leadMs: 0,
		now: () => 1_000,
		read: async (skip) => {
			skips.push(skip);
			if (skips.length > pages) return undefined;
			return skip < 90 ? Array.from({ length: 30 }, (_, n) => ({ id: `t${skip + n}` })) : [];
		},
		output: async (task) => task,
	});
	const first = await readDueTasks(beginDue(0), reading(2));
	expect(first.state.skip).toBe(60);
	const second = await readDueTasks(first.state, reading(9));
	expect(skips).toEqual([0, 30, 60, 60, 90]);
	expect(second.state.skip).toBeUndefined();
});

describe('with more due tasks than it remembers', () => {
	const START = 1_700_000_000_000;
	const all = Array.from({ length: FIRED_LIMIT + 1_000 }, (_, n) => ({
		id: `t${n}`,
		dueDate: new Date(START + 1 + n).toISOString(),
	}));
	const reading = (tasks: IDataObject[]): DueReading => ({
		leadMs: 0,
		now: () => START + 1_000_000,
		read: async (skip) => tasks.slice(skip, skip + 100),
		output: async (task) => task,
	});

	it('forgets the older half, and fires none of them again', async () => {
		const first = await readDueTasks(beginDue(START), reading(all));
		expect(first.found).toHaveLength(all.length);
		expect(Object.keys(first.state.fired)).toHaveLength(FIRED_LIMIT / 2);
		expect(JSON.stringify(JSON.stringify(first.state)).length).toBeLessThan(150_000);
		const second = await readDueTasks(first.state, reading(all));
		expect(second.found).toEqual([]);
		const late = { id: 'late', dueDate: new Date(START + 900_000).toISOString() };
		expect((await readDueTasks(first.state, reading([...all, late]))).found).toEqual([late]);
	});

	it('ends at a service that gives the first page for ever', async () => {
		const same = { ...reading(all), read: async () => all.slice(0, 100) };
		expect((await readDueTasks(beginDue(START), same)).found).toHaveLength(100);
	});
});
