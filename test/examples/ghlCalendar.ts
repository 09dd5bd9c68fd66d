import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { byId, known, type Example } from './values';

/** Calendars and what is booked in them. */
export const ghlCalendarExamples: Record<string, Example> = {
	'appointment:getMany': (sandbox) => ({ ...seededEvents(sandbox), returnAll: true }),
	'appointmentNote:create': (sandbox) => ({
		appointmentId: known(sandbox).appointment.id,
		body: 'Asked for the price list',
		additionalFields: { userId: byId(known(sandbox).user.id) },
	}),
	'appointmentNote:delete': (sandbox) => ofNote(sandbox),
	'appointmentNote:getMany': (sandbox) => ({
		appointmentId: known(sandbox).appointmentNote.appointmentId,
		returnAll: true,
	}),
	'appointmentNote:update': (sandbox) => ({
		...ofNote(sandbox),
		body: 'Bring two price lists',
		additionalFields: { userId: byId(known(sandbox).user.id) },
	}),
	'blockSlot:create': (sandbox) => ({
		calendarId: byId(known(sandbox).calendar.id),
		startTime: '2031-03-03T15:00:00',
		endTime: '2031-03-03T17:00:00',
		additionalFields: { title: 'Team day', assignedUserId: byId(known(sandbox).user.id) },
	}),
	'blockSlot:delete': (sandbox) => ({ eventId: known(sandbox).blockSlot.id }),
	'blockSlot:getMany': (sandbox) => ({
		...seededEvents(sandbox),
		userId: byId(known(sandbox).blockSlot.assignedUserId),
		returnAll: true,
	}),
	'blockSlot:update': (sandbox) => ({
		eventId: known(sandbox).blockSlot.id,
		calendarId: byId(known(sandbox).calendar.id),
		updateFields: {
			title: 'Two team days',
			assignedUserId: byId(known(sandbox).user.id),
			startTime: '2031-03-03T15:00:00',
			endTime: '2031-03-04T17:00:00',
		},
	}),
	'calendar:get': (sandbox) => ({
		calendarId: byId(known(sandbox).calendar.id),
		simplify: false,
	}),
	'calendar:getMany': (sandbox) => ({
		filters: { groupId: known(sandbox).calendar.groupId, showDrafted: true },
		returnAll: true,
		simplify: false,
	}),
	'freeSlot:getMany': (sandbox) => ({
		calendarId: byId(known(sandbox).calendar.id),
		startDate: '2031-03-03T00:00:00',
		endDate: '2031-03-20T00:00:00',
		filters: {
			timezone: 'America/Chicago',
			userId: byId(known(sandbox).user.id),
			userIds: known(sandbox).user.id,
		},
		returnAll: true,
	}),
};

function ofNote(sandbox: Sandbox): INodeParameters {
	const { id, appointmentId } = known(sandbox).appointmentNote;
	return { appointmentId, noteId: id };
}

/** The time of the events that the sandbox begins with. */
function seededEvents(sandbox: Sandbox): INodeParameters {
	return {
		calendarId: byId(known(sandbox).calendar.id),
		startTime: '2026-01-01T00:00:00',
		endTime: '2026-02-01T00:00:00',
	};
}
