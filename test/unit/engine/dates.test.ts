import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	clocksKept,
	readMoment,
	toDay,
	toEpochMs,
	toMonthDayYear,
	toOffsetSeconds,
	toUtcSeconds,
} from '../../../nodes/engine/dates';

/** Over 400, with offsets between -11:00 and +14:00, half hours and a day that was left out. */
const ZONES = Intl.supportedValuesOf('timeZone');
const zones = fc.constantFrom(...ZONES);
const moments = fc.integer({ min: Date.UTC(1980, 0), max: Date.UTC(2060, 0) });
const days = fc
	.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));

/** A clock change can let a day begin later, as in Ponape on 1912-10-01: at 00:20:12. */
const startsAtMidnight = (day: DateTime) => day.toFormat('HH:mm:ss') === '00:00:00';

describe('A moment', () => {
	it('written as a local time is meant in the time zone of the workflow, as Luxon reads it', () => {
		fc.assert(
			fc.property(moments, zones, (epoch, zone) => {
				const text = DateTime.fromMillis(epoch, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
				const read = toEpochMs(text, zone);
				expect(DateTime.fromMillis(read, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss")).toBe(text);
				// Of an hour that the clock goes through twice, the first.
				expect(read).toBeLessThanOrEqual(Math.floor(epoch / 1000) * 1000);
			}),
			{ numRuns: 5_000 },
		);
	});

	it('reads ISO with an offset, epoch milliseconds, Luxon and Date alike', () => {
		fc.assert(
			fc.property(moments, zones, (epoch, zone) => {
				const moment = DateTime.fromMillis(epoch, { zone });
				const forms = [epoch, moment, moment.toISO(), new Date(epoch), new Date(epoch).toJSON()];
				for (const form of forms) expect(toEpochMs(form, 'Asia/Tokyo')).toBe(epoch);
			}),
			{ numRuns: 2_000 },
		);
	});

	it.each([
		['2026-11-23 09:30:00+00', '2026-11-23T09:30:00Z'], // as Postgres writes it
		['2026-11-23T09:30+0530', '2026-11-23T04:00:00Z'],
		['2026-11-23 09:30:00 UTC', '2026-11-23T09:30:00Z'],
		['2026-11-23T09:30:00+01:00[Europe/Berlin]', '2026-11-23T08:30:00Z'],
		['2026-11-23T09:30:00.1234567Z', '2026-11-23T09:30:00.123Z'],
		['1209600000', '1970-01-15T00:00:00Z'],
		['-47433600000', '1968-07-01T00:00:00Z'],
	])('reads %s', (text, moment) => {
		expect(toEpochMs(text, 'America/New_York')).toBe(Date.parse(moment));
	});

	it('is never guessed by the size of a number', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }),
				zones,
				(epoch, zone) => expect(toEpochMs(epoch, zone)).toBe(epoch),
			),
		);
	});

	it('of a day alone is the midnight that begins it', () => {
		expect(toEpochMs('2026-03-08', 'America/New_York')).toBe(Date.parse('2026-03-08T05:00:00Z'));
		// There the clock goes from 0:00 to 1:00.
		expect(toEpochMs('2026-04-24', 'Africa/Cairo')).toBe(Date.parse('2026-04-23T22:00:00Z'));
	});

	it.each([
		['America/New_York', '2027-03-14T02:30', '2027-03-14T03:30:00-04:00'],
		['America/New_York', '2027-11-07T01:30', '2027-11-07T01:30:00-04:00'],
		['Europe/Berlin', '2027-03-28T02:30', '2027-03-28T03:30:00+02:00'],
		['Europe/Berlin', '2027-10-31T02:30', '2027-10-31T02:30:00+02:00'],
		['Australia/Lord_Howe', '2027-10-03T02:10', '2027-10-03T02:40:00+11:00'],
		['Pacific/Apia', '2011-12-30T12:00', '2011-12-31T12:00:00+14:00'],
	])(
		'in the gap of a clock change moves forward, and is the first of two (%s, %s)',
		(zone, at, is) => {
			expect(toOffsetSeconds(at, zone)).toBe(is);
			expect(toUtcSeconds(at, zone)).toBe(new Date(is).toISOString().replace('.000Z', 'Z'));
		},
	);

	it.each([
		...['', 'soon', '2026-13-45', '2026-11-23T99:99', '2027-02-30', '2027-02-29T10:00'],
		...[
			'2027-02-29T10:00:00Z',
			'2026-04-31T10:00:00+02:00',
			'2026-11-23T24:01',
			'1990',
			'20261123',
		],
		...[NaN, Infinity, 9e15, true, null, undefined, {}, [1], new Date(NaN), DateTime.invalid('x')],
	])('refuses %j with a hint', (value) => {
		expect(() => toEpochMs(value, 'UTC')).toThrow('is not a date');
		expect(() => toDay(value, 'UTC')).toThrow('is not a date');
		expect(() => toMonthDayYear(value, 'UTC')).toThrow('is not a date');
	});

	it('is written in the forms that HighLevel wants, as Luxon does', () => {
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
			}),
			{ numRuns: 5_000 },
		);
	});
});

