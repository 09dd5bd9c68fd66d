import type { SyncRecord } from '../../nodes/ContactSync/reconcile';
import type { Population } from './syncPopulation';

/**
 * What nobody can do without: one Map of the records and one look-up of each, one comparison of each
 * field as it is, and the keys of each record in the simplest way.
 */
export function floor({ A, B }: Population): number {
	const byKey = new Map<string, SyncRecord>();
	for (const record of B) byKey.set(slugOf(record), record);
	let found = 0;
	for (const record of A) {
		const other = byKey.get(slugOf(record));
		if (!other) continue;
		found++;
		for (const name in record.fields) if (record.fields[name] !== other.fields[name]) found++;
	}
	for (const side of [A, B]) for (const record of side) if (emailOf(record) === '') found++;
	return found;
}

/** The name behind `/in/`, as the simplest code would take it. */
function slugOf({ fields }: SyncRecord): string {
	const address = String(fields.linkedInUrl);
	const start = address.indexOf('/in/') + 4;
	const end = address.indexOf('/', start);
	return address.slice(start, end < 0 ? undefined : end).toLowerCase();
}

function emailOf({ fields }: SyncRecord): string {
	return String(fields.email).trim().toLowerCase();
}
