import fc from 'fast-check';
import { WATCHED_FIELDS } from '../../../nodes/HeyReach/polling/leadHash';
import {
	beginLeads,
	readLeads,
	type LeadReading,
	type LeadRow,
	type LeadState,
} from '../../../nodes/HeyReach/polling/leadPass';
import { Calls, pollPlan, SimulatedClock, type PollPlan } from './clock';

const WELL: PollPlan = { gapMs: 60_000, failsAt: 0, calls: 1_000 };

export interface LeadEdit {
	gapMs: number;
	kind: 'field' | 'status' | 'add' | 'remove' | 'lookUp' | 'follower';
	/** Which of the leads that are there. */
	pick: number;
	/** For leads that are added: bit n for source n. */
	sources: number;
	status: number;
}

export interface LeadWorld {
	/** How many leads there are at activation. */
	start: number;
	edits: LeadEdit[];
	polls: PollPlan[];
	pageSize: number;
	latencyMs: number;
	/** Whether HeyReach shows the newest lead first. */
	newestFirst: boolean;
}

const SOURCES = 3; // two lists and a campaign
const CAMPAIGN = 2;

export const leadEdit = (meanGapMs: number, moving: boolean): fc.Arbitrary<LeadEdit> =>
	fc.record({
		gapMs: fc.integer({ min: 0, max: 2 * meanGapMs }),
		kind: moving
			? fc.constantFrom('field', 'field', 'status', 'add', 'remove', 'lookUp', 'follower')
			: fc.constantFrom('field', 'field', 'status', 'lookUp', 'follower'),
		pick: fc.nat(),
		sources: fc.integer({ min: 1, max: 2 ** SOURCES - 1 }),
		status: fc.integer({ min: 0, max: 11 }),
	});

export const leadWorld = (
	edits: fc.Arbitrary<LeadEdit[]>,
	start: fc.Arbitrary<number>,
): fc.Arbitrary<LeadWorld> =>
	fc.record({
		start,
		edits,
		polls: fc.array(pollPlan, { minLength: 1, maxLength: 60 }),
		pageSize: fc.integer({ min: 2, max: 40 }),
		latencyMs: fc.integer({ min: 2, max: 4_000 }),
		newestFirst: fc.boolean(),
	});

interface Lead {
	name: string;
	id: string;
	sources: number;
	value: string;
	status: string;
	followers: number;
}

/** One edit of what is watched. */
interface Done {
	kind: 'created' | 'value' | 'status';
	lead: string;
	at: number;
	becomes: string;
}

export interface LeadOutcome {
	edits: Done[];
	/** What polls put out, in order. */
	out: Array<{ kind: Done['kind']; lead: string; is: string; at: number; before?: string }>;
	/** Whole passes in which no row moved. */
	passes: Array<{ began: number; ended: number }>;
	/** Leads that are there at the end, and those that were there when the first pass ended. */
	left: Map<string, Lead>;
	largestState: number;
}

const STATUSES = ['Pending,None,None', 'InSequence,ConnectionSent,None'].concat(
	['InSequence', 'Finished', 'Paused', 'Failed', 'SomethingNew'].flatMap((first) =>
		['MessageSent', 'MessageReply'].map((third) => `${first},ConnectionAccepted,${third}`),
	),
);

