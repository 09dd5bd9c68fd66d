import {
	sleep,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';
import { toNodeError } from './call/errors';
import { BadInput } from './badInput';
import { isObject } from './values';

/** The longest time (ms) that one poll reads; the next poll reads the rest. n8n 2.41 ends a poll after 45 s. */
const POLL_MS = 40_000;

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
	 * The answer of `ask`; `undefined` if the time is up first. The answer of a read that is still under
	 * way is then ignored.
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
				'The service is slow, or other workflows use up its rate limit. Nothing is lost: the next poll continues from the same place.',
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

/** The items of one poll, and the state for the next poll. */
interface PollResult<State> {
	state: State;
	items: IDataObject[];
	/** Why a part could not be read, while the rest was. The state is that of the rest. */
	failure?: unknown;
}

export interface Poll<State> {
	/**
	 * The scope of the state: the event, the account, and every setting that selects records. With
	 * another subject polling begins anew, because a new filter lets through records that are not new.
	 */
	subject: unknown[];
	/** The version of the state's shape and meaning. A state of another version is not read. */
	format: number;
	/** The first poll. It puts out nothing, and fails if the account gives no access. */
	begin(time: PollTime): Promise<State>;
	/** Must not change `state`: after a failure the next poll starts from the same state. */
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

/** The static data of the nodes whose poll is under way. */
const underWay = new WeakSet<object>();

/**
 * Runs one poll. The state is one text in the node's static data. It changes in one step with the
 * output, so that a failed poll loses nothing and repeats nothing. A poll that starts while another is
 * under way does nothing, because both would find the same records.
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
			context.logger.debug(`${context.getNode().name}: the previous poll is still running`);
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
					: { state: await poll.begin(time), items: [], failure: undefined };
			memory.polled = JSON.stringify({ format, subject, state: result.state });
			// With an error n8n would drop the items. A part that stays broken is told by a later poll.
			if (result.failure !== undefined && result.items.length === 0) throw result.failure;
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
