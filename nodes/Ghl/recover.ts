import type { IDataObject } from 'n8n-workflow';
import { ApiFault } from '../engine/errors';
import type { Answer, Call, Io, Recovered } from '../engine/operation';
import { pause } from '../engine/pace';
import { readPages, type PageStyle } from '../engine/paginate';

/** How to find the record that a create, whose answer was lost, may have made. */
interface LookUp {
	pages: PageStyle;
	/** The read that would show the record. */
	read: (lost: Call, io: Io) => Call;
	/** The record's own time of creation, ISO; absent where any that fits will do. */
	added?: string;
	fits: (record: IDataObject, lost: Call) => boolean;
	/** The body that the create would have had as its answer. */
	body: (record: IDataObject) => IDataObject;
	/** How long (ms) to wait first, where the read sees a new record only after a while. */
	lagMs?: number;
}

/**
 * For an operation's `recover`: a record that fits and is no older than the call was made by it (a
 * minute is allowed for clocks that differ). A look that is refused leaves it unknown.
 */
export function lookedUp({ pages, read, added, fits, body, lagMs }: LookUp) {
	return async (lost: Call, io: Io, startedAt: number): Promise<Recovered> => {
		if (lagMs) await pause(lagMs, io.context.getExecutionCancelSignal());
		let last: Answer | undefined;
		const keep = async (call: Call) => (last = await io.send(call));
		const [looked] = await Promise.allSettled([readPages(pages, read(lost, io), keep)]);
		if (looked.status === 'rejected') {
			if (looked.reason instanceof ApiFault) return 'unknown';
			throw looked.reason; // cancelled
		}
		const made = looked.value.find(
			(record) =>
				fits(record, lost) && (!added || Date.parse(String(record[added])) >= startedAt - 60_000),
		);
		return made && last ? { ...last, body: body(made) } : 'not done';
	};
}

/** Whether an event begins at the time that a call asked for. */
export function startingAt(event: IDataObject, body: IDataObject): boolean {
	return Date.parse(String(event.startTime)) === Date.parse(String(body.startTime));
}
