import { additionalFields, required, text, updateFields } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Field, Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { toList } from '../../engine/values';
import { lookedUpByStart } from '../calls/recover';
import { blockedTimeId, calendarPicker, userPicker } from '../editor/pickers';
import { checkEvents, endTime, eventFilters, startTime } from '../fields/calendar';

const LIST = 'GET /calendars/blocked-slots';

const details: Field[] = [
	text('Title', 'title', { placeholder: 'e.g. Team day' }),
	// HighLevel describes it as set instead of the calendar, and yet requires the calendar.
	userPicker('User', 'assignedUserId'),
];

const block = verbs('blocked time', {
	path: '/calendars/events/block-slots/{eventId}',
	id: blockedTimeId,
	scope: 'calendars/events',
});

export const blockSlot: Resource = {
	value: 'blockSlot',
	name: 'Blocked Time',
	operations: [
		block.create({
			action: 'Block time in a calendar',
			description:
				'Block off time in a calendar (a block slot), so that it cannot be booked; returns the block',
			body: { locationId: '{locationId}' },
			fields: [
				calendarPicker('body'),
				required(startTime),
				required(endTime),
				additionalFields(details),
			],
			recover: lookedUpByStart(LIST, ['startTime', 'endTime']),
		}),
		block.delete({
			route: 'DELETE /calendars/events/{eventId}',
			action: 'Delete blocked time',
			description: 'Delete blocked time, so that it can be booked again; returns deleted: true',
		}),
		block.getMany({
			route: LIST,
			description:
				'Get the blocked times of a calendar, user or calendar group that start in a time range',
			query: { locationId: '{locationId}' },
			fields: eventFilters,
			check: checkEvents,
			pages: onePage('events'),
			simple: toList('id, title, startTime, endTime, calendarId, assignedUserId'),
		}),
		block.update({
			action: 'Update blocked time',
			description: 'Change the time, title or user of a blocked time and return it',
			body: { locationId: '{locationId}' },
			// HighLevel requires the calendar on every update.
			fields: [calendarPicker('body'), updateFields([endTime, startTime, ...details])],
		}),
	],
};
