import { BadInput } from './badInput';
import { BoundedMap } from './boundedMap';
import { isObject, toNumber } from './values';

const DAY_MS = 86_400_000;

/** No service has a record from before 1900 (epoch ms). */
const FIRST_MOMENT = Date.UTC(1900, 0);

/** By time zone: making one takes far longer than using it. There are some 420, each of which may be written in many ways. */
const clocks = new BoundedMap<Intl.DateTimeFormat>(500, () => true);

/** How many are kept. */
export const clocksKept = (): number => clocks.size;

function clockOf(timezone: string): Intl.DateTimeFormat {
	return clocks.of(
		timezone,
		() =>
			new Intl.DateTimeFormat('en-US', {
				timeZone: timezone,
				hourCycle: 'h23',
				year: 'numeric',
				month: 'numeric',
				day: 'numeric',
				hour: 'numeric',
				minute: 'numeric',
				second: 'numeric',
			}),
	);
}

/** What the clocks of a time zone (IANA name) show at a moment, as epoch ms that read it as UTC. */
function wallAt(epochMs: number, timezone: string): number {
	const parts = clockOf(timezone).formatToParts(epochMs);
	const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
	const seconds = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return seconds + (epochMs - Math.floor(epochMs / 1000) * 1000);
}

/** Offset in ms of a time zone from UTC at a moment. */
const offsetAt = (epochMs: number, timezone: string): number => wallAt(epochMs, timezone) - epochMs;

/**
 * The moment at which the clocks of a time zone show `wall`. As RFC 5545 says (3.3.5): a time that
 * comes twice is the first of the two, and one in the gap of a clock change moves forward by the gap.
 */
function momentOf(wall: number, timezone: string): number {
	const before = offsetAt(wall - DAY_MS, timezone);
	if (offsetAt(wall - before, timezone) === before) return wall - before;
	const after = offsetAt(wall + DAY_MS, timezone);
	return offsetAt(wall - after, timezone) === after ? wall - after : wall - before;
}

/** A text that names a day, with or without a time. */
interface Written {
	/** Midnight UTC of the day that stands there, in epoch ms. */
	day: number;
	/** The time that stands there, in ms since midnight. */
	time: number;
	/** Offset from UTC in ms, where the text has one. */
	offset?: number;
}

const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?(?:\[[^\]]+\])?)?$/i;

/** ISO 8601, with a blank for the T as well, and a zone's name behind the offset; `undefined` for other texts and for days that no month has. */
function readIso(text: string): Written | undefined {
	const found = ISO.exec(text);
	if (!found) return undefined;
	const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] = found;
	const date = dayOf(Number(year), Number(month), Number(day));
	const ms = Math.floor(Number(`0.${fraction}`) * 1000);
	const time = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + ms;
	const isTime = Number(minute) < 60 && Number(second) < 60 && time <= DAY_MS;
	if (date === undefined || !isTime) return undefined;
	return { day: date, time, offset: zone === undefined ? undefined : readOffset(zone) };
}

