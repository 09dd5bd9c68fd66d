import {
	additionalFields,
	choice,
	flag,
	inSight,
	text,
	updateFields,
} from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Field, Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { toList } from '../../engine/values';
import { lookedUpByStart } from '../calls/recover';
import {
	appointmentPicker,
	calendarPicker,
	contactId,
	contactPicker,
	userPicker,
} from '../editor/pickers';
import { checkEvents, endTime, eventFilters, slotOrTime, startOfNew } from '../fields/calendar';

const LOCATIONS = {
	Address: 'address',
	Custom: 'custom',
	'Google Meet': 'gmeet',
	'Microsoft Teams': 'ms_teams',
	Phone: 'phone',
	Zoom: 'zoom',
};

const STATUSES = {
	Cancelled: 'cancelled',
	Confirmed: 'confirmed',
	Invalid: 'invalid',
	New: 'new',
	'No Show': 'noshow',
	Showed: 'showed',
};

const details: Field[] = [
	text('Address', 'address', { placeholder: 'e.g. 12 Main Street' }),
	userPicker('Assigned To', 'assignedUserId'),
	text('Description', 'description', { placeholder: 'e.g. Asked for a demo' }),
	flag('Ignore Date Range', 'ignoreDateRange', 'Whether to allow a time outside the booking range'),
	flag(
		'Ignore Free Slots',
		'ignoreFreeSlotValidation',
		'Whether to allow a time that is not a free slot',
	),
	text('Meeting Location ID', 'meetingLocationId', {
		placeholder: 'e.g. custom_0',
		description: 'ID of one of the calendar’s meeting locations',
	}),
	choice('Meeting Location Type', 'meetingLocationType', LOCATIONS, { default: 'custom' }),
	flag('Notify', 'toNotify', 'Whether HighLevel runs its automations and notifications'),
	flag(
		'Override Location Settings',
		'overrideLocationConfig',
		'Whether to use this meeting location instead of the calendar’s',
	),
	text('Recurrence Rule', 'rrule', {
		placeholder: 'e.g. RRULE:FREQ=DAILY;INTERVAL=1;COUNT=5',
		description: 'How the appointment repeats, as an iCalendar RRULE',
	}),
	choice('Status', 'appointmentStatus', STATUSES, { default: 'confirmed' }),
	text('Title', 'title', { placeholder: 'e.g. Intro call' }),
];

const ofLocation = verbs('appointment', {
	article: 'an',
	path: '/calendars/events/appointments/{eventId}',
	id: appointmentPicker('eventId'),
	scope: 'calendars/events',
	reads: {
		simple: toList(
			'id, title, appointmentStatus, startTime, endTime, contactId, calendarId, assignedUserId, address, notes',
		),
	},
});

export const appointment: Resource = {
	value: 'appointment',
	name: 'Appointment',
	operations: [
		ofLocation.create({
			description: 'Book an appointment for a contact in a calendar and return it',
			body: { locationId: '{locationId}' },
			fields: [
				calendarPicker('body'),
				contactPicker('body'),
				...startOfNew,
				inSight(additionalFields([endTime, ...details]), 'endTime', 'title'),
			],
			recover: lookedUpByStart('GET /calendars/events', ['startTime'], ['contactId']),
		}),
		ofLocation.delete({
			route: 'DELETE /calendars/events/{eventId}',
			description:
				'Delete an appointment permanently; to keep it on record, update its status instead',
		}),
		ofLocation.get({ result: 'event' }),
		ofLocation.getMany({
			route: 'GET /calendars/events',
			description:
				'Get the appointments of a calendar, user or calendar group that start in a time range',
			query: { locationId: '{locationId}' },
			fields: eventFilters,
			check: checkEvents,
			pages: onePage('events'),
		}),
		ofLocation.other('GET /contacts/{contactId}/appointments', {
			value: 'getManyForContact',
			name: 'Get Many for Contact',
			action: 'Get many appointments for a contact',
			description: 'Get the appointments of a contact',
			scope: 'contacts',
			fields: [contactId],
			pages: onePage('events'),
		}),
		ofLocation.update({
			fields: [updateFields([calendarPicker('body', {}), slotOrTime, endTime, ...details])],
		}),
	],
};
