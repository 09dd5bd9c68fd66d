import { eventQuery, eventsOf, eventView, mapped } from './calendarEvents';
import type { EventQuery } from './calendarEvents';
import { calendarOf } from './calendars';
import { freeStarts, later, wallClock, withOffset, zoneOf } from './calendarTime';
import { badRequest, notFound, wrongLocation } from './errors';
import type { Appointment, Calendar } from './records';
import { checkUser, contactOf, ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, flag, formatted, oneOf, requiredText, text } from './validate';
import type { Schema } from './validate';

interface AppointmentBody {
	calendarId?: string;
	locationId?: string;
	contactId?: string;
	startTime?: string;
	endTime?: string;
	title?: string;
	meetingLocationType?: string;
	appointmentStatus?: string;
	assignedUserId?: string;
	description?: string;
	address?: string;
	ignoreDateRange?: boolean;
	ignoreFreeSlotValidation?: boolean;
	rrule?: string;
}

const fields: Record<string, Schema> = {
	title: text,
	meetingLocationType: oneOf('custom', 'zoom', 'gmeet', 'phone', 'address', 'ms_teams', 'google'),
	meetingLocationId: text,
	overrideLocationConfig: flag,
	appointmentStatus: oneOf('new', 'confirmed', 'cancelled', 'showed', 'noshow', 'invalid'),
	assignedUserId: text,
	description: text,
	address: text,
	ignoreDateRange: flag,
	toNotify: flag,
	ignoreFreeSlotValidation: flag,
	rrule: text,
	startTime: formatted('iso-offset'),
	endTime: formatted('iso-offset'),
};

const appointmentOf = ({ state, token, params }: Call<unknown, unknown>): Appointment =>
	ownRecord(token, state.appointments, 'Event', params.eventId);

/** The appointment with a write applied. Keys that were not sent stay. */
function written(
	call: Call<AppointmentBody, unknown>,
	appointment: Appointment,
	calendar: Calendar,
): Appointment {
	const { body } = call;
	checkUser(call, body.assignedUserId);
	const startTime = new Date(body.startTime ?? appointment.startTime).toISOString();
	const moved = body.startTime !== undefined || body.calendarId !== undefined;
	const next: Appointment = {
		...appointment,
		calendarId: calendar.id,
		groupId: calendar.groupId,
		title: body.title ?? appointment.title,
		appointmentStatus: body.appointmentStatus ?? appointment.appointmentStatus,
		assignedUserId: body.assignedUserId ?? appointment.assignedUserId,
		description: body.description ?? appointment.description,
		address: body.address ?? appointment.address,
		meetingLocationType:
			body.meetingLocationType ??
			(body.address === undefined ? appointment.meetingLocationType : 'custom'),
		// Recurrence counts only where free slots do not.
		rrule: body.ignoreFreeSlotValidation === true ? body.rrule : appointment.rrule,
		startTime,
		endTime:
			body.endTime === undefined
				? moved
					? later(startTime, calendar.slotDuration)
					: appointment.endTime
				: new Date(body.endTime).toISOString(),
		dateUpdated: new Date().toISOString(),
	};
	if (next.endTime <= next.startTime) throw badRequest('endTime must be after startTime');
	if (moved && body.ignoreFreeSlotValidation !== true) {
		checkFree(call, calendar, next, body.ignoreDateRange === true);
	}
	return next;
}

/** That this answers 400 is documented, its text is not. */
function checkFree(
	{ state }: Call<unknown, unknown>,
	calendar: Calendar,
	{ id, startTime, assignedUserId }: Appointment,
	ignoreDateRange: boolean,
): void {
	const start = Date.parse(startTime);
	const userIds = [assignedUserId];
	const free = freeStarts(state, calendar, { from: start, to: start, userIds, except: id });
	if (free.length === 0 || (start < Date.now() && !ignoreDateRange)) {
		throw badRequest('The slot you have selected is no longer available.');
	}
}

