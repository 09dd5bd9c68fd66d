import fc from 'fast-check';
import {
	beginCursor,
	readContacts,
	type ContactCursor,
	type ContactReading,
	type StampedContact,
} from '../../../nodes/Ghl/polling/contactCursor';
import { Calls, pollPlan, SimulatedClock, type PollPlan } from './clock';

const WELL: PollPlan = { gapMs: 60_000, failsAt: 0, calls: 1_000 };

export const LAG_MS = 30_000;

export interface Edit {
	gapMs: number;
	contact: number;
	/** How long the search takes to show it. */
	lagMs: number;
}

export interface World {
	edits: Edit[];
	polls: PollPlan[];
	/** How far this machine's clock is ahead of HighLevel's, ms. */
	aheadMs: number;
	pageSize: number;
	latencyMs: number;
}

export const edit = (contacts: number, meanGapMs: number): fc.Arbitrary<Edit> =>
	fc.record({
		gapMs: fc.integer({ min: 0, max: 2 * meanGapMs }),
		contact: fc.integer({ min: 0, max: contacts - 1 }),
		lagMs: fc.integer({ min: 0, max: LAG_MS }),
	});

export const world = (edits: fc.Arbitrary<Edit[]>): fc.Arbitrary<World> =>
	fc.record({
		edits,
		polls: fc.array(pollPlan, { minLength: 1, maxLength: 60 }),
		aheadMs: fc.constantFrom(0, -600_000, 600_000, 1_700),
		pageSize: fc.integer({ min: 1, max: 40 }),
		latencyMs: fc.integer({ min: 2, max: 4_000 }),
	});

/** One edit as it happened. */
interface Done {
	contact: string;
	/** HighLevel's stamp, epoch ms. */
	at: number;
}

export interface Outcome {
	edits: Done[];
	/** What polls put out, in order, as `contact@stamp`. */
	out: string[];
	/** Passes that came to their end: from before their first call to after their last. */
	passes: Array<{ began: number; ended: number }>;
	largestMemory: number;
	rounds: number;
}

/**
 * A HighLevel whose search shows each edit after its own lag, and a trigger that polls it, until all
 * edits are made and two polls in a row have found nothing.
 */
export async function live(given: World, lagMs = LAG_MS): Promise<Outcome> {
	const clock = new SimulatedClock();
	const visible = new Map<string, StampedContact>();
	const latest = new Map<string, number>();
	const outcome: Outcome = { edits: [], out: [], passes: [], largestMemory: 0, rounds: 0 };

	// Before activation there are contacts already. (HighLevel's Date header names whole seconds, so
	// one of the very last seconds before may be put out.)
	for (let n = 0; n < 5; n++) show(visible, `c${n}`, clock.now() - 5_000 - n);
	const shows: Array<{ at: number; happen: (at: number) => void }> = [];
	let at = clock.now() + 5_000;
	for (const { gapMs, contact, lagMs: lag } of given.edits) {
		at += gapMs;
		const id = `c${contact}`;
		const stamp = Math.max(at, (latest.get(id) ?? 0) + 1); // no two edits of one contact in one ms
		latest.set(id, stamp);
		outcome.edits.push({ contact: id, at: stamp });
		shows.push({ at: stamp + lag, happen: () => show(visible, id, stamp) });
	}
	for (const plan of shows.sort((a, b) => a.at - b.at)) clock.plan(plan.at, plan.happen);

	const readingFor = (plan: Pick<PollPlan, 'failsAt' | 'calls'>): ContactReading => {
		const calls = new Calls(clock, plan, given.latencyMs);
		return {
			lagMs,
			now: () => clock.now() + given.aheadMs,
			wanted: () => true,
			read: async (from, after) =>
				calls.make(() => {
					const rows = [...visible.values()]
						.filter((row) => row.at >= from && isAfter(row, after))
						.sort((a, b) => a.at - b.at || a.id.localeCompare(b.id));
					const contacts = rows.slice(0, given.pageSize);
					const last = contacts[contacts.length - 1];
					return {
						contacts,
						after: contacts.length === given.pageSize ? [last.at, last.id] : undefined,
						// The Date header: at the end of the call, whole seconds.
						serverTime: Math.floor((clock.now() + given.latencyMs / 2) / 1000) * 1000,
					};
				}),
		};
	};

	let cursor: ContactCursor = await beginCursor(readingFor(WELL));
	let began: number | undefined;
	for (let still = 0; still < 2; outcome.rounds++) {
		const planned = given.polls[outcome.rounds % given.polls.length];
		// No trouble lasts for ever: when all edits are made, every other poll goes well.
		const plan = clock.quiet && outcome.rounds % 2 ? WELL : planned;
		clock.pass(plan.gapMs);
		const start = clock.now();
		const before = JSON.stringify(cursor);
		try {
			// What n8n keeps between polls is JSON.
			const read = await readContacts(JSON.parse(before) as ContactCursor, readingFor(plan));
			cursor = read.cursor;
			for (const row of read.found) outcome.out.push(String(row.key));
			if (!cursor.pass) outcome.passes.push({ began: began ?? start, ended: clock.now() });
			began = cursor.pass ? (began ?? start) : undefined;
			const idle = clock.quiet && read.found.length === 0 && !cursor.pass;
			still = idle ? still + 1 : 0;
		} catch (error) {
			if (!/not available/.test(String(error))) throw error;
		}
		outcome.largestMemory = Math.max(outcome.largestMemory, Object.keys(cursor.seen).length);
		if (outcome.rounds > 50_000) throw new Error('The polls do not come to an end');
	}
	return outcome;
}

function show(visible: Map<string, StampedContact>, id: string, at: number): void {
	if ((visible.get(id)?.at ?? 0) > at) return; // the index keeps the newest
	visible.set(id, { id, at, row: { key: `${id}@${at}` } });
}

function isAfter(row: StampedContact, after?: unknown[]): boolean {
	if (!after) return true;
	const [at, id] = after as [number, string];
	return row.at > at || (row.at === at && row.id.localeCompare(id) > 0);
}

/**
 * The promise: the last state of every contact is put out, and every other edit too if it stood
 * until a pass that began after the search showed it had ended. Nothing is put out twice, and
 * nothing that no edit made.
 */
export function judge({ edits, out, passes }: Outcome, lagMs = LAG_MS) {
	const put = new Set(out);
	const next = new Map<string, number>();
	const lost: string[] = [];
	for (const { contact, at } of [...edits].reverse()) {
		const until = next.get(contact) ?? Infinity;
		next.set(contact, at);
		const mustShow =
			until === Infinity || passes.some((pass) => pass.began >= at + lagMs && pass.ended <= until);
		if (mustShow && !put.has(`${contact}@${at}`)) lost.push(`${contact}@${at}`);
	}
	const known = new Set(edits.map(({ contact, at }) => `${contact}@${at}`));
	return {
		lost,
		repeated: out.length - put.size,
		invented: out.filter((key) => !known.has(key)),
	};
}
