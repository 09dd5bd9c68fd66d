import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { readMoment } from '../../engine/dates';

/** The state that is kept about tasks that have fallen due. */
export interface DueState {
	/** Tasks that are due at this time (epoch ms) or earlier never fire. */
	since: number;
	/** The due dates (epoch ms) of the tasks that fired, by a short hash of task and due date. */
	fired: Record<string, number>;
	/** The position at which an interrupted pass goes on. */
	skip?: number;
}

export interface DueReading {
	/** The time (ms) before its due date at which a task fires. */
	leadMs: number;
	/** A page of open tasks; an empty page at the end of the list; `undefined` when the poll's time is up. */
	read(skip: number): Promise<IDataObject[] | undefined>;
	/** The item for a task; `undefined` when the poll's time is up. */
	output(task: IDataObject): Promise<IDataObject | undefined>;
	/** This machine's time, epoch ms. */
	now(): number;
}

/** The most fired tasks that are remembered once all due tasks have fired. */
export const FIRED_LIMIT = 5_000;

/** Tasks that are overdue already do not fire. */
export function beginDue(now: number): DueState {
	return { since: now, fired: {} };
}

/**
 * Reads the open tasks and puts out those that are due: each task once for each of its due dates.
 *
 * HighLevel filters tasks neither by their due date nor by their time of change, so every poll reads
 * all open tasks. When too many have fired, the older half is forgotten and `since` moves up to it, so
 * that none of them fires again.
 *
 * The function does not change `state`.
 */
export async function readDueTasks(
	state: DueState,
	reading: DueReading,
): Promise<{ state: DueState; found: IDataObject[] }> {
	const now = reading.now();
	const fired = new Map(Object.entries(state.fired));
	const found: IDataObject[] = [];
	let skip = state.skip ?? 0;
	let firstOfLast: string | undefined;
	for (;;) {
		const tasks = await reading.read(skip);
		if (!tasks) return { state: { since: state.since, fired: asObject(fired), skip }, found };
		for (const task of tasks) {
			const due = task.completed === true ? undefined : dueOf(task);
			if (due === undefined || due <= state.since || now < due - reading.leadMs) continue;
			const key = keyOf(task, due);
			if (fired.has(key)) continue;
			const item = await reading.output(task);
			if (!item) return { state: { since: state.since, fired: asObject(fired), skip }, found };
			fired.set(key, due);
			found.push(item);
		}
		// The end is an empty page, for HighLevel may give fewer than were asked for; and so is one
		// that begins like the page before (a service that ignores `skip`).
		const first = tasks.length > 0 ? idOf(tasks[0]) : firstOfLast;
		if (first === firstOfLast) return { state: forget({ since: state.since, fired }), found };
		firstOfLast = first;
		skip += tasks.length;
	}
}

/** Epoch ms; `undefined` for a task without a due date. */
function dueOf(task: IDataObject): number | undefined {
	return readMoment(task.dueDate);
}

/** The id of a task. Some answers of the search name it `_id`. */
export function idOf(task: IDataObject): string {
	return String(task.id ?? task._id);
}

function keyOf(task: IDataObject, due: number): string {
	return createHash('sha256')
		.update(`${idOf(task)}:${due}`)
		.digest('base64url')
		.slice(0, 10);
}

function forget({ since, fired }: { since: number; fired: Map<string, number> }): DueState {
	if (fired.size <= FIRED_LIMIT) return { since, fired: asObject(fired) };
	const dues = [...fired.values()].sort((a, b) => a - b);
	const cut = dues[dues.length - FIRED_LIMIT / 2 - 1];
	return {
		since: Math.max(since, cut),
		fired: asObject(new Map([...fired].filter(([, due]) => due > cut))),
	};
}

function asObject(fired: Map<string, number>): Record<string, number> {
	return Object.fromEntries(fired);
}
