import type { SdkCall } from './sdkCall';

/** Calendars and what is booked in them. */
export const calendarsCalls: Record<string, SdkCall> = {
	'appointment:create': async ({ calendars }, { body }) =>
		await calendars.createAppointment(body as never),
	'appointment:delete': async ({ calendars }, { id }) =>
		await calendars.deleteEvent({ eventId: id }, {} as never),
	'appointment:get': async ({ calendars }, { id }) =>
		await calendars.getAppointment({ eventId: id }),
	'appointment:getMany': async ({ calendars }, { query }) =>
		await calendars.getCalendarEvents(query as never),
	'appointmentNote:create': async ({ calendars }, { id, body }) =>
		await calendars.createAppointmentNote({ appointmentId: id }, body as never),
	'appointmentNote:delete': async ({ calendars }, { ids: [appointmentId, noteId] }) =>
		await calendars.deleteAppointmentNote({ appointmentId, noteId }),
	'appointmentNote:getMany': async ({ calendars }, { id, query }) =>
		await calendars.getAppointmentNotes({ appointmentId: id, ...query } as never),
	'appointmentNote:update': async ({ calendars }, { ids: [appointmentId, noteId], body }) =>
		await calendars.updateAppointmentNote({ appointmentId, noteId }, body as never),
	'blockSlot:create': async ({ calendars }, { body }) =>
		await calendars.createBlockSlot(body as never),
	'blockSlot:delete': async ({ calendars }, { id }) =>
		await calendars.deleteEvent({ eventId: id }, {} as never),
	'blockSlot:getMany': async ({ calendars }, { query }) =>
		await calendars.getBlockedSlots(query as never),
	'blockSlot:update': async ({ calendars }, { id, body }) =>
		await calendars.editBlockSlot({ eventId: id }, body as never),
	'calendar:get': async ({ calendars }, { id }) => await calendars.getCalendar({ calendarId: id }),
	'calendar:getMany': async ({ calendars }, { query }) =>
		await calendars.getCalendars(query as never),
	'freeSlot:getMany': async ({ calendars }, { id, query }) => {
		const { 'userIds[]': userIds, ...rest } = query;
		return await calendars.getSlots({
			calendarId: id,
			...rest,
			...(userIds !== undefined && { userIds: [userIds].flat() }),
		} as never);
	},
	'appointment:update': async ({ calendars }, { id, body }) =>
		await calendars.editAppointment({ eventId: id }, body as never),
};
