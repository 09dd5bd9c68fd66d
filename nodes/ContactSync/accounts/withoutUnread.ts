import { customNameOf } from '../../planItem';
import { GHL_FIELDS, HEYREACH_FIELDS } from '../fieldTable';
import { fieldsKnown } from '../reconcile';
import type { LinkRow, Side, SideInput, SyncRecord } from '../reconcile';
import type { PlanSettings } from '../settings';
import type { CustomFieldsSeen } from './values';

/** One side of the plan, with notes for the person about the reading of it. */
export interface ReadSide {
	input: SideInput;
	notes: string[];
}

/**
 * Takes the custom fields out of the records whose values are unknown. Two kinds are unknown: a name that
 * several fields have, and a field that no record shows any more. The latter was renamed or removed in the
 * service; no person cleared it, so an empty value would be wrong.
 */
export function withoutUnread(
	side: Side,
	records: SyncRecord[],
	{ seen, settings, links }: { seen: CustomFieldsSeen; settings: PlanSettings; links: LinkRow[] },
): { kept: SyncRecord[]; notes: string[] } {
	const service = side === 'A' ? 'GHL' : 'HeyReach';
	const own = new Set((side === 'A' ? GHL_FIELDS : HEYREACH_FIELDS).map(({ value }) => value));
	const fields = settings.table.fields.filter((field) => !own.has(field[side]));
	const absent = fields.filter((field) => {
		const values = records.map((record) => record.fields[field[side]]);
		return !seen.shown.has(field[side]) && values.length > 0 && isAbsent(values);
	});
	const known = absent.length > 0 ? fieldsKnown(links, absent, side) : new Set<string>();
	const gone = absent.filter(({ field }) => known.has(field));
	const unclear = fields.filter((field) => seen.unclear.has(field[side]));
	if (gone.length + unclear.length === 0) return { kept: records, notes: [] };
	const names = new Set([...gone, ...unclear].map((field) => field[side]));
	const kept = records.map((record) => ({
		...record,
		fields: Object.fromEntries(Object.entries(record.fields).filter(([name]) => !names.has(name))),
	}));
	return {
		kept,
		notes: [
			...gone.map(
				(field) =>
					`“${customNameOf(field[side])}” was not read: no record of ${service} has this custom field any more, and some had it before. If it was renamed or removed, correct its row of the field table; nothing was cleared.`,
			),
			...unclear.map(
				(field) =>
					`“${customNameOf(field[side])}” was not read: ${service} has several custom fields of this name. Write the key of the one that is meant into the field table, such as contact.region_2.`,
			),
		],
	};
}

/** Whether no record has a value, and at least one record would show it. */
function isAbsent(values: readonly unknown[]): boolean {
	return values.every((value) => value === null || value === undefined) && values.includes(null);
}
