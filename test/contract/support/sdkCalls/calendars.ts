import type { SdkCall } from './sdkCall';

/** Calendars and what is booked in them. */
export const calendarsCalls: Record<string, SdkCall> = {
	'appointment:create': async ({ calendars }, { body }) =>
		await calendars.createAppointment(body as never),
	'appointment:delete': async ({ calendars }, { id }) =>
		await calendars.deleteEvent({ eventId: id }, {} as never),
	'appointment:get': async ({ calendars }, { id }) =>
		await calendars.getAppointment({ eventId: id }),
	'appointment:update': async ({ calendars }, { id, body }) =>
		await calendars.editAppointment({ eventId: id }, body as never),
};
