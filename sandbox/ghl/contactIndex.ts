import type { Contact } from './records';

/**
 * What HighLevel's contact search sees: a copy of the contacts that lags behind the writes by
 * seconds. Reads by id and the duplicate search do not pass through here.
 */
export class ContactIndex {
	private readonly visible = new Map<string, Contact>();
	private pending: Array<{ at: number; id: string; contact: Contact | undefined }> = [];
	private cached: { key: string; contacts: Contact[] } | undefined;

	/** Takes a write (`undefined` = deleted) that search shows after `lagMs`. */
	write(id: string, contact: Contact | undefined, lagMs: number): void {
		this.pending.push({ at: Date.now() + lagMs, id, contact: structuredClone(contact) });
	}

	/** All visible contacts, in no order. */
	contacts(): Contact[] {
		this.catchUp();
		return [...this.visible.values()];
	}

	/** `select` over the visible contacts; the last answer is kept, since paging asks for it again. */
	selection(key: string, select: (contacts: Contact[]) => Contact[]): Contact[] {
		this.catchUp();
		if (this.cached?.key !== key) this.cached = { key, contacts: select(this.contacts()) };
		return this.cached.contacts;
	}

	clear(): void {
		this.visible.clear();
		this.pending = [];
		this.cached = undefined;
	}

	private catchUp(): void {
		const now = Date.now();
		const later = this.pending.findIndex((write) => write.at > now);
		const due = this.pending.splice(0, later === -1 ? this.pending.length : later);
		if (due.length > 0) this.cached = undefined;
		for (const { id, contact } of due) {
			if (contact === undefined) this.visible.delete(id);
			else this.visible.set(id, contact);
		}
	}
}
