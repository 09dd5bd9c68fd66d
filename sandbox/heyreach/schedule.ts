import { IANAZone } from 'luxon';
import { refused } from './errors';
import type { Schedule } from './records';
import { fields, flag, optionalText, text } from './validate';

const DAYS = [
	'enabledMonday',
	'enabledTuesday',
	'enabledWednesday',
	'enabledThursday',
	'enabledFriday',
	'enabledSaturday',
	'enabledSunday',
] as const;

/** TimeSpan; the day may end at 24:00:00. */
const time = { ...text, pattern: '^(([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d|24:00:00)$' };
const date = { ...optionalText, format: 'date' };

export type ScheduleInput = Pick<Schedule, 'dailyStartTime' | 'dailyEndTime' | 'timeZoneId'> &
	Partial<Schedule>;

export const scheduleInput = fields(
	{
		dailyStartTime: time,
		dailyEndTime: time,
		timeZoneId: text,
		...Object.fromEntries(DAYS.map((day) => [day, flag])),
		startDate: date,
		endDate: date,
	},
	['dailyStartTime', 'dailyEndTime', 'timeZoneId'],
);

/** A campaign without a schedule runs Monday to Friday from 9 to 17, UTC. */
export const DEFAULT_SCHEDULE: ScheduleInput = {
	dailyStartTime: '09:00:00',
	dailyEndTime: '17:00:00',
	timeZoneId: 'Etc/UTC',
};

/** The whole schedule: what was left out falls back to its default. Throws 400 when it cannot be kept. */
export function schedule(input: ScheduleInput): Schedule {
	const full: Schedule = {
		enabledMonday: true,
		enabledTuesday: true,
		enabledWednesday: true,
		enabledThursday: true,
		enabledFriday: true,
		enabledSaturday: false,
		enabledSunday: false,
		...input,
		startDate: input.startDate ?? null,
		endDate: input.endDate ?? null,
	};
	if (full.dailyStartTime >= full.dailyEndTime) {
		throw refused('Invalid schedule: dailyStartTime must be before dailyEndTime.');
	}
	if (!DAYS.some((day) => full[day])) throw refused('Invalid schedule: no day is enabled.');
	if (full.startDate !== null && full.endDate !== null && full.endDate <= full.startDate) {
		throw refused('Invalid schedule: endDate must be after startDate.');
	}
	if (!IANAZone.create(full.timeZoneId).isValid) {
		throw refused(`Invalid schedule: ${full.timeZoneId} is not a time zone.`);
	}
	return full;
}
