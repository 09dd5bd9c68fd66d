import type { Contact } from './records';

/** The order in which a location looks for duplicates: e-mail, then phone. */
export const MATCH_ORDER = ['email', 'phone'] as const;
type MatchField = (typeof MATCH_ORDER)[number];

interface Owner {
	contact: Contact;
	field: MatchField;
}

const OWNED: Record<MatchField, (contact: Contact) => Array<string | undefined>> = {
	email: ({ email, additionalEmails }) =>
		[email, ...additionalEmails].map((address) => address?.toLowerCase()),
	phone: ({ phone, additionalPhones }) => [phone, ...additionalPhones],
};

const keysOf = (contact: Contact): string[] =>
	MATCH_ORDER.flatMap((field) =>
		OWNED[field](contact).flatMap((value) =>
			value === undefined ? [] : `${contact.locationId} ${field} ${value}`,
		),
	);

/** Who has which e-mail and phone, however many contacts there are. */
export class ContactOwners {
	/** Contact ids by location, field and value. */
	private readonly ids = new Map<string, Set<string>>();
	/** The place of each contact in the order in which they were made. */
	private readonly places = new Map<string, number>();
	private lastPlace = 0;

	constructor(private readonly contactOf: (id: string) => Contact | undefined) {}

	/** A contact was made (no `before`), changed, or deleted (no `after`). */
	note(before: Contact | undefined, after: Contact | undefined): void {
		if (before) for (const key of keysOf(before)) this.ids.get(key)?.delete(before.id);
		if (before && !after) this.places.delete(before.id);
		if (!after) return;
		if (!this.places.has(after.id)) this.places.set(after.id, ++this.lastPlace);
		for (const key of keysOf(after)) {
			const ids = this.ids.get(key) ?? new Set();
			this.ids.set(key, ids.add(after.id));
		}
	}

	/** The contacts of the location that own the e-mail or the phone, the first match first. */
	of(locationId: string, identity: { email?: string; phone?: string }): Owner[] {
		const wanted = { email: identity.email?.toLowerCase(), phone: identity.phone };
		return MATCH_ORDER.flatMap((field) =>
			this.idsOf(locationId, field, wanted[field])
				.sort((one, two) => this.placeOf(one) - this.placeOf(two))
				.flatMap((id) => {
					const contact = this.contactOf(id);
					return contact ? { contact, field } : [];
				}),
		);
	}

	clear(): void {
		this.ids.clear();
		this.places.clear();
	}

	private idsOf(locationId: string, field: MatchField, value: string | undefined): string[] {
		if (value === undefined) return [];
		return [...(this.ids.get(`${locationId} ${field} ${value}`) ?? [])];
	}

	private placeOf(id: string): number {
		return this.places.get(id) ?? 0;
	}
}
