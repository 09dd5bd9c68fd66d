import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { SAMPLES, type Poll, type PollTime } from '../../engine/poll';
import { calledIn, folded } from '../workspaces';
import type { LeadState } from './leadPass';

/** A workspace to poll. */
interface Part {
	/** Empty for the credential's own. */
	name: string;
	/** @throws BadInput where the credential has no such workspace */
	open(): Poll<LeadState>;
}

/** The state of one workspace, with the settings that it is the state of. */
interface PartState {
	subject: string;
	format: number;
	state: LeadState;
}

/** The states of the polled workspaces, by name, in the form in which names are compared. */
export type EachState = Record<string, PartState>;

interface Read {
	name: string;
	/** Absent after a failure in a workspace that has no state yet. */
	saved?: PartState;
	items: IDataObject[];
	failure?: string;
}

/**
 * One poll of several workspaces, side by side within the same time. Each has a state of its own:
 * when one is added, or its lists change, the others go on as they are. One that fails keeps the
 * state that it has, and the others go on.
 */
export function pollEach(parts: Part[]): Poll<EachState> {
	const readAll = async (states: EachState, time: PollTime) => {
		const all = await Promise.all(parts.map(async (part) => await readPart(part, states, time)));
		const state = Object.fromEntries(
			all.flatMap(({ name, saved }) => (saved ? [[folded(name), saved] as const] : [])),
		);
		const failures = all.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
		const failure = failures.length > 0 ? failureOf(failures, parts.length) : undefined;
		return { state, items: all.flatMap(({ items }) => items), failure };
	};
	return {
		subject: ['leads of several workspaces'],
		format: 1,
		begin: async (time) => {
			const { state, failure } = await readAll({}, time);
			// A person who activates the workflow is there to mend it.
			if (failure) throw failure;
			return state;
		},
		resume: readAll,
		sample: async (time) => {
			const samples = await Promise.all(parts.map(async (part) => await part.open().sample(time)));
			return samples.flat().slice(0, SAMPLES);
		},
	};
}

async function readPart({ name, open }: Part, states: EachState, time: PollTime): Promise<Read> {
	// A workspace may be called “constructor”.
	const before = Object.hasOwn(states, folded(name)) ? states[folded(name)] : undefined;
	try {
		const poll = open();
		const { format } = poll;
		const subject = JSON.stringify(poll.subject);
		const isSame = before?.subject === subject && before.format === format;
		const { state, items } = isSame
			? await poll.resume(before.state, time)
			: { state: await poll.begin(time), items: [] };
		return { name, saved: { subject, format, state }, items };
	} catch (error) {
		const said = error instanceof Error ? error.message : String(error);
		return { name, saved: before, items: [], failure: `In ${calledIn({ name })}: ${said}.` };
	}
}

const failureOf = (failures: string[], count: number): BadInput =>
	new BadInput(
		`HeyReach could not be polled in ${failures.length} of ${count} workspaces`,
		`${failures.join('\n')}\nThe other workspaces were polled. Check the key of that workspace in the HeyReach credential, and the chosen lists and campaigns.`,
	);
