import type {
	AppliedItem,
	PlanItem,
	RecordKeys,
	Side,
	SyncRecord,
	Value,
} from '../../../../nodes/ContactSync/reconcile';

/** How a service alters what it is given. */
export interface Quirks {
	/** Fields stored in capitals. */
	capitals?: readonly string[];
	/** Phone numbers stored as digits alone. */
	digitsOnly?: readonly string[];
	/** Fields accepted and thrown away. */
	drops?: readonly string[];
	lowerCaseTags?: boolean;
	/** New records get an id that is replaced later. */
	provisionalIds?: boolean;
	/** Fields that something in the service sets to a value of its own a moment after they were written. */
	rewrites?: readonly string[];
	/** Whoever it is to make is looked for by email too, and people change only one of their keys. */
	knowsByEmail?: boolean;
	/** An email or a phone that a record has is refused to every other one. */
	unique?: boolean;
}

export interface Person {
	id: string;
	fields: Record<string, Value>;
	tags: string[];
	updatedAt: number;
	/** Not a field: LinkedIn's number, and the id of the other side's record. */
	memberId?: string;
	crossId?: string;
	optedOut?: boolean;
	/** Additional ones. */
	emails?: string[];
	addedAt?: number;
}

/** What the records of a side call the fields by which a person is recognised. */
export interface KeyFields {
	linkedIn: string;
	email: string;
	phone: string;
}

export const KEY_FIELDS: Record<Side, KeyFields> = {
	A: { linkedIn: 'linkedInUrl', email: 'email', phone: 'phone' },
	B: { linkedIn: 'profile_url', email: 'email_address', phone: 'phone_number' },
};

/** A service with its records, and its peculiarities. */
export class Peer {
	readonly people = new Map<string, Person>();
	/** Records that were merged into another. */
	readonly merged: { from: string; into: string }[] = [];
	writes = 0;
	private readonly rewritten: { person: Person; name: string }[] = [];
	private rewrites = 0;
	/** Records that lists do not show yet: services are slow to list what is new. */
	readonly unlisted = new Set<string>();
	/** Whether a look finds a new record at once, before lists show it. */
	findsNew = true;
	private lastId = 0;

	constructor(
		readonly side: Side,
		readonly quirks: Quirks = {},
	) {}

	add(person: Omit<Person, 'id'> & { id?: string }): Person {
		const prefix = this.quirks.provisionalIds ? 'imp_' : '';
		const id = person.id ?? `${prefix}${this.side.toLowerCase()}new${++this.lastId}`;
		const added = { ...person, id, fields: { ...person.fields }, tags: [...person.tags] };
		this.people.set(id, added);
		return added;
	}

	/** HeyReach has looked the profile up: the record has another id from now on. */
	settleId(id: string): string {
		const person = this.people.get(id);
		const settled = `${this.side.toLowerCase()}${id.replace('imp_', '')}`;
		if (!person || !id.startsWith('imp_') || this.people.has(settled)) return id;
		this.people.delete(id);
		this.people.set(settled, { ...person, id: settled });
		return settled;
	}

	read(): SyncRecord[] {
		const listed = [...this.people.values()].filter(({ id }) => !this.unlisted.has(id));
		return listed.map((person) => ({
			id: person.id,
			keys: this.keysOf(person),
			fields: { ...person.fields },
			tags: [...person.tags],
			updatedAt: person.updatedAt,
			...(person.addedAt !== undefined && { addedAt: person.addedAt }),
			...(person.optedOut && { doNotCreate: 'has opted out' }),
		}));
	}

	/** What Apply Plan Item does, without its waiting. */
	apply(item: PlanItem, now: number): AppliedItem {
		const left: Record<string, string> = {};
		if (item.action === 'create') {
			const there = this.lookUp(item, left);
			if (Object.keys(left).length > 0) return { ...item, result: { id: '', stale: true } };
			return this.told(item, there ?? this.created(item, now), {});
		}
		const target = this.people.get(item.id);
		if (!target) return { ...item, error: 'not found' };
		const set = { ...item.set };
		for (const [name, seen] of Object.entries(item.expect)) {
			if (JSON.stringify(target.fields[name] ?? null) === JSON.stringify(seen)) continue;
			left[name] = 'has changed since';
			delete set[name];
		}
		const isStale = Object.keys(item.set).length > 0 && Object.keys(set).length === 0;
		if (isStale) return { ...item, result: { id: target.id, stale: true } };
		for (const name of Object.keys(set)) {
			const owner = this.ownerOf(name, set[name], target);
			if (!owner) continue;
			left[name] = `${owner.id} has it`;
			delete set[name];
		}
		this.write(target, { ...item, set }, now);
		return this.told(item, target, left);
	}