describe('A day', () => {
	it('is the same in every form and every time zone', () => {
		fc.assert(
			fc.property(days, zones, zones, (day, zone, workflow) => {
				const midnight = Date.parse(day);
				const local = DateTime.fromISO(day, { zone });
				const here = DateTime.fromISO(day, { zone: workflow });
				const forms = [
					...[day, ` ${day} `, day.replaceAll('-', '/')],
					...[midnight, new Date(midnight), new Date(midnight).toJSON()],
					DateTime.fromMillis(midnight, { zone }),
					// The date picker's, and a text of whatever time zone.
					...[`${day}T00:00:00`, `${day}T23:59:59`, `${day} 12:00:00+00`, `${day}T22:15:00-11:00`],
					...[local.toISO(), local.endOf('day').toISO()],
					// A database's day, where its process has the time zone of the workflow.
					...(startsAtMidnight(here) ? [here, here.toJSDate(), here.toMillis()] : []),
				];
				for (const form of forms) expect(toDay(form, workflow)).toBe(day);
				const [year, month, date] = day.split('-');
				expect(toMonthDayYear(`${month}/${date}/${year}`, workflow)).toBe(
					`${month}-${date}-${year}`,
				);
				expect(toMonthDayYear(midnight, workflow)).toBe(`${month}-${date}-${year}`);
			}),
			{ numRuns: 5_000 },
		);
	});

	it('of a Luxon DateTime is the one that it shows', () => {
		fc.assert(
			fc.property(moments, zones, zones, (epoch, zone, workflow) => {
				fc.pre(epoch % 86_400_000 !== 0);
				const moment = DateTime.fromMillis(epoch, { zone });
				expect(toDay(moment, workflow)).toBe(moment.toISODate());
			}),
		);
	});

	it.each([
		[1_209_600_000, '1970-01-15'],
		[43_200_000_000, '1971-05-16'],
		[-47_433_600_000, '1968-07-01'],
		['642902400000', '1990-05-17'],
		[0, '1970-01-01'],
		['11/23/2026', '2026-11-23'],
		['3.7.1984', '1984-03-07'],
		['1984/3/7', '1984-03-07'],
		['2024_02_29', '2024-02-29'],
	])('reads %j', (value, day) => {
		expect(toDay(value, 'America/New_York')).toBe(day);
	});

	it.each(['02/30/2026', '31/12/1990', '2026/02/29', '11-23/2026', '23rd of May'])(
		'refuses %j, which HighLevel would take for another day or none',
		(text) => {
			expect(() => toDay(text, 'UTC')).toThrow(`“${text}” is not a date`);
		},
	);
});

it('takes no date of the year 1 for a moment: .NET writes it where there is none', () => {
	expect(readMoment('0001-01-01T00:00:00')).toBeUndefined();
	expect(readMoment('0001-01-01T00:00:00Z')).toBeUndefined();
	expect(readMoment('1900-01-02T00:00:00Z')).toBe(Date.UTC(1900, 0, 2));
});

it('keeps a clock for each time zone, and no more for their names in small letters', () => {
	for (const zone of ZONES) {
		for (const name of [zone, zone.toLowerCase()]) toEpochMs('2026-11-23T09:30', name);
	}
	expect(clocksKept()).toBeGreaterThanOrEqual(ZONES.length);
	expect(clocksKept()).toBeLessThan(2 * ZONES.length);
});