function created(
	call: Call<AppointmentBody & { calendarId: string; contactId: string }, unknown>,
): Appointment {
	const { state, token, body } = call;
	const calendar = calendarOf(call, body.calendarId);
	const contact = ownRecord(token, state.contacts, 'Contact', body.contactId);
	const now = new Date().toISOString();
	return written(
		call,
		{
			id: state.ids.next('appointment'),
			calendarId: calendar.id,
			locationId: calendar.locationId,
			contactId: contact.id,
			groupId: calendar.groupId,
			title: calendar.name,
			appointmentStatus: calendar.autoConfirm ? 'confirmed' : 'new',
			assignedUserId: calendar.teamMembers.find(({ isPrimary }) => isPrimary)?.userId ?? '',
			users: [],
			startTime: now,
			endTime: now,
			dateAdded: now,
			dateUpdated: now,
		},
		calendar,
	);
}

/** What a write answers: the bare appointment, without its dates. */
function saved({ state }: Call<unknown, unknown>, appointment: Appointment): object {
	state.appointments.set(appointment.id, appointment);
	const { id, calendarId, locationId, contactId, title, address, rrule } = appointment;
	const zone = zoneOf(state, locationId);
	return {
		id,
		calendarId,
		locationId,
		contactId,
		startTime: withOffset(appointment.startTime, zone),
		endTime: withOffset(appointment.endTime, zone),
		title,
		meetingLocationType: appointment.meetingLocationType ?? 'default',
		appointmentStatus: appointment.appointmentStatus,
		assignedUserId: appointment.assignedUserId,
		address,
		isRecurring: rrule !== undefined,
		rrule,
	};
}

function contactAppointments(call: Call<unknown, unknown>): object {
	const { id, locationId } = contactOf(call);
	const zone = zoneOf(call.state, locationId);
	return {
		events: [...call.state.appointments.values()]
			.filter(({ contactId }) => contactId === id)
			.sort((a, b) => a.startTime.localeCompare(b.startTime))
			.map((appointment) => ({
				...eventView(call, appointment),
				createdBy: undefined,
				isRecurring: undefined,
				status: 'booked',
				...mapped(
					{
						startTime: appointment.startTime,
						endTime: appointment.endTime,
						dateAdded: appointment.dateAdded,
						dateUpdated: appointment.dateUpdated,
					},
					(iso) => wallClock(iso, zone),
				),
			})),
	};
}

/** Appointments and blocks alike. */
function deleteEvent({ state, token, params }: Call<unknown, unknown>): object {
	const { eventId } = params;
	const records = [state.appointments, state.blockSlots].find((all) => all.has(eventId));
	if (records === undefined) throw notFound('Event', eventId);
	if (records.get(eventId)?.locationId !== token.locationId) {
		throw wrongLocation();
	}
	records.delete(eventId);
	return { succeeded: true };
}

export const appointments: Route[] = [
	route({
		method: 'GET',
		path: '/contacts/:contactId/appointments',
		scope: 'contacts.readonly',
		handle: contactAppointments,
	}),
	route<AppointmentBody & { calendarId: string; contactId: string }>({
		method: 'POST',
		path: '/calendars/events/appointments',
		scope: 'calendars/events.write',
		body: closed(
			{ ...fields, calendarId: requiredText, locationId: requiredText, contactId: requiredText },
			['calendarId', 'locationId', 'contactId', 'startTime'],
		),
		handle: (call) => saved(call, created(call)),
	}),
	route({
		method: 'GET',
		path: '/calendars/events/appointments/:eventId',
		scope: 'calendars/events.readonly',
		handle: (call) => ({ event: eventView(call, appointmentOf(call)) }),
	}),
	route<AppointmentBody>({
		method: 'PUT',
		path: '/calendars/events/appointments/:eventId',
		scope: 'calendars/events.write',
		body: closed({ ...fields, calendarId: text }),
		handle: (call) => {
			const appointment = appointmentOf(call);
			const calendar = calendarOf(call, call.body.calendarId ?? appointment.calendarId);
			return saved(call, written(call, appointment, calendar));
		},
	}),
	route({
		method: 'DELETE',
		path: '/calendars/events/:eventId',
		scope: 'calendars/events.write',
		status: 201,
		body: closed({}),
		handle: deleteEvent,
	}),
	route<unknown, EventQuery>({
		method: 'GET',
		path: '/calendars/events',
		scope: 'calendars/events.readonly',
		query: eventQuery,
		handle: (call) => ({
			events: eventsOf(call, call.state.appointments).map((event) => eventView(call, event)),
		}),
	}),
];
