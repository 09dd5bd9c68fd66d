import {
	sleep,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';
import { BadInput, isObject, toNodeError } from './call/errors';

/** How long (ms) one poll reads at the most; what is left is read by the next. n8n 2.41 ends a poll after 45 s. */
export const POLL_MS = 40_000;

/** The most sample records that a test run in the editor puts out. */
export const SAMPLES = 3;

/** The time that is left of a poll. */
export class PollTime {
	private readonly endsAt: number;
	private answered = false;

	constructor(limitMs = POLL_MS) {
		this.endsAt = Date.now() + limitMs;
	}

	/**
	 * What `ask` answers, or `undefined` when the time is up before. A read that is still under way
	 * then runs out unheard.
	 *
	 * @throws BadInput if not even the first answer of this poll came in time
	 */
	async within<T extends object>(ask: () => Promise<T>): Promise<T | undefined> {
		const left = this.endsAt - Date.now();
		const answer = left > 0 ? await this.before(ask(), left) : undefined;
		if (answer) this.answered = true;
		else if (!this.answered) {
			throw new BadInput(
				`No answer came within the ${POLL_MS / 1000} seconds that one poll may take`,
				'The service is slow, or other workflows use up its rate limit. Nothing is lost: the next poll goes on from the same place.',
			);
		}
		return answer;
	}

	private async before<T>(answer: Promise<T>, ms: number): Promise<T | undefined> {
		const answered = new AbortController();
		const alarm = sleep(ms, answered.signal).then(
			() => undefined,
			() => undefined,
		);
		try {
			return await Promise.race([answer, alarm]);
		} finally {
			answered.abort();
		}
	}
}

/** What one poll found, and what the next one has to know. */
export interface PollResult<State> {
	state: State;
	items: IDataObject[];
}

export interface Poll<State> {
	/**
	 * What the state is good for: the event, the account, and every setting that says which records
	 * are wanted. With another, polling begins anew: what a new filter lets through is not all news.
	 */
	subject: unknown[];
	/** The number of the state's shape and meaning: a state with another number is not read. */
	format: number;
	/** The first poll of all: puts out nothing, but fails if the account gives no access. */
	begin(time: PollTime): Promise<State>;
	/** Must leave `state` as it is: when it throws, the next poll starts from the same. */
	resume(state: State, time: PollTime): Promise<PollResult<State>>;
	/** A few records as they are now, for a test run in the editor. */
	sample(time: PollTime): Promise<IDataObject[]>;
}

interface Saved {
	/** Version 0.1 saved none: its states have the shape of format 1. */
	format: number;
	subject: string;
	state: unknown;
}

/** The nodes' memories that a poll under way is going to change. */
const underWay = new WeakSet<object>();

/**
 * Runs one poll. The state is kept as one text in the node's static data and changes in one step,
 * together with what is put out: a poll that fails loses nothing and repeats nothing. A poll that
 * starts while one is still under way does nothing, for both would find the same.
 */
export async function runPoll<State>(
	context: IPollFunctions,
	prepare: () => Promise<Poll<State>>,
): Promise<INodeExecutionData[][] | null> {
	try {
		if (context.getMode() === 'manual') {
			return output(await (await prepare()).sample(new PollTime()));
		}
		const memory = context.getWorkflowStaticData('node');
		if (underWay.has(memory)) {
			context.logger.debug(`${context.getNode().name}: the poll before is still under way`);
			return null;
		}
		underWay.add(memory);
		try {
			const time = new PollTime();
			const poll = await prepare();
			const { format } = poll;
			const subject = JSON.stringify(poll.subject);
			const saved = readSaved(memory.polled, subject);
			const result =
				saved?.subject === subject && saved.format === format
					? await poll.resume(saved.state as State, time)
					: { state: await poll.begin(time), items: [] };
			memory.polled = JSON.stringify({ format, subject, state: result.state });
			return output(result.items);
		} finally {
			underWay.delete(memory);
		}
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

function readSaved(text: unknown, current: string): Saved | undefined {
	if (typeof text !== 'string') return undefined;
	try {
		const saved: unknown = JSON.parse(text);
		if (!isObject(saved) || typeof saved.subject !== 'string') return undefined;
		const { format, subject, state } = saved;
		if (typeof format === 'number') return { format, subject, state };
		// The subjects of version 0.1 had no filters: they are the beginning of today's.
		const isStart = [',', ']'].some((next) => current.startsWith(subject.slice(0, -1) + next));
		return isStart ? { format: 1, subject: current, state } : undefined;
	} catch {
		return undefined;
	}
}

/** `null`: the workflow does not start. */
function output(items: IDataObject[]): INodeExecutionData[][] | null {
	return items.length > 0 ? [items.map((json) => ({ json }))] : null;
}
