const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The latest of what has happened in the seed is a note of that many hours after the first day. */
const LATEST_HOURS = 240;

/** The ISO time of so many hours after the seed's first day; negative: before it. */
export type Moment = (hours: number) => string;

/** By the milliseconds since 1970: every reset asks for the same ones. */
const isoTimes = new Map<number, string>();

export function momentsFrom(firstDay: Date): Moment {
	const start = firstDay.getTime();
	return (hours) => {
		const ms = start + hours * HOUR;
		const known = isoTimes.get(ms);
		if (known !== undefined) return known;
		const time = new Date(ms).toISOString();
		isoTimes.set(ms, time);
		return time;
	};
}

/** The latest Monday, 9:00 UTC, after which all that the seed tells of as past is past. */
export function firstDayBefore(now: Date): Date {
	const latest = new Date(now.getTime() - LATEST_HOURS * HOUR);
	const nine = new Date(latest);
	nine.setUTCHours(9, 0, 0, 0);
	const sinceMonday = (nine.getUTCDay() + 6) % 7;
	const monday = new Date(nine.getTime() - sinceMonday * DAY);
	return monday > latest ? new Date(monday.getTime() - 7 * DAY) : monday;
}
