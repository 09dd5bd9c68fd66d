import { toOffsetSeconds } from '../../engine/dates';
import { collection, field, required } from '../../engine/fields';
import type { Field, Resource } from '../../engine/operation';
import { onePage } from '../../engine/paginate';
import { calendarPicker, contactId, contactPicker, userPicker } from '../pickers';
import { deleted, needsAChange } from '../records';

const EVENTS = '/calendars/events/appointments';

const eventId = required(
	field(
		{
			displayName: 'Appointment ID',
			name: 'eventId',
			type: 'string',
			default: '',
			placeholder: 'e.g. ocQHyuzHvysMo5N5VsXc',
		},
		{ in: 'path', key: 'eventId' },
	),
);

/** A moment that HighLevel wants with an offset: the one of the workflow's time zone. */
function time(displayName: string, name: string): Field {
	return field(
		{ displayName, name, type: 'dateTime', default: '' },
		{ in: 'body', key: name, as: (value, io) => toOffsetSeconds(value, io.context.getTimezone()) },
	);
}

const text = (displayName: string, name: string) =>
	field({ displayName, name, type: 'string', default: '' }, { in: 'body', key: name });

const flag = (displayName: string, name: string, description: string) =>
	field(
		{ displayName, name, type: 'boolean', default: true, description },
		{ in: 'body', key: name },
	);

const startTime = time('Start', 'startTime');
const endTime = time('End', 'endTime');

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
	text('Meeting Location ID', 'meetingLocationId'),
	field(
		{
			displayName: 'Meeting Location Type',
			name: 'meetingLocationType',
			type: 'options',
			options: [
				{ name: 'Address', value: 'address' },
				{ name: 'Custom', value: 'custom' },
				{ name: 'Google Meet', value: 'gmeet' },
				{ name: 'Microsoft Teams', value: 'ms_teams' },
				{ name: 'Phone', value: 'phone' },
				{ name: 'Zoom', value: 'zoom' },
			],
			default: 'custom',
		},
		{ in: 'body', key: 'meetingLocationType' },
	),
	flag('Notify', 'toNotify', 'Whether HighLevel runs its automations and notifications'),
	flag(
		'Override Location Settings',
		'overrideLocationConfig',
		'Whether the meeting location here counts and not the one of the calendar',
	),
	field(
		{
			displayName: 'Recurrence Rule',
			name: 'rrule',
			type: 'string',
			default: '',
			placeholder: 'e.g. RRULE:FREQ=DAILY;INTERVAL=1;COUNT=5',
		},
		{ in: 'body', key: 'rrule' },
	),
	field(
		{
			displayName: 'Status',
			name: 'appointmentStatus',
			type: 'options',
			options: [
				{ name: 'Cancelled', value: 'cancelled' },
				{ name: 'Confirmed', value: 'confirmed' },
				{ name: 'Invalid', value: 'invalid' },
				{ name: 'New', value: 'new' },
				{ name: 'No Show', value: 'noshow' },
				{ name: 'Showed', value: 'showed' },
			],
			default: 'confirmed',
		},
		{ in: 'body', key: 'appointmentStatus' },
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
