import { choice, collection, flag, required, text } from '../../engine/describe/fields';
import type { Call, Field, Io, Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { checkEvents, endTime, eventFilters, startTime } from '../fields/calendar';
import { calendarPicker, contactId, contactPicker, userPicker } from '../editor/pickers';
import { deleted, needsAChange } from '../fields/records';
import { lookedUp, startingAt } from '../calls/recover';

const EVENTS = '/calendars/events/appointments';

const eventId = required(
	text('Appointment ID', 'eventId', { in: 'path', placeholder: 'e.g. ocQHyuzHvysMo5N5VsXc' }),
);

const details: Field[] = [
	text('Address', 'address'),
	userPicker('Assigned To', 'assignedUserId', 'assignedUserId'),
	text('Description', 'description'),
	flag('Ignore Date Range', 'ignoreDateRange', 'Whether to allow a time outside the booking range'),
	flag(
		'Ignore Free Slots',
		'ignoreFreeSlotValidation',
		'Whether to allow a time that is not a free slot',
	),
	text('Meeting Location ID', 'meetingLocationId', {
		description: 'One of the meeting locations of the calendar',
	}),
	choice(
		'Meeting Location Type',
		'meetingLocationType',
		[
			['Address', 'address'],
			['Custom', 'custom'],
			['Google Meet', 'gmeet'],
			['Microsoft Teams', 'ms_teams'],
			['Phone', 'phone'],
			['Zoom', 'zoom'],
		],
		{ default: 'custom' },
	),
	flag('Notify', 'toNotify', 'Whether HighLevel runs its automations and notifications'),
	flag(
		'Override Location Settings',
		'overrideLocationConfig',
		'Whether the meeting location here counts and not the one of the calendar',
	),
	text('Recurrence Rule', 'rrule', { placeholder: 'e.g. RRULE:FREQ=DAILY;INTERVAL=1;COUNT=5' }),
	choice(
		'Status',
		'appointmentStatus',
		[
			['Cancelled', 'cancelled'],
			['Confirmed', 'confirmed'],
			['Invalid', 'invalid'],
			['New', 'new'],
			['No Show', 'noshow'],
			['Showed', 'showed'],
		],
		{ default: 'confirmed' },
	),
	text('Title', 'title'),
];

const SIMPLE = [
	'id',
	'title',
	'appointmentStatus',
	'startTime',
	'endTime',
	'contactId',
	'calendarId',
	'assignedUserId',
	'address',
	'notes',
];

/** The events of the calendar that start when the appointment of a lost create does. */
function eventsCall({ body = {} }: Call, io: Io): Call {
	const start = Date.parse(String(body.startTime));
	return {
		method: 'GET',
		template: '/calendars/events',
		path: '/calendars/events',
		query: {
			locationId: io.account.values.locationId,
			calendarId: body.calendarId,
			startTime: start,
			endTime: start + 60_000,
		},
		repeatable: true,
		scope: 'calendars/events.readonly',
	};
}

export const appointment: Resource = {
	value: 'appointment',
	name: 'Appointment',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create an appointment',
			description: 'Book an appointment for a contact in a calendar',
			request: { method: 'POST', path: EVENTS, body: { locationId: '{locationId}' } },
			scope: 'calendars/events.write',
			writes: true,
			fields: [
				calendarPicker('body'),
				contactPicker('body'),
				required(startTime),
				collection(
					{
						displayName: 'Additional Fields',
						name: 'additionalFields',
						placeholder: 'Add Field',
					},
					[endTime, ...details],
				),
			],
			recover: lookedUp({
				pages: onePage('events'),
				read: eventsCall,
				added: 'dateAdded',
				fits: (event, { body = {} }) =>
					event.contactId === body.contactId && startingAt(event, body),
				body: (event) => event,
			}),
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete an appointment',
			description: 'Delete an appointment for good; to keep a trace, update its status instead',
			request: { method: 'DELETE', path: '/calendars/events/{eventId}' },
			scope: 'calendars/events.write',
			writes: true,
			fields: [eventId],
			finish: deleted,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get an appointment',
			description: 'Get one appointment by its ID',
			request: { method: 'GET', path: `${EVENTS}/{eventId}` },
			scope: 'calendars/events.readonly',
			writes: false,
			fields: [eventId],
			result: 'event',
			simple: SIMPLE,
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many appointments',
			description:
				'Get the appointments of a calendar, a user or a calendar group that start in a span of time',
			request: {
				method: 'GET',
				path: '/calendars/events',
				query: { locationId: '{locationId}' },
			},
			scope: 'calendars/events.readonly',
			writes: false,
			fields: eventFilters,
			check: checkEvents,
			pages: onePage('events'),
			simple: SIMPLE,
		},
		{
			value: 'getManyForContact',
			name: 'Get Many for Contact',
			action: 'Get many appointments for a contact',
			description: 'Get the appointments of a contact',
			request: { method: 'GET', path: '/contacts/{contactId}/appointments' },
			scope: 'contacts.readonly',
			writes: false,
			fields: [contactId],
			pages: onePage('events'),
			simple: SIMPLE,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update an appointment',
			description: 'Change some parts of an appointment; the others stay as they are',
			request: { method: 'PUT', path: `${EVENTS}/{eventId}` },
			scope: 'calendars/events.write',
			writes: true,
			fields: [
				eventId,
				collection(
					{ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' },
					[calendarPicker('body', false), startTime, endTime, ...details],
				),
			],
			check: needsAChange,
		},
	],
};
