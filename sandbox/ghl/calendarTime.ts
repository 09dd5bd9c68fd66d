import { DateTime } from 'luxon';
import type { SandboxState } from '../state';
import type { Calendar } from './records';

const MINUTE = 60_000;

export const zoneOf = (state: SandboxState, locationId: string): string =>
	state.locations.get(locationId)?.timezone ?? 'UTC';

/** `2026-01-05T09:00:00-06:00`: how calendar answers write a time. */
export const withOffset = (iso: string, zone: string): string =>
	DateTime.fromISO(iso, { zone }).toISO({ suppressMilliseconds: true }) ?? iso;

/** `2026-01-05 09:00:00`, without an offset: how a contact's appointments are listed. */
export const wallClock = (iso: string, zone: string): string =>
	DateTime.fromISO(iso, { zone }).toFormat('yyyy-MM-dd HH:mm:ss');

export const later = (iso: string, minutes: number): string =>
	new Date(Date.parse(iso) + minutes * MINUTE).toISOString();

interface SlotQuery {
	/** Epoch ms: the first and the last start that counts. */
	from: number;
	to: number;
	/** One user's slots; those of the whole calendar where absent. */
	userIds?: string[];
	/** An appointment that is about to move does not stand in its own way. */
	except?: string;
}

/** The starts, in epoch ms, at which an appointment of the calendar could be booked. */
export function freeStarts(state: SandboxState, calendar: Calendar, query: SlotQuery): number[] {
	const { from, to, userIds, except } = query;
	const users = calendar.teamMembers.map(({ userId }) => userId);
	const wanted = userIds === undefined ? users : users.filter((id) => userIds.includes(id));
	const length = calendar.slotDuration * MINUTE;
	const taken = busyTimes(state, calendar, except);
	return openStarts(calendar, zoneOf(state, calendar.locationId), from, to).filter((start) =>
		wanted.some((user) =>
			taken.every(
				(busy) => busy.userId !== user || busy.end <= start || busy.start >= start + length,
			),
		),
	);
}

/** What keeps the calendar's users from an appointment, in whichever calendar it stands. */
function busyTimes(
	state: SandboxState,
	{ locationId }: Calendar,
	except?: string,
): Array<{ userId: string; start: number; end: number }> {
	const booked = [...state.appointments.values()].filter(
		({ id, appointmentStatus }) =>
			id !== except && !['cancelled', 'invalid'].includes(appointmentStatus),
	);
	return [...booked, ...state.blockSlots.values()]
		.filter((event) => event.locationId === locationId)
		.map(({ assignedUserId, startTime, endTime }) => ({
			userId: assignedUserId,
			start: Date.parse(startTime),
			end: Date.parse(endTime),
		}));
}

/** Every start inside the open hours, booked or not. */
function openStarts(calendar: Calendar, zone: string, from: number, to: number): number[] {
	const starts: number[] = [];
	const length = calendar.slotDuration * MINUTE;
	let day = DateTime.fromMillis(from, { zone }).startOf('day');
	for (; day.toMillis() <= to; day = day.plus({ days: 1 })) {
		for (const { daysOfTheWeek, hours } of calendar.openHours) {
			// Luxon's Sunday is 7, HighLevel's is 0.
			if (!daysOfTheWeek.includes(day.weekday % 7)) continue;
			for (const { openHour, openMinute, closeHour, closeMinute } of hours) {
				const close = day.set({ hour: closeHour, minute: closeMinute }).toMillis();
				let start = day.set({ hour: openHour, minute: openMinute }).toMillis();
				for (; start + length <= close; start += calendar.slotInterval * MINUTE) starts.push(start);
			}
		}
	}
	return starts.filter((start) => start >= from && start <= to);
}
