import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	toDay,
	toEpochMs,
	toMonthDayYear,
	toOffsetSeconds,
	toUtcSeconds,
} from '../../../nodes/engine/dates';

const zones = fc.constantFrom(
	'UTC',
	'America/New_York',
	'Europe/Berlin',
	'Asia/Kolkata',
	'Australia/Lord_Howe',
	'America/St_Johns',
);
const moments = fc.integer({ min: Date.UTC(1980, 0), max: Date.UTC(2060, 0) });

it('reads a local time in the time zone of the workflow, as Luxon does', () => {
	fc.assert(
		fc.property(moments, zones, (epoch, zone) => {
			const text = DateTime.fromMillis(epoch, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
			const read = toEpochMs(text, zone);
			// An hour that the clock goes through twice has two right answers.
			expect(DateTime.fromMillis(read, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss")).toBe(text);
		}),
		{ numRuns: 5_000 },
	);
});

it('reads ISO with an offset, epoch seconds and milliseconds, Luxon and Date alike', () => {
	fc.assert(
		fc.property(moments, zones, (epoch, zone) => {
			const whole = Math.floor(epoch / 1000) * 1000;
			const moment = DateTime.fromMillis(whole, { zone });
			const forms = [whole, String(whole), moment, moment.toISO(), new Date(whole)];
			for (const form of forms) expect(toEpochMs(form, 'Asia/Tokyo')).toBe(whole);
			if (whole > 1_000_000_000_000) expect(toEpochMs(whole / 1000, 'UTC')).toBe(whole);
			expect(toDay(whole, zone)).toBe(moment.toISODate());
		}),
		{ numRuns: 2_000 },
	);
});

it('takes a day as the midnight that begins it', () => {
	expect(toEpochMs('2026-03-08', 'America/New_York')).toBe(Date.parse('2026-03-08T05:00:00Z'));
});

it.each(['', 'soon', '2026-13-45', '2026-11-23T99:99'])('refuses %j with a hint', (text) => {
	expect(() => toEpochMs(text, 'UTC')).toThrow('is not a date');
});

it('keeps a day in a form that HighLevel takes', () => {
	expect(toDay('2026-11-23T00:00:00', 'UTC')).toBe('2026-11-23');
	expect(toDay('11/23/2026', 'UTC')).toBe('11/23/2026');
});

it('writes moments in the forms that HighLevel wants, as Luxon does', () => {
	fc.assert(
		fc.property(moments, zones, (epoch, zone) => {
			const whole = Math.floor(epoch / 1000) * 1000;
			expect(toUtcSeconds(whole, zone)).toBe(
				DateTime.fromMillis(whole, { zone: 'UTC' }).toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'"),
			);
			expect(toOffsetSeconds(whole, zone)).toBe(
				DateTime.fromMillis(whole, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ"),
			);
			expect(Date.parse(toOffsetSeconds(whole, zone))).toBe(whole);
			const day = DateTime.fromMillis(whole, { zone });
			expect(toMonthDayYear(whole, zone)).toBe(day.toFormat('MM-dd-yyyy'));
			expect(toMonthDayYear(day.toISO({ includeOffset: false }), zone)).toBe(
				day.toFormat('MM-dd-yyyy'),
			);
		}),
		{ numRuns: 5_000 },
	);
});

it('keeps month, day and year as they are, and refuses what is no day', () => {
	expect(toMonthDayYear(' 11-23-2026 ', 'UTC')).toBe('11-23-2026');
	expect(() => toMonthDayYear('23rd of May', 'UTC')).toThrow('is not a date');
});
