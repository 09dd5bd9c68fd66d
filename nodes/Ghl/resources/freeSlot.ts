import { filters, list, text } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Field, Resource } from '../../engine/operation';
import { spanPages } from '../calls/pages';
import { readSlots } from '../calls/slots';
import { toIds, isObject } from '../../engine/values';
import { checkSpan, spanEnd } from '../fields/calendar';
import { calendarPicker, userPicker } from '../editor/pickers';

const DAY_MS = 86_400_000;

const slotFilters: Field[] = [
	text('Timezone', 'timezone', {
		in: 'query',
		placeholder: 'e.g. America/Chicago',
		description: 'Time zone of the returned times. Default: that of the location.',
	}),
	userPicker('User', 'userId', { in: 'query' }),
	list('User IDs', 'userIds', '082goXVW3lIExEQPOnd3, 0IHuJvc2ofPAAA8GzTRi', toIds, {
		in: 'query',
		description: 'Several users: comma-separated list, or a list from an expression',
	}),
];

export const freeSlot: Resource = {
	value: 'freeSlot',
	name: 'Free Slot',
	operations: [
		verbs('free slot', { scope: 'calendars' }).getMany({
			route: 'GET /calendars/{calendarId}/free-slots',
			description:
				'Get the times that can be booked in a calendar. Returns one item per slot with its start, which Appointment: Create accepts.',
			fields: [
				calendarPicker('path'),
				spanEnd('From', 'startDate', 'Slots that start at this time or later'),
				spanEnd('To', 'endDate', 'Slots that start at this time or earlier, up to a year later'),
				filters(slotFilters),
			],
			check: checkSpan('startDate', 'endDate', 366),
			// HighLevel takes 31 days at once.
			pages: spanPages(['startDate', 'endDate'], 31 * DAY_MS, (body, call) =>
				isObject(body) ? readSlots(body, call) : undefined,
			),
			finish: ({ start, date }, io) => ({
				start,
				date,
				calendarId: io.parameter('calendarId') as string,
			}),
		}),
	],
};
