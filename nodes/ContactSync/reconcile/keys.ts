import { hashOf } from './hash';
import { handleKey, linkedInKey } from './linkedIn';
import type { LinkedInKey } from './linkedIn';
import { e164, emailForm } from './normalise';
import type { RecordKeys } from './types';

/**
 * What people are recognised by, the surest first. A record's id on the other side comes before all
 * of them (`match.ts`); names and companies are never enough.
 */
export const KEY_TYPES = ['memberId', 'urn', 'vanity', 'salesNav', 'email', 'phone'] as const;
export type KeyType = (typeof KEY_TYPES)[number];

/** How a key is called in a sentence. */
export const KEY_LABELS: Record<KeyType | 'crossId', string> = {
	crossId: 'id of the other record',
	memberId: 'LinkedIn member id',
	urn: 'LinkedIn id',
	vanity: 'LinkedIn address',
	salesNav: 'Sales Navigator id',
	email: 'e-mail address',
	phone: 'phone number',
};

const TYPE: Record<KeyType, number> = {
	memberId: 0,
	urn: 1,
	vanity: 2,
	salesNav: 3,
	email: 4,
	phone: 5,
};

/** Mailboxes of a role, not of a person. */
const ROLES = new Set(
	`abuse accounting accounts admin administrator billing bookings careers contact customerservice
	enquiries enquiry finance hello help helpdesk hi hostmaster hr info information inquiries invoices
	it jobs kontakt legal mail mailer-daemon marketing media news newsletter no-reply noreply office
	orders post postmaster press privacy reception recruiting sales security service shop support team
	web webmaster welcome`.split(/\s+/),
);

/** The keys of one record; used again for each record, because this runs once a record. */
export class KeyList {
	count = 0;
	readonly types: number[] = [];
	readonly keys: string[] = [];

	constructor(private readonly byPhone: boolean) {}

	/** Reads the keys, each once, in no order of their types. */
	read(keys: RecordKeys | undefined): this {
		this.count = 0;
		if (!keys) return this;
		const { memberId, linkedIn, handle, emails, phone } = keys;
		// `imp_…` and negative ids are given until HeyReach knows better.
		if (memberId !== undefined && memberId !== null && /^\d+$/.test(String(memberId)))
			this.add(TYPE.memberId, String(memberId));
		if (typeof linkedIn === 'string') this.addLinkedIn(linkedInKey(linkedIn));
		else if (linkedIn) {
			for (const one of linkedIn) if (one) this.addLinkedIn(linkedInKey(one));
		}
		if (handle) this.addLinkedIn(handleKey(handle));
		if (emails) {
			for (const one of emails) if (one) this.addEmail(emailForm(one));
		}
		if (phone && this.byPhone) this.add(TYPE.phone, e164(phone));
		return this;
	}

	/** Ten letters for each key, for the tables. */
	hashes(): string[] {
		return this.keys.slice(0, this.count).map((key, i) => keyHash(this.types[i], key));
	}

	private addLinkedIn(found: LinkedInKey | undefined): void {
		if (found) this.add(TYPE[found.type], found.key);
	}

	private addEmail(form: string | undefined): void {
		if (form && !isShared(form)) this.add(TYPE.email, form);
	}

	private add(type: number, key: string | undefined): void {
		if (!key) return;
		for (let i = 0; i < this.count; i++) {
			if (this.types[i] === type && this.keys[i] === key) return;
		}
		this.types[this.count] = type;
		this.keys[this.count] = key;
		this.count++;
	}
}

/** Whether an address (in its form) is a mailbox of a role. */
function isShared(form: string): boolean {
	return ROLES.has(form.slice(0, form.indexOf('@')));
}

export function keyHash(type: number, key: string): string {
	return hashOf(`${type}:${key}`);
}

/**
 * Whether the surest kind of key that both have speaks against their being the same person. A record
 * may have several keys of a kind: one in common is enough.
 */
export function contradict(a: KeyList, b: KeyList): boolean {
	for (let type = 0; type < KEY_TYPES.length; type++) {
		let both = false;
		for (let i = 0; i < a.count; i++) {
			if (a.types[i] !== type) continue;
			for (let j = 0; j < b.count; j++) {
				if (b.types[j] !== type) continue;
				if (a.keys[i] === b.keys[j]) return false;
				both = true;
			}
		}
		if (both) return true;
	}
	return false;
}

/** An id that HeyReach gives until it has looked the profile up, and then replaces. */
export function isProvisional(id: string): boolean {
	return id.startsWith('imp_');
}