function readOffset(zone: string): number {
	const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? ['', '+', '0'];
	return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Midnight UTC of a day, in epoch milliseconds; `undefined` for the 30th of February. */
function dayOf(year: number, month: number, day: number): number | undefined {
	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	const isThere = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return isThere ? date.getTime() : undefined;
}

/**
 * The moment in a value that is no text: epoch milliseconds, whatever their size, also written in
 * digits (nine and more, so that neither a year nor 20261123 is taken for one); a Date; a Luxon
 * DateTime.
 */
function momentIn(value: unknown): number | undefined {
	const epoch =
		value instanceof Date
			? value.getTime()
			: isObject(value) && typeof value.toMillis === 'function'
				? Number(value.toMillis())
				: typeof value === 'number' ||
					  (typeof value === 'string' && /^-?\d{9,}$/.test(value.trim()))
					? Number(value)
					: NaN;
	return Number.isNaN(new Date(epoch).getTime()) ? undefined : epoch;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/**
 * A moment as epoch milliseconds, from any form that n8n produces: what the date picker gives
 * (ISO without an offset, meant in the workflow's time zone), ISO with an offset, a date, epoch
 * milliseconds, a Luxon DateTime from an expression, a Date.
 *
 * @throws BadInput when it is none of these
 */
export function toEpochMs(value: unknown, timezone: string): number {
	const moment = momentIn(value);
	if (moment !== undefined) return moment;
	const written = readIso(textOf(value));
	if (!written) throw notADate(value);
	const { day, time, offset } = written;
	return offset === undefined ? momentOf(day + time, timezone) : day + time - offset;
}

/**
 * When something happened, as a service says it: epoch milliseconds, or ISO, which means UTC where it
 * names no zone. `undefined` where no moment stands: absent, null, blank, another text, and zero, which
 * is how an empty moment is written as a number.
 */
export function readMoment(value: unknown): number | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	try {
		const moment = toEpochMs(value, 'UTC');
		// Year 1 is how .NET writes no date at all.
		return moment === 0 || moment < FIRST_MOMENT ? undefined : moment;
	} catch {
		return undefined;
	}
}

/** Epoch seconds of the year 2100: no event of today has so few milliseconds. */
const SECONDS_UP_TO = 4_102_444_800;

/** When the event of a webhook happened (`readMoment`), as ISO in UTC. A number may be epoch seconds, too. */
export function eventMoment(value: unknown): string | undefined {
	const number = Number(value);
	const isSeconds = number > 1e9 && number < SECONDS_UP_TO;
	const epoch = readMoment(isSeconds ? number * 1000 : value);
	return epoch === undefined ? undefined : new Date(epoch).toISOString();
}

/** HighLevel's own forms of a day: the year first, or the month first and the year last. */
const YEAR_FIRST = /^(\d{4})([-/._])(\d{1,2})\2(\d{1,2})$/;
const MONTH_FIRST = /^(\d{1,2})([-/._])(\d{1,2})\2(\d{4})$/;

/**
 * A day as `YYYY-MM-DD`. No time zone moves it: a text gives the day that stands in it, whatever its
 * offset; a Luxon DateTime the day that it shows; a Date and epoch milliseconds the day in UTC. A
 * moment that is midnight, in UTC or (of a Date or a number) in the workflow's time zone, is how
 * databases and JavaScript write a day, and gives that day.
 *
 * @throws BadInput when it is no day
 */
export function toDay(value: unknown, timezone: string): string {
	const midnight = dayIn(value, timezone);
	const iso = midnight === undefined ? '' : new Date(midnight).toISOString();
	if (!/^\d{4}-/.test(iso)) throw notADate(value);
	return iso.slice(0, 10);
}

/** The day in a value as a service gave it (`toDay`); the value itself where it holds none. */
export function dayOr<Value>(value: Value, timezone: string): Value | string {
	const midnight = dayIn(value, timezone);
	return midnight === undefined ? value : new Date(midnight).toISOString().slice(0, 10);
}

/** A time, in epoch milliseconds, that UTC has on the day in a value. */
function dayIn(value: unknown, timezone: string): number | undefined {
	const moment = momentIn(value);
	if (moment === undefined) return dayWritten(textOf(value));
	if (moment % DAY_MS === 0) return moment;
	if (isObject(value) && typeof value.toISODate === 'function') {
		return readIso(String(value.toISODate()))?.day;
	}
	const wall = wallAt(moment, timezone);
	return wall % DAY_MS === 0 ? wall : moment;
}

function dayWritten(text: string): number | undefined {
	const yearFirst = YEAR_FIRST.exec(text);
	if (yearFirst) return dayOf(Number(yearFirst[1]), Number(yearFirst[3]), Number(yearFirst[4]));
	const monthFirst = MONTH_FIRST.exec(text);
	if (monthFirst) return dayOf(Number(monthFirst[4]), Number(monthFirst[1]), Number(monthFirst[3]));
	return readIso(text)?.day;
}

/**
 * A day as `MM-DD-YYYY`.
 *
 * @throws BadInput when it is no day
 */
export function toMonthDayYear(value: unknown, timezone: string): string {
	const [year, month, day] = toDay(value, timezone).split('-');
	return `${month}-${day}-${year}`;
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

/**
 * The moment that was so many days ago, in epoch milliseconds.
 *
 * @throws BadInput for what is no number above 0: nothing has happened since
 */
export function daysAgo(value: unknown, label: string): number {
	const days = toNumber(value, label);
	if (days > 0) return Math.max(0, Math.round(Date.now() - days * DAY_MS));
	throw new BadInput(
		`“${label}” must be more than 0, and is “${days}”`,
		'Give the number of days before now, such as 30.',
	);
}

function notADate(value: unknown): BadInput {
	const said = typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
	return new BadInput(
		`“${said}” is not a date`,
		'Use the date picker, or a form like 2026-11-23 or 2026-11-23T09:30:00Z. Numbers are milliseconds since 1970. A day that no month has, such as the 30th of February, is refused.',
	);
}
