import { toDay } from '../../engine/dates';
import { BadInput } from '../../engine/badInput';
import { choices, dateTime, group, text } from '../../engine/describe/fields';
import type { Call, Field } from '../../engine/operation';
import { toList, isObject } from '../../engine/values';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const days: Field = {
	...choices('Days', 'days', [...DAYS].sort(), {
		default: DAYS.slice(0, 5),
		description: 'Days on which the campaign sends',
	}),
	send: undefined,
	spread: async (value) => {
		const chosen = toList(value);
		return Object.fromEntries(DAYS.map((day) => [`enabled${day}`, chosen.includes(day)]));
	},
};

/** A time of day, which HeyReach wants with seconds. */
const timeOfDay = (displayName: string, name: string, example: string): Field =>
	text(displayName, name, {
		placeholder: `e.g. ${example}`,
		as: (value) => toTimeOfDay(value, displayName),
	});

function toTimeOfDay(value: unknown, label: string): string {
	const match = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$/.exec(String(value).trim());
	const time = match && `${match[1].padStart(2, '0')}:${match[2]}:${match[3] ?? '00'}`;
	// The day may end at 24:00.
	if (time && time <= '24:00:00') return time;
	throw new BadInput(
		`“${label}” is not a time of day: “${String(value)}”`,
		'Write it as 09:00 or 17:30.',
	);
}

/** When a campaign works. */
export const schedule: Field = group(
	{
		displayName: 'Schedule',
		name: 'schedule',
		placeholder: 'Add Field',
		description: 'When the campaign sends. It replaces the whole schedule.',
	},
	'schedule',
	[
		timeOfDay('Daily End Time', 'dailyEndTime', '17:00'),
		timeOfDay('Daily Start Time', 'dailyStartTime', '09:00'),
		days,
		dateTime('End Date', 'endDate', toDay),
		dateTime('Start Date', 'startDate', toDay),
		text('Time Zone', 'timeZoneId', {
			placeholder: 'e.g. Europe/Berlin',
			description: 'IANA time zone, such as Europe/Berlin',
		}),
	],
);

/** Refuses a schedule without the times of the day and their time zone. */
export function checkSchedule({ body }: Call): void {
	const given = body?.schedule;
	if (!isObject(given)) return;
	if (given.dailyStartTime && given.dailyEndTime && given.timeZoneId) return;
	throw new BadInput(
		'The schedule is not complete',
		'HeyReach needs Daily Start Time, Daily End Time and Time Zone.',
	);
}

export function needsASchedule(call: Call): void {
	if (call.body?.schedule === undefined) {
		throw new BadInput('“Schedule” is empty', 'Add the times, the time zone and the days.');
	}
	checkSchedule(call);
}
