import {
	FINGERPRINT_LENGTH,
	fieldTag,
	computeFingerprint,
	putDigits,
	readDigits,
} from '../values/fingerprint';
import type { Fingerprint } from '../values/fingerprint';

/**
 * What both sides were when they were last in step: of each field and side a hash, or that it was
 * blank, or nothing where it was never read. Kept in one text, the column `base` of a link:
 *
 *     1 digest entry… [#tags]
 *     entry: tag of the field (4 letters) kind (1 letter) hash… [~ first seen]
 *
 * The digest (10 letters) stands for all entries, if both sides agree in all of them (else dots): of
 * two records that agree in all fields, it tells at a glance whether they have agreed before.
 *
 * The entries are in the order of their tags. `=` both sides have the same value (one hash of 10
 * letters); otherwise a letter says what is known of each side, and the hashes of those that have a
 * value follow, A before B. Entries of fields that are not in the field table now stay as they are.
 *
 * `first seen` is there only for the rule `field`, while a change waits: for each side a hash of the
 * changed value (10 letters) and when it was first seen (9 letters: ms), dots for none.
 *
 * Tags are kept as they are, because a set cannot be told from a hash: both sides' tags, then, if
 * there are any, those of A alone and of B alone. No `#` at all: the tags of a side were never read.
 */

export const UNKNOWN = 0;
export const BLANK = 1;
export const VALUE = 2;

const VERSION = '1';
const TAG_LENGTH = 4;
const STAMP_LENGTH = 9;
const FIRST_ENTRY = 1 + FINGERPRINT_LENGTH;
const NO_DIGEST = '.'.repeat(FINGERPRINT_LENGTH);
const NO_STAMP = '.'.repeat(FINGERPRINT_LENGTH + STAMP_LENGTH);
const HALF = FINGERPRINT_LENGTH / 2;
/** A time is written in two parts, because bit operations end at 32 bits. */
const LOW = 4;
const LOW_SPAN = 2 ** 24;
const HALF_MASK = 2 ** 30 - 1;
const DOT = 46;
const SAME = 61; // =
const SEEN = 126; // ~
/** `a` + 3 × what is known of A + what is known of B. */
const KIND = 97;

const ZERO: Fingerprint = { x: 0, y: 0 };
const scratch: Fingerprint = { x: 0, y: 0 };

/** Adds a field in which both sides agree (0, 0 for a blank). The tags must come in their order. */
export function addToDigest(digest: Fingerprint, tag: number, x: number, y: number): void {
	digest.x = (Math.imul(digest.x ^ x ^ tag, 0x85ebca77) ^ (digest.y >>> 7)) & HALF_MASK;
	digest.y = (Math.imul(digest.y ^ y ^ tag, 0xc2b2ae3d) ^ (digest.x >>> 11)) & HALF_MASK;
}

/** Whether a stored base holds exactly these fields and values as agreed. */
export function hasDigest(base: string, digest: Fingerprint): boolean {
	return (
		base.length >= FIRST_ENTRY &&
		base.charCodeAt(1) !== DOT &&
		readDigits(base, 1, HALF) === digest.x &&
		readDigits(base, 1 + HALF, HALF) === digest.y
	);
}

/** The tags of a stored base: its part behind `#`. */
export function tagsOf(base: string): string | undefined {
	const hash = base.indexOf('#', FIRST_ENTRY);
	return hash < 0 ? undefined : base.slice(hash + 1);
}

/** The past of one side: for each field whether it was blank or had a value, and the value's fingerprint. */
export interface Known {
	state: Uint8Array;
	x: Int32Array;
	y: Int32Array;
	/** When a waiting change was first seen (epoch ms, 0 for none), and the fingerprint of its value. */
	seenAt: Float64Array;
	seenX: Int32Array;
	seenY: Int32Array;
}

const known = (size: number): Known => ({
	state: new Uint8Array(size),
	x: new Int32Array(size),
	y: new Int32Array(size),
	seenAt: new Float64Array(size),
	seenX: new Int32Array(size),
	seenY: new Int32Array(size),
});

/** One base at a time, read and written for a list of fields. Used again for each link. */
export class MergeBase {
	readonly A: Known;
	readonly B: Known;
	/** Whether it is no longer what was read. */
	changed = false;
	/** The part behind `#`, or `undefined`: `tags.ts` reads it. */
	tags: string | undefined;
	/** Whether some field has a waiting change. */
	waiting = false;
	/** Entries of other fields, each with its tag. */
	private others: { tag: number; text: string }[] = [];
	private bytes = Buffer.alloc(0);

	/** `tags` of the fields (`fieldTag`), ascending. */
	constructor(private readonly fieldTags: readonly number[]) {
		this.A = known(fieldTags.length);
		this.B = known(fieldTags.length);
	}

