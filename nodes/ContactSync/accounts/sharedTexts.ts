import type { SyncRecord, Value } from '../reconcile';

/** The most different values of a field that are kept once for all records. */
const MOST_VALUES = 2_000;

/**
 * Keeps texts that many records have, such as a city or a tag, once: each answer of a service brings a
 * copy of its own for each record.
 */
export class SharedTexts {
	private readonly byField = new Map<string, Map<string, string>>();

	/** The record, with the texts of those before it in place of its own equal ones. */
	share(record: SyncRecord): SyncRecord {
		const fields = record.fields as Record<string, Value | undefined>;
		for (const name in fields) {
			const value = fields[name];
			if (typeof value === 'string') fields[name] = this.shared(name, value);
		}
		const tags = record.tags?.map((tag) => this.shared('', tag));
		return tags ? Object.assign(record, { tags }) : record;
	}

	private shared(field: string, text: string): string {
		let known = this.byField.get(field);
		if (!known) this.byField.set(field, (known = new Map()));
		const same = known.get(text);
		if (same === undefined && known.size < MOST_VALUES) known.set(text, text);
		return same ?? text;
	}
}
