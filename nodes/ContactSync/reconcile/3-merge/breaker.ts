import { order, other } from '../state/compilePolicy';
import type { Side } from '../contract/input';

const MINUTE_MS = 60_000;
/** How long a write is remembered, in minutes. */
const SPAN = 60;
/** So many writes in alternating directions are made within the span. The next one is not. */
const MOST = 3;
const TAG_LENGTH = 6;
/** In a column `writes`: some field is frozen. */
export const FROZEN = '!';
const ENTRY = /^([0-9a-f]{6})(?:(!)|([AB])([0-9a-z]{1,8}))$/;

interface Write {
	side: Side;
	/** Minutes since 1970. */
	minute: number;
}

interface Memory {
	isFrozen: boolean;
	/** In alternating directions, the oldest first: of writes to one side in a row only the last is kept. */
	writes: Write[];
}

/**
 * The circuit breaker for fields that bounce: a service rewrites what the sync has written, the sync carries
 * that to the other side, which rewrites it again, without end. A field of a pair that was written to the two
 * sides in turn, three times within an hour, is frozen at the fourth: it is not written until a person answers.
 *
 * The memory is the column `writes` of the link, one entry for each write of the last hour, with spaces between:
 *
 *     entry:  tag of the field (6 hexadecimal digits) written side (A or B) minute since 1970 (base 36)
 *     frozen: tag of the field !
 *
 * Creates are not counted, and answers of people are not: only what the sync writes on its own can go on
 * without end.
 */
export class Breaker {
	/** Whether `save` gives another text than the one that was read. */
	changed = false;
	private readonly fields = new Map<number, Memory>();
	private readonly minute: number;

	/** @param text a column `writes`; what nobody can read in it is left out @param now epoch ms */
	constructor(text: string, now: number) {
		this.minute = Math.floor(now / MINUTE_MS);
		for (const entry of text.split(' ')) {
			const [, digits, frozen, side, minute] = ENTRY.exec(entry) ?? [];
			if (digits === undefined) continue;
			const memory = this.memoryOf(parseInt(digits, 16));
			if (frozen) memory.isFrozen = true;
			else this.remember(memory, { side: side === 'A' ? 'A' : 'B', minute: parseInt(minute, 36) });
		}
	}

	/** Whether the field (its tag, `fieldTag`) is frozen. */
	isFrozen(tag: number): boolean {
		return this.fields.get(tag)?.isFrozen ?? false;
	}

	/** Whether a write to this side would be one too many. */
	stops(tag: number, side: Side): boolean {
		const writes = this.fields.get(tag)?.writes ?? [];
		return writes.length >= MOST && writes[writes.length - 1].side === other(side);
	}

	freeze(tag: number): void {
		const memory = this.memoryOf(tag);
		this.changed ||= !memory.isFrozen;
		memory.isFrozen = true;
	}

	/** Both sides agree again. The writes are still remembered, so that the next one too many is not made either. */
	thaw(tag: number): void {
		const memory = this.fields.get(tag);
		if (!memory?.isFrozen) return;
		memory.isFrozen = false;
		this.changed = true;
	}

	/** A person has decided: the field begins anew. */
	forget(tag: number): void {
		this.changed = this.fields.delete(tag) || this.changed;
	}

	/** The field was written to this side now. */
	count(tag: number, side: Side): void {
		this.remember(this.memoryOf(tag), { side, minute: this.minute });
		this.changed = true;
	}

	save(): string {
		const entries: string[] = [];
		for (const [tag, { isFrozen, writes }] of this.fields) {
			const digits = tag.toString(16).padStart(TAG_LENGTH, '0');
			if (isFrozen) entries.push(digits + FROZEN);
			for (const { side, minute } of writes) entries.push(digits + side + minute.toString(36));
		}
		// By field, and stable within it: the order of the writes stays.
		return entries.sort((a, b) => order(a.slice(0, TAG_LENGTH), b.slice(0, TAG_LENGTH))).join(' ');
	}

	private remember({ writes }: Memory, write: Write): void {
		if (this.minute - write.minute >= SPAN) return;
		if (writes[writes.length - 1]?.side === write.side) writes.pop();
		writes.push(write);
		if (writes.length > MOST) writes.shift();
	}

	private memoryOf(tag: number): Memory {
		const known = this.fields.get(tag);
		if (known) return known;
		const memory: Memory = { isFrozen: false, writes: [] };
		this.fields.set(tag, memory);
		return memory;
	}
}

/** The column `writes` without anything about the field. */
export function withoutField(text: string, tag: number, now: number): string {
	const breaker = new Breaker(text, now);
	breaker.forget(tag);
	return breaker.changed ? breaker.save() : text;
}
