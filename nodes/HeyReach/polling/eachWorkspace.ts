import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { SAMPLES, type Poll, type PollTime } from '../../engine/poll';
import { calledIn, folded } from '../workspaces';

/** The leads or the senders of one workspace. */
interface Part {
	/** The name of the workspace; empty for the credential's own. */
	name: string;
	/** What tells the states of one workspace apart; none for its leads. */
	kind?: 'senders';
	/** @throws BadInput where the credential has no such workspace */
	open(): Poll<unknown>;
}

/** The state of one part, with the settings that it is the state of. */
interface PartState {
	subject: string;
	format: number;
	state: unknown;
}

/** The states of the parts, by the name of the workspace, in the form in which names are compared. */
type EachState = Record<string, PartState>;

interface Failure {
	name: string;
	error: unknown;
}

interface Read {
	key: string;
	/** Absent after a failure in a part that has no state yet. */
	saved?: PartState;
	items: IDataObject[];
	failure?: Failure;
}

const keyOf = ({ name, kind }: Part): string =>
	kind === undefined ? folded(name) : `${folded(name)}\n${kind}`;

/**
 * One poll of several parts, side by side within the same time. Each has a state of its own: when one
 * is added, or its lists change, the others go on as they are. One that fails keeps the state that it
 * has, and the others go on.
 */
export function pollEach(parts: Part[], subject = 'leads of several workspaces'): Poll<EachState> {
	const workspaces = new Set(parts.map(({ name }) => folded(name))).size;
	const readAll = async (states: EachState, time: PollTime) => {
		const all = await Promise.all(parts.map(async (part) => await readPart(part, states, time)));
		const state = Object.fromEntries(
			all.flatMap(({ key, saved }) => (saved ? [[key, saved] as const] : [])),
		);
		const failures = all.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
		const failure = failures.length > 0 ? failureOf(failures, workspaces) : undefined;
		return { state, items: all.flatMap(({ items }) => items), failure };
	};
	return {
		subject: [subject],
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

async function readPart(part: Part, states: EachState, time: PollTime): Promise<Read> {
	const key = keyOf(part);
	// A workspace may be called “constructor”.
	const before = Object.hasOwn(states, key) ? states[key] : undefined;
	try {
		const poll = part.open();
		const { format } = poll;
		const subject = JSON.stringify(poll.subject);
		const isSame = before?.subject === subject && before.format === format;
		const { state, items } = isSame
			? await poll.resume(before.state, time)
			: { state: await poll.begin(time), items: [] };
		return { key, saved: { subject, format, state }, items };
	} catch (error) {
		return { key, saved: before, items: [], failure: { name: part.name, error } };
	}
}

function failureOf(failures: Failure[], workspaces: number): unknown {
	if (workspaces === 1) return failures[0].error;
	const names = new Set(failures.map(({ name }) => folded(name)));
	const sentences = failures.map(({ name, error }) => {
		const said = error instanceof Error ? error.message : String(error);
		return `In ${calledIn({ name })}: ${said}.`;
	});
	return new BadInput(
		`HeyReach could not be polled in ${names.size} of ${workspaces} workspaces`,
		`${[...new Set(sentences)].join('\n')}\nThe other workspaces were polled. Check the key of that workspace in the HeyReach credential, and the chosen lists and campaigns.`,
	);
}
