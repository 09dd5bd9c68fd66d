import { collection, required, text } from '../../engine/describe/fields';
import type { Call, Field, Io, Resource } from '../../engine/operation';
import { onePage } from '../../engine/call/paginate';
import { checkEvents, endTime, eventFilters, startTime } from '../fields/calendar';
import { calendarPicker, userPicker } from '../editor/pickers';
import { deleted } from '../fields/records';
import { lookedUp, startingAt } from '../calls/recover';

const PATH = '/calendars/events/block-slots';
const LIST = '/calendars/blocked-slots';

const eventId = required(
	text('Blocked Time ID', 'eventId', { in: 'path', placeholder: 'e.g. 0TkCdp9PfvLeWKYRRvIz' }),
);

const title = text('Title', 'title', { placeholder: 'e.g. Team day' });

/** HighLevel describes it as set instead of the calendar, and yet requires the calendar. */
const user = userPicker('User', 'assignedUserId', 'assignedUserId');

const details: Field[] = [title, user];

/** The blocks of the calendar that start when the one of a lost create does. */
function blocksCall({ body = {} }: Call, io: Io): Call {
	const start = Date.parse(String(body.startTime));
	return {
		method: 'GET',
		template: LIST,
		path: LIST,
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

export const blockSlot: Resource = {
	value: 'blockSlot',
	name: 'Blocked Time',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Block time in a calendar',
			description: 'Block off time in a calendar (a block slot), so that nobody can book it',
			request: { method: 'POST', path: PATH, body: { locationId: '{locationId}' } },
			scope: 'calendars/events.write',
			writes: true,
			fields: [
				calendarPicker('body'),
				required(startTime),
				required(endTime),
				collection(
					{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add Field' },
					details,
				),
			],
			recover: lookedUp({
				pages: onePage('events'),
				read: blocksCall,
				added: 'dateAdded',
				fits: (block, { body = {} }) =>
					startingAt(block, body) &&
					Date.parse(String(block.endTime)) === Date.parse(String(body.endTime)),
				body: (block) => block,
			}),
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete blocked time',
			description: 'Open a blocked time of a calendar again, by deleting the block',
			request: { method: 'DELETE', path: '/calendars/events/{eventId}' },
			scope: 'calendars/events.write',
			writes: true,
			fields: [eventId],
			finish: deleted,
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many blocked times',
			description:
				'Get the blocked times of a calendar, a user or a calendar group that start in a span of time',
			request: { method: 'GET', path: LIST, query: { locationId: '{locationId}' } },
			scope: 'calendars/events.readonly',
			writes: false,
			fields: eventFilters,
			check: checkEvents,
			pages: onePage('events'),
			simple: ['id', 'title', 'startTime', 'endTime', 'calendarId', 'assignedUserId'],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update blocked time',
			description: 'Change the time, title or user of a blocked time',
			request: {
				method: 'PUT',
				path: `${PATH}/{eventId}`,
				body: { locationId: '{locationId}' },
			},
			scope: 'calendars/events.write',
			writes: true,
			fields: [
				eventId,
				// HighLevel wants the calendar on every update.
				calendarPicker('body'),
				collection(
					{ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' },
					[endTime, startTime, ...details],
				),
			],
		},
	],
};