/** A HeyReach in which leads change, come and go, and a trigger that polls it until all is quiet. */
export async function liveLeads(given: LeadWorld): Promise<LeadOutcome> {
	const clock = new SimulatedClock();
	const outcome: LeadOutcome = { edits: [], out: [], passes: [], left: new Map(), largestState: 0 };
	const leads: Lead[] = [];
	const moves: number[] = [];
	let made = 0;
	const add = (sources: number): Lead => {
		const name = `lead-${made++}`;
		const lead = { name, id: `imp_${name}`, sources, value: `${name}:0`, followers: 1 };
		const whole = { ...lead, status: STATUSES[0] };
		if (given.newestFirst) leads.unshift(whole);
		else leads.push(whole);
		return whole;
	};
	for (let n = 0; n < given.start; n++) add((n % (2 ** SOURCES - 1)) + 1);

	const note = (kind: Done['kind'], lead: Lead, at: number, becomes: string) =>
		outcome.edits.push({ kind, lead: lead.name, at, becomes });
	const happen = (edit: LeadEdit, at: number) => {
		const lead = leads[edit.pick % Math.max(1, leads.length)];
		if (edit.kind === 'add') {
			moves.push(at);
			note('created', add(edit.sources), at, 'there');
		} else if (!lead) return;
		else if (edit.kind === 'remove') {
			moves.push(at);
			leads.splice(leads.indexOf(lead), 1);
		} else if (edit.kind === 'lookUp') lead.id = `${lead.name.slice(5)}0`;
		else if (edit.kind === 'follower') lead.followers++;
		else if (edit.kind === 'field') {
			lead.value = `${lead.name}:${outcome.edits.length + 1}`;
			note('value', lead, at, lead.value);
		} else if (lead.sources & (1 << CAMPAIGN) && lead.status !== STATUSES[edit.status]) {
			lead.status = STATUSES[edit.status];
			note('status', lead, at, lead.status);
		}
	};

	const readingFor = (plan: Pick<PollPlan, 'failsAt' | 'calls'>): LeadReading => {
		const calls = new Calls(clock, plan, given.latencyMs);
		return {
			sources: SOURCES,
			events: new Set(['lead_created', 'lead_updated', 'lead_status_changed']),
			fields: WATCHED_FIELDS,
			read: async (source, offset) =>
				calls.make(() => {
					const there = leads.filter((lead) => lead.sources & (1 << source));
					const page = there.slice(offset, offset + given.pageSize);
					return { rows: page.map((lead) => rowOf(lead, source)), total: there.length };
				}),
		};
	};

	// The first pass takes in silence what is there; only then the edits begin.
	let state: LeadState = beginLeads();
	let began: number | undefined;
	let lateStart = false;
	let idle = true;
	for (let round = 0, still = 0; still < 2; round++) {
		const planned = given.polls[round % given.polls.length];
		const plan = clock.quiet && round % 2 ? WELL : planned;
		clock.pass(plan.gapMs);
		const start = clock.now();
		try {
			// What n8n keeps between polls is JSON.
			const read = await readLeads(
				JSON.parse(JSON.stringify(state)) as LeadState,
				readingFor(plan),
			);
			state = read.state;
			for (const { event, lead, before } of read.found) {
				const who = { lead: String(lead.row.name), at: clock.now() };
				if (event === 'lead_created') outcome.out.push({ kind: 'created', ...who, is: 'there' });
				if (event !== 'lead_status_changed') {
					const is = String(lead.profile.headline);
					// A new lead comes with all that was edited so far.
					if (event === 'lead_updated' || !is.endsWith(':0'))
						outcome.out.push({ kind: 'value', ...who, is });
				} else {
					const is = String(lead.place?.statuses.join());
					outcome.out.push({ kind: 'status', ...who, is, before: before?.join() });
				}
			}
			const isWhole = state.at.source === 0 && state.at.offset === 0;
			const from = began ?? start;
			const ended = clock.now();
			if (isWhole && !moves.some((at) => at >= from && at <= ended)) {
				outcome.passes.push({ began: from, ended });
			}
			began = isWhole ? undefined : from;
			idle = clock.quiet && lateStart && idle && read.found.length === 0;
			if (isWhole) {
				still = idle ? still + 1 : 0;
				idle = true;
			}
		} catch (error) {
			if (!/not available/.test(String(error))) throw error;
		}
		outcome.largestState = Math.max(outcome.largestState, JSON.stringify(state).length);
		if (!lateStart && state.silent === 0) {
			lateStart = true;
			let at = clock.now();
			for (const edit of given.edits) {
				at += edit.gapMs;
				clock.plan(at, (moment) => happen(edit, moment));
			}
		}
		if (round > 5_000 + 20 * given.edits.length) throw new Error('The polls do not come to an end');
	}
	for (const lead of leads) outcome.left.set(lead.name, lead);
	return outcome;
}

function rowOf(lead: Lead, source: number): LeadRow {
	const profile = {
		headline: lead.value,
		followers: lead.followers,
		// Campaigns show less of a profile than lists do.
		...(source === CAMPAIGN ? {} : { tags: ['some', 'tags'] }),
	};
	return {
		profileUrl: `https://www.linkedin.com/in/${lead.name}/`,
		id: lead.id,
		profile,
		row: { name: lead.name },
		...(source === CAMPAIGN && {
			place: { id: `9${lead.name.slice(5)}`, statuses: lead.status.split(',') },
		}),
	};
}

/**
 * The promise: for each lead that is still there, its last state is put out if it is not the one of
 * before; and every other edit that stood during a whole pass. Nothing is put out twice, nothing
 * that no edit made, and each status comes with the one put out before it.
 */
export function judgeLeads({ edits, out, passes, left }: LeadOutcome) {
	const nameOf = ({ kind, lead }: { kind: string; lead: string }) => `${kind} ${lead}`;
	const lost: string[] = [];
	const wrongBefore: string[] = [];
	const next = new Map<string, number>();
	const put = new Set(out.map((one) => `${nameOf(one)} ${one.is}`));
	for (const done of [...edits].reverse()) {
		const name = nameOf(done);
		const until = next.get(name) ?? Infinity;
		next.set(name, done.at);
		const isLast = until === Infinity && left.has(done.lead);
		const stood = passes.some(({ began, ended }) => began >= done.at && ended <= until);
		// A lead that is gone now may have gone at any time; a status may have gone back.
		if (!(isLast || (stood && left.has(done.lead)))) continue;
		if (put.has(`${name} ${done.becomes}`)) continue;
		if (done.kind === 'status' && wentBack(out, done)) continue;
		lost.push(`${name} ${done.becomes}`);
	}
	const last = new Map<string, string>();
	for (const one of out) {
		const name = nameOf(one);
		if (one.kind === 'status' && (one.before === one.is || wrong(last.get(name), one.before)))
			wrongBefore.push(`${name} ${one.before} ${one.is}`);
		last.set(name, one.is);
	}
	const counted = out.filter(({ kind }) => kind !== 'status');
	const known = new Set(edits.map((one) => `${nameOf(one)} ${one.becomes}`));
	return {
		lost,
		repeated: counted.length - new Set(counted.map((one) => `${nameOf(one)} ${one.is}`)).size,
		invented: out.filter((one) => !known.has(`${nameOf(one)} ${one.is}`)),
		wrongBefore,
	};
}

/** A status that was put out last, and is there again before anybody looked, is no change. */
function wentBack(out: LeadOutcome['out'], done: Done): boolean {
	const puts = out.filter((one) => one.kind === 'status' && one.lead === done.lead);
	const last = puts.filter(({ at }) => at <= done.at).pop();
	return done.becomes === (last?.is ?? STATUSES[0]);
}

function wrong(last: string | undefined, before: string | undefined): boolean {
	return last === undefined ? before !== undefined && before !== STATUSES[0] : last !== before;
}
