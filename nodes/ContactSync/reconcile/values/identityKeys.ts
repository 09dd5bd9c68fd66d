import { hashOf } from './fingerprint';
import { handleKey, isPlainAddress, linkedInKey } from '../../../linkedIn';
import type { LinkedInKey } from '../../../linkedIn';
import { e164, emailForm } from './normalise';
import type { RecordKeys } from '../contract/input';

/**
 * What people are recognised by, the surest first. A record's id on the other side comes before all
 * of them (`match.ts`); names and companies are never enough.
 */
export const KEY_TYPES = ['memberId', 'urn', 'vanity', 'salesNav', 'email', 'phone'] as const;
export type KeyType = (typeof KEY_TYPES)[number];

/** The indexes in `KEY_TYPES` of the types that a LinkedIn address can hold. */
const LINKEDIN_TYPES = [1, 2, 3];

/** Types below this index are LinkedIn's own and identify a person. The others can be shared. */
export const SHARED_TYPES = KEY_TYPES.indexOf('email');

/** The words for a key in a sentence. */
export const KEY_LABELS: Record<KeyType | 'crossId', string> = {
	crossId: 'id of the other record',
	memberId: 'LinkedIn member id',
	urn: 'LinkedIn id',
	vanity: 'LinkedIn address',
	salesNav: 'Sales Navigator id',
	email: 'e-mail address',
	phone: 'phone number',
};

/** Mailboxes of a role, not of a person. */
const ROLES = new Set(
	`abuse accounting accounts admin administrator billing bookings careers contact customerservice
	enquiries enquiry finance hello help helpdesk hi hostmaster hr info information inquiries invoices
	it jobs kontakt legal mail mailer-daemon marketing media news newsletter no-reply noreply office
	orders post postmaster press privacy reception recruiting sales security service shop support team
	web webmaster welcome`.split(/\s+/),
);

/** Ten letters for a key of a type (its index in `KEY_TYPES`), for the tables. */
export const keyHash = (type: number, key: string): string => hashOf(`${type}:${key}`);

/** Whether an address (in its form) is a mailbox of a role. */
function isShared(form: string): boolean {
	return ROLES.has(form.slice(0, form.indexOf('@')));
}

/** Reads the keys of a record. */
export class KeyReader {
	private readonly into: string[] = [];

	/**
	 * @param shared hashes of mailboxes and phones that a person has called shared: like those of a role
	 * they tell nothing about who somebody is
	 */
	constructor(
		private readonly byPhone: boolean,
		private readonly shared: ReadonlySet<string> = new Set(),
	) {}

	/** Whether a person has called the mailbox or phone (its form) shared. */
	isSaidShared(kind: 'email' | 'phone', form: string): boolean {
		return this.shared.size > 0 && this.shared.has(keyHash(KEY_TYPES.indexOf(kind), form));
	}

	/** The keys of one type (its index in `KEY_TYPES`), each once. The next call uses the list again. */
	ofType(keys: RecordKeys | undefined, type: number): readonly string[] {
		this.into.length = 0;
		if (keys) this.read(keys, KEY_TYPES[type]);
		return this.into;
	}

	private read(keys: RecordKeys, type: KeyType): void {
		switch (type) {
			case 'memberId':
				return this.readMemberId(keys.memberId);
			case 'email':
				return this.readEmails(keys.emails);
			case 'phone':
				if (this.byPhone) for (const phone of listOf(keys.phone)) this.addPhone(e164(phone));
				return;
			default:
				return this.readLinkedIn(keys, type);
		}
	}

	/** `imp_…` and negative ids are given until HeyReach knows better. */
	private readMemberId(memberId: RecordKeys['memberId']): void {
		if (memberId === undefined || memberId === null) return;
		const text = String(memberId);
		if (/^[1-9]\d*$/.test(text)) this.add(text);
	}

	private readLinkedIn({ linkedIn, handle }: RecordKeys, type: LinkedInKey['type']): void {
		if (typeof linkedIn === 'string') this.readAddress(linkedIn, type);
		else if (linkedIn) for (const address of linkedIn) if (address) this.readAddress(address, type);
		if (handle) this.addIfOfType(handleKey(handle), type);
	}

	private readAddress(address: string, type: LinkedInKey['type']): void {
		// Nearly all addresses say at a glance that they hold a name and no id.
		if (type === 'vanity' || !isPlainAddress(address)) this.addIfOfType(linkedInKey(address), type);
	}

	private addIfOfType(found: LinkedInKey | undefined, type: LinkedInKey['type']): void {
		if (found?.type === type) this.add(found.key);
	}

	private readEmails(emails: RecordKeys['emails']): void {
		if (!emails) return;
		for (const address of emails) {
			const form = address ? emailForm(address) : undefined;
			if (form && !isShared(form) && !this.isSaidShared('email', form)) this.add(form);
		}
	}

	private addPhone(form: string | undefined): void {
		if (form && !this.isSaidShared('phone', form)) this.add(form);
	}

	/** Whether a record has LinkedIn addresses, and none of them identifies a person. */
	isUnreadable({ linkedIn, handle }: RecordKeys = {}): boolean {
		const given = [linkedIn, handle].flat().filter((one) => one && /\S/.test(one));
		if (given.length === 0) return false;
		return LINKEDIN_TYPES.every((type) => this.ofType({ linkedIn, handle }, type).length === 0);
	}

	private add(key: string | undefined): void {
		if (key && !this.into.includes(key)) this.into.push(key);
	}

	/** Ten letters for each key, for the tables; of any type, or only of those surer than `below`. */
	hashes(keys: RecordKeys | undefined, below: number = KEY_TYPES.length): string[] {
		const all = KEY_TYPES.slice(0, below).flatMap((_, type) =>
			this.ofType(keys, type).map((key) => keyHash(type, key)),
		);
		return all.sort();
	}

	/**
	 * Whether the surest type of key that both have speaks against their being the same person; only types
	 * surer than `below`. A record may have several keys of a type: one in common is enough.
	 */
	contradict(a: RecordKeys | undefined, b: RecordKeys | undefined, below: number): boolean {
		for (let type = 0; type < below; type++) {
			if (this.ofType(a, type).length === 0) continue;
			const mine = [...this.into];
			const theirs = this.ofType(b, type);
			if (theirs.length > 0) return !theirs.some((key) => mine.includes(key));
		}
		return false;
	}
}

/** A key of which a record may have one or several. */
export function listOf(given: string | readonly (string | null)[] | null | undefined): string[] {
	const list = typeof given === 'string' ? [given] : (given ?? []);
	return list.filter((one): one is string => typeof one === 'string' && one.trim() !== '');
}

/** An id that HeyReach gives until it has looked the profile up, and then replaces. */
export function isProvisional(id: string): boolean {
	return id.startsWith('imp_');
}
