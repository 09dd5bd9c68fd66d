import { withOffset, zoneOf } from './calendarTime';
import { unprocessable } from './errors';
import type { Appointment, BlockSlot } from './records';
import type { Call } from './route';
import { closed, formatted, requiredText, text } from './validate';

/** What appointments and blocks have in common: they are listed and shown alike. */

export interface EventQuery {
	locationId: string;
	startTime: string;
	endTime: string;
	userId?: string;
	calendarId?: string;
	groupId?: string;
}

export const eventQuery = closed(
	{
		locationId: requiredText,
		startTime: formatted('epoch-ms'),
		endTime: formatted('epoch-ms'),
		userId: text,
		calendarId: text,
		groupId: text,
	},
	['locationId', 'startTime', 'endTime'],
);

/** Those that start in the time asked for, of one user, calendar or group. */
export function eventsOf<T extends BlockSlot>(
	{ state, query }: Call<unknown, EventQuery>,
	records: Map<string, T>,
): T[] {
	const { locationId, startTime, endTime, userId, calendarId, groupId } = query;
	if ((userId ?? calendarId ?? groupId) === undefined) {
		throw unprocessable(['Either of userId, calendarId or groupId is required']);
	}
	return [...records.values()]
		.filter((event) => {
			const start = Date.parse(event.startTime);
			return (
				event.locationId === locationId &&
				start >= Number(startTime) &&
				start <= Number(endTime) &&
				(userId === undefined || event.assignedUserId === userId) &&
				(calendarId === undefined || event.calendarId === calendarId) &&
				(groupId === undefined || state.calendars.get(event.calendarId)?.groupId === groupId)
			);
		})
		.sort((a, b) => a.startTime.localeCompare(b.startTime));
}

/** An appointment in full. */
export function eventView({ state }: Call<unknown, unknown>, appointment: Appointment): object {
	const { rrule, description, startTime, endTime, dateAdded, dateUpdated } = appointment;
	const zone = zoneOf(state, appointment.locationId);
	return {
		...appointment,
		meetingLocationType: undefined,
		notes: description,
		isRecurring: rrule !== undefined,
		rrule,
		...mapped({ startTime, endTime, dateAdded, dateUpdated }, (iso) => withOffset(iso, zone)),
		assignedResources: [],
		createdBy: { source: 'public_api' },
	};
}

export const mapped = (
	texts: Record<string, string>,
	change: (text: string) => string,
): Record<string, string> =>
	Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, change(value)]));
