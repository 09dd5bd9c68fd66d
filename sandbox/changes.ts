import type { Appointment, Contact, Message, Note, Opportunity, Task } from './ghl/records';

/** The records whose changes HighLevel tells its apps about. */
export interface WatchedRecords {
	contact: Contact;
	note: Note;
	task: Task;
	appointment: Appointment;
	opportunity: Opportunity;
	message: Message;
}
export type Kind = keyof WatchedRecords;

/** A record before and after: made when there is no before, deleted when there is no after. */
export type Change<K extends Kind = Kind> = {
	[Each in K]: { kind: Each; before?: WatchedRecords[Each]; after?: WatchedRecords[Each] };
}[K];

/** Notes what happens to the watched maps while a piece of work is done, and only then. */
export class Changes {
	private noted: Change[] | undefined;

	/** @param also is told of each change, at any time */
	map<K extends Kind>(
		kind: K,
		also?: (before: WatchedRecords[K] | undefined, after: WatchedRecords[K] | undefined) => void,
	): Map<string, WatchedRecords[K]> {
		return new WatchedMap<WatchedRecords[K]>((before, after) => {
			also?.(before, after);
			this.noted?.push({ kind, before, after } as Change);
		});
	}

	/** Does the work, which must not wait for anything, and hands back what it changed. */
	during<T>(work: () => T): { result: T; changes: Change[] } {
		const noted: Change[] = [];
		this.noted = noted;
		try {
			return { result: work(), changes: noted };
		} finally {
			this.noted = undefined;
		}
	}
}

class WatchedMap<V> extends Map<string, V> {
	constructor(private readonly note: (before: V | undefined, after: V | undefined) => void) {
		super();
	}

	override set(id: string, value: V): this {
		this.note(this.get(id), value);
		return super.set(id, value);
	}

	override delete(id: string): boolean {
		const before = this.get(id);
		if (before !== undefined) this.note(before, undefined);
		return super.delete(id);
	}
}