	/** @throws Error if the text was not written by `save`. */
	load(text: string): void {
		this.clear();
		if (text === '') return;
		if (text[0] !== VERSION) throw new Error('unknown version');
		this.tags = tagsOf(text);
		const end = this.tags === undefined ? text.length : text.length - this.tags.length - 1;
		let field = 0;
		for (let at = FIRST_ENTRY; at < end; ) {
			const start = at;
			const tag = readDigits(text, at, TAG_LENGTH);
			at += TAG_LENGTH;
			while (field < this.fieldTags.length && this.fieldTags[field] < tag) field++;
			const mine = this.fieldTags[field] === tag ? field : -1;
			at = this.readEntry(text, at, mine);
			if (at > end) throw new Error('cut off');
			if (mine < 0) this.others.push({ tag, text: text.slice(start, at) });
		}
	}

	/** Takes this (a normalised text, '' for blank) as what both sides are now. */
	agree(field: number, text: string): void {
		if (text !== '') computeFingerprint(text, scratch);
		const state = text === '' ? BLANK : VALUE;
		this.move(this.A, field, state, text === '' ? ZERO : scratch);
		this.move(this.B, field, state, text === '' ? ZERO : scratch);
	}

	/** Takes these as what the two sides are now. */
	set(field: number, a: string, b: string): void {
		this.setSide(this.A, field, a);
		this.setSide(this.B, field, b);
	}

	/** Takes this as what one side is now; `undefined`: not known. */
	setSide(side: Known, field: number, text: string | undefined): void {
		if (text) computeFingerprint(text, scratch);
		const state = text === undefined ? UNKNOWN : text === '' ? BLANK : VALUE;
		this.move(side, field, state, text ? scratch : ZERO);
	}

	/** Whether the side is still what it was (it must be known). */
	holds(side: Known, field: number, text: string): boolean {
		if (text === '') return side.state[field] === BLANK;
		computeFingerprint(text, scratch);
		return (
			side.state[field] === VALUE && side.x[field] === scratch.x && side.y[field] === scratch.y
		);
	}

	/** A change was first seen at this time (epoch ms). */
	wait(side: Known, field: number, value: Fingerprint, at: number): void {
		side.seenX[field] = value.x;
		side.seenY[field] = value.y;
		side.seenAt[field] = at;
		this.waiting = true;
		this.changed = true;
	}

	forget(side: Known, field: number): void {
		if (!this.waiting || side.seenAt[field] === 0) return;
		side.seenAt[field] = 0;
		this.changed = true;
	}

	setTags(tags: string): void {
		if (this.tags === tags) return;
		this.tags = tags;
		this.changed = true;
	}

	save(): string {
		const { fieldTags, others } = this;
		this.makeRoom();
		let other = 0;
		let at = this.writeDigest(this.bytes.write(VERSION, 0, 'latin1'));
		for (let field = 0; field < fieldTags.length; field++) {
			while (other < others.length && others[other].tag < fieldTags[field])
				at += this.bytes.write(others[other++].text, at, 'latin1');
			at = this.writeEntry(at, field);
		}
		while (other < others.length) at += this.bytes.write(others[other++].text, at, 'latin1');
		const entries = this.bytes.toString('latin1', 0, at);
		return this.tags === undefined ? entries : `${entries}#${this.tags}`;
	}

	/** The fields it holds that are not in its list. */
	strangers(): number[] {
		return this.others.map(({ tag }) => tag);
	}

	private move(side: Known, field: number, state: number, { x, y }: Fingerprint): void {
		if (side.state[field] !== state || side.x[field] !== x || side.y[field] !== y) {
			side.state[field] = state;
			side.x[field] = x;
			side.y[field] = y;
			this.changed = true;
		}
		this.forget(side, field);
	}

	private clear(): void {
		this.A.state.fill(UNKNOWN);
		this.B.state.fill(UNKNOWN);
		if (this.waiting) {
			this.A.seenAt.fill(0);
			this.B.seenAt.fill(0);
		}
		this.waiting = false;
		this.changed = false;
		this.tags = undefined;
		if (this.others.length > 0) this.others = [];
	}

	/** Reads from the kind on; returns where the entry ends. `field` -1: of another field, only passed over. */
	private readEntry(text: string, start: number, field: number): number {
		const kind = text.charCodeAt(start);
		let at = start + 1;
		const same = kind === SAME;
		const a = same ? VALUE : Math.trunc((kind - KIND) / 3);
		const b = same ? VALUE : (kind - KIND) % 3;
		if (!same && !(kind >= KIND && kind <= KIND + 8)) throw new Error('unknown kind');
		if (a === VALUE) at = this.readFingerprint(text, at, field, this.A);
		else this.put(this.A, field, a, ZERO);
		if (same) this.put(this.B, field, VALUE, scratch);
		else if (b === VALUE) at = this.readFingerprint(text, at, field, this.B);
		else this.put(this.B, field, b, ZERO);
		if (text.charCodeAt(at) !== SEEN) return at;
		at = this.readSeen(text, at + 1, field, this.A);
		return this.readSeen(text, at, field, this.B);
	}

