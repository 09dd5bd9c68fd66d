import type { Io } from '../operation';
import { unwrap } from '../values';

/** What a picker stands for in the request: a person may give a name, an email or an address in place of an ID. */

const keyOf = (name: string) => `sent: ${name}`;

/** Notes what is sent for the picker `name`: the ID, or a list of one. */
export function noteSent({ notes }: Pick<Io, 'notes'>, name: string, sent: unknown): void {
	notes.set(keyOf(name), Array.isArray(sent) ? sent[0] : sent);
}

/** The ID that is sent for the picker `name`; what the person gave where nothing is sent yet. */
export function sentId(io: Pick<Io, 'notes' | 'parameter'>, name: string): string {
	return String(io.notes.get(keyOf(name)) ?? unwrap(io.parameter(name)) ?? '').trim();
}
