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
	/** Records that lists do not show yet: services are slow to list what is new. */
	readonly unlisted = new Set<string>();
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
			...(person.optedOut && { doNotCreate: 'has opted out' }),
		}));
	}

	/** What Apply Plan Item does, without its waiting. */
	apply(item: PlanItem, now: number): AppliedItem {
		const target = item.action === 'create' ? this.created(item, now) : this.people.get(item.id);
		if (!target) return { ...item, error: 'not found' };
		if (item.action === 'update') {
			const stale = Object.entries(item.expect).some(
				([name, seen]) => JSON.stringify(target.fields[name] ?? null) !== JSON.stringify(seen),
			);
			if (stale) return { ...item, result: { id: target.id, stale: true } };
			this.write(target, item, now);
		}
		return {
			...item,
			result: { id: target.id, fields: { ...target.fields }, tags: [...target.tags] },
		};
	}

	private created(item: PlanItem, now: number): Person {
		const known = item.lookUpFirst ? this.lookUp(item.keys) : undefined;
		if (known) return known;
		const person = this.add({ fields: {}, tags: [], updatedAt: now });
		this.write(person, item, now);
		return person;
	}

	private lookUp(keys: RecordKeys): Person | undefined {
		const names = KEY_FIELDS[this.side];
		return [...this.people.values()].find(
			({ fields }) =>
				(keys.linkedIn && fields[names.linkedIn] === keys.linkedIn) ||
				(keys.emails?.[0] && fields[names.email] === keys.emails[0]),
		);
	}

	private write(person: Person, item: PlanItem, now: number): void {
		for (const [name, value] of Object.entries(item.set)) {
			if (this.quirks.drops?.includes(name)) continue;
			person.fields[name] = this.altered(name, value);
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

	private keysOf({ id, fields, memberId, crossId }: Person): RecordKeys {
		const names = KEY_FIELDS[this.side];
		const text = (value: Value) => (typeof value === 'string' ? value : null);
		return {
			...(memberId && { memberId }),
			...(crossId && { crossId }),
			...(this.side === 'B' && /^\d+$/.test(id) && { memberId: id }),
			linkedIn: text(fields[names.linkedIn] ?? null),
			emails: [text(fields[names.email] ?? null)],
			phone: text(fields[names.phone] ?? null),
		};
	}
}
