import { toEpochMs, toOffsetSeconds } from '../../engine/dates';
import { BadInput } from '../../engine/badInput';
import { choice, dateTime, notSent, required, text } from '../../engine/describe/fields';
import { mode, picker } from '../../engine/describe/locator';
import type { Call, Field } from '../../engine/operation';
import { calendarPicker, userPicker } from '../editor/pickers';
import { needsOneOf } from './checks';

/** When an appointment or a block begins and ends: with the offset of the workflow's time zone. */
export const startTime = dateTime('Start', 'startTime', toOffsetSeconds);
export const endTime = dateTime('End', 'endTime', toOffsetSeconds);

/** When an appointment begins: one of the free slots of its calendar, or any time. */
export const slotOrTime = picker(
	'Start',
	'startTime',
	[
		mode(
			'Free Slot',
			'list',
			{ typeOptions: { searchListMethod: 'searchFreeSlots', searchable: true } },
			'list',
		),
		mode('By Time', 'time', { placeholder: 'e.g. 2026-11-24 09:00' }),
	],
	{ as: (value, io) => toOffsetSeconds(value, io.context.getTimezone()) },
);

const startBy = (way: 'slot' | 'time') => ({ displayOptions: { show: { startBy: [way] } } });

/**
 * The same for a new appointment. n8n's pickers have no calendar to choose a day in, so a time of one's
 * own has a field of its own. Older workflows have their time in the picker.
 */
export const startOfNew: Field[] = [
	notSent(
		choice(
			'Start By',
			'startBy',
			{ 'Date and Time': 'time', 'Free Slot': 'slot' },
			{
				default: 'slot',
				description: 'Whether to choose a free slot of the calendar, or any date and time',
			},
		),
	),
	required({ ...slotOrTime, property: { ...slotOrTime.property, ...startBy('slot') } }),
	required(dateTime('Start', 'startTime', toOffsetSeconds, startBy('time'))),
];

/** One end of a span of time, which lists of events and slots take in epoch milliseconds. */
export const spanEnd = (displayName: string, name: string, description: string): Field =>
	required(dateTime(displayName, name, toEpochMs, { in: 'query', description }));

/** The fields of a list of events: the time span, and the calendar, user or group. */
export const eventFilters: Field[] = [
	spanEnd('From', 'startTime', 'Events that start at this time or later'),
	spanEnd('To', 'endTime', 'Events that start at this time or earlier'),
	calendarPicker('query', {}),
	userPicker('User', 'userId', { in: 'query' }),
	text('Calendar Group ID', 'groupId', {
		placeholder: 'e.g. BqTwX8QFwXzpegMve9EQ',
		in: 'query',
		description: 'Choose a calendar, a user or a calendar group; HighLevel needs one of them',
	}),
];

const needsAnOwner = needsOneOf(
	'query',
	['calendarId', 'userId', 'groupId'],
	'“Calendar”, “User” and “Calendar Group ID” are all empty',
	'HighLevel lists the events of a calendar, of a user or of a calendar group: fill in one of them.',
);

/** Refuses a list of events that HighLevel would refuse. */
export function checkEvents(call: Call): void {
	needsAnOwner(call);
	checkSpan('startTime', 'endTime')(call);
}

/**
 * Refuses a span of time that ends before it begins, or is longer than `mostDays`. A day with a clock
 * change is an hour longer or shorter, and counts as one day.
 */
export function checkSpan(from: string, to: string, mostDays = Infinity) {
	return ({ query }: Call) => {
		const days = (Number(query?.[to]) - Number(query?.[from])) / 86_400_000;
		if (days < 0) throw new BadInput('The time span ends before it begins', 'Check both times.');
		const whole = Math.round(days);
		if (whole <= mostDays) return;
		throw new BadInput(
			`The time span is ${whole} days long`,
			`Ask for ${mostDays} days at the most.`,
		);
	};
}