	/** What the service does on its own with what was written: after the write was read back. */
	rewrite(now: number): void {
		for (const { person, name } of this.rewritten.splice(0)) {
			person.fields[name] = `${this.side} says ${(this.rewrites++ % 2) + 1}`;
			person.updatedAt = now;
		}
	}

	private told(item: PlanItem, { id, fields, tags }: Person, left: Record<string, string>) {
		const some = Object.keys(left).length > 0;
		return {
			...item,
			result: { id, fields: { ...fields }, tags: [...tags], ...(some && { left }) },
		};
	}

	private created(item: PlanItem, now: number): Person {
		const person = this.add({ fields: {}, tags: [], updatedAt: now, addedAt: now });
		this.write(person, item, now);
		return person;
	}

	/** The record that this item has made before; or, with `left` saying why, somebody who is in its way. */
	private lookUp({ set, lookUpFirst, keys }: PlanItem, left: Record<string, string>) {
		const names = KEY_FIELDS[this.side];
		const isOurs = ({ fields }: Person) =>
			(typeof keys.linkedIn === 'string' && fields[names.linkedIn] === keys.linkedIn) ||
			(this.quirks.knowsByEmail === true &&
				typeof set[names.email] === 'string' &&
				fields[names.email] === set[names.email]);
		const owners = [names.email, names.phone].flatMap((name) => {
			const owner = this.ownerOf(name, set[name]);
			return owner ? [{ name, owner }] : [];
		});
		const ours = owners.find(({ owner }) => isOurs(owner))?.owner;
		if (ours) return ours;
		for (const { name, owner } of owners) left[name] = `${owner.id} has it`;
		if (owners.length > 0) return owners[0].owner;
		// HeyReach knows people by their address, and makes nobody twice.
		const looks =
			this.side === 'B' ||
			this.quirks.knowsByEmail ||
			lookUpFirst ||
			(!set[names.email] && !set[names.phone]);
		const seen = (one: Person) => this.side === 'B' || this.findsNew || !this.unlisted.has(one.id);
		return looks ? [...this.people.values()].filter(seen).find(isOurs) : undefined;
	}

	/** Who else has the value, where only one may. */
	private ownerOf(name: string, value: Value | undefined, but?: Person): Person | undefined {
		const names = KEY_FIELDS[this.side];
		if (!this.quirks.unique || !value || (name !== names.email && name !== names.phone))
			return undefined;
		return [...this.people.values()].find(
			(one) =>
				one !== but &&
				(one.fields[name] === value ||
					(name === names.email && one.emails?.includes(String(value)))),
		);
	}

	private write(person: Person, item: PlanItem, now: number): void {
		for (const [name, value] of Object.entries(item.set)) {
			if (this.quirks.drops?.includes(name)) continue;
			person.fields[name] = this.altered(name, value);
			if (this.quirks.rewrites?.includes(name)) this.rewritten.push({ person, name });
		}
		const tags = new Set(person.tags);
		for (const tag of item.addTags) tags.add(this.quirks.lowerCaseTags ? tag.toLowerCase() : tag);
		const removed = new Set(item.removeTags.map((tag) => tag.toLowerCase()));
		person.tags = [...tags].filter((tag) => !removed.has(tag.toLowerCase()));
		person.updatedAt = now;
		this.writes++;
	}

	private altered(name: string, value: Value): Value {
		if (typeof value !== 'string') return value;
		if (this.quirks.capitals?.includes(name)) return value.toUpperCase();
		if (this.quirks.digitsOnly?.includes(name)) return value.replace(/\D/g, '');
		return value;
	}

	private keysOf({ id, fields, memberId, crossId, emails }: Person): RecordKeys {
		const names = KEY_FIELDS[this.side];
		const text = (value: Value) => (typeof value === 'string' ? value : null);
		return {
			...(memberId && { memberId }),
			...(crossId && { crossId }),
			...(this.side === 'B' && /^\d+$/.test(id) && { memberId: id }),
			linkedIn: text(fields[names.linkedIn] ?? null),
			emails: [text(fields[names.email] ?? null), ...(emails ?? [])],
			phone: text(fields[names.phone] ?? null),
		};
	}
}
