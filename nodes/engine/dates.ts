import { BadInput, isObject } from './errors';

/** Offset in ms of a time zone (IANA name) from UTC at a moment. */
function offsetAt(epochMs: number, timezone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone: timezone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(epochMs);
	const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
	const wall = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return wall - Math.floor(epochMs / 1000) * 1000;
}

/**
 * A moment as epoch milliseconds, from any form that n8n produces: what the date picker gives
 * (ISO without an offset, meant in the workflow's time zone), ISO with an offset, a date, epoch
 * seconds or milliseconds, a Luxon DateTime from an expression, a Date.
 *
 * @throws BadInput when it is none of these
 */
export function toEpochMs(value: unknown, timezone: string): number {
	if (value instanceof Date && !Number.isNaN(value.getTime())) return value.getTime();
	if (isObject(value) && typeof value.toMillis === 'function') return Number(value.toMillis());
	if (typeof value === 'number' || /^\d{9,}$/.test(String(value).trim())) {
		const epoch = Number(value);
		return Math.abs(epoch) < 100_000_000_000 ? epoch * 1000 : epoch; // seconds until the year 5138
	}
	const text = String(value).trim();
	const local = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?$/.exec(text);
	if (local) {
		const wall = Date.parse(`${local[1]}T${local[2] ?? '00:00'}Z`);
		if (!Number.isNaN(wall)) {
			const guess = wall - offsetAt(wall, timezone);
			return wall - offsetAt(guess, timezone); // once more, for a moment near a clock change
		}
	} else if (/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)) {
		const epoch = Date.parse(text);
		if (!Number.isNaN(epoch)) return epoch;
	}
	throw new BadInput(
		`“${text}” is not a date`,
		'Use the date picker, or a form like 2026-11-23 or 2026-11-23T09:30:00Z.',
	);
}

/** A day as `YYYY-MM-DD`; text in another form is passed on as it is. */
export function toDay(value: unknown, timezone: string): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^\d{4}-\d{2}-\d{2}/.test(text)) return text.slice(0, 10);
	if (text !== '' && !/^\d{9,}$/.test(text)) return text;
	const epoch = toEpochMs(value, timezone);
	return new Date(epoch + offsetAt(epoch, timezone)).toISOString().slice(0, 10);
}

/**
 * A day as `MM-DD-YYYY`.
 *
 * @throws BadInput when it is no date
 */
export function toMonthDayYear(value: unknown, timezone: string): string {
	if (typeof value === 'string' && /^\d{2}-\d{2}-\d{4}$/.test(value.trim())) return value.trim();
	const epoch = toEpochMs(value, timezone);
	const wall = new Date(epoch + offsetAt(epoch, timezone)).toISOString();
	return `${wall.slice(5, 7)}-${wall.slice(8, 10)}-${wall.slice(0, 4)}`;
}

/** `2026-11-23T09:30:00Z`: HighLevel's tasks do not take milliseconds. */
export function toUtcSeconds(value: unknown, timezone: string): string {
	return new Date(toEpochMs(value, timezone)).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `2026-11-23T10:30:00+01:00`, with the offset of the time zone at that moment. */
export function toOffsetSeconds(value: unknown, timezone: string): string {
	const epoch = toEpochMs(value, timezone);
	const offset = offsetAt(epoch, timezone);
	const wall = new Date(epoch + offset).toISOString().slice(0, 19);
	const minutes = Math.round(Math.abs(offset) / 60_000);
	const pad = (part: number) => String(part).padStart(2, '0');
	return `${wall}${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
