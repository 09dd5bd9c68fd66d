import type { Contact } from './records';

interface Write {
	number: number;
	/** When it becomes visible (epoch ms). */
	at: number;
	id: string;
	/** undefined: deleted. */
	contact: Contact | undefined;
}

/**
 * What HighLevel's contact search sees: a copy of the contacts that lags behind the writes by
 * seconds, each write by its own time: a later one may be seen before an earlier one, but never
 * undone by it. Reads by id and the duplicate search do not pass through here.
 */
export class ContactIndex {
	private readonly visible = new Map<string, Contact>();
	private pending: Write[] = [];
	/** The newest write of each contact that is visible. */
	private readonly seen = new Map<string, number>();
	private lastWrite = 0;
	private cached: { key: string; contacts: Contact[] } | undefined;

	/** Takes a write (`undefined` = deleted) that search shows after `lagMs`. */
	write(id: string, contact: Contact | undefined, lagMs: number): void {
		const number = ++this.lastWrite;
		this.pending.push({ number, at: Date.now() + lagMs, id, contact: structuredClone(contact) });
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
		this.seen.clear();
		this.cached = undefined;
	}

	private catchUp(): void {
		const now = Date.now();
		const due = this.pending.filter(({ at }) => at <= now);
		if (due.length === 0) return;
		this.pending = this.pending.filter(({ at }) => at > now);
		this.cached = undefined;
		for (const { number, id, contact } of due) {
			if (number < (this.seen.get(id) ?? 0)) continue;
			this.seen.set(id, number);
			if (contact === undefined) this.visible.delete(id);
			else this.visible.set(id, contact);
		}
	}
}
