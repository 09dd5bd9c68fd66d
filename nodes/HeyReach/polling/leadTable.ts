import { shortHash } from './leadHash';

/**
 * The address and the id of a lead. The address stays; the id is `imp_…` until HeyReach has looked
 * the profile up.
 */
export interface Identity {
	profileUrl?: string;
	id?: string;
}

/** The memory of one lead. */
export interface LeadEntry {
	/** The pass that saw it last, 0 to 35. */
	pass: number;
	/** The place of the source in which the lead is compared, or `NOBODY`. */
	source: number;
	/** The pass that saw it there last. */
	seenThere: number;
	idHash: string;
	hash: string;
	/** The hashes of its fields; empty when there are too many leads for that. */
	fields: string;
}

const KEY_CHARS = 8;
const ID_CHARS = 6;
const HASH_CHARS = 6;
/**
 * The `source` of a lead that has left its own. The next source that shows the lead takes it over.
 */
export const NOBODY = 36 * 36 - 1;
const NO_ID = '-'.repeat(ID_CHARS);

/** Numbers below 36² in two characters. */
const two = (value: number): string => value.toString(36).padStart(2, '0');

/** The remembered leads by a hash of their address, packed into about 25 characters a lead. */
export class LeadTable {
	private readonly entries: Map<string, LeadEntry>;
	private readonly keysById = new Map<string, string>();

	constructor(packed: string) {
		this.entries = new Map(unpack(packed).map(([key, text]) => [key, readEntry(text)]));
		for (const [key, { idHash }] of this.entries) this.noteId(idHash, key);
	}

	get size(): number {
		return this.entries.size;
	}

	/** The lead with this address or, when its address has changed, with this id. */
	find({ profileUrl, id }: Identity): LeadEntry | undefined {
		const key = this.keyOf({ profileUrl, id });
		return this.entries.get(key) ?? this.entries.get(this.keysById.get(idHashOf(id)) ?? '');
	}

	/** Writes a lead under the address and id that it has now. */
	set(identity: Identity, entry: Omit<LeadEntry, 'idHash'>): void {
		const key = this.keyOf(identity);
		const idHash = idHashOf(identity.id);
		const former = this.keysById.get(idHash);
		if (former !== undefined && former !== key && !this.entries.has(key)) {
			this.entries.delete(former);
		}
		this.entries.set(key, { ...entry, idHash });
		this.noteId(idHash, key);
	}

	/** How many leads that pass has seen. */
	countOf(pass: number): number {
		return countOf(this.entries, pass);
	}

	/** Drops the leads that no pass has seen lately. Frees those that have left their source. */
	forget(isLongAgo: (pass: number) => boolean): void {
		for (const [key, entry] of this.entries) {
			if (isLongAgo(entry.pass)) this.entries.delete(key);
			else if (isLongAgo(entry.seenThere)) this.entries.set(key, { ...entry, source: NOBODY });
		}
	}

	pack(withFields: boolean): string {
		return pack(
			[...this.entries].map(([key, { pass, seenThere, source, idHash, hash, fields }]) => [
				key,
				[pass, seenThere].map((number) => number.toString(36)).join('') +
					two(source) +
					idHash +
					hash +
					(withFields ? fields : ''),
			]),
		);
	}

	private keyOf({ profileUrl, id }: Identity): string {
		return shortHash(profileUrl ? `url:${profileUrl}` : `id:${id ?? ''}`, KEY_CHARS);
	}

	private noteId(idHash: string, key: string): void {
		if (idHash !== NO_ID) this.keysById.set(idHash, key);
	}
}

function idHashOf(id: string | undefined): string {
	return id ? shortHash(`id:${id}`, ID_CHARS) : NO_ID;
}

function readEntry(text: string): LeadEntry {
	const [id, hash] = [4, 4 + ID_CHARS];
	return {
		pass: parseInt(text[0], 36),
		seenThere: parseInt(text[1], 36),
		source: parseInt(text.slice(2, id), 36),
		idHash: text.slice(id, hash),
		hash: text.slice(hash, hash + HASH_CHARS),
		fields: text.slice(hash + HASH_CHARS),
	};
}

/** The memory of one lead in one campaign. */
export interface StatusEntry {
	pass: number;
	/** Campaign, connection and message status, as places in a list of names. */
	statuses: number[];
}

/** The remembered statuses by campaign and row, packed into about 20 characters a row. */
export class StatusTable {
	private readonly entries: Map<string, StatusEntry>;

	constructor(packed: string) {
		this.entries = new Map(
			unpack(packed).map(([key, text]) => {
				const [pass, ...statuses] = [...text].map((char) => parseInt(char, 36));
				return [key, { pass, statuses }];
			}),
		);
	}

	/** How many rows that pass has seen. */
	countOf(pass: number): number {
		return countOf(this.entries, pass);
	}

	get(key: string): StatusEntry | undefined {
		return this.entries.get(key);
	}

	set(key: string, entry: StatusEntry): void {
		this.entries.set(key, entry);
	}

	/** Drops the rows that no pass has seen lately. */
	forget(isLongAgo: (pass: number) => boolean): void {
		for (const [key, { pass }] of this.entries) if (isLongAgo(pass)) this.entries.delete(key);
	}

	pack(): string {
		return pack(
			[...this.entries].map(([key, { pass, statuses }]) => [
				key,
				[pass, ...statuses].map((number) => number.toString(36)).join(''),
			]),
		);
	}
}

function countOf(entries: Map<string, { pass: number }>, pass: number): number {
	return [...entries.values()].filter((entry) => entry.pass === pass).length;
}

function pack(entries: string[][]): string {
	return entries.map(([key, text]) => `${key}=${text}`).join(' ');
}

function unpack(packed: string): Array<[string, string]> {
	if (packed === '') return [];
	return packed.split(' ').map((part) => {
		const at = part.indexOf('=');
		return [part.slice(0, at), part.slice(at + 1)];
	});
}