	private readFingerprint(text: string, at: number, field: number, side: Known): number {
		scratch.x = readDigits(text, at, HALF);
		scratch.y = readDigits(text, at + HALF, HALF);
		this.put(side, field, VALUE, scratch);
		return at + FINGERPRINT_LENGTH;
	}

	private put(side: Known, field: number, state: number, { x, y }: Fingerprint): void {
		if (field < 0) return;
		side.state[field] = state;
		side.x[field] = x;
		side.y[field] = y;
	}

	private readSeen(text: string, at: number, field: number, side: Known): number {
		if (field >= 0 && !text.startsWith(NO_STAMP, at)) {
			side.seenX[field] = readDigits(text, at, HALF);
			side.seenY[field] = readDigits(text, at + HALF, HALF);
			const time = at + FINGERPRINT_LENGTH;
			side.seenAt[field] =
				readDigits(text, time, STAMP_LENGTH - LOW) * LOW_SPAN +
				readDigits(text, time + STAMP_LENGTH - LOW, LOW);
			this.waiting = true;
		}
		return at + FINGERPRINT_LENGTH + STAMP_LENGTH;
	}

	private writeDigest(at: number): number {
		const { A, B, fieldTags } = this;
		// With a waiting change in it, the base has to be read.
		if (this.waiting) return at + this.bytes.write(NO_DIGEST, at, 'latin1');
		const digest: Fingerprint = { x: 0, y: 0 };
		for (let field = 0; field < fieldTags.length; field++) {
			const state = A.state[field];
			const x = A.x[field];
			const y = A.y[field];
			const isValue = state === VALUE;
			const agree =
				state === B.state[field] && (!isValue || (x === B.x[field] && y === B.y[field]));
			if (!agree) return at + this.bytes.write(NO_DIGEST, at, 'latin1');
			if (isValue) addToDigest(digest, fieldTags[field], x, y);
			else if (state === BLANK) addToDigest(digest, fieldTags[field], 0, 0);
		}
		return this.writeFingerprint(at, digest.x, digest.y);
	}

	private writeEntry(start: number, field: number): number {
		const { A, B, bytes } = this;
		const a = A.state[field];
		const b = B.state[field];
		if (a === UNKNOWN && b === UNKNOWN) return start;
		let at = putDigits(bytes, start, this.fieldTags[field], TAG_LENGTH);
		const same =
			a === VALUE && b === VALUE && A.x[field] === B.x[field] && A.y[field] === B.y[field];
		bytes[at++] = same ? SAME : KIND + 3 * a + b;
		if (a === VALUE) at = this.writeFingerprint(at, A.x[field], A.y[field]);
		if (b === VALUE && !same) at = this.writeFingerprint(at, B.x[field], B.y[field]);
		if (!this.waiting || (A.seenAt[field] === 0 && B.seenAt[field] === 0)) return at;
		bytes[at++] = SEEN;
		return this.writeSeen(this.writeSeen(at, field, A), field, B);
	}

	private writeFingerprint(at: number, x: number, y: number): number {
		return putDigits(this.bytes, putDigits(this.bytes, at, x, HALF), y, HALF);
	}

	private writeSeen(at: number, field: number, side: Known): number {
		const time = side.seenAt[field];
		if (time === 0) return at + this.bytes.write(NO_STAMP, at, 'latin1');
		const end = this.writeFingerprint(at, side.seenX[field], side.seenY[field]);
		const high = putDigits(this.bytes, end, Math.floor(time / LOW_SPAN), STAMP_LENGTH - LOW);
		return putDigits(this.bytes, high, time % LOW_SPAN, LOW);
	}

	private makeRoom(): void {
		const entry = TAG_LENGTH + 2 + 4 * FINGERPRINT_LENGTH + 2 * STAMP_LENGTH;
		const others = this.others.reduce((sum, { text }) => sum + text.length, 0);
		const room = FIRST_ENTRY + this.fieldTags.length * entry + others;
		if (this.bytes.length < room) this.bytes = Buffer.alloc(room);
	}
}

/** The fields that a stored base knows, by their tags. */
export function tagsIn(text: string): number[] {
	const base = new MergeBase([]);
	base.load(text);
	return base.strangers();
}

/** The rows of the field table (by name) for which some base knows a value of the side. */
export function fieldsKnown(
	links: readonly { base: string }[],
	rows: readonly { field: string }[],
	side: 'A' | 'B',
): Set<string> {
	const tags = [...new Set(rows.map(({ field }) => fieldTag(field)))].sort((a, b) => a - b);
	const base = new MergeBase(tags);
	const known = new Set<number>();
	for (const link of links) {
		if (link.base === '') continue;
		try {
			base.load(link.base);
		} catch {
			// A row that cannot be read says nothing; the plan reports it.
			continue;
		}
		tags.forEach((tag, at) => base[side].state[at] === VALUE && known.add(tag));
	}
	return new Set(rows.map(({ field }) => field).filter((field) => known.has(fieldTag(field))));
}
