import type { Call } from '../../engine/operation';
import { isObject } from '../../engine/values';

/** `start` is ISO with an offset, `date` the day that HighLevel lists it under. */
export type FreeSlot = Record<'start' | 'date', string>;

/**
 * The slots in the span that the query asks for. The body has days among its keys:
 * `{ "2026-11-23": { slots: ["2026-11-23T09:00:00-06:00"] }, traceId }`.
 */
export function readSlots(body: unknown, { query }: Call): FreeSlot[] {
	if (!isObject(body)) return [];
	const days = Object.entries(body)
		.filter(([key]) => /^\d{4}-\d{2}-\d{2}$/.test(key))
		.sort(([a], [b]) => a.localeCompare(b));
	return days.flatMap(([date, day]) => {
		const slots = isObject(day) && Array.isArray(day.slots) ? day.slots.map(String) : [];
		return slots
			.filter((start) => {
				const at = Date.parse(start);
				return at >= Number(query?.startDate) && at <= Number(query?.endDate);
			})
			.map((start) => ({ start, date }));
	});
}
