import type { Contact } from './records';

/** When contacts that were there already got their tags: what is new on them. */
export class TagTimes {
	private readonly times = new Map<string, Map<string, string>>();

	/** A contact was made (no `before`), changed, or deleted (no `after`). */
	note(before: Contact | undefined, after: Contact | undefined): void {
		if (before === undefined) return;
		const known = this.times.get(before.id) ?? new Map<string, string>();
		this.times.delete(before.id);
		if (after === undefined) return;
		const now = new Date().toISOString();
		const kept = after.tags.flatMap((tag): Array<[string, string]> => {
			const at = before.tags.includes(tag) ? known.get(tag) : now;
			return at === undefined ? [] : [[tag, at]];
		});
		if (kept.length > 0) this.times.set(after.id, new Map(kept));
	}

	/** ISO times by tag; a tag that the contact had from the first is not among them. */
	of(contactId: string): Record<string, string> {
		return Object.fromEntries(this.times.get(contactId) ?? []);
	}

	clear(): void {
		this.times.clear();
	}
}
