import { linkedInKey } from '../../linkedIn';
import { isMemberId } from '../../linkedInIdentity';
import type { SideInput, SyncRecord } from '../reconcile';
import { texts } from './values';

/**
 * The leads of several lists as one side, each once. The same lead from two lists is joined. If its
 * values differ, both records go on and are reported. A lead with a provisional id in one list and
 * its number in another, at the same address, gets the number.
 */
export function unionOfLeads(
	leads: readonly SyncRecord[],
): Pick<SideInput, 'merged'> & { records: SyncRecord[] } {
	const byId = new Map<string, SyncRecord>();
	const records: SyncRecord[] = [];
	const extra: SyncRecord[] = [];
	for (const lead of leads) {
		const known = lead.id === '' ? undefined : byId.get(lead.id);
		if (!known) {
			byId.set(lead.id, lead);
			records.push(lead);
		} else if (contradicts(known, lead)) extra.push(lead);
		else Object.assign(known, joined(known, lead));
	}
	const { kept, merged } = withoutProvisional(records);
	return { records: [...kept, ...extra], ...(merged.length > 0 && { merged }) };
}

function contradicts(a: SyncRecord, b: SyncRecord): boolean {
	return Object.entries(b.fields).some(([name, value]) => {
		const other = a.fields[name];
		return other !== undefined && JSON.stringify(other) !== JSON.stringify(value);
	});
}

function joined(a: SyncRecord, b: SyncRecord): Partial<SyncRecord> {
	const both = (x: unknown, y: unknown) => [...new Set(texts([x, y].flat()))];
	return {
		fields: { ...b.fields, ...a.fields },
		keys: {
			...b.keys,
			...a.keys,
			crossId: a.keys?.crossId ?? b.keys?.crossId,
			linkedIn: both(a.keys?.linkedIn, b.keys?.linkedIn),
			emails: both(a.keys?.emails, b.keys?.emails),
		},
		tags: a.tags ?? b.tags,
	};
}

function withoutProvisional(records: readonly SyncRecord[]) {
	const numbered = new Map<string, string>();
	for (const record of records) {
		if (!isMemberId(record.id)) continue;
		for (const key of addressKeys(record)) numbered.set(key, record.id);
	}
	const merged: Array<{ from: string; into: string }> = [];
	const kept = records.filter((record) => {
		if (record.id === '' || isMemberId(record.id)) return true;
		const into = addressKeys(record)
			.map((key) => numbered.get(key))
			.find((id) => id !== undefined);
		if (into !== undefined) merged.push({ from: record.id, into });
		return into === undefined;
	});
	return { kept, merged };
}

function addressKeys({ keys }: SyncRecord): string[] {
	return texts([keys?.linkedIn].flat())
		.map((url) => linkedInKey(url))
		.filter((found) => found !== undefined)
		.map(({ type, key }) => `${type}:${key}`);
}
